package keras.models;

import static keras.layers.Input.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import keras.constraints.MaxNorm;
import keras.layers.Dense;
import keras.layers.Input;
import keras.losses.BinaryFocalCrossentropy;
import keras.metrics.CategoricalCrossentropy;
import keras.metrics.CosineSimilarity;
import keras.metrics.Precision;
import keras.metrics.Recall;
import keras.testing.Identifiers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments that only turn out to be wrong with a model's shapes are refused before any step. */
class BadArgumentsTest {

  private static final float[][] X = {{1, 2, 3}, {4, 5, 6}};
  private static final float[][] Y = {{0, 1}, {1, 0}};

  private static Sequential two() {
    return new Sequential(new Input(shape(3)), new Dense(2).activation("softmax"));
  }

  private static void refuses(Object loss, Object metric, String message) {
    try (Sequential model = two()) {
      model.compile(c -> Identifiers.loss(c, loss).metrics(metric));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.fit(X, Y, f -> f.verbose(0)))
          .withMessage(message);
    }
  }

  private static String noAxis(String name, int axis) {
    return """
    "%s": predictions have no axis %d.
      expected: an axis from -2 to 1
      got:      axis(%d) for predictions (2, 2)
      fix:      axis(-1), the last, or leave it out\
    """
        .formatted(name, axis, axis);
  }

  @Test
  void refusesAnAxisThatPredictionsLack() {
    refuses("mse", new CosineSimilarity().axis(5), noAxis("cosine_similarity", 5));
    refuses("mse", new CategoricalCrossentropy().axis(2), noAxis("categorical_crossentropy", 2));
    refuses(
        new keras.losses.BinaryCrossentropy().axis(-3), "mse", noAxis("binary_crossentropy", -3));
    refuses(new keras.losses.CosineSimilarity().axis(5), "mse", noAxis("cosine_similarity", 5));
    refuses(
        new keras.losses.CategoricalCrossentropy().axis(5),
        "mse",
        noAxis("categorical_crossentropy", 5));
    refuses(new BinaryFocalCrossentropy().axis(5), "mse", noAxis("binary_focal_crossentropy", 5));
  }

  @Test
  void refusesClassesThatThereAreNot() {
    String noClass =
        """
        Metric "%s": there is no class %d.
          expected: from 0 to 1, or from -2 to -1
          got:      classId(%d)
          fix:      classId(1) for the last class\
        """;
    refuses("mse", new Precision().classId(9), noClass.formatted("precision", 9, 9));
    refuses("mse", new Recall().classId(-3), noClass.formatted("recall", -3, -3));
    refuses(
        "mse",
        new Precision().topK(9),
        """
        Metric "precision": topK is more than there are classes.
          expected: from 1 to 2, the last dimension of the predictions
          got:      topK(9)
          fix:      topK(2) or less\
        """);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Recall().topK(0))
        .withMessageStartingWith("Metric \"recall\": topK must be a positive number.");
  }

  /** Keras takes a class from behind, as an array does. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void countsClassesFromBehindToo(int place) {
    try (Sequential model = two()) {
      model.compile(
          c ->
              c.loss("mse")
                  .metrics(
                      new Precision().classId(place).thresholds(0.0).name("front"),
                      new Precision().classId(place - 2).thresholds(0.0).name("back"),
                      new Precision().classId(1 - place).thresholds(0.0).name("other")));
      float[][] y = {{1, 0}, {1, 0}};
      java.util.Map<String, Double> logs = model.evaluate(X, y, e -> e.verbose(0));
      assertThat(logs.get("back")).isEqualTo(logs.get("front")).isNotEqualTo(logs.get("other"));
    }
  }

  @Test
  void refusesAConstraintAlongAnAxisThatTheKernelLacks() {
    try (Sequential model =
        new Sequential(new Input(shape(3)), new Dense(2).kernelConstraint(new MaxNorm().axis(7)))) {
      model.compile(c -> c.loss("mse"));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.fit(X, Y, f -> f.verbose(0)))
          .withMessageStartingWith("MaxNorm: the weight has no axis 7.");
    }
  }
}
