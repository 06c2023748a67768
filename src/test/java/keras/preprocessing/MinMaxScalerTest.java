package keras.preprocessing;

import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import keras.testing.Golden;
import keras.utils.FloatArrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.FloatNdArray;

class MinMaxScalerTest {
  private static final Golden SKLEARN = Golden.load("utils/min_max_scaler");

  private static List<Golden> cases() {
    return SKLEARN.all("cases");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void scalesAsScikitLearnDoes(Golden sklearn) {
    double[][] x = Tables.of(sklearn, "x");
    MinMaxScaler scaler = scaler(sklearn.at("arguments"));

    FloatNdArray scaled = scaler.fitTransform(x);

    assertThat(scaler.dataMin()).containsExactly(sklearn.doubles("data_min"));
    assertThat(scaler.dataMax()).containsExactly(sklearn.doubles("data_max"));
    assertThat(scaler.scale()).containsExactly(sklearn.doubles("scale"), within(1e-9));
    assertThat(scaler.min()).containsExactly(sklearn.doubles("min"), within(1e-9));
    assertThatArray(scaled).isCloseTo(sklearn.array("scaled"));
    assertThatArray(scaler.transform(Tables.of(sklearn, "other")))
        .isCloseTo(sklearn.array("other_scaled"));
    assertThatArray(scaler.inverseTransform(scaled)).isCloseTo(sklearn.array("back"));
  }

  private static MinMaxScaler scaler(Golden arguments) {
    MinMaxScaler scaler = new MinMaxScaler();
    if (arguments.has("feature_range")) {
      double[] range = arguments.doubles("feature_range");
      scaler.featureRange(range[0], range[1]);
    }
    return arguments.has("clip") ? scaler.clip(arguments.bool("clip")) : scaler;
  }

  @Test
  void fitsInParts() {
    double[][] x = Tables.of(SKLEARN.all("cases").get(0), "x");
    MinMaxScaler scaler = new MinMaxScaler();

    scaler.partialFit(List.of(x[0], x[1]).toArray(double[][]::new));
    scaler.partialFit(List.of(x[2], x[3], x[4], x[5]).toArray(double[][]::new));

    assertThat(scaler.scale()).containsExactly(SKLEARN.doubles("parts_scale"), within(1e-9));
  }

  @Test
  void forgetsTheOldFitWhenFittedAgain() {
    MinMaxScaler scaler = new MinMaxScaler().fit(new int[][] {{0, 1}, {10, 20}});

    scaler.fit(new int[][] {{2}, {4}});

    assertThat(scaler.dataMin()).containsExactly(2);
    assertThatArray(scaler.transform(new int[][] {{3}}))
        .isCloseTo(FloatArrays.wrap(new float[] {0.5f}, 1, 1));
  }

  @Test
  void takesANarrowColumnOfFloatsForAConstantOne() {
    FloatNdArray narrow = SKLEARN.array("narrow");
    double[][] wide = Tables.of(SKLEARN, "narrow");

    assertThatArray(new MinMaxScaler().fitTransform(narrow))
        .atScale(1)
        .isCloseTo(SKLEARN.array("narrow_scaled_single"));
    assertThatArray(new MinMaxScaler().fitTransform(wide))
        .isCloseTo(SKLEARN.array("narrow_scaled_double"));
  }

  @Test
  void rejectsTransformBeforeFit() {
    assertThatThrownBy(() -> new MinMaxScaler().transform(new float[1][1]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            """
            MinMaxScaler.transform: nothing was fitted.
              expected: a call of fit before
              got:      none
              fix:      call fit(x), or fitTransform(x)\
            """);
    assertThatThrownBy(() -> new MinMaxScaler().inverseTransform(new float[1][1]))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> new MinMaxScaler().scale()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void rejectsWhatIsNoTableOfTheFittedColumns() {
    MinMaxScaler scaler = new MinMaxScaler().fit(new int[][] {{0, 1}, {10, 20}});

    assertThatThrownBy(() -> scaler.fit(new float[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            MinMaxScaler: x is no table.
              expected: shape (rows, columns)
              got:      shape (3,)
              fix:      pass a column as an array of rows with one number each\
            """);
    assertThatThrownBy(() -> scaler.transform(new float[2][3]))
        .hasMessage(
            """
            MinMaxScaler: x has other columns than those that were fitted.
              expected: 2 columns
              got:      3 columns
              fix:      pass the same columns, in the same order\
            """);
    assertThatThrownBy(() -> scaler.fit(new float[0][2]))
        .hasMessageStartingWith("MinMaxScaler: there are no rows to fit.");
  }

  @Test
  void rejectsARangeWithoutWidth() {
    assertThatThrownBy(() -> new MinMaxScaler().featureRange(1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            MinMaxScaler: the range has no width.
              expected: featureRange(least, greatest) with least < greatest
              got:      featureRange(1.0, 1.0)
              fix:      pass the lower end first\
            """);
  }

  @Test
  void refusesInfinityButNotNaN() {
    double[][] table = {{1, Double.NaN}, {Double.NEGATIVE_INFINITY, 3}};
    String message =
        """
        MinMaxScaler: there is no place for infinity in a range.
          expected: finite numbers, or NaN for what is missing
          got:      -Infinity in row 1, column 0
          fix:      replace it, or make it NaN\
        """;
    MinMaxScaler fitted = new MinMaxScaler().fit(new double[][] {{1, 2}, {Double.NaN, 3}});

    assertThatThrownBy(() -> new MinMaxScaler().fit(table)).hasMessage(message);
    assertThatThrownBy(() -> new MinMaxScaler().partialFit(table)).hasMessage(message);
    assertThatThrownBy(() -> fitted.transform(table)).hasMessage(message);
    assertThatThrownBy(() -> fitted.inverseTransform(table)).hasMessage(message);
  }
}
