package keras.internal.naming;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The names that objects get when they are given none: {@code lstm}, {@code lstm_1}, ... counted
 * within the process, as Keras does.
 */
public final class AutoNames {

  private static final Map<String, Integer> COUNTS = new HashMap<>();

  private AutoNames() {}

  /**
   * Returns the next name of a class.
   *
   * @param type its simple name, which becomes the prefix, as {@code SimpleRNN} becomes {@code
   *     simple_rnn}
   * @return a name that was not given before
   */
  public static synchronized String next(String type) {
    String prefix = snakeCase(type);
    int count = COUNTS.merge(prefix, 1, Integer::sum);
    return count == 1 ? prefix : prefix + "_" + (count - 1);
  }

  /** Starts every count anew. Keras: {@code keras.utils.clear_session()}. */
  public static synchronized void reset() {
    COUNTS.clear();
  }

  /**
   * Writes a class name as Python names are written.
   *
   * @param name as {@code TimeDistributed}
   * @return as {@code time_distributed}
   */
  public static String snakeCase(String name) {
    return name.replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
        .replaceAll("([a-z])([A-Z])", "$1_$2")
        .toLowerCase(Locale.ROOT);
  }
}
