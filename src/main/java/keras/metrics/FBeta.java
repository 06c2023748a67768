package keras.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import keras.internal.losses.Ranks;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.messages.Names;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Max;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * Base of the means of precision and recall. Statistics: for each class, the weight of true
 * positives, false positives and false negatives. As in Keras 3.15.1, these take no notice of a
 * mask.
 *
 * @param <S> the metric itself
 */
abstract class FBeta<S extends FBeta<S>> extends KerasMetric<S> {

  private static final List<String> AVERAGES = List.of("micro", "macro", "weighted");
  private static final double EPSILON = 1e-7;

  private String average;
  private Double threshold;
  private double beta = 1;
  private int classes;

  FBeta(String name) {
    super(name);
  }

  /**
   * Sets how the scores of classes become one.
   *
   * @param value {@code "micro"}: over all decisions of all classes; {@code "macro"}: their mean;
   *     {@code "weighted"}: their mean, weighted by how often each class is true; null, the
   *     default: they are left as they are, for {@link #results()}
   * @return this metric
   */
  public S average(String value) {
    if (value != null && !AVERAGES.contains(value)) {
      throw Names.unknown("average", value, AVERAGES);
    }
    average = value;
    return self();
  }

  /**
   * Sets above what a prediction counts as positive.
   *
   * @param value above 0, up to 1; null, the default, for the largest prediction of each sample
   * @return this metric
   */
  public S threshold(Double value) {
    if (value != null && !(value > 0 && value <= 1)) {
      throw Errors.in(where(), "a threshold must be a probability.")
          .expected("a number above 0, up to 1")
          .got(value)
          .fix("threshold(0.5)")
          .argument();
    }
    threshold = value;
    return self();
  }

  final S setBeta(double value) {
    if (!(value > 0)) {
      throw Errors.in(where(), "beta must be above 0.")
          .expected("a number above 0")
          .got(value)
          .fix("beta(1)")
          .argument();
    }
    beta = value;
    return self();
  }

  final double beta() {
    return beta;
  }

  @Override
  public final Optional<Direction> direction() {
    return Optional.of(Direction.UP);
  }

  /** Three for each class, once it is known how many there are. */
  @Override
  public final int size() {
    return 3 * classes;
  }

  /** A model logs numbers, so that the scores of its classes must become one. */
  @Override
  public void checkShapes(Shape yTrue, Shape yPred) {
    if (average == null) {
      throw Errors.in(where(), "a model logs one number, and there is one for each class.")
          .expected("a rule that makes one of them")
          .got("average(null), the default")
          .fix("average(\"macro\")")
          .argument();
    }
    super.checkShapes(yTrue, yPred);
  }

  @Override
  final Operand<TFloat32> sums(
      Ops tf,
      Operand<TFloat32> yTrue,
      Operand<TFloat32> yPred,
      Operand<TFloat32> sampleWeight,
      Operand<TBool> mask) {
    checkMatrices(yTrue.shape(), yPred.shape());
    classes = (int) Ranks.last(yPred.shape());
    Operand<TFloat32> one = tf.constant(1f);
    Operand<TFloat32> positive = tf.dtypes.cast(positive(tf, yPred), TFloat32.class);
    Operand<TFloat32> found = tf.math.mul(positive, yTrue);
    Operand<TFloat32> invented = tf.math.mul(positive, tf.math.sub(one, yTrue));
    Operand<TFloat32> missed = tf.math.mul(tf.math.sub(one, positive), yTrue);
    Operand<TFloat32> weights =
        sampleWeight == null ? null : tf.reshape(sampleWeight, tf.constant(new int[] {-1, 1}));
    return tf.concat(
        List.of(
            weightOf(tf, found, weights),
            weightOf(tf, invented, weights),
            weightOf(tf, missed, weights)),
        tf.constant(0));
  }

  private Operand<TBool> positive(Ops tf, Operand<TFloat32> yPred) {
    if (threshold != null) {
      return tf.math.greater(yPred, tf.constant(threshold.floatValue()));
    }
    Operand<TFloat32> largest = tf.max(yPred, tf.constant(-1), Max.keepDims(true));
    return tf.math.logicalAnd(
        tf.math.greaterEqual(yPred, largest),
        tf.math.greater(tf.math.abs(yPred), tf.constant(1e-9f)));
  }

  private static Operand<TFloat32> weightOf(
      Ops tf, Operand<TFloat32> x, Operand<TFloat32> weights) {
    return tf.sum(weights == null ? x : tf.math.mul(x, weights), tf.constant(0));
  }

  private void checkMatrices(Shape yTrue, Shape yPred) {
    if (yTrue.numDimensions() != 2 || yPred.numDimensions() != 2) {
      throw Errors.in(where(), "targets and predictions must be one vector for each sample.")
          .expected("(batch, classes)")
          .got(Errors.shape(yTrue.asArray()) + " and " + Errors.shape(yPred.asArray()))
          .fix("give targets that are one-hot, or predictions of the last timestep only")
          .argument();
    }
  }

  /**
   * Returns the scores for what was seen since the last {@link #resetState()}. Keras: {@code
   * result()} of a metric without an average.
   *
   * @return one for each class, or the one of an average
   */
  public final double[] results() {
    return results(total());
  }

  private double[] results(double[] statistics) {
    int count = statistics.length / 3;
    double[] scores = new double[count];
    double[] weights = new double[count];
    for (int i = 0; i < count; i++) {
      weights[i] = statistics[i] + statistics[2 * count + i];
      scores[i] = score(statistics[i], statistics[count + i], statistics[2 * count + i]);
    }
    return switch (average == null ? "none" : average) {
      case "none" -> scores;
      case "macro" -> new double[] {Arrays.stream(scores).average().orElse(0)};
      case "micro" ->
          new double[] {
            score(
                sum(statistics, 0, count),
                sum(statistics, count, 2 * count),
                sum(statistics, 2 * count, 3 * count))
          };
      default -> new double[] {weighted(scores, weights)};
    };
  }

  private static double sum(double[] values, int from, int to) {
    return Arrays.stream(values, from, to).sum();
  }

  private static double weighted(double[] scores, double[] weights) {
    double all = sum(weights, 0, weights.length) + EPSILON;
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      sum += scores[i] * weights[i] / all;
    }
    return sum;
  }

  private double score(double found, double invented, double missed) {
    double precision = found / (found + invented + EPSILON);
    double recall = found / (found + missed + EPSILON);
    double squared = beta * beta;
    return (1 + squared) * precision * recall / (squared * precision + recall + EPSILON);
  }

  @Override
  final boolean isSize(int count) {
    return count % 3 == 0;
  }

  /** The score of all classes; only with an average, or of a single class. */
  @Override
  final double value(double[] statistics) {
    double[] scores = results(statistics);
    if (scores.length > 1) {
      throw Errors.in(where(), "there is one score for each class.")
          .expected("an average, which makes one of them")
          .got(scores.length + " scores")
          .fix("average(\"macro\"), or results() in place of result()")
          .state();
    }
    return scores.length == 0 ? 0 : scores[0];
  }

  /** With the arguments of a configuration that all of these metrics have. */
  final S scoreFrom(Config config) {
    Checks.notNull(getClass().getSimpleName() + ".fromConfig", "config", config);
    if (config.given("average")) {
      average(config.text("average"));
    }
    if (config.given("threshold")) {
      threshold(config.number("threshold"));
    }
    return common(config);
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("average", average);
    config.put("threshold", threshold);
    return config;
  }
}
