package keras.metrics;

import java.util.List;
import keras.internal.losses.Ranks;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Base of the metrics that count right and wrong decisions. Every element is a decision of its own.
 * Statistics: weights of true positives, false positives, true negatives, false negatives.
 *
 * <p>Porting note: as in Keras 3.15.1, these take no notice of a mask. Keras takes a list of
 * thresholds too and then gives a list of results; here there is one.
 *
 * @param <S> the metric itself
 */
abstract class Confusion<S extends Confusion<S>> extends KerasMetric<S> {

  static final int TRUE_POSITIVES = 0;
  static final int FALSE_POSITIVES = 1;
  static final int TRUE_NEGATIVES = 2;
  static final int FALSE_NEGATIVES = 3;

  private static final double DEFAULT_THRESHOLD = 0.5;
  private static final float NEVER = -1e10f;

  private Double thresholds;
  private Integer topK;
  private Integer classId;

  Confusion(String name) {
    super(name);
  }

  /**
   * Above what a prediction counts as positive.
   *
   * @param value a number from 0 to 1; null, the default, for 0.5
   * @return this metric
   */
  public S thresholds(Double value) {
    if (value != null && !(value >= 0 && value <= 1)) {
      throw Errors.in("Metric \"" + name() + "\"", "a threshold must be a probability.")
          .expected("a number from 0 to 1")
          .got(value)
          .fix("thresholds(0.5)")
          .argument();
    }
    thresholds = value;
    return self();
  }

  final S setTopK(Integer value) {
    if (value != null && value < 1) {
      throw Errors.in("Metric \"" + name() + "\"", "topK must be a positive number.")
          .expected("at least 1, or null for all")
          .got(value)
          .fix("topK(1)")
          .argument();
    }
    topK = value;
    return self();
  }

  final S setClassId(Integer value) {
    classId = value;
    return self();
  }

  /** With the arguments of a configuration that all of these metrics have. */
  final S confusionFrom(Config config) {
    Checks.notNull(getClass().getSimpleName() + ".fromConfig", "config", config);
    if (config.given("thresholds")) {
      thresholds(config.number("thresholds"));
    }
    return common(config);
  }

  final Double thresholds() {
    return thresholds;
  }

  final Integer topK() {
    return topK;
  }

  final Integer classId() {
    return classId;
  }

  @Override
  public final int size() {
    return 4;
  }

  @Override
  final Operand<TFloat32> sums(
      Ops tf,
      Operand<TFloat32> yTrue,
      Operand<TFloat32> yPred,
      Operand<TFloat32> sampleWeight,
      Operand<TBool> mask) {
    Ranks.Pair same = Ranks.squeezeOrExpand(tf, yPred, yTrue);
    Operand<TFloat32> predictions = same.first();
    Operand<TFloat32> targets = same.second();
    Operand<TFloat32> weights = sampleWeight == null ? null : perElement(tf, sampleWeight, targets);
    if (topK != null) {
      checkTopK((int) lastOf(predictions));
      predictions = onlyLargest(tf, predictions);
    }
    if (classId != null) {
      checkClassId(name(), classId, targets, same.first());
      predictions = ofClass(tf, predictions, classId);
      targets = ofClass(tf, targets, classId);
    }
    float least = topK == null ? (float) DEFAULT_THRESHOLD : NEVER;
    float threshold = thresholds == null ? least : thresholds.floatValue();
    Operand<TBool> positive = tf.math.greater(predictions, tf.constant(threshold));
    Operand<TBool> truth = tf.math.notEqual(targets, tf.constant(0f));
    Operand<TBool> negative = tf.math.logicalNot(positive);
    Operand<TBool> untruth = tf.math.logicalNot(truth);
    return tf.stack(
        List.of(
            weightOf(tf, tf.math.logicalAnd(truth, positive), weights),
            weightOf(tf, tf.math.logicalAnd(untruth, positive), weights),
            weightOf(tf, tf.math.logicalAnd(untruth, negative), weights),
            weightOf(tf, tf.math.logicalAnd(truth, negative), weights)));
  }

  /** Weights with a last dimension of 1, unless targets are as short as they. */
  static Operand<TFloat32> perElement(
      Ops tf, Operand<TFloat32> sampleWeight, Operand<TFloat32> targets) {
    int rank = targets.shape().numDimensions();
    int weightRank = sampleWeight.shape().numDimensions();
    return weightRank == rank ? sampleWeight : tf.expandDims(sampleWeight, tf.constant(-1));
  }

  /** Returns the weight of the elements for which something holds. */
  private static Operand<TFloat32> weightOf(
      Ops tf, Operand<TBool> holds, Operand<TFloat32> weights) {
    Operand<TFloat32> ones = tf.dtypes.cast(holds, TFloat32.class);
    if (weights != null) {
      Average.checkSpreads(weights.shape(), holds.shape());
      ones = tf.math.mul(ones, weights);
    }
    return tf.sum(tf.reshape(ones, tf.constant(new int[] {-1})), tf.constant(0));
  }

  private static long lastOf(Operand<TFloat32> x) {
    return Ranks.last(x.shape());
  }

  private void checkTopK(int classes) {
    if (classes >= 0 && topK > classes) {
      throw Errors.in("Metric \"" + name() + "\"", "topK is more than there are classes.")
          .expected("from 1 to " + classes + ", the last dimension of the predictions")
          .got("topK(" + topK + ")")
          .fix("topK(" + classes + ") or less")
          .argument();
    }
  }

  /** Refuses a class that targets or predictions do not have. */
  static void checkClassId(
      String name, int classId, Operand<TFloat32> yTrue, Operand<TFloat32> yPred) {
    int classes = (int) Math.min(lastOf(yTrue), lastOf(yPred));
    if (classes >= 0 && (classId < -classes || classId >= classes)) {
      throw Errors.in("Metric \"" + name + "\"", "there is no class " + classId + ".")
          .expected("from 0 to " + (classes - 1) + ", or from " + -classes + " to -1")
          .got("classId(" + classId + ")")
          .fix("classId(" + (classes - 1) + ") for the last class")
          .argument();
    }
  }

  private Operand<TFloat32> onlyLargest(Ops tf, Operand<TFloat32> x) {
    long classes = lastOf(x);
    Operand<TInt32> places = tf.nn.topK(x, tf.constant(topK), TInt32.class).indices();
    Operand<TFloat32> marked =
        tf.oneHot(places, tf.constant((int) classes), tf.constant(1f), tf.constant(0f));
    Operand<TBool> among = tf.math.greater(tf.sum(marked, tf.constant(-2)), tf.constant(0f));
    return tf.select(among, x, tf.constant(NEVER));
  }

  /** Returns the numbers of one class. */
  static Operand<TFloat32> ofClass(Ops tf, Operand<TFloat32> x, int classId) {
    int place = classId < 0 ? (int) lastOf(x) + classId : classId;
    return tf.expandDims(tf.gather(x, tf.constant(place), tf.constant(-1)), tf.constant(-1));
  }
}
