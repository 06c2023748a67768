package keras.internal.trainers;

import static keras.layers.Input.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.layers.Masking;
import keras.layers.TimeDistributed;
import keras.losses.CosineSimilarity;
import keras.losses.LossFunction;
import keras.models.Sequential;
import keras.testing.Identifiers;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.exceptions.TFInvalidArgumentException;

/** Tells in Keras's words of data that TensorFlow cannot compute with; the model works on. */
class RefusedTest {

  private static AbstractThrowableAssert<?, ?> refuses(
      Sequential model, Object x, Object y, Object loss, Object... metrics) {
    try (model) {
      model.compile(c -> Identifiers.loss(c, loss).metrics(metrics));
      var refused =
          assertThatThrownBy(() -> model.fit(x, y, f -> f.verbose(0)))
              .isExactlyInstanceOf(IllegalArgumentException.class)
              .hasMessageContainingAll("expected: ", "got:      ", "fix:      ");
      assertThat(model.predict(x, p -> p.verbose(0)).shape().get(0)).isPositive();
      return refused;
    }
  }

  private static Sequential classes() {
    return new Sequential(
        new Input(shape(20, 3)),
        new LSTM(4).returnSequences(true),
        new Dense(4).activation("softmax"));
  }

  private static Sequential line() {
    return new Sequential(new Input(shape(3)), new Dense(2));
  }

  private static final String NUMBERS =
      """
      Metric "%s": the targets do not have the model's output shape.
        expected: (?, 20, 4)
        got:      (8, 20)
        fix:      name a metric for class numbers, such as "sparse_categorical_accuracy", or make y \
      one-hot with Utils.toCategorical""";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mae",
        "mse",
        "root_mean_squared_error",
        "precision",
        "recall",
        "AUC",
        "binary_accuracy",
        "categorical_accuracy",
        "top_k_categorical_accuracy",
        "hinge",
        "kl_divergence",
        "poisson",
        "cosine_similarity",
        "binary_crossentropy",
        "categorical_crossentropy",
        "true_positives"
      })
  void metricThatHasNoUseForClassNumbers(String name) {
    refuses(classes(), new float[8][20][3], new int[8][20], "sparse_categorical_crossentropy", name)
        .hasMessage(NUMBERS.formatted(name));
  }

  @Test
  void weightedMetricThatHasNoUseForClassNumbers() {
    try (Sequential model = classes()) {
      model.compile(c -> c.loss("sparse_categorical_crossentropy").weightedMetrics("mae"));
      assertThatThrownBy(() -> model.trainOnBatch(new float[8][20][3], new int[8][20]))
          .hasMessage(NUMBERS.formatted("mae"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sparse_categorical_accuracy",
        "sparse_categorical_crossentropy",
        "sparse_top_k_categorical_accuracy"
      })
  void metricThatNeedsClassNumbers(String name) {
    refuses(line(), new float[8][3], new float[8][2], "mse", name)
        .hasMessage(
            """
            Metric "%s": the targets must be one class number for each output vector.
              expected: (?,) or (?, 1)
              got:      (8, 2)
              fix:      leave "sparse_" out of the metric's name, or give class numbers"""
                .formatted(name));
  }

  @Test
  void lossOfOnesOwnThatGetsTargetsOfAnotherWidth() {
    LossFunction squares = (tf, yTrue, yPred) -> tf.math.squaredDifference(yTrue, yPred);
    refuses(line(), new float[8][3], new float[8][5], squares)
        .hasMessageStartingWith(
            "Loss \"<lambda>\": it cannot be computed: Dimensions must be equal")
        .hasMessageContaining("got:      targets (8, 5), predictions (8, 2)")
        .hasCauseInstanceOf(TFInvalidArgumentException.class);
  }

  @Test
  void functionThatReturnsNothing() {
    LossFunction nothing = (tf, yTrue, yPred) -> null;
    refuses(line(), new float[8][3], new float[8][2], nothing)
        .hasMessageStartingWith("Loss \"<lambda>\": the function returned nothing.");
    refuses(line(), new float[8][3], new float[8][2], "mse", nothing)
        .hasMessageStartingWith("Metric \"<lambda>\": the function returned nothing.");
  }

  @Test
  void axisThatPredictionsDoNotHave() {
    refuses(line(), new float[8][3], new float[8][2], new CosineSimilarity().axis(5))
        .hasMessageContaining("\"cosine_similarity\": predictions have no axis 5.");
  }

  @Test
  void maskThatMarksOtherThings() {
    refuses(
            new Sequential(
                new Input(shape(3, 4, 2)), new Masking(), new TimeDistributed(new LSTM(2))),
            new float[5][3][4][2],
            new float[5][3][2],
            "mse")
        .hasMessage(
            """
            Mask: the shape does not go with the values to be weighted.
              expected: (5, 3), or that with dimensions of 1
              got:      (5, 3, 4)
              fix:      drop the mask in the model: it marks other things than the loss compares""");
  }
}
