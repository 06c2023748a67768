package keras.metrics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import keras.losses.Loss;
import keras.losses.LossFunction;
import keras.losses.Task;
import keras.utils.Errors;
import keras.utils.Names;
import org.tensorflow.ndarray.Shape;

/** Keras's metrics, by name. Keras: {@code keras.metrics}. */
public final class Metrics {

  private static final Map<String, Supplier<Metric>> KNOWN = new LinkedHashMap<>();

  static {
    add(Accuracy::new, "accuracy", "Accuracy");
    add(BinaryAccuracy::new, "binary_accuracy", "BinaryAccuracy");
    add(CategoricalAccuracy::new, "categorical_accuracy", "CategoricalAccuracy");
    add(SparseCategoricalAccuracy::new, "sparse_categorical_accuracy", "SparseCategoricalAccuracy");
    add(TopKCategoricalAccuracy::new, "top_k_categorical_accuracy", "TopKCategoricalAccuracy");
    add(
        SparseTopKCategoricalAccuracy::new,
        "sparse_top_k_categorical_accuracy",
        "SparseTopKCategoricalAccuracy");
    add(MeanSquaredError::new, "mean_squared_error", "MeanSquaredError", "mse", "MSE");
    add(RootMeanSquaredError::new, "root_mean_squared_error", "RootMeanSquaredError");
    add(MeanAbsoluteError::new, "mean_absolute_error", "MeanAbsoluteError", "mae", "MAE");
    add(
        MeanAbsolutePercentageError::new,
        "mean_absolute_percentage_error",
        "MeanAbsolutePercentageError",
        "mape",
        "MAPE");
    add(
        MeanSquaredLogarithmicError::new,
        "mean_squared_logarithmic_error",
        "MeanSquaredLogarithmicError",
        "msle",
        "MSLE");
    add(CosineSimilarity::new, "cosine_similarity", "CosineSimilarity");
    add(LogCoshError::new, "log_cosh_error", "LogCoshError");
    add(BinaryCrossentropy::new, "binary_crossentropy", "BinaryCrossentropy", "bce", "BCE");
    add(CategoricalCrossentropy::new, "categorical_crossentropy", "CategoricalCrossentropy");
    add(
        SparseCategoricalCrossentropy::new,
        "sparse_categorical_crossentropy",
        "SparseCategoricalCrossentropy");
    add(KLDivergence::new, "kl_divergence", "KLDivergence");
    add(Poisson::new, "poisson", "Poisson");
    add(Hinge::new, "hinge", "Hinge");
    add(SquaredHinge::new, "squared_hinge", "SquaredHinge");
    add(CategoricalHinge::new, "categorical_hinge", "CategoricalHinge");
    add(Precision::new, "precision", "Precision");
    add(Recall::new, "recall", "Recall");
    add(TruePositives::new, "true_positives", "TruePositives");
    add(FalsePositives::new, "false_positives", "FalsePositives");
    add(TrueNegatives::new, "true_negatives", "TrueNegatives");
    add(FalseNegatives::new, "false_negatives", "FalseNegatives");
    add(AUC::new, "auc", "AUC");
    add(Mean::new, "mean", "Mean");
    add(Sum::new, "sum", "Sum");
  }

  private Metrics() {}

  private static void add(Supplier<Metric> metric, String... names) {
    for (String name : names) {
      KNOWN.put(name, metric);
    }
  }

  /**
   * Finds a metric. Keras: {@code keras.metrics.get(identifier)}.
   *
   * @param identifier a name, as {@code "mse"} or {@code "MeanSquaredError"}; a {@link Metric},
   *     which is given back; a {@link LossFunction}, such as a lambda or a loss; null for none
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
    Supplier<Metric> metric = KNOWN.get(identifier.toString());
    if (metric == null) {
      throw Names.unknown("metric", identifier.toString(), KNOWN.keySet());
    }
    return metric.get();
  }

  /**
   * Finds the metric for a model's output. {@code "accuracy"} and {@code "acc"} are the binary, the
   * sparse categorical or the categorical accuracy, whichever goes with the shapes: the binary one
   * where there is one prediction per sample or timestep; the sparse one where targets are class
   * numbers; the categorical one elsewhere.
   *
   * @param identifier what was asked for
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
    return switch (Task.of(yTrue, yPred)) {
      case BINARY -> new BinaryAccuracy().name(name);
      case SPARSE_CATEGORICAL -> new SparseCategoricalAccuracy().name(name);
      case CATEGORICAL -> new CategoricalAccuracy().name(name);
    };
  }
}
