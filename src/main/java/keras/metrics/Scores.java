package keras.metrics;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.text.PythonFormat;
import keras.utils.FloatArrays;

/**
 * How good predictions are, computed at once from arrays: the functions of {@code sklearn.metrics}
 * that scripts use beside a model.
 *
 * <p>Computed in double precision. Tables {@code (rows, outputs)} give the mean of what each output
 * gives, scikit-learn's {@code multioutput="uniform_average"}.
 */
public final class Scores {

  private Scores() {}

  /** True and predicted numbers, column by column. */
  private static final class Pairs {
    final double[] yTrue;
    final double[] yPred;
    final int rows;
    final int columns;

    private Pairs(double[] yTrue, double[] yPred, int rows) {
      this.yTrue = yTrue;
      this.yPred = yPred;
      this.rows = rows;
      this.columns = yTrue.length / rows;
    }

    static Pairs of(String where, Object yTrue, Object yPred) {
      long[] shape = FloatArrays.shape(FloatArrays.of(yTrue, where + ": yTrue"));
      long[] other = FloatArrays.shape(FloatArrays.of(yPred, where + ": yPred"));
      double[] expected = FloatArrays.doubles(yTrue, where + ": yTrue");
      double[] predicted = FloatArrays.doubles(yPred, where + ": yPred");
      int rows = shape.length == 0 ? 1 : (int) shape[0];
      boolean alike =
          expected.length == predicted.length && (other.length == 0 || other[0] == rows);
      if (!alike || expected.length == 0) {
        throw Errors.in(where, "yTrue and yPred do not belong together.")
            .expected("one prediction for each true value, and one value or more")
            .got(Errors.shape(shape) + " and " + Errors.shape(other))
            .fix("pass arrays of the same shape")
            .argument();
      }
      return new Pairs(expected, predicted, rows);
    }

    /** Returns the mean of what a function gives for each pair of a column. */
    double mean(int column, DoubleBinaryOperator error) {
      double sum = 0;
      for (int i = column; i < yTrue.length; i += columns) {
        sum += error.applyAsDouble(yTrue[i], yPred[i]);
      }
      return sum / rows;
    }

    double mean(DoubleBinaryOperator error) {
      return IntStream.range(0, columns).mapToDouble(i -> mean(i, error)).sum() / columns;
    }
  }

  private static double squared(double yTrue, double yPred) {
    return (yTrue - yPred) * (yTrue - yPred);
  }

  /**
   * Mean of the squared differences, {@code sklearn.metrics.mean_squared_error}.
   *
   * @param yTrue true values, an array or list of numbers
   * @param yPred predictions of the same shape
   * @return 0 or more
   * @throws IllegalArgumentException if the shapes differ, or there are no values
   */
  public static double meanSquaredError(Object yTrue, Object yPred) {
    return Pairs.of("meanSquaredError", yTrue, yPred).mean(Scores::squared);
  }

  /**
   * Root of the mean of the squared differences, {@code sklearn.metrics.root_mean_squared_error}.
   *
   * @param yTrue true values, an array or list of numbers
   * @param yPred predictions of the same shape
   * @return 0 or more; of several outputs the mean of their roots
   * @throws IllegalArgumentException if the shapes differ, or there are no values
   */
  public static double rootMeanSquaredError(Object yTrue, Object yPred) {
    Pairs pairs = Pairs.of("rootMeanSquaredError", yTrue, yPred);
    return IntStream.range(0, pairs.columns)
            .mapToDouble(i -> Math.sqrt(pairs.mean(i, Scores::squared)))
            .sum()
        / pairs.columns;
  }

  /**
   * Mean of the absolute differences, {@code sklearn.metrics.mean_absolute_error}.
   *
   * @param yTrue true values, an array or list of numbers
   * @param yPred predictions of the same shape
   * @return 0 or more
   * @throws IllegalArgumentException if the shapes differ, or there are no values
   */
  public static double meanAbsoluteError(Object yTrue, Object yPred) {
    return Pairs.of("meanAbsoluteError", yTrue, yPred).mean((t, p) -> Math.abs(t - p));
  }

  /**
   * Mean of the absolute differences as shares of the true values, {@code
   * sklearn.metrics.mean_absolute_percentage_error}.
   *
   * @param yTrue true values, an array or list of numbers
   * @param yPred predictions of the same shape
   * @return 0 or more; 1 is a hundred per cent
   * @throws IllegalArgumentException if the shapes differ, or there are no values
   */
  public static double meanAbsolutePercentageError(Object yTrue, Object yPred) {
    double least = Math.ulp(1.0);
    return Pairs.of("meanAbsolutePercentageError", yTrue, yPred)
        .mean((t, p) -> Math.abs(t - p) / Math.max(Math.abs(t), least));
  }

  /**
   * How much better predictions are than the mean of the true values, {@code
   * sklearn.metrics.r2_score}.
   *
   * @param yTrue true values, an array or list of numbers, two rows or more
   * @param yPred predictions of the same shape
   * @return 1 for perfect predictions, 0 for those that are no better than the mean, less for worse
   *     ones; {@code NaN} for a single row
   * @throws IllegalArgumentException if the shapes differ, or there are no values
   */
  public static double r2Score(Object yTrue, Object yPred) {
    Pairs pairs = Pairs.of("r2Score", yTrue, yPred);
    if (pairs.rows < 2) {
      return Double.NaN;
    }
    double sum = 0;
    for (int column = 0; column < pairs.columns; column++) {
      double mean = pairs.mean(column, (t, p) -> t);
      double left = pairs.mean(column, Scores::squared);
      double spread = pairs.mean(column, (t, p) -> squared(t, mean));
      double constant = left == 0 ? 1 : 0;
      sum += spread == 0 ? constant : 1 - left / spread;
    }
    return sum / pairs.columns;
  }

