package keras.utils;

import java.util.Iterator;
import java.util.stream.IntStream;

/**
 * Data that are made batch by batch, each when it is asked for: Keras's {@code
 * keras.utils.Sequence} and {@code keras.utils.PyDataset}.
 *
 * <p>{@code fit} shuffles the order of the batches if it is told to shuffle, and calls {@link
 * #onEpochBegin} and {@link #onEpochEnd} around each epoch.
 *
 * <p>Porting note: Keras's {@code workers}, {@code use_multiprocessing} and {@code max_queue_size}
 * have no counterpart.
 */
public interface Sequence extends Batches {
  /**
   * One whole batch, {@code __getitem__} in Keras.
   *
   * @param index 0 to {@code length() - 1}
   * @return the batch
   */
  Batch getItem(int index);

  /** Returns the number of batches, {@code __len__} in Keras. */
  @Override
  int length();

  /** Called at the beginning of each epoch; does nothing unless overridden. */
  default void onEpochBegin() {}

  /** Called at the end of each epoch; does nothing unless overridden. */
  default void onEpochEnd() {}

  /** The batches in their order. */
  @Override
  default Iterator<Batch> iterator() {
    return IntStream.range(0, length()).mapToObj(this::getItem).iterator();
  }
}
