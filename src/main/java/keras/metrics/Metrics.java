package keras.metrics;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import keras.internal.config.Registry;
import keras.internal.config.Serialized;
import keras.internal.losses.ClassificationKind;
import keras.internal.messages.Errors;
import keras.losses.Loss;
import keras.losses.LossFunction;
import keras.losses.Losses;
import keras.utils.Config;
import org.tensorflow.ndarray.Shape;

/** Keras's metrics, by name. Keras: {@code keras.metrics}. */
public final class Metrics {

  private static final Registry<Metric> KNOWN =
      new Registry<Metric>("metric", Metric.class)
          .add(Accuracy::fromConfig, "accuracy", "Accuracy")
          .add(BinaryAccuracy::fromConfig, "binary_accuracy", "BinaryAccuracy")
          .add(CategoricalAccuracy::fromConfig, "categorical_accuracy", "CategoricalAccuracy")
          .add(
              SparseCategoricalAccuracy::fromConfig,
              "sparse_categorical_accuracy",
              "SparseCategoricalAccuracy")
          .add(
              TopKCategoricalAccuracy::fromConfig,
              "top_k_categorical_accuracy",
              "TopKCategoricalAccuracy")
          .add(
              SparseTopKCategoricalAccuracy::fromConfig,
              "sparse_top_k_categorical_accuracy",
              "SparseTopKCategoricalAccuracy")
          .add(MeanSquaredError::fromConfig, "mean_squared_error", "MeanSquaredError", "mse", "MSE")
          .add(RootMeanSquaredError::fromConfig, "root_mean_squared_error", "RootMeanSquaredError")
          .add(
              MeanAbsoluteError::fromConfig,
              "mean_absolute_error",
              "MeanAbsoluteError",
              "mae",
              "MAE")
          .add(
              MeanAbsolutePercentageError::fromConfig,
              "mean_absolute_percentage_error",
              "MeanAbsolutePercentageError",
              "mape",
              "MAPE")
          .add(
              MeanSquaredLogarithmicError::fromConfig,
              "mean_squared_logarithmic_error",
              "MeanSquaredLogarithmicError",
              "msle",
              "MSLE")
          .add(CosineSimilarity::fromConfig, "cosine_similarity", "CosineSimilarity")
          .add(LogCoshError::fromConfig, "log_cosh_error", "LogCoshError")
          .add(
              BinaryCrossentropy::fromConfig,
              "binary_crossentropy",
              "BinaryCrossentropy",
              "bce",
              "BCE")
          .add(
              CategoricalCrossentropy::fromConfig,
              "categorical_crossentropy",
              "CategoricalCrossentropy")
          .add(
              SparseCategoricalCrossentropy::fromConfig,
              "sparse_categorical_crossentropy",
              "SparseCategoricalCrossentropy")
          .add(KLDivergence::fromConfig, "kl_divergence", "KLDivergence")
          .add(Poisson::fromConfig, "poisson", "Poisson")
          .add(Hinge::fromConfig, "hinge", "Hinge")
          .add(SquaredHinge::fromConfig, "squared_hinge", "SquaredHinge")
          .add(CategoricalHinge::fromConfig, "categorical_hinge", "CategoricalHinge")
          .add(Precision::fromConfig, "precision", "Precision")
          .add(Recall::fromConfig, "recall", "Recall")
          .add(TruePositives::fromConfig, "true_positives", "TruePositives")
          .add(FalsePositives::fromConfig, "false_positives", "FalsePositives")
          .add(TrueNegatives::fromConfig, "true_negatives", "TrueNegatives")
          .add(FalseNegatives::fromConfig, "false_negatives", "FalseNegatives")
          .add(AUC::fromConfig, "auc", "AUC")
          .add(PrecisionAtRecall::fromConfig, "precision_at_recall", "PrecisionAtRecall")
          .add(RecallAtPrecision::fromConfig, "recall_at_precision", "RecallAtPrecision")
          .add(
              SensitivityAtSpecificity::fromConfig,
              "sensitivity_at_specificity",
              "SensitivityAtSpecificity")
          .add(
              SpecificityAtSensitivity::fromConfig,
              "specificity_at_sensitivity",
              "SpecificityAtSensitivity")
          .add(F1Score::fromConfig, "f1_score", "F1Score")
          .add(FBetaScore::fromConfig, "f_beta_score", "FBetaScore")
          .add(R2Score::fromConfig, "r2_score", "R2Score")
          .add(IoU::fromConfig, "io_u", "IoU")
          .add(BinaryIoU::fromConfig, "binary_io_u", "BinaryIoU")
          .add(MeanIoU::fromConfig, "mean_io_u", "MeanIoU")
          .add(OneHotIoU::fromConfig, "one_hot_io_u", "OneHotIoU")
          .add(OneHotMeanIoU::fromConfig, "one_hot_mean_io_u", "OneHotMeanIoU")
          .add(PearsonCorrelation::fromConfig, "pearson_correlation", "PearsonCorrelation")
          .add(
              ConcordanceCorrelation::fromConfig,
              "concordance_correlation",
              "ConcordanceCorrelation")
          .add(Mean::fromConfig, "mean", "Mean")
          .add(Sum::fromConfig, "sum", "Sum")
          .add(MeanMetricWrapper::fromConfig, "MeanMetricWrapper");

