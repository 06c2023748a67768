package keras.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import keras.testing.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.DoubleNdArray;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;

class ScoresTest {

  private static final Golden SKLEARN = Golden.load("helpers/scores");

  private static List<Golden> regressions() {
    return SKLEARN.all("regressions");
  }

  private static List<Golden> classes() {
    return SKLEARN.all("classes");
  }

  private static DoubleNdArray doubles(Golden golden, String key) {
    return NdArrays.wrap(Shape.of(golden.shape(key)), DataBuffers.of(golden.doubles(key)));
  }

  @ParameterizedTest
  @MethodSource("regressions")
  void ofNumbersAreScikitLearns(Golden sklearn) {
    DoubleNdArray yTrue = doubles(sklearn, "y_true");
    DoubleNdArray yPred = doubles(sklearn, "y_pred");

    assertThat(Scores.meanSquaredError(yTrue, yPred))
        .isCloseTo(sklearn.number("mean_squared_error"), within(1e-12));
    assertThat(Scores.rootMeanSquaredError(yTrue, yPred))
        .isCloseTo(sklearn.number("root_mean_squared_error"), within(1e-12));
    assertThat(Scores.meanAbsoluteError(yTrue, yPred))
        .isCloseTo(sklearn.number("mean_absolute_error"), within(1e-12));
    double percentage = sklearn.number("mean_absolute_percentage_error");
    assertThat(Scores.meanAbsolutePercentageError(yTrue, yPred))
        .isCloseTo(percentage, within(1e-12 * Math.max(1, percentage)));
    if (sklearn.has("r2_score")) {
      assertThat(Scores.r2Score(yTrue, yPred)).isCloseTo(sklearn.number("r2_score"), within(1e-12));
    } else {
      assertThat(Scores.r2Score(yTrue, yPred)).isNaN();
    }
  }

  @ParameterizedTest
  @MethodSource("classes")
  void ofClassesAreScikitLearns(Golden sklearn) {
    int[] yTrue = sklearn.ints("y_true");
    int[] yPred = sklearn.ints("y_pred");
    List<String> names = new ArrayList<>();
    sklearn.json().get("names").forEach(name -> names.add(name.textValue()));

    assertThat(Scores.accuracyScore(yTrue, yPred))
        .isCloseTo(sklearn.number("accuracy"), within(1e-15));
    int[][] matrix = Scores.confusionMatrix(yTrue, yPred);
    assertThat(matrix.length).isEqualTo((int) sklearn.shape("matrix")[0]);
    float[] wanted = sklearn.floats("matrix");
    for (int i = 0; i < wanted.length; i++) {
      assertThat(matrix[i / matrix.length][i % matrix.length]).isEqualTo((int) wanted[i]);
    }
    assertThat(Scores.classificationReport(yTrue, yPred, names.toArray(String[]::new)))
        .isEqualTo(sklearn.text("report"));
  }

  @Test
  void takeColumnsOfOneForRows() {
    float[][] predicted = {{1}, {2}, {4}};
    assertThat(Scores.meanSquaredError(new float[] {1, 2, 3}, predicted))
        .isCloseTo(1 / 3.0, within(1e-12));
  }

  @Test
  void refuseWhatDoesNotBelongTogether() {
    assertThatThrownBy(() -> Scores.meanSquaredError(new float[3], new float[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("meanSquaredError: yTrue and yPred do not belong together.")
        .hasMessageContaining("(3,) and (2,)");
    assertThatThrownBy(() -> Scores.accuracyScore(new int[0], new int[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Scores.classificationReport(new int[] {1}, new int[] {2}, "one"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 names, for the classes [1, 2]");
  }
}
