package keras.utils;

import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import keras.random.NumpyRandom;
import keras.testing.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainTestSplitTest {

  private static final double[][] X = new double[13][2];
  private static final int[] Y = new int[13];

  static {
    for (int i = 0; i < 13; i++) {
      X[i] = new double[] {2 * i, 2 * i + 1};
      Y[i] = i;
    }
  }

  private static List<Golden> cases() {
    return Golden.load("utils/train_test_split").all("cases");
  }

  private static void set(TrainTestSplitOptions options, Golden arguments) {
    if (arguments.has("random_state")) {
      options.randomState(arguments.integer("random_state"));
    }
    if (arguments.has("shuffle")) {
      options.shuffle(arguments.bool("shuffle"));
    }
    if (arguments.has("stratify")) {
      options.stratify(arguments.doubles("stratify"));
    }
    if (arguments.has("test_size")) {
      double size = arguments.number("test_size");
      if (size < 1) {
        options.testSize(size);
      } else {
        options.testSize((int) size);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void drawsTheRowsThatScikitLearnDraws(Golden sklearn) {
    if (sklearn.has("seed")) {
      NumpyRandom.shared().seed(sklearn.integer("seed"));
    }
    TrainTestSplit parts = Utils.trainTestSplit(X, Y, o -> set(o, sklearn.at("arguments")));

    assertThatArray(parts.xTrain()).isCloseTo(sklearn.array("x_train"));
    assertThatArray(parts.xTest()).isCloseTo(sklearn.array("x_test"));
    assertThatArray(parts.yTrain()).isCloseTo(sklearn.array("y_train"));
    assertThatArray(parts.yTest()).isCloseTo(sklearn.array("y_test"));
  }

  @Test
  void refusesPartsWithoutRowsAndRowsWithoutTargets() {
    assertThatThrownBy(() -> Utils.trainTestSplit(X, Y, o -> o.testSize(13)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("13 rows to test with, of 13");
    assertThatThrownBy(() -> Utils.trainTestSplit(X, new int[12]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(13, 2) and (12,)");
    assertThatThrownBy(() -> Utils.trainTestSplit(X, Y, o -> o.testSize(1.5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no share");
  }

  @Test
  void refusesClassesThatCannotBeInBothParts() {
    int[] single = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    assertThatThrownBy(() -> Utils.trainTestSplit(X, Y, o -> o.stratify(single)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one of class 1.0");
    assertThatThrownBy(() -> Utils.trainTestSplit(X, Y, o -> o.stratify(new int[12])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("12 classes");
    assertThatThrownBy(() -> Utils.trainTestSplit(X, Y, o -> o.stratify(X)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(13, 2)");
    int[] two = {0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1};
    assertThatThrownBy(() -> Utils.trainTestSplit(X, Y, o -> o.stratify(two).testSize(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("fewer rows than there are classes");
  }
}
