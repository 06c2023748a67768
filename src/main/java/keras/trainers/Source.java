package keras.trainers;

import java.util.Iterator;
import keras.utils.Batch;

/** Where the batches of an epoch come from. */
interface Source {

  /** How many batches an epoch has, or null where only going through it can tell. */
  Integer steps();

  /** The batches of the next epoch. */
  Iterator<Batch> epoch();

  /** Makes the next epoch begin with the first batch, where there is a way back to it. */
  default void restart() {}

  /** Called after each epoch. */
  default void endEpoch() {}
}
