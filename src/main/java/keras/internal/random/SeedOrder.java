package keras.internal.random;

import java.util.ArrayList;
import java.util.List;

/**
 * The order in which objects draw the seeds that they were not given.
 *
 * <p>Keras draws them in the constructor. Here arguments follow the constructor as chained calls,
 * so an object waits until it is known to have them all: until it is used, or until the next layer
 * is constructed, or until a new seed is set. So the draws come in the order of construction, as in
 * a Python script with the same lines:
 *
 * <pre>{@code
 * Utils.setRandomSeed(42);
 * Dense first = new Dense(3).activation("relu"); // Its kernel's seed is drawn ...
 * Dense second = new Dense(1);                   // ... here, before those of "second".
 * }</pre>
 *
 * <p>Each thread has an order of its own.
 */
public final class SeedOrder {

  /** An object whose arguments may still follow, with what Keras's constructor does at its end. */
  private record Constructed(Object object, Runnable draw) {}

  private static final ThreadLocal<List<Constructed>> WAITING =
      ThreadLocal.withInitial(ArrayList::new);

  private SeedOrder() {}

  /**
   * Notes an object whose arguments may still follow.
   *
   * @param object just constructed
   * @param draw draws its seeds; does nothing when it is called again
   */
  public static void add(Object object, Runnable draw) {
    WAITING.get().add(new Constructed(object, draw));
  }

  /**
   * Draws the seeds of an object that has all its arguments.
   *
   * @param object the object that is about to be used
   * @param draw draws its seeds
   */
  public static void complete(Object object, Runnable draw) {
    remove(object);
    draw.run();
  }

  /** Draws the seeds of all that was constructed in this thread before. */
  public static void completeAll() {
    List<Constructed> waiting = WAITING.get();
    while (!waiting.isEmpty()) {
      waiting.remove(0).draw().run();
    }
  }

  /**
   * Leaves the draw of an object to its owner, which says when.
   *
   * @param object just constructed, by its owner
   */
  public static void remove(Object object) {
    WAITING.get().removeIf(each -> each.object() == object);
  }
}
