package keras.preprocessing;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;

/**
 * Cuts a series in time into parts to train on, each longer than the one before, and parts to test
 * with that come after: scikit-learn's {@code sklearn.model_selection.TimeSeriesSplit}.
 *
 * <pre>{@code
 * for (TimeSeriesSplit.Fold fold : new TimeSeriesSplit(5).split(rows)) {
 *   FloatNdArray xTrain = FloatArrays.gather(x, fold.train());
 *   FloatNdArray xTest = FloatArrays.gather(x, fold.test());
 * }
 * }</pre>
 */
public final class TimeSeriesSplit {
  private static final String WHERE = "TimeSeriesSplit";

  private final int splits;
  private int maxTrainSize;
  private int testSize;
  private int gap;

  /** Rows to train on and rows to test with, each in the order of time. */
  public static final class Fold {
    private final int[] train;
    private final int[] test;

    private Fold(int[] train, int[] test) {
      this.train = train;
      this.test = test;
    }

    /** {@return the rows to train on} */
    public int[] train() {
      return train.clone();
    }

    /** {@return the rows to test with} */
    public int[] test() {
      return test.clone();
    }
  }

  /** Makes five splits, scikit-learn's default. */
  public TimeSeriesSplit() {
    this(5);
  }

  /**
   * Makes some splits.
   *
   * @param splits how many, 2 or more
   * @throws IllegalArgumentException if there are fewer
   */
  public TimeSeriesSplit(int splits) {
    if (splits < 2) {
      throw Errors.in(WHERE, "there are too few splits.")
          .expected("2 or more")
          .got(splits)
          .fix("new TimeSeriesSplit(5)")
          .argument();
    }
    this.splits = splits;
  }

  /**
   * Sets how many rows to train on at most; all that come before the test by default.
   *
   * @param value 1 or more
   * @return this
   * @throws IllegalArgumentException if it is less than 1
   */
  public TimeSeriesSplit maxTrainSize(int value) {
    maxTrainSize = Checks.positive(WHERE, "maxTrainSize", value);
    return this;
  }

  /**
   * Sets how many rows to test with; by default the rows divided by one more than the splits.
   *
   * @param value 1 or more
   * @return this
   * @throws IllegalArgumentException if it is less than 1
   */
  public TimeSeriesSplit testSize(int value) {
    testSize = Checks.positive(WHERE, "testSize", value);
    return this;
  }

  /**
   * Sets how many rows before each test are not trained on; 0 by default.
   *
   * @param value 0 or more
   * @return this
   * @throws IllegalArgumentException if it is negative
   */
  public TimeSeriesSplit gap(int value) {
    gap = Checks.notNegative(WHERE, "gap", value);
    return this;
  }

  /**
   * Cuts the series.
   *
   * @param rows how many rows it has
   * @return a fold for each split
   * @throws IllegalArgumentException if there are too few rows for as many splits
   */
  public List<Fold> split(int rows) {
    int test = testSize > 0 ? testSize : rows / (splits + 1);
    long left = rows - (long) gap - (long) test * splits;
    if (test < 1 || left < 1) {
      throw Errors.in(WHERE, "there are too few rows for so many splits.")
          .expected("more than gap + splits * testSize rows")
          .got(rows + " rows, " + splits + " splits, testSize " + test + ", gap " + gap)
          .fix("make fewer splits, or shorter tests")
          .argument();
    }
    List<Fold> folds = new ArrayList<>();
    for (int first = rows - splits * test; first < rows; first += test) {
      int end = first - gap;
      int begin = maxTrainSize > 0 ? Math.max(0, end - maxTrainSize) : 0;
      folds.add(
          new Fold(
              IntStream.range(begin, end).toArray(),
              IntStream.range(first, first + test).toArray()));
    }
    return folds;
  }

  @Override
  public String toString() {
    return "TimeSeriesSplit{n_splits=" + splits + ", gap=" + gap + "}";
  }
}
