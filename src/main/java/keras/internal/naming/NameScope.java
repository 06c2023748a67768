package keras.internal.naming;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The names that a variable's path begins with: those of the layers that are being built. */
public final class NameScope {

  private static final ThreadLocal<List<String>> OPEN = ThreadLocal.withInitial(ArrayList::new);

  private NameScope() {}

  /**
   * Does something within a name. Keras: {@code with backend.name_scope(name)}.
   *
   * @param name of a layer
   * @param body the work that makes variables
   * @param <T> what comes out
   * @return the output
   */
  public static <T> T in(String name, Supplier<T> body) {
    List<String> open = OPEN.get();
    open.add(name);
    try {
      return body.get();
    } finally {
      open.remove(open.size() - 1);
    }
  }

  /**
   * Does something within a name.
   *
   * @param name of a layer
   * @param body the work that makes variables
   */
  public static void in(String name, Runnable body) {
    in(
        name,
        () -> {
          body.run();
          return null;
        });
  }

  /**
   * Returns the path of a variable that is made now.
   *
   * @param name its last part
   * @return the open names and it, with slashes between
   */
  public static String path(String name) {
    List<String> open = OPEN.get();
    return open.isEmpty() ? name : String.join("/", open) + "/" + name;
  }
}
