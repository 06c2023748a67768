package keras.internal.naming;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The names under which objects of the user's own were read from a file, and are written. */
public final class OwnNames {

  /**
   * The names of one object.
   *
   * @param module as the file has it
   * @param className the class, or the function
   * @param registeredName as the file has it
   */
  public record OwnName(Object module, String className, Object registeredName) {}

  /** Finds an object by its identity: equal objects may have different names. */
  private static final class Key extends WeakReference<Object> {
    private final int hash;

    Key(Object object, ReferenceQueue<Object> forgotten) {
      super(object, forgotten);
      hash = System.identityHashCode(object);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object other) {
      return this == other || (other instanceof Key key && get() != null && get() == key.get());
    }
  }

  private static final Map<Key, OwnName> NAMES = new ConcurrentHashMap<>();
  private static final ReferenceQueue<Object> FORGOTTEN = new ReferenceQueue<>();

  private OwnNames() {}

  /**
   * Notes the names of an object for as long as it lives.
   *
   * @param object a layer, a loss, a function
   * @param name its names
   */
  public static void remember(Object object, OwnName name) {
    for (Object gone = FORGOTTEN.poll(); gone != null; gone = FORGOTTEN.poll()) {
      NAMES.remove(gone);
    }
    NAMES.put(new Key(object, FORGOTTEN), name);
  }

  /**
   * Notes the name of a function.
   *
   * @param function an activation, a loss, a metric
   * @param name its name in the file
   */
  public static void rememberFunction(Object function, String name) {
    remember(function, new OwnName("builtins", name, "function"));
  }

  /**
   * The names of an object.
   *
   * @param object that very object
   * @return null if it was not read from a file
   */
  public static OwnName of(Object object) {
    return object == null ? null : NAMES.get(new Key(object, null));
  }
}
