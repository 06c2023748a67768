package keras.utils;

import java.util.Arrays;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.random.NumpyRandom;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * Batches of sliding windows over a time series, each with the target that follows it: Keras's
 * {@code keras.preprocessing.sequence.TimeseriesGenerator}.
 *
 * <p>The window of a target at step {@code i} is made of the steps {@code i - length, i - length +
 * samplingRate, ...} up to, and without, {@code i}. Data of shape {@code (steps, ...)} give batches
 * with x of shape {@code (batch, ceil(length / samplingRate), ...)} and y of shape {@code (batch,
 * ...)}.
 *
 * <pre>{@code
 * Sequence windows = new TimeseriesGenerator(series, series, 10).batchSize(8);
 * model.fit(windows, f -> f.epochs(20));
 * }</pre>
 *
 * <p>Porting note: an index, a length or a rate out of range is refused here, where Keras may give
 * an empty batch or fail later. Keras's {@code get_config} and {@code to_json}, which write out the
 * whole data, have no counterpart.
 */
public final class TimeseriesGenerator implements Sequence {
  private static final String WHERE = "TimeseriesGenerator";

  private final FloatNdArray data;
  private final FloatNdArray targets;
  private final int length;
  private final int steps;
  private int samplingRate = 1;
  private int stride = 1;
  private int startIndex;
  private int endIndex;
  private boolean shuffle;
  private boolean reverse;
  private int batchSize = 128;

  /**
   * A generator over all of the data, in their order.
   *
   * @param data the series, {@code (steps, ...)}: a Java array or an {@code NdArray}
   * @param targets as many targets as data; the target of a window is the one at the step after it
   * @param length how many steps a window spans
   * @throws IllegalArgumentException if data and targets are not equally long, or too short for one
   *     window and its target
   */
  public TimeseriesGenerator(Object data, Object targets, int length) {
    this.data = series("data", data);
    this.targets = series("targets", targets);
    this.length = Checks.positive(WHERE, "length", length);
    this.steps = (int) this.data.shape().get(0);
    long targetSteps = this.targets.shape().get(0);
    if (targetSteps != steps) {
      throw Errors.in(WHERE, "data and targets are not equally long.")
          .expected(steps + " targets, one for each step of the data")
          .got(targetSteps + " targets")
          .fix("cut the longer one")
          .argument();
    }
    this.endIndex = steps - 1;
    checkRange(startIndex, endIndex);
  }

  /**
   * Sets the distance between the steps of a window; 1 by default, every step.
   *
   * @param rate 1 or more
   * @return this
   */
  public TimeseriesGenerator samplingRate(int rate) {
    samplingRate = Checks.positive(WHERE, "samplingRate", rate);
    return this;
  }

  /**
   * Sets the distance between the beginnings of two windows that follow each other; 1 by default.
   *
   * @param distance 1 or more
   * @return this
   */
  public TimeseriesGenerator stride(int distance) {
    stride = Checks.positive(WHERE, "stride", distance);
    return this;
  }

  /**
   * Sets the first step of the data to use; 0 by default.
   *
   * @param step 0 or more
   * @return this
   * @throws IllegalArgumentException if no window is left
   */
  public TimeseriesGenerator startIndex(int step) {
    Checks.notNegative(WHERE, "startIndex", step);
    checkRange(step, endIndex);
    startIndex = step;
    return this;
  }

  /**
   * Sets the last step to use, itself included, as a target; by default the last there is.
   *
   * @param step a step of the data
   * @return this
   * @throws IllegalArgumentException if there is no such step, or if no window is left
   */
  public TimeseriesGenerator endIndex(int step) {
    if (step >= steps) {
      throw Errors.in(WHERE, "endIndex lies behind the data.")
          .expected("at most " + (steps - 1) + ", the last of " + steps + " steps")
          .got(step)
          .fix("leave endIndex out to use all of the data")
          .argument();
    }
    checkRange(startIndex, step);
    endIndex = step;
    return this;
  }

  /**
   * Sets whether each batch takes windows at random, any of them more than once, in place of all in
   * their order; false by default. They are drawn from {@link NumpyRandom#shared()}, so that {@link
   * Utils#setRandomSeed} gives the windows that Keras draws; a batch is always full then.
   *
   * @param random whether to draw at random
   * @return this
   */
  public TimeseriesGenerator shuffle(boolean random) {
    shuffle = random;
    return this;
  }

  /**
   * Sets whether the steps of a window come latest first; false by default.
   *
   * @param backwards whether to turn the windows round
   * @return this
   */
  public TimeseriesGenerator reverse(boolean backwards) {
    reverse = backwards;
    return this;
  }

  /**
   * Sets how many windows a batch has, except perhaps the last; 128 by default.
   *
   * @param windows 1 or more
   * @return this
   */
  public TimeseriesGenerator batchSize(int windows) {
    batchSize = Checks.positive(WHERE, "batchSize", windows);
    return this;
  }

  @Override
  public int length() {
    long span = (long) batchSize * stride;
    return (int) ((endIndex - firstTarget() + span) / span);
  }

  @Override
  public Batch getItem(int index) {
    if (index < 0 || index >= length()) {
      throw Errors.in(WHERE, "there is no such batch.")
          .expected("0 to " + (length() - 1))
          .got(index)
          .fix("count up to length()")
          .argument();
    }
    int[] rows = shuffle ? randomRows() : rowsOf(index);
    return Batch.of(
        Windows.gather(
            data,
            Arrays.stream(rows).map(row -> row - length).toArray(),
            length,
            samplingRate,
            reverse),
        FloatArrays.gather(targets, rows));
  }

  private int[] rowsOf(int index) {
    long first = firstTarget() + (long) batchSize * stride * index;
    long count = Math.min(batchSize, (endIndex - first) / stride + 1);
    int[] rows = new int[(int) count];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (int) (first + (long) i * stride);
    }
    return rows;
  }

  private int[] randomRows() {
    long[] drawn = NumpyRandom.shared().randint(firstTarget(), endIndex + 1L, batchSize);
    return Arrays.stream(drawn).mapToInt(Math::toIntExact).toArray();
  }

  private int firstTarget() {
    return startIndex + length;
  }

  /** Refuses a range without a window, before it is taken over. */
  private void checkRange(int first, int last) {
    if ((long) first + length > last) {
      throw Errors.in(WHERE, "no window is left between startIndex and endIndex.")
          .expected("startIndex + length <= endIndex, the step of the last target")
          .got(first + " + " + length + " > " + last)
          .fix("take shorter windows or more of the data")
          .argument();
    }
  }

  private static FloatNdArray series(String name, Object given) {
    return Windows.series(WHERE + ": " + name, given);
  }
}
