package keras.utils;

/**
 * Batches whose number is known, and which can be gone through again and again: what {@code fit}
 * needs to show its progress and to train for several epochs.
 */
public interface Batches extends Iterable<Batch> {
  /** {@return the number of batches that one iteration gives} */
  int length();
}
