package keras.internal.trainers;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import keras.internal.messages.Errors;

/**
 * Lets one thread at a time do what changes a model: train it, compile it, move its states. A
 * second thread waits for a single batch or a prediction; it is refused while a {@code fit} goes
 * on, for which it might wait for hours.
 */
final class Turns {

  private final ReentrantLock lock = new ReentrantLock();
  private volatile boolean fitting;

  /**
   * Does a long piece of work.
   *
   * @throws IllegalStateException if another thread does one already
   */
  <T> T fit(String where, Supplier<T> work) {
    return take(
        where,
        () -> {
          boolean inner = fitting;
          fitting = true;
          try {
            return work.get();
          } finally {
            fitting = inner;
          }
        });
  }

  /**
   * Does a short piece of work.
   *
   * @throws IllegalStateException if another thread does a long one
   */
  <T> T take(String where, Supplier<T> work) {
    if (fitting && !lock.isHeldByCurrentThread()) {
      throw Errors.in(where, "another thread is training the model.")
          .expected("one thread at a time that trains a model, compiles it or moves its states")
          .got("a call of " + where + " during fit")
          .fix("call it after fit, in a callback of that fit, or on a model of its own")
          .state();
    }
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
