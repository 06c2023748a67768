package keras.internal.trainers;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import keras.internal.random.PhiloxRandom;
import keras.random.GlobalSeed;
import keras.random.PythonRandom;

/** Where the orders come from in which {@code fit} goes through its data. */
final class Shuffles {

  /** By the seed that was set, or by chance. */
  static final Shuffles USUAL = new Shuffles(new SplittableRandom(), null);

  private final SplittableRandom unseeded;
  private final PythonRandom python;

  private Shuffles(SplittableRandom unseeded, PythonRandom python) {
    this.unseeded = unseeded;
    this.python = python;
  }

  /**
   * Returns orders that are the same on all workers, also where no seed was set.
   *
   * @param seed the same on all of them
   */
  static Shuffles of(long seed) {
    boolean seeded = GlobalSeed.tensorflow().isPresent();
    return new Shuffles(
        new SplittableRandom(seed), seeded ? null : new PythonRandom(seed & Long.MAX_VALUE));
  }

  /** Returns what draws the order of a sequence's batches. */
  PythonRandom ofBatches() {
    return python == null ? PythonRandom.shared() : python;
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
            : new PhiloxRandom(unseeded.nextLong(), unseeded.nextLong());
    int[] order = new int[count];
    Arrays.setAll(order, i -> i);
    for (int i = 0; i < count - 1; i++) {
      int k = i + (int) (random.next() % (count - i));
      int swapped = order[i];
      order[i] = order[k];
      order[k] = swapped;
    }
    return order;
  }
}
