package keras.internal.trainers;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import keras.internal.random.PhiloxRandom;
import keras.random.GlobalSeed;
import keras.random.PythonRandom;

/** Where the orders come from in which {@code fit} goes through its data. */
final class Shuffles {

  private static final SplittableRandom UNSEEDED = new SplittableRandom();

  /** By the seed that was set, or by chance. */
  static final Shuffles USUAL = new Shuffles(order -> order);

  private final UnaryOperator<int[]> agreed;

  /**
   * @param agreed makes of each order that is drawn here the one that all workers take
   */
  Shuffles(UnaryOperator<int[]> agreed) {
    this.agreed = agreed;
  }

  /** Returns an order of a sequence's batches, drawn from Python's generator as Keras does. */
  int[] ofBatches(int count) {
    int[] order = inOrder(count);
    PythonRandom.shared().shuffle(order);
    return agreed.apply(order);
  }

  /**
   * Returns TensorFlow's {@code RandomShuffle} of the samples' indices: with a seed set the same in
   * each epoch, as Keras has it.
   */
  int[] ofSamples(int count) {
    OptionalLong seed = GlobalSeed.tensorflow();
    PhiloxRandom random =
        seed.isPresent()
            ? new PhiloxRandom(seed.getAsLong(), 0)
            : new PhiloxRandom(UNSEEDED.nextLong(), UNSEEDED.nextLong());
    int[] order = inOrder(count);
    for (int i = 0; i < count - 1; i++) {
      int k = i + (int) (random.next() % (count - i));
      int swapped = order[i];
      order[i] = order[k];
      order[k] = swapped;
    }
    return agreed.apply(order);
  }

  private static int[] inOrder(int count) {
    int[] order = new int[count];
    Arrays.setAll(order, i -> i);
    return order;
  }
}
