package keras.internal.trainers;

import java.util.Arrays;
import java.util.Iterator;
import keras.utils.Batch;
import keras.utils.Sequence;

/**
 * A sequence whose batches come in another order in each epoch, drawn from Python's generator, as
 * Keras draws it.
 *
 * @param sequence gives the batches
 * @param shuffles draws the orders
 */
record ShuffledSequence(Sequence sequence, Shuffles shuffles) implements Sequence {

  @Override
  public Batch getItem(int index) {
    return sequence.getItem(index);
  }

  @Override
  public int length() {
    return sequence.length();
  }

  @Override
  public void onEpochBegin() {
    sequence.onEpochBegin();
  }

  @Override
  public void onEpochEnd() {
    sequence.onEpochEnd();
  }

  @Override
  public Iterator<Batch> iterator() {
    return Arrays.stream(drawOrder()).mapToObj(this::getItem).iterator();
  }

  /** Returns the order of an epoch's batches. */
  int[] drawOrder() {
    return shuffles.ofBatches(length());
  }
}