  private Metrics() {}

  /**
   * Finds a metric. Keras: {@code keras.metrics.get(identifier)}.
   *
   * @param identifier a name, as {@code "mse"} or {@code "MeanSquaredError"}; a {@link Metric},
   *     which is given back; a {@link LossFunction}, such as a lambda or a loss; a map with {@code
   *     class_name} and {@code config} as Keras writes it; null for none
   * @return the metric under its own name, or null
   * @throws IllegalArgumentException if there is none of that name
   */
  public static Metric get(Object identifier) {
    if (identifier == null) {
      return null;
    }
    if (identifier instanceof Metric metric) {
      return metric;
    }
    if (identifier instanceof LossFunction function) {
      MeanMetricWrapper wrapper = new MeanMetricWrapper(function);
      return function instanceof Loss ? wrapper : wrapper.name("<lambda>");
    }
    if (identifier instanceof Config config) {
      return described(config);
    }
    if (identifier instanceof Map<?, ?> map && map.containsKey("class_name")) {
      return described(Config.of("Metrics.get", map));
    }
    return KNOWN.named(identifier.toString());
  }

  /**
   * Finds the metric for a model's output. {@code "accuracy"} and {@code "acc"} are the binary, the
   * sparse categorical or the categorical accuracy, whichever goes with the shapes: the binary one
   * where there is one prediction per sample or timestep; the sparse one where targets are class
   * numbers; the categorical one elsewhere.
   *
   * @param identifier the name that was asked for
   * @param yTrue the shape of the targets
   * @param yPred the shape of the predictions
   * @return the metric; one that was asked for by name is called by it in logs: {@code "acc"},
   *     {@code "mse"}
   * @throws IllegalArgumentException if there is none of that name, or if nothing was asked for
   */
  public static Metric get(Object identifier, Shape yTrue, Shape yPred) {
    if (identifier == null) {
      throw Errors.in("compile: metrics", "a metric is missing.")
          .expected("a name or a Metric")
          .got("null")
          .fix("leave it out")
          .argument();
    }
    if (!(identifier instanceof String name)) {
      return get(identifier);
    }
    if (!List.of("accuracy", "acc").contains(name.toLowerCase(Locale.ROOT))) {
      return get(name).name(name);
    }
    return switch (ClassificationKind.of(yTrue, yPred)) {
      case BINARY -> new BinaryAccuracy().name(name);
      case SPARSE_CATEGORICAL -> new SparseCategoricalAccuracy().name(name);
      case CATEGORICAL -> new CategoricalAccuracy().name(name);
    };
  }

  /** Returns a metric, or a loss that is taken for one. */
  private static Metric described(Config object) {
    boolean loss =
        "keras.losses".equals(object.value("module"))
            || ("function".equals(object.value("class_name"))
                && !KNOWN.names().contains(object.text("config")));
    return loss ? get((LossFunction) Losses.get(object)) : KNOWN.deserialize(object);
  }

  /**
   * Returns a metric as Keras writes it into a configuration. Keras: {@code
   * keras.metrics.serialize}.
   *
   * @param identifier the argument of {@code compile}: a name, a {@link Metric}, a loss or null
   * @return a name, a map with {@code class_name} and {@code config}, or null; a function is
   *     written by a name that cannot be read back
   */
  public static Object serialize(Object identifier) {
    return identifier instanceof Metric metric
        ? Serialized.object(metric, "keras.metrics", metric.getConfig())
        : Losses.serialize(identifier);
  }
}