  // ---- classes

  private static void check(String where, int[] yTrue, int[] yPred) {
    int count = Checks.given(where, "yTrue", yTrue).length;
    int other = Checks.given(where, "yPred", yPred).length;
    if (count != other || count == 0) {
      throw Errors.in(where, "yTrue and yPred do not belong together.")
          .expected("one prediction for each true class, and one or more")
          .got(count + " and " + other)
          .fix("pass the classes of all samples: FloatArrays.argmax(model.predict(x), -1)")
          .argument();
    }
  }

  private static int[] labels(int[] yTrue, int[] yPred) {
    return IntStream.concat(Arrays.stream(yTrue), Arrays.stream(yPred))
        .distinct()
        .sorted()
        .toArray();
  }

  /**
   * Share of the samples whose class is right, {@code sklearn.metrics.accuracy_score}.
   *
   * @param yTrue true classes
   * @param yPred predicted classes, as many
   * @return 0 to 1
   * @throws IllegalArgumentException if there are not as many of both, or none
   */
  public static double accuracyScore(int[] yTrue, int[] yPred) {
    check("accuracyScore", yTrue, yPred);
    long right = IntStream.range(0, yTrue.length).filter(i -> yTrue[i] == yPred[i]).count();
    return (double) right / yTrue.length;
  }

  /**
   * How often each true class was predicted as each class, {@code
   * sklearn.metrics.confusion_matrix}.
   *
   * @param yTrue true classes
   * @param yPred predicted classes, as many
   * @return a row for each true class and a column for each predicted one, of all classes that come
   *     in either, ascending
   * @throws IllegalArgumentException if there are not as many of both, or none
   */
  public static int[][] confusionMatrix(int[] yTrue, int[] yPred) {
    check("confusionMatrix", yTrue, yPred);
    int[] labels = labels(yTrue, yPred);
    int[][] matrix = new int[labels.length][labels.length];
    for (int i = 0; i < yTrue.length; i++) {
      int row = Arrays.binarySearch(labels, yTrue[i]);
      matrix[row][Arrays.binarySearch(labels, yPred[i])]++;
    }
    return matrix;
  }

  /** How well one class, or all on average, are found. */
  private record Found(double precision, double recall, double f1, int support) {

    static Found of(int[][] matrix, int label) {
      int right = matrix[label][label];
      int support = Arrays.stream(matrix[label]).sum();
      int predicted = Arrays.stream(matrix).mapToInt(row -> row[label]).sum();
      return new Found(
          share(right, predicted),
          share(right, support),
          share(2 * right, support + predicted),
          support);
    }

    private static double share(int part, int whole) {
      return whole == 0 ? 0 : (double) part / whole;
    }

    String row(String format, String name) {
      return String.format(
          Locale.ROOT, format, name, rounded(precision), rounded(recall), rounded(f1), support);
    }
  }

  private static String rounded(double value) {
    return PythonFormat.fixed(value, 2);
  }

  /**
   * Table of how well each class is found, {@code sklearn.metrics.classification_report}.
   *
   * @param yTrue true classes
   * @param yPred predicted classes, as many
   * @param targetNames a name for each class, ascending; none for their numbers
   * @return the text that scikit-learn gives
   * @throws IllegalArgumentException if there are not as many of both, or not as many names as
   *     classes
   */
  public static String classificationReport(int[] yTrue, int[] yPred, String... targetNames) {
    String where = "classificationReport";
    check(where, yTrue, yPred);
    int[] labels = labels(yTrue, yPred);
    boolean named = Checks.given(where, "targetNames", targetNames).length > 0;
    String[] names =
        named
            ? targetNames
            : Arrays.stream(labels).mapToObj(String::valueOf).toArray(String[]::new);
    if (names.length != labels.length) {
      throw Errors.in(where, "there is not a name for each class.")
          .expected(labels.length + " names, for the classes " + Arrays.toString(labels))
          .got(names.length)
          .fix("name the classes that come in yTrue or yPred, and no others")
          .argument();
    }
    int[][] matrix = confusionMatrix(yTrue, yPred);
    Found[] all =
        IntStream.range(0, labels.length).mapToObj(i -> Found.of(matrix, i)).toArray(Found[]::new);
    int width =
        Math.max(
            "weighted avg".length(),
            Arrays.stream(names)
                .mapToInt(name -> Checks.given(where, "a name", name).length())
                .max()
                .orElse(0));
    String format = "%" + width + "s  %9s %9s %9s %9s\n";
    StringBuilder report = new StringBuilder();
    report
        .append(String.format(format, "", "precision", "recall", "f1-score", "support"))
        .append('\n');
    for (int i = 0; i < all.length; i++) {
      report.append(all[i].row(format, names[i]));
    }
    String accuracy = rounded(accuracyScore(yTrue, yPred));
    report
        .append('\n')
        .append(String.format(format, "accuracy", "", "", accuracy, yTrue.length))
        .append(average(all, false).row(format, "macro avg"))
        .append(average(all, true).row(format, "weighted avg"));
    return report.toString();
  }

  private static Found average(Found[] all, boolean weighted) {
    double precision = 0;
    double recall = 0;
    double f1 = 0;
    int support = Arrays.stream(all).mapToInt(Found::support).sum();
    for (Found each : all) {
      double weight = weighted ? (double) each.support / support : 1.0 / all.length;
      precision += weight * each.precision;
      recall += weight * each.recall;
      f1 += weight * each.f1;
    }
    return new Found(precision, recall, f1, support);
  }
}
