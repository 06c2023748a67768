package keras.utils;

import java.util.Arrays;
import java.util.List;
import keras.internal.messages.Errors;
import keras.random.NumpyRandom;
import org.tensorflow.ndarray.FloatNdArray;

/** The keyword arguments of {@link Utils#trainTestSplit}. */
public final class TrainTestSplitOptions {
  static final String WHERE = "trainTestSplit";

  private static final double DEFAULT = 0.25;

  private Double share;
  private Integer count;
  private boolean shuffle = true;
  private Long randomState;
  private double[] stratify;

  TrainTestSplitOptions() {}

  /**
   * Sets which share of the rows is for testing, rounded up; a quarter by default.
   *
   * @param value more than 0, less than 1
   * @return these options
   * @throws IllegalArgumentException if it is no share
   */
  public TrainTestSplitOptions testSize(double value) {
    if (!(value > 0 && value < 1)) {
      throw Errors.in(WHERE, "testSize is no share.")
          .expected("more than 0 and less than 1, or a whole number of rows")
          .got(value)
          .fix("testSize(0.25)")
          .argument();
    }
    share = value;
    count = null;
    return this;
  }

  /**
   * Sets how many rows are for testing.
   *
   * @param value 1 or more, fewer than there are
   * @return these options
   */
  public TrainTestSplitOptions testSize(int value) {
    count = value;
    return this;
  }

  /**
   * Sets whether rows are drawn at random; true by default.
   *
   * @param value false to test with the last rows, as for a series in time
   * @return these options
   */
  public TrainTestSplitOptions shuffle(boolean value) {
    shuffle = value;
    return this;
  }

  /**
   * Sets the seed of the draw; by default it goes on with NumPy's generator of the process.
   *
   * @param seed 0 to 2^32 - 1
   * @return these options
   */
  public TrainTestSplitOptions randomState(long seed) {
    randomState = seed;
    return this;
  }

  /**
   * Sets classes of which both parts get the same shares; by default rows are drawn without.
   *
   * @param labels a class for each row, an array or list of numbers: mostly y itself
   * @return these options
   * @throws IllegalArgumentException if it has not one number a row
   */
  public TrainTestSplitOptions stratify(Object labels) {
    FloatNdArray given = FloatArrays.of(labels, WHERE + ": stratify");
    if (given.rank() != 1) {
      throw Errors.in(WHERE + ": stratify", "there is not one class for each row.")
          .expected("shape (rows,)")
          .got("shape " + Errors.shape(FloatArrays.shape(given)))
          .fix("give the numbers of the classes, as an int[]")
          .argument();
    }
    stratify = FloatArrays.doubles(labels, WHERE + ": stratify");
    return this;
  }

  /** Returns how many of some rows are for testing. */
  int testRows(int rows) {
    int test = count == null ? (int) Math.ceil((share == null ? DEFAULT : share) * rows) : count;
    if (test < 1 || test >= rows) {
      throw Errors.in(WHERE, "there are too few rows for two parts.")
          .expected("one row or more in each")
          .got(test + " rows to test with, of " + rows)
          .fix("give another testSize")
          .argument();
    }
    return test;
  }

  /** Returns the rows to train on, then those to test with. */
  List<int[]> parts(int rows) {
    int test = testRows(rows);
    if (stratify != null) {
      return stratified(rows, test);
    }
    int[] order = new int[rows];
    Arrays.setAll(order, i -> i);
    if (!shuffle) {
      return List.of(
          Arrays.copyOf(order, rows - test), Arrays.copyOfRange(order, rows - test, rows));
    }
    random().shuffle(order);
    return List.of(Arrays.copyOfRange(order, test, rows), Arrays.copyOf(order, test));
  }

  private List<int[]> stratified(int rows, int test) {
    if (!shuffle || stratify.length != rows) {
      throw Errors.in(WHERE + ": stratify", "the rows cannot be drawn by classes.")
          .expected("shuffle(true), and a class for each of " + rows + " rows")
          .got("shuffle(" + shuffle + "), " + stratify.length + " classes")
          .fix("stratify(y)")
          .argument();
    }
    return new Stratified(stratify, test, random()).parts();
  }

  private NumpyRandom random() {
    return randomState == null ? NumpyRandom.shared() : new NumpyRandom(randomState);
  }
}
