package keras.internal.trainers;

import java.util.Iterator;
import keras.utils.Batch;

/** Where the batches of an epoch come from. */
interface Source {

  /** How many batches an epoch has, or null where only going through it can tell. */
  Integer steps();

  /** Tells how many samples or batches there are, -1 where it is not known. */
  default long length() {
    return steps() == null ? -1 : steps();
  }

  /** Returns the batches of the next epoch. */
  Iterator<Batch> epoch();

  /** How many batches this one stands for: several where they were joined. */
  default int batchesIn(Batch batch) {
    return 1;
  }

  /**
   * Goes past epochs that were trained on before, as if they were gone through.
   *
   * @param epochs how many; none if less than 1
   */
  default void skipEpochs(int epochs) {
    for (int i = 0; i < epochs; i++) {
      Iterator<Batch> batches = epoch();
      while (batches.hasNext()) {
        batches.next();
      }
      endEpoch();
    }
  }

  /** Makes the next epoch begin with the first batch, where there is a way back to it. */
  default void restart() {}

  /** Called after each epoch. */
  default void endEpoch() {}
}
