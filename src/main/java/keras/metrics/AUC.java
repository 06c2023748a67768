package keras.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import keras.internal.messages.Errors;
import keras.internal.messages.Names;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * The area under a curve that shows what a change of the threshold between 0 and 1 does. Keras:
 * {@code keras.metrics.AUC(num_thresholds=200, curve="ROC", summation_method="interpolation",
 * from_logits=False)}.
 *
 * <p>Statistics: how much weight of ones, and of zeros, is predicted between two neighbouring
 * thresholds.
 *
 * <p>Porting note: Keras's {@code thresholds}, {@code multi_label}, {@code num_labels}, {@code
 * label_weights} and the curve {@code "PRGAIN"} are not there; as in Keras 3.15.1, it takes no
 * notice of a mask.
 */
public final class AUC extends KerasMetric<AUC> {

  private static final List<String> CURVES = List.of("ROC", "PR");
  private static final List<String> SUMMATIONS = List.of("interpolation", "minoring", "majoring");

  private int numThresholds = 200;
  private String curve = "ROC";
  private String summationMethod = "interpolation";
  private boolean fromLogits;

  /** Keras's defaults. */
  public AUC() {
    super("auc");
  }

  /**
   * How many thresholds there are, evenly between 0 and 1.
   *
   * @param value 2 or more; 200 by default
   * @return this metric
   */
  public AUC numThresholds(int value) {
    if (value < 2 || value > Buckets.MOST) {
      throw Errors.in(where(), "a curve needs two thresholds.")
          .expected("2 or more, up to " + Buckets.MOST)
          .got(value)
          .fix("numThresholds(200)")
          .argument();
    }
    numThresholds = value;
    return this;
  }

  /**
   * Sets which curve it is.
   *
   * @param value {@code "ROC"}, recall over the rate of false positives, by default; {@code "PR"},
   *     precision over recall
   * @return this metric
   */
  public AUC curve(String value) {
    if (value == null || !CURVES.contains(value)) {
      throw Names.unknown("AUC curve", value, CURVES);
    }
    curve = value;
    return this;
  }

  /**
   * Sets the rule between two thresholds.
   *
   * @param value {@code "interpolation"} by default; {@code "minoring"}, the lower of two heights;
   *     {@code "majoring"}, the higher
   * @return this metric
   */
  public AUC summationMethod(String value) {
    String lower = value == null ? null : value.toLowerCase(Locale.ROOT);
    if (lower == null || !SUMMATIONS.contains(lower)) {
      throw Names.unknown("AUC summation method", value, SUMMATIONS);
    }
    summationMethod = lower;
    return this;
  }

  /**
   * Sets whether predictions are logits, not probabilities.
   *
   * @param value false by default
   * @return this metric
   */
  public AUC fromLogits(boolean value) {
    fromLogits = value;
    return this;
  }

  @Override
  public Optional<Direction> direction() {
    return Optional.of(Direction.UP);
  }

  @Override
  public int size() {
    return 2 * numThresholds;
  }

  @Override
  Operand<TFloat32> sums(
      Ops tf,
      Operand<TFloat32> yTrue,
      Operand<TFloat32> yPred,
      Operand<TFloat32> sampleWeight,
      Operand<TBool> mask) {
    Operand<TFloat32> p = fromLogits ? tf.math.sigmoid(yPred) : yPred;
    return Buckets.statistics(tf, yTrue, p, sampleWeight, numThresholds, numThresholds - 1);
  }

  @Override
  double value(double[] statistics) {
    double[] tp = Buckets.above(Arrays.copyOfRange(statistics, 0, numThresholds));
    double[] fp = Buckets.above(Arrays.copyOfRange(statistics, numThresholds, 2 * numThresholds));
    double[] recall = new double[numThresholds];
    double[] other = new double[numThresholds];
    boolean roc = curve.equals("ROC");
    for (int i = 0; i < numThresholds; i++) {
      recall[i] = Buckets.ratio(tp[i], tp[0]);
      other[i] = roc ? Buckets.ratio(fp[i], fp[0]) : Buckets.ratio(tp[i], tp[i] + fp[i]);
    }
    if (!roc && summationMethod.equals("interpolation")) {
      return interpolatedPrecision(tp, fp);
    }
    return roc ? area(other, recall) : area(recall, other);
  }

  private double area(double[] x, double[] y) {
    double area = 0;
    for (int i = 0; i < x.length - 1; i++) {
      double height =
          switch (summationMethod) {
            case "minoring" -> Math.min(y[i], y[i + 1]);
            case "majoring" -> Math.max(y[i], y[i + 1]);
            default -> (y[i] + y[i + 1]) / 2;
          };
      area += (x[i] - x[i + 1]) * height;
    }
    return area;
  }

  /**
   * Returns the area under precision over recall, with counts interpolated between thresholds
   * rather than precision: <a href="https://dl.acm.org/doi/10.1145/1143844.1143874">Davis and
   * Goadrich, 2006</a>.
   */
  private static double interpolatedPrecision(double[] tp, double[] fp) {
    double area = 0;
    for (int i = 0; i < tp.length - 1; i++) {
      double positives = tp[i] + fp[i];
      double next = tp[i + 1] + fp[i + 1];
      double gained = tp[i] - tp[i + 1];
      double slope = Buckets.ratio(gained, Math.max(positives - next, 0));
      double intercept = tp[i + 1] - slope * next;
      double growth = positives > 0 && next > 0 ? positives / next : 1;
      area += Buckets.ratio(slope * (gained + intercept * Math.log(growth)), tp[0]);
    }
    return area;
  }

  /**
   * Returns a metric of its arguments. Keras: {@code AUC.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new metric
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static AUC fromConfig(Config config) {
    AUC metric = new AUC().common(config);
    config.integer("num_thresholds", metric::numThresholds);
    config.text("curve", metric::curve);
    config.text("summation_method", metric::summationMethod);
    config.bool("from_logits", metric::fromLogits);
    config.only("multi_label", false);
    for (String key : List.of("num_labels", "label_weights", "thresholds")) {
      config.only(key, null);
    }
    return metric;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("num_thresholds", numThresholds);
    config.put("curve", curve);
    config.put("summation_method", summationMethod);
    config.put("multi_label", false);
    config.put("num_labels", null);
    config.put("label_weights", null);
    config.put("from_logits", fromLogits);
    return config;
  }
}
