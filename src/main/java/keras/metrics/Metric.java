package keras.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import keras.internal.graph.EagerOps;
import keras.internal.messages.Checks;
import keras.internal.messages.Described;
import keras.internal.messages.Errors;
import keras.internal.messages.NativeErrors;
import keras.utils.Config;
import keras.utils.FloatArrays;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * A quantity that is reported while a model is trained. Keras: {@code keras.metrics.Metric}.
 *
 * <p>A metric knows how to turn targets and predictions into a vector of sums, its statistics.
 * Statistics of parts add up to those of the whole, and the result is computed from the total. A
 * model collects them while it trains; outside of a model they are collected by hand:
 *
 * <pre>{@code
 * Metric accuracy = new BinaryAccuracy().threshold(0.4);
 * accuracy.updateState(new int[] {1, 0}, new double[] {0.45, 0.1});
 * accuracy.updateState(new int[] {1}, new double[] {0.3});
 * accuracy.result(); // 0.667
 * }</pre>
 */
public abstract class Metric {

  private String name;
  private double[] total;

  /**
   * A metric that has seen nothing yet.
   *
   * @param name its name in logs, as {@code "binary_accuracy"}
   */
  protected Metric(String name) {
    this.name = name;
  }

  /**
   * The name in logs.
   *
   * @return for example {@code "binary_accuracy"}
   */
  public final String name() {
    return name;
  }

  /**
   * Sets the name in logs.
   *
   * @param value any text
   * @return this metric
   */
  public Metric name(String value) {
    name = value;
    return this;
  }

  /** Takes the arguments of a configuration that all metrics have. */
  final void commonFrom(Config config) {
    Checks.notNull(getClass().getSimpleName() + ".fromConfig", "config", config);
    config.text("name", this::name);
    config.float32("dtype");
  }

  /**
   * Tells how many statistics there are.
   *
   * @return the length of the vectors that {@link #statistics} gives
   */
  public abstract int size();

  /**
   * Adds the ops that compute the statistics of a batch or of a part of one.
   *
   * @param tf where the ops go
   * @param yTrue targets
   * @param yPred predictions
   * @param sampleWeight a weight per sample, or per sample and timestep; null for none
   * @param mask true for the predictions that count; null for all. Some metrics take no notice of
   *     it, as in Keras
   * @return a vector of {@link #size()} sums
   * @throws IllegalArgumentException if the shapes do not go together
   */
  public abstract Operand<TFloat32> statistics(
      Ops tf,
      Operand<TFloat32> yTrue,
      Operand<TFloat32> yPred,
      Operand<TFloat32> sampleWeight,
      Operand<TBool> mask);

  /**
   * Looks whether targets go with predictions, before anything reaches TensorFlow.
   *
   * @param yTrue the shape of the targets, the batch first
   * @param yPred the shape of the predictions; dimensions that are not known are -1
   * @throws IllegalArgumentException if {@link #statistics} cannot compare them
   */
  public void checkShapes(Shape yTrue, Shape yPred) {}

  /**
   * Whether the metric is computed from what went into the activation, if the predictions come
   * straight out of a softmax or a sigmoid: as {@link keras.losses.Loss#canUseLogits}.
   *
   * @param activation the name of the activation that gave the predictions
   * @param yTrue the shape of the targets
   * @param yPred the shape of the predictions
   * @return whether to use {@link #statisticsFromLogits} in place of {@link #statistics}
   */
  public boolean canUseLogits(String activation, Shape yTrue, Shape yPred) {
    return false;
  }

  /**
   * As {@link #statistics}, from what went into a softmax or a sigmoid.
   *
   * @param tf where the ops go
   * @param yTrue targets
   * @param logits the activation's arguments
   * @param sampleWeight weights, or null
   * @param mask true for the predictions that count, or null
   * @return a vector of {@link #size()} sums
   * @throws UnsupportedOperationException if {@link #canUseLogits} says no
   */
  public Operand<TFloat32> statisticsFromLogits(
      Ops tf,
      Operand<TFloat32> yTrue,
      Operand<TFloat32> logits,
      Operand<TFloat32> sampleWeight,
      Operand<TBool> mask) {
    throw new UnsupportedOperationException("Metric \"" + name + "\" knows nothing of logits.");
  }

  /**
   * Tells whether {@link #statistics} must be given a whole batch at once, since those of its parts
   * do not add up.
   *
   * @return true for functions of the user's own, which may average over the batch
   */
  public boolean needsWholeBatch() {
    return false;
  }

  /**
   * Which way the metric goes when a model gets better, as callbacks want to know that are to find
   * it out themselves.
   *
   * @return empty where there is no better or worse
   */
  public Optional<Direction> direction() {
    return Optional.empty();
  }

  /**
   * Returns the result for statistics that were added up.
   *
   * @param statistics {@link #size()} sums
   * @return the value that is reported
   */
  public abstract double result(double[] statistics);

