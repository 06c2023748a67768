package keras.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import keras.internal.losses.Ranks;
import keras.internal.messages.Errors;
import keras.internal.messages.Names;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * The share of the variance that is predicted, 1 for all of it: targets {@code (batch, outputs)}.
 * Keras: {@code keras.metrics.R2Score(class_aggregation="uniform_average", num_regressors=0)}.
 *
 * <p>Statistics: for each output the sum of targets, of their squares, of squared errors, and of
 * weights; then how many targets there are. As in Keras 3.15.1, it takes no notice of a mask.
 */
public final class R2Score extends KerasMetric<R2Score> {

  private static final List<String> AGGREGATIONS =
      List.of("uniform_average", "variance_weighted_average");

  private String classAggregation = "uniform_average";
  private int numRegressors;
  private int outputs;

  /** Keras's defaults. */
  public R2Score() {
    super("r2_score");
  }

  /**
   * Sets how the scores of several outputs become one.
   *
   * @param value {@code "uniform_average"}, their mean, by default; {@code
   *     "variance_weighted_average"}, weighted by the variance of the targets; null: they are left
   *     as they are, for {@link #results()}
   * @return this metric
   */
  public R2Score classAggregation(String value) {
    if (value != null && !AGGREGATIONS.contains(value)) {
      throw Names.unknown("class aggregation", value, AGGREGATIONS);
    }
    classAggregation = value;
    return this;
  }

  /**
   * Sets how many inputs the model has, for the adjusted score. It is not adjusted where there are
   * not more targets than these.
   *
   * @param value 0, the default, for no adjustment
   * @return this metric
   */
  public R2Score numRegressors(int value) {
    if (value < 0) {
      throw Errors.in(where(), "there are no fewer inputs than none.")
          .expected("0 or more")
          .got(value)
          .fix("numRegressors(0), or leave it out")
          .argument();
    }
    numRegressors = value;
    return this;
  }

  @Override
  public Optional<Direction> direction() {
    return Optional.of(Direction.UP);
  }

  /** Four for each output and one more, once it is known how many outputs there are. */
  @Override
  public int size() {
    return 4 * outputs + 1;
  }

  /** A model logs numbers, so that the scores of its outputs must become one. */
  @Override
  public void checkShapes(Shape yTrue, Shape yPred) {
    if (classAggregation == null) {
      throw Errors.in(where(), "a model logs one number, and there is one for each output.")
          .expected("a rule that makes one of them")
          .got("classAggregation(null)")
          .fix("leave classAggregation out")
          .argument();
    }
    super.checkShapes(yTrue, yPred);
  }

  @Override
  Operand<TFloat32> sums(
      Ops tf,
      Operand<TFloat32> yTrue,
      Operand<TFloat32> yPred,
      Operand<TFloat32> sampleWeight,
      Operand<TBool> mask) {
    Ranks.Pair same = Ranks.squeezeOrExpand(tf, yTrue, yPred);
    Operand<TFloat32> targets = same.first();
    Operand<TFloat32> predictions = same.second();
    if (targets.shape().numDimensions() != 2 || predictions.shape().numDimensions() != 2) {
      throw Errors.in(where(), "targets and predictions must be one vector for each sample.")
          .expected("(batch, outputs)")
          .got(
              Errors.shape(yTrue.shape().asArray())
                  + " and "
                  + Errors.shape(yPred.shape().asArray()))
          .fix("reshape them")
          .argument();
    }
    outputs = (int) Ranks.last(predictions.shape());
    Operand<TFloat32> given =
        sampleWeight == null ? tf.constant(1f) : Confusion.perElement(tf, sampleWeight, targets);
    Operand<TFloat32> weights = tf.broadcastTo(given, tf.shape(targets));
    Operand<TFloat32> weighted = tf.math.mul(targets, weights);
    Operand<TFloat32> errors =
        tf.math.mul(tf.math.squaredDifference(targets, predictions), weights);
    Operand<TFloat32> count =
        tf.reshape(tf.dtypes.cast(tf.size(targets), TFloat32.class), tf.constant(new int[] {1}));
    return tf.concat(
        List.of(
            sum(tf, weighted),
            sum(tf, tf.math.mul(targets, weighted)),
            sum(tf, errors),
            sum(tf, weights),
            count),
        tf.constant(0));
  }

  private static Operand<TFloat32> sum(Ops tf, Operand<TFloat32> x) {
    return tf.sum(x, tf.constant(0));
  }

  /**
   * Returns the scores for what was seen since the last {@link #resetState()}. Keras: {@code
   * result()} of a metric with {@code class_aggregation=None}.
   *
   * @return one for each output, or the one of an aggregation
   */
  public double[] results() {
    return results(total());
  }

  private double[] results(double[] statistics) {
    int count = (statistics.length - 1) / 4;
    double[] scores = new double[count];
    double[] variances = new double[count];
    for (int i = 0; i < count; i++) {
      double sum = statistics[i];
      variances[i] = statistics[count + i] - sum * sum / statistics[3 * count + i];
      double score = 1 - statistics[2 * count + i] / variances[i];
      scores[i] = Double.isInfinite(score) ? 0 : score;
    }
    double samples = statistics[statistics.length - 1];
    return Arrays.stream(aggregated(scores, variances))
        .map(score -> adjusted(score, samples))
        .toArray();
  }

  private double[] aggregated(double[] scores, double[] variances) {
    if (classAggregation == null) {
      return scores;
    }
    if (classAggregation.equals("uniform_average")) {
      return new double[] {Arrays.stream(scores).average().orElse(0)};
    }
    double weighted = 0;
    for (int i = 0; i < scores.length; i++) {
      weighted += variances[i] * scores[i];
    }
    return new double[] {weighted / Arrays.stream(variances).sum()};
  }

  private double adjusted(double score, double samples) {
    boolean adjusts = numRegressors > 0 && numRegressors < samples - 1;
    return adjusts ? 1 - (1 - score) * (samples - 1) / (samples - numRegressors - 1) : score;
  }

  @Override
  boolean isSize(int count) {
    return count % 4 == 1;
  }

  /** The score of all outputs; only with an aggregation, or of a single output. */
  @Override
  double value(double[] statistics) {
    double[] scores = results(statistics);
    if (scores.length > 1) {
      throw Errors.in(where(), "there is one score for each output.")
          .expected("an aggregation, which makes one of them")
          .got(scores.length + " scores")
          .fix("results() in place of result()")
          .state();
    }
    return scores.length == 0 ? 0 : scores[0];
  }

  /**
   * Returns a metric of its arguments. Keras: {@code R2Score.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new metric
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static R2Score fromConfig(Config config) {
    R2Score metric = new R2Score().common(config);
    if (config.has("class_aggregation")) {
      metric.classAggregation(
          config.given("class_aggregation") ? config.text("class_aggregation") : null);
    }
    config.integer("num_regressors", metric::numRegressors);
    return metric;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("class_aggregation", classAggregation);
    config.put("num_regressors", numRegressors);
    return config;
  }
}
