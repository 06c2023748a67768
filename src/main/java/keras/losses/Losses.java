package keras.losses;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import keras.utils.Names;
import org.tensorflow.ndarray.Shape;

/** Keras's losses, by name. Keras: {@code keras.losses}. */
public final class Losses {

  /** By the names of Keras's functions and their abbreviations. */
  private static final Map<String, Supplier<Loss>> FUNCTIONS = new LinkedHashMap<>();

  /** By the names of Keras's classes. */
  private static final Map<String, Supplier<Loss>> CLASSES = new LinkedHashMap<>();

  static {
    add(MeanSquaredError::new, "MeanSquaredError", "mean_squared_error", "mse", "MSE");
    add(MeanAbsoluteError::new, "MeanAbsoluteError", "mean_absolute_error", "mae", "MAE");
    add(
        MeanAbsolutePercentageError::new,
        "MeanAbsolutePercentageError",
        "mean_absolute_percentage_error",
        "mape",
        "MAPE");
    add(
        MeanSquaredLogarithmicError::new,
        "MeanSquaredLogarithmicError",
        "mean_squared_logarithmic_error",
        "msle",
        "MSLE");
    add(BinaryCrossentropy::new, "BinaryCrossentropy", "binary_crossentropy", "bce", "BCE");
    add(BinaryFocalCrossentropy::new, "BinaryFocalCrossentropy", "binary_focal_crossentropy");
    add(CategoricalCrossentropy::new, "CategoricalCrossentropy", "categorical_crossentropy");
    add(
        CategoricalFocalCrossentropy::new,
        "CategoricalFocalCrossentropy",
        "categorical_focal_crossentropy");
    add(
        SparseCategoricalCrossentropy::new,
        "SparseCategoricalCrossentropy",
        "sparse_categorical_crossentropy");
    add(KLDivergence::new, "KLDivergence", "kl_divergence", "kld", "KLD");
    add(Poisson::new, "Poisson", "poisson");
    add(CosineSimilarity::new, "CosineSimilarity", "cosine_similarity");
    add(LogCosh::new, "LogCosh", "log_cosh");
    add(Huber::new, "Huber", "huber");
    add(Hinge::new, "Hinge", "hinge");
    add(SquaredHinge::new, "SquaredHinge", "squared_hinge");
    add(CategoricalHinge::new, "CategoricalHinge", "categorical_hinge");
  }

  private Losses() {}

  private static void add(Supplier<Loss> loss, String className, String... functions) {
    CLASSES.put(className, loss);
    for (String function : functions) {
      FUNCTIONS.put(function, loss);
    }
  }

  /**
   * Finds a loss. Keras: {@code keras.losses.get(identifier)}.
   *
   * @param identifier a name, as {@code "mse"} or {@code "MeanSquaredError"}; a {@link Loss}, which
   *     is given back; another {@link LossFunction}; null for no loss
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
    String name = identifier.toString();
    if (CLASSES.containsKey(name)) {
      return CLASSES.get(name).get();
    }
    if (FUNCTIONS.containsKey(name)) {
      return FUNCTIONS.get(name).get().name(name);
    }
    throw Names.unknown("loss", name, names());
  }

  /**
   * Finds the loss for a model's output. Besides what {@link #get(Object)} knows, {@code
   * "crossentropy"} and {@code "ce"} are the binary, the sparse categorical or the categorical one,
   * whichever goes with the shapes.
   *
   * @param identifier what was asked for
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
        switch (Task.of(yTrue, yPred)) {
          case BINARY -> new BinaryCrossentropy();
          case SPARSE_CATEGORICAL -> new SparseCategoricalCrossentropy();
          case CATEGORICAL -> new CategoricalCrossentropy();
        };
    return chosen.name((String) identifier);
  }

  private static List<String> names() {
    List<String> names = new ArrayList<>(FUNCTIONS.keySet());
    names.addAll(CLASSES.keySet());
    return names;
  }
}
