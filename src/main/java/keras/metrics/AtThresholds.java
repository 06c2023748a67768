package keras.metrics;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import keras.internal.messages.Errors;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * Base of the metrics that look for the threshold at which one share is best while another is good
 * enough. Statistics: those of {@link Buckets}. As in Keras 3.15.1, these take no notice of a mask.
 *
 * @param <S> the metric itself
 */
abstract class AtThresholds<S extends AtThresholds<S>> extends KerasMetric<S> {

  private int numThresholds = 200;
  private Integer classId;

  AtThresholds(String name) {
    super(name);
  }

  /** The weight of right and wrong decisions at a threshold. */
  record Counts(double truePositives, double falsePositives, double ones, double zeros) {

    double precision() {
      return Buckets.ratio(truePositives, truePositives + falsePositives);
    }

    double recall() {
      return Buckets.ratio(truePositives, ones);
    }

    double sensitivity() {
      return recall();
    }

    double specificity() {
      return Buckets.ratio(zeros - falsePositives, zeros);
    }
  }

  /**
   * How many thresholds there are, evenly between 0 and 1.
   *
   * @param value 1, which is 0.5, or more; 200 by default
   * @return this metric
   */
  public S numThresholds(int value) {
    if (value < 1 || value > Buckets.MOST) {
      throw Errors.in(where(), "there must be a threshold.")
          .expected("1 or more, up to " + Buckets.MOST)
          .got(value)
          .fix("numThresholds(200)")
          .argument();
    }
    numThresholds = value;
    return self();
  }

  /**
   * Looks at one class only.
   *
   * @param value a class number, from -1 backwards for the last; null, the default, for all
   * @return this metric
   */
  public S classId(Integer value) {
    classId = value;
    return self();
  }

  final double checked(String argument, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw Errors.in("Metric \"" + name() + "\"", argument + " must be a share.")
          .expected("a number from 0 to 1")
          .got(value)
          .fix("0.5")
          .argument();
    }
    return value;
  }

  @Override
  public final Optional<Direction> direction() {
    return Optional.of(Direction.UP);
  }

  private int buckets() {
    return Math.max(2, numThresholds);
  }

  @Override
  public final int size() {
    return 2 * buckets();
  }

  @Override
  final Operand<TFloat32> sums(
      Ops tf,
      Operand<TFloat32> yTrue,
      Operand<TFloat32> yPred,
      Operand<TFloat32> sampleWeight,
      Operand<TBool> mask) {
    Operand<TFloat32> targets = yTrue;
    Operand<TFloat32> predictions = yPred;
    if (classId != null) {
      Confusion.checkClassId(name(), classId, yTrue, yPred);
      targets = Confusion.ofClass(tf, yTrue, classId);
      predictions = Confusion.ofClass(tf, yPred, classId);
    }
    int scale = numThresholds == 1 ? 2 : numThresholds - 1;
    return Buckets.statistics(tf, targets, predictions, sampleWeight, buckets(), scale);
  }

  /** Returns the largest of one share at the thresholds where another is large enough. */
  final double best(
      double[] statistics,
      double least,
      ToDoubleFunction<Counts> constrained,
      ToDoubleFunction<Counts> wanted) {
    int buckets = buckets();
    double[] positives = Buckets.above(Arrays.copyOf(statistics, buckets));
    double[] negatives = Buckets.above(Arrays.copyOfRange(statistics, buckets, 2 * buckets));
    double best = 0;
    // The one threshold of 0.5 is the lower end of the second of two buckets.
    for (int i = buckets - numThresholds; i < buckets; i++) {
      Counts counts = new Counts(positives[i], negatives[i], positives[0], negatives[0]);
      if (constrained.applyAsDouble(counts) >= least) {
        best = Math.max(best, wanted.applyAsDouble(counts));
      }
    }
    return best;
  }

  /** With the arguments of a configuration that all of these metrics have. */
  final S thresholdsFrom(Config config) {
    config.integer("num_thresholds", this::numThresholds);
    if (config.given("class_id")) {
      classId(config.integer("class_id"));
    }
    return common(config);
  }

  final Map<String, Object> config(String argument, double value) {
    Map<String, Object> config = new LinkedHashMap<>(super.getConfig());
    config.put("class_id", classId);
    config.put("num_thresholds", numThresholds);
    config.put(argument, value);
    return config;
  }
}
