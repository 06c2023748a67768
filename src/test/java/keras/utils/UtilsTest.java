package keras.utils;

import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import keras.random.GlobalSeed;
import keras.random.PythonRandom;
import keras.testing.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.FloatNdArray;

class UtilsTest {
  private static List<Golden> categoricalCases() {
    return Golden.load("utils/to_categorical").all("cases");
  }

  private static List<Golden> normalizeCases() {
    return Golden.load("utils/normalize").all("cases");
  }

  @ParameterizedTest
  @MethodSource("categoricalCases")
  void encodesClassesAsKerasDoes(Golden keras) {
    FloatNdArray x = keras.array("x");

    FloatNdArray y =
        keras.has("num_classes")
            ? Utils.toCategorical(x, (int) keras.integer("num_classes"))
            : Utils.toCategorical(x);

    assertThatArray(y).isCloseTo(keras.array("y"));
  }

  @Test
  void encodesJavaArrays() {
    assertThat(FloatArrays.values(Utils.toCategorical(new int[] {2, 0}, 3)))
        .containsExactly(0, 0, 1, 1, 0, 0);
  }

  @Test
  void rejectsClassesOutOfRange() {
    assertThatThrownBy(() -> Utils.toCategorical(new int[] {0, 3}, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            toCategorical: a class number is out of range.
              expected: 0 to 2
              got:      3.0
              fix:      number the classes from 0, or pass a greater numClasses""");
    assertThatThrownBy(() -> Utils.toCategorical(new int[] {1, -1}))
        .hasMessageContaining("got:      -1.0");
    assertThatThrownBy(() -> Utils.toCategorical(new float[] {Float.NaN}, 3))
        .hasMessageContaining("got:      NaN");
  }

  @Test
  void rejectsClassesThatCannotBeCounted() {
    assertThatThrownBy(() -> Utils.toCategorical(new int[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            toCategorical: there are no class numbers to count the classes by.
              expected: one number or more
              got:      shape (0,)
              fix:      pass numClasses""");
    assertThatThrownBy(() -> Utils.toCategorical(new int[] {0}, 0))
        .hasMessage(
            """
            toCategorical: numClasses must be a positive number.
              expected: at least 1
              got:      0
              fix:      give numClasses a value of 1 or more""");
  }

  @ParameterizedTest
  @MethodSource("normalizeCases")
  void normalizesAsKerasDoes(Golden keras) {
    FloatNdArray y =
        Utils.normalize(keras.array("x"), (int) keras.integer("axis"), keras.number("order"));

    assertThatArray(y).isCloseTo(keras.array("y"));
  }

  @Test
  void normalizesByTheEuclideanNormOfTheLastAxis() {
    float[][] x = {{3, 4}, {0, 0}};

    assertThatArray(Utils.normalize(x))
        .isCloseTo(FloatArrays.wrap(new float[] {0.6f, 0.8f, 0, 0}, 2, 2));
    assertThat(x[0]).containsExactly(3, 4);
  }

  @Test
  void leavesTheGivenArrayAsItIs() {
    FloatNdArray x = FloatArrays.wrap(new float[] {3, 4}, 1, 2);

    Utils.normalize(x);

    assertThat(FloatArrays.values(x)).containsExactly(3, 4);
  }

  @Test
  void rejectsAnAxisThatIsNotThere() {
    assertThatThrownBy(() -> Utils.normalize(new float[2][3], 2, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            normalize: there is no such axis.
              expected: -2 to 1 for shape (2, 3)
              got:      2
              fix:      pass -1 for the last axis""");
    assertThatThrownBy(() -> Utils.normalize(new float[2][3], -3, 2))
        .hasMessageContaining("got:      -3");
    assertThatThrownBy(() -> Utils.normalize(5)).hasMessageContaining("there is no such axis");
  }

  @Test
  void seedsTheProcess() {
    try {
      Utils.setRandomSeed(42);

      assertThat(PythonRandom.shared().randint(0, 99)).isEqualTo(81);
      assertThat(GlobalSeed.get()).hasValue(42);
      assertThatThrownBy(() -> Utils.setRandomSeed(-1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("setRandomSeed: the seed is out of range.");
    } finally {
      GlobalSeed.unset();
    }
  }
}
