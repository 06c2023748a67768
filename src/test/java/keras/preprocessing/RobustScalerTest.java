package keras.preprocessing;

import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import keras.testing.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.FloatNdArray;

class RobustScalerTest {

  private static List<Golden> cases() {
    return Golden.load("utils/scalers").all("robust");
  }

  private static RobustScaler scaler(Golden arguments) {
    RobustScaler scaler = new RobustScaler();
    if (arguments.has("with_centering")) {
      scaler.withCentering(arguments.bool("with_centering"));
    }
    if (arguments.has("with_scaling")) {
      scaler.withScaling(arguments.bool("with_scaling"));
    }
    if (arguments.has("quantile_range")) {
      double[] range = arguments.doubles("quantile_range");
      scaler.quantileRange(range[0], range[1]);
    }
    return scaler;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void scalesAsScikitLearnDoes(Golden sklearn) {
    RobustScaler scaler = scaler(sklearn.at("arguments"));

    FloatNdArray scaled = scaler.fitTransform(Tables.of(sklearn, "x"));

    if (sklearn.has("center")) {
      assertThat(scaler.center()).containsExactly(sklearn.doubles("center"), within(1e-7));
    }
    if (sklearn.has("scale")) {
      assertThat(scaler.scale()).containsExactly(sklearn.doubles("scale"), within(1e-9));
    }
    assertThatArray(scaled).isCloseTo(sklearn.array("scaled"));
    assertThatArray(scaler.transform(Tables.of(sklearn, "other")))
        .isCloseTo(sklearn.array("other_scaled"));
    assertThatArray(scaler.inverseTransform(scaled)).isCloseTo(sklearn.array("back"));
  }

  @Test
  void wantsToBeFittedAndTheSameColumns() {
    RobustScaler scaler = new RobustScaler();
    assertThatThrownBy(() -> scaler.transform(new float[1][2]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("nothing was fitted");
    scaler.fit(new double[][] {{1, 2}, {3, 5}});
    assertThatThrownBy(() -> scaler.inverseTransform(new float[1][3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 columns");
    assertThatThrownBy(() -> scaler.fit(new float[0][2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no rows");
  }
}
