package keras.internal.messages;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Names that a user writes as strings, such as {@code "adam"}, and what to say to a wrong one. */
public final class Names {
  private Names() {}

  /**
   * The exception for a name that is not known: it lists those that are, and the nearest.
   *
   * <pre>
   * loss "mes" is not known. Did you mean "mse"?
   *   expected: one of mae, mse, mape
   *   got:      "mes"
   *   fix:      write "mse"
   * </pre>
   *
   * @param kind the kind of name, as the message is to begin: {@code loss}, {@code Dense "out":
   *     activation}
   * @param given the name that is not known; may be null
   * @param known the names that are, in the order in which to list them
   * @return the exception, to be thrown
   */
  public static IllegalArgumentException unknown(
      String kind, String given, Collection<String> known) {
    String quoted = given == null ? "null" : '"' + given + '"';
    Optional<String> nearest = nearest(given, known);
    String hint = nearest.map(name -> " Did you mean \"" + name + "\"?").orElse("");
    return Errors.saying(kind + " " + quoted + " is not known." + hint)
        .expected("one of " + String.join(", ", known))
        .got(quoted)
        .fix(nearest.map(name -> "write \"" + name + "\"").orElse("write one of these names"))
        .argument();
  }

  /**
   * Returns a name that is among those known.
   *
   * @param kind the kind of name, as the message is to begin
   * @param given the name; null is never known
   * @param known the names that are
   * @return the name given
   * @throws IllegalArgumentException if it is none of them, as {@link #unknown} says it
   */
  public static String oneOf(String kind, String given, Collection<String> known) {
    if (given == null || !known.contains(given)) {
      throw unknown(kind, given, known);
    }
    return given;
  }

  /**
   * Returns the known name that a misspelt one is likely to stand for: the one that is reached with
   * the fewest changes, where a change is a letter too many, too few or wrong, or two neighbours
   * swapped. Case, underscores, hyphens and spaces do not count. A third of the letters may change,
   * and always one.
   *
   * @param given the misspelt name; may be null
   * @param known the names to choose from; of two that are equally near, the first
   * @return the nearest, or nothing if none is near enough
   */
  public static Optional<String> nearest(String given, Collection<String> known) {
    if (given == null) {
      return Optional.empty();
    }
    String plain = plain(given);
    String nearest = null;
    int fewest = Math.max(1, plain.length() / 3) + 1;
    for (String name : known) {
      int changes = changes(plain, plain(name));
      if (changes < fewest) {
        nearest = name;
        fewest = changes;
      }
    }
    return Optional.ofNullable(nearest);
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[_\\-\\s]", "");
  }

  /** Returns the optimal string alignment distance. */
  private static int changes(String a, String b) {
    int[][] distance = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      distance[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      distance[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int wrong = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        distance[i][j] =
            Math.min(
                distance[i - 1][j - 1] + wrong,
                1 + Math.min(distance[i - 1][j], distance[i][j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          distance[i][j] = Math.min(distance[i][j], distance[i - 2][j - 2] + 1);
        }
      }
    }
    return distance[a.length()][b.length()];
  }
}
