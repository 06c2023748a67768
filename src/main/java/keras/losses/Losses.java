package keras.losses;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import keras.internal.config.Registry;
import keras.internal.config.Serialized;
import keras.internal.losses.ClassificationKind;
import keras.utils.Config;
import org.tensorflow.ndarray.Shape;

/** Keras's losses, by name. Keras: {@code keras.losses}. */
public final class Losses {

  private static final Registry<Loss> KNOWN = new Registry<>("loss", Loss.class);

  static {
    add(MeanSquaredError::fromConfig, "MeanSquaredError", "mean_squared_error", "mse", "MSE");
    add(MeanAbsoluteError::fromConfig, "MeanAbsoluteError", "mean_absolute_error", "mae", "MAE");
    add(
        MeanAbsolutePercentageError::fromConfig,
        "MeanAbsolutePercentageError",
        "mean_absolute_percentage_error",
        "mape",
        "MAPE");
    add(
        MeanSquaredLogarithmicError::fromConfig,
        "MeanSquaredLogarithmicError",
        "mean_squared_logarithmic_error",
        "msle",
        "MSLE");
    add(BinaryCrossentropy::fromConfig, "BinaryCrossentropy", "binary_crossentropy", "bce", "BCE");
    add(
        BinaryFocalCrossentropy::fromConfig,
        "BinaryFocalCrossentropy",
        "binary_focal_crossentropy");
    add(CategoricalCrossentropy::fromConfig, "CategoricalCrossentropy", "categorical_crossentropy");
    add(
        CategoricalFocalCrossentropy::fromConfig,
        "CategoricalFocalCrossentropy",
        "categorical_focal_crossentropy");
    add(
        SparseCategoricalCrossentropy::fromConfig,
        "SparseCategoricalCrossentropy",
        "sparse_categorical_crossentropy");
    add(KLDivergence::fromConfig, "KLDivergence", "kl_divergence", "kld", "KLD");
    add(Poisson::fromConfig, "Poisson", "poisson");
    add(CosineSimilarity::fromConfig, "CosineSimilarity", "cosine_similarity");
    add(LogCosh::fromConfig, "LogCosh", "log_cosh");
    add(Huber::fromConfig, "Huber", "huber");
    add(Hinge::fromConfig, "Hinge", "hinge");
    add(SquaredHinge::fromConfig, "SquaredHinge", "squared_hinge");
    add(CategoricalHinge::fromConfig, "CategoricalHinge", "categorical_hinge");
    add(
        CategoricalGeneralizedCrossEntropy::fromConfig,
        "CategoricalGeneralizedCrossEntropy",
        "categorical_generalized_cross_entropy");
    add(Circle::fromConfig, "Circle", "circle");
    add(CTC::fromConfig, "CTC", "ctc");
    add(Dice::fromConfig, "Dice", "dice");
    add(Tversky::fromConfig, "Tversky", "tversky");
  }

  private Losses() {}

  /** A loss that is asked for by the name of a function is called by it. */
  private static void add(
      Function<Config, ? extends Loss> maker, String className, String... functions) {
    for (String function : functions) {
      KNOWN.add(config -> maker.apply(config).name(function), function);
    }
    KNOWN.add(maker, className);
  }

  /**
   * Finds a loss. Keras: {@code keras.losses.get(identifier)}.
   *
   * @param identifier a name, as {@code "mse"} or {@code "MeanSquaredError"}; a {@link Loss}, which
   *     is given back; another {@link LossFunction}; a map with {@code class_name} and {@code
   *     config} as Keras writes it; null for no loss
   * @return the loss, or null; the name of one that was asked for by the name of a function is that
   *     name, as in {@code "mse"}
   * @throws IllegalArgumentException if there is none of that name
   */
  public static Loss get(Object identifier) {
    if (identifier == null) {
      return null;
    }
    if (identifier instanceof Loss loss) {
      return loss;
    }
    if (identifier instanceof LossFunction function) {
      return new FunctionLoss(function);
    }
    if (identifier instanceof Config config) {
      return KNOWN.deserialize(config);
    }
    if (identifier instanceof Map<?, ?> map && map.containsKey("class_name")) {
      return KNOWN.deserialize(Config.of("Losses.get", map));
    }
    return KNOWN.named(identifier.toString());
  }

  /**
   * Finds the loss for a model's output. Besides what {@link #get(Object)} knows, {@code
   * "crossentropy"} and {@code "ce"} are the binary, the sparse categorical or the categorical one,
   * whichever goes with the shapes.
   *
   * @param identifier the name that was asked for
   * @param yTrue the shape of the targets
   * @param yPred the shape of the predictions
   * @return the loss, or null
   * @throws IllegalArgumentException if there is none of that name
   */
  public static Loss get(Object identifier, Shape yTrue, Shape yPred) {
    boolean choose =
        identifier instanceof String name
            && List.of("crossentropy", "ce").contains(name.toLowerCase(Locale.ROOT));
    if (!choose) {
      return get(identifier);
    }
    Loss chosen =
        switch (ClassificationKind.of(yTrue, yPred)) {
          case BINARY -> new BinaryCrossentropy();
          case SPARSE_CATEGORICAL -> new SparseCategoricalCrossentropy();
          case CATEGORICAL -> new CategoricalCrossentropy();
        };
    return chosen.name((String) identifier);
  }

  /**
   * Returns a loss as Keras writes it into a configuration. Keras: {@code keras.losses.serialize}.
   *
   * @param identifier the argument of {@code compile}: a name, a {@link Loss}, or null
   * @return a name, a map with {@code class_name} and {@code config}, or null; a function is
   *     written by a name that cannot be read back
   */
  public static Object serialize(Object identifier) {
    if (identifier instanceof Loss loss) {
      return Serialized.object(loss, "keras.losses", loss.getConfig());
    }
    return identifier instanceof LossFunction ? Serialized.function("<lambda>") : identifier;
  }
}