  /**
   * Adds statistics to what was seen since the last {@link #resetState()}.
   *
   * @param statistics {@link #size()} sums
   */
  public final void accumulate(double... statistics) {
    Checks.notNull(where(), "statistics", statistics);
    if (!fits(statistics)) {
      throw notItsStatistics(total == null ? size() : total.length, statistics.length);
    }
    if (total == null) {
      total = new double[statistics.length];
    }
    for (int i = 0; i < total.length; i++) {
      total[i] += statistics[i];
    }
  }

  private boolean fits(double... statistics) {
    return total == null ? isSize(statistics.length) : statistics.length == total.length;
  }

  /**
   * Whether there may be so many statistics; some metrics know how many once they have seen data.
   */
  boolean isSize(int count) {
    return count == size();
  }

  final IllegalArgumentException notItsStatistics(int expected, int got) {
    return Errors.in(where(), "these are not its statistics.")
        .expected(expected + " sums")
        .got(got)
        .fix("give what statistics(...) has given, added up")
        .argument();
  }

  /** Returns the beginning of messages. */
  final String where() {
    return "Metric \"" + name + "\"";
  }

  /**
   * Takes targets and predictions into account. Keras: {@code update_state(y_true, y_pred)}.
   *
   * @param yTrue Java array or NdArray
   * @param yPred Java array or NdArray
   */
  public void updateState(Object yTrue, Object yPred) {
    updateState(yTrue, yPred, null);
  }

  /**
   * Takes weighted targets and predictions into account. Keras: {@code update_state(y_true, y_pred,
   * sample_weight)}.
   *
   * @param yTrue Java array or NdArray
   * @param yPred Java array or NdArray
   * @param sampleWeight Java array or NdArray; null for none
   */
  public void updateState(Object yTrue, Object yPred, Object sampleWeight) {
    updateState(yTrue, yPred, sampleWeight, null);
  }

  /** With a mask, which outside of a model there is none of. */
  final void updateState(Object yTrue, Object yPred, Object sampleWeight, Object mask) {
    FloatNdArray targets = array("yTrue", yTrue);
    FloatNdArray predictions = array("yPred", yPred);
    FloatNdArray weights = array("sampleWeight", sampleWeight);
    FloatNdArray counts = array("mask", mask);
    try {
      accumulateNow(
          tf ->
              statistics(
                  tf,
                  tf.constant(targets),
                  tf.constant(predictions),
                  weights == null ? null : tf.constant(weights),
                  counts == null ? null : tf.math.notEqual(tf.constant(counts), tf.constant(0f))));
    } catch (RuntimeException e) {
      boolean ofTensorFlow = NativeErrors.isTensorFlows(e.getCause());
      if (String.valueOf(e.getMessage()).contains("expected:") && !ofTensorFlow) {
        throw e;
      }
      String reason = ofTensorFlow ? e.getCause().getMessage() : e.getMessage();
      IllegalArgumentException refused =
          Errors.in("Metric \"" + name + "\".updateState", "the arrays do not fit together.")
              .expected("targets, predictions and weights of the shapes that the metric is for")
              .got(
                  Errors.shape(targets.shape().asArray())
                      + ", "
                      + Errors.shape(predictions.shape().asArray())
                      + (weights == null ? "" : ", " + Errors.shape(weights.shape().asArray())))
              .fix("give one row for each sample in all of them: " + reason)
              .argument();
      refused.initCause(e);
      throw refused;
    }
  }

  /** Runs ops at once and adds the statistics that they give. */
  final void accumulateNow(Function<Ops, Operand<TFloat32>> ops) {
    float[] statistics = EagerOps.run(ops);
    double[] wide = new double[statistics.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = statistics[i];
    }
    if (!fits(wide)) {
      throw new IllegalArgumentException(
          "they give " + wide.length + " sums, and there were " + total().length + " before");
    }
    accumulate(wide);
  }

  final FloatNdArray array(String argument, Object data) {
    String where = "Metric \"" + name + "\": " + argument;
    boolean optional = argument.equals("sampleWeight") || argument.equals("mask");
    return data == null && optional ? null : FloatArrays.of(data, where);
  }

  /**
   * Returns the result for what was seen since the last {@link #resetState()}. Keras: {@code
   * result()}.
   *
   * @return the value that is reported
   */
  public final double result() {
    return result(total());
  }

  /** Returns the statistics since the last {@link #resetState()}. */
  final double[] total() {
    return total == null ? new double[size()] : total.clone();
  }

  /** Forgets what was seen. Keras: {@code reset_state()}. */
  public final void resetState() {
    total = null;
  }

  /**
   * Returns the arguments, by Keras's names.
   *
   * @return the arguments, as Keras's {@code get_config()} gives them
   */
  public Map<String, Object> getConfig() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("name", name);
    config.put("dtype", "float32");
    return config;
  }

  @Override
  public String toString() {
    return Described.by(this, this::getConfig);
  }
}
