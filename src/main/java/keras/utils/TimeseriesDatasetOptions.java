package keras.utils;

import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.random.NumpyRandom;

/** The keyword arguments of {@link Utils#timeseriesDatasetFromArray}. */
public final class TimeseriesDatasetOptions {
  static final String WHERE = "timeseriesDatasetFromArray";

  int sequenceStride = 1;
  int samplingRate = 1;
  int batchSize = 128;
  boolean shuffle;
  Long seed;
  int startIndex;
  Integer endIndex;

  TimeseriesDatasetOptions() {}

  /**
   * Sets the distance between the beginnings of two windows that follow each other; 1 by default.
   *
   * @param stride 1 or more, less than the number of steps
   * @return this
   */
  public TimeseriesDatasetOptions sequenceStride(int stride) {
    sequenceStride = Checks.positive(WHERE, "sequenceStride", stride);
    return this;
  }

  /**
   * Sets the distance between the steps of a window; 1 by default, every step.
   *
   * @param rate 1 or more, less than the number of steps
   * @return this
   */
  public TimeseriesDatasetOptions samplingRate(int rate) {
    samplingRate = Checks.positive(WHERE, "samplingRate", rate);
    return this;
  }

  /**
   * Sets how many windows a batch has, except perhaps the last; 128 by default.
   *
   * <p>Porting note: {@code batch_size=None}, windows without a batch dimension, has no
   * counterpart.
   *
   * @param windows 1 or more
   * @return this
   */
  public TimeseriesDatasetOptions batchSize(int windows) {
    batchSize = Checks.positive(WHERE, "batchSize", windows);
    return this;
  }

  /**
   * Sets whether the windows come in a random order, another at each iteration; false by default,
   * in their order.
   *
   * @param random whether to shuffle
   * @return this
   */
  public TimeseriesDatasetOptions shuffle(boolean random) {
    shuffle = random;
    return this;
  }

  /**
   * Sets the seed for shuffling: with the same seed, and the same {@link Utils#setRandomSeed}, the
   * orders that Keras gives. By default it is drawn from NumPy's shared generator.
   *
   * @param number 0 to 2^32 - 1
   * @return this
   * @throws IllegalArgumentException if it is out of that range
   */
  public TimeseriesDatasetOptions seed(long number) {
    if (number < 0 || number > NumpyRandom.MAX_SEED) {
      throw Errors.in(WHERE, "the seed is out of range.")
          .expected("0 to " + NumpyRandom.MAX_SEED + " (2**32 - 1), as in Keras")
          .got(number)
          .fix("choose a seed in that range")
          .argument();
    }
    seed = number;
    return this;
  }

  /**
   * Sets the first step of the data to use; 0 by default.
   *
   * @param step 0 or more, less than the number of steps
   * @return this
   */
  public TimeseriesDatasetOptions startIndex(int step) {
    startIndex = Checks.notNegative(WHERE, "startIndex", step);
    return this;
  }

  /**
   * Sets the step before which to stop, itself not used; by default the data are used to their end.
   *
   * @param step 1 or more, less than the number of steps
   * @return this
   */
  public TimeseriesDatasetOptions endIndex(int step) {
    endIndex = Checks.positive(WHERE, "endIndex", step);
    return this;
  }
}
