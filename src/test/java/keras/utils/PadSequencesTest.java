package keras.utils;

import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import keras.testing.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.StdArrays;

class PadSequencesTest {
  private static List<Golden> cases() {
    return Golden.load("utils/pad_sequences").all("cases");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void padsAsKerasDoes(Golden keras) {
    FloatNdArray padded =
        Utils.padSequences(
            keras.arrays("sequences"), options -> set(options, keras.at("arguments")));

    assertThatArray(padded).isCloseTo(keras.array("y"));
  }

  private static void set(PadSequencesOptions options, Golden arguments) {
    for (String name : arguments.keys()) {
      switch (name) {
        case "maxlen" -> options.maxlen((int) arguments.integer(name));
        case "dtype" -> options.dtype(arguments.text(name));
        case "padding" -> options.padding(arguments.text(name));
        case "truncating" -> options.truncating(arguments.text(name));
        case "value" -> options.value(arguments.number(name));
        default -> throw new AssertionError(name);
      }
    }
  }

  @Test
  void takesRaggedArraysListsAndNdArrays() {
    float[] expected = {0, 1, 2, 3};

    assertThat(FloatArrays.values(Utils.padSequences(new int[][] {{1}, {2, 3}})))
        .containsExactly(expected);
    assertThat(FloatArrays.values(Utils.padSequences(List.of(List.of(1), List.of(2, 3L)))))
        .containsExactly(expected);
    assertThat(FloatArrays.values(Utils.padSequences(List.of(new long[] {1}, new byte[] {2, 3}))))
        .containsExactly(expected);
    assertThat(
            FloatArrays.values(
                Utils.padSequences(StdArrays.ndCopyOf(new int[][] {{0, 1}, {2, 3}}))))
        .containsExactly(expected);
    assertThatArray(Utils.padSequences(new float[][][] {{{1, 2}}, {{3, 4}, {5, 6}}}))
        .hasShape(2, 2, 2);
  }

  @Test
  void rejectsWhatAreNoSequences() {
    assertThatThrownBy(() -> Utils.padSequences(new int[] {1, 2}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            padSequences: these are no sequences.
              expected: several sequences, as an int[][], a float[][][] or a List of arrays or lists
              got:      int[]
              fix:      put a single sequence into an array of one""");
    assertThatThrownBy(() -> Utils.padSequences(List.of(new int[1], 5)))
        .hasMessageContaining("got:      a single number at 1");
    assertThatThrownBy(() -> Utils.padSequences(null)).hasMessageContaining("got:      null");
    assertThatThrownBy(() -> Utils.padSequences(new int[][] {{1}, null}))
        .hasMessageStartingWith("padSequences: sequence 1: there is no array.");
    assertThatThrownBy(() -> Utils.padSequences(List.of(List.of("a"))))
        .hasMessageContaining("got:      a list with java.lang.String at 0");
  }

  @Test
  void rejectsStepsOfDifferentShapes() {
    assertThatThrownBy(
            () -> Utils.padSequences(List.of(new float[0], new float[2][3], new float[1][4])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            padSequences: the steps of sequence 2 have another shape.
              expected: steps of shape (3,), as in the first sequence
              got:      steps of shape (4,)
              fix:      give every step of every sequence the same features""");
  }

  @Test
  void rejectsNoSequencesWithoutALength() {
    assertThatThrownBy(() -> Utils.padSequences(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            padSequences: there are no sequences to take the length from.
              expected: one sequence or more
              got:      none
              fix:      set maxlen""");
  }

  @Test
  void rejectsUnknownOptions() {
    int[][] sequences = {{1}};
    assertThatThrownBy(() -> Utils.padSequences(sequences, o -> o.padding("past")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "padSequences: padding \"past\" is not known. Did you mean \"post\"?");
    assertThatThrownBy(() -> Utils.padSequences(sequences, o -> o.padding(null)))
        .hasMessageStartingWith("padSequences: padding null is not known.");
    assertThatThrownBy(() -> Utils.padSequences(sequences, o -> o.truncating("x")))
        .hasMessageStartingWith("padSequences: truncating \"x\" is not known.");
    assertThatThrownBy(() -> Utils.padSequences(sequences, o -> o.dtype("float")))
        .hasMessageStartingWith("padSequences: dtype \"float\" is not known.");
    assertThatThrownBy(() -> Utils.padSequences(sequences, o -> o.maxlen(0)))
        .hasMessage(
            """
            padSequences: maxlen must be a positive number.
              expected: at least 1
              got:      0
              fix:      give maxlen a value of 1 or more""");
  }
}
