package keras.internal.graph;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets one thread of the process at a time change what engines consist of: describe programs, move
 * variables from one engine to another, start over, close. Runs of programs go on meanwhile. A
 * single lock, as models share layers: with one for each engine, two threads could wait for each
 * other. See docs/decisions/0007-threads.md.
 */
public final class Building {

  private static final ReentrantLock LOCK = new ReentrantLock();

  private Building() {}

  /**
   * Does something while no other thread builds. It may build further things inside.
   *
   * @param <T> the result
   * @param work what to do; must not wait for other threads
   * @return its result
   */
  public static <T> T alone(Supplier<T> work) {
    LOCK.lock();
    try {
      return work.get();
    } finally {
      LOCK.unlock();
    }
  }

  /**
   * Does something while no other thread builds.
   *
   * @param work what to do; must not wait for other threads
   */
  public static void alone(Runnable work) {
    alone(
        () -> {
          work.run();
          return null;
        });
  }

  static boolean isAlone() {
    return LOCK.isHeldByCurrentThread();
  }
}
