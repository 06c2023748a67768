package keras.utils;

import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class BatchTest {
  @Test
  void holdsInputsTargetsAndWeights() {
    Batch batch = Batch.of(new float[][] {{1, 2}, {3, 4}}, new int[] {5, 6}, new double[] {0.5, 1});

    assertThatArray(batch.x()).isCloseTo(FloatArrays.wrap(new float[] {1, 2, 3, 4}, 2, 2));
    assertThatArray(batch.y()).isCloseTo(5, 6);
    assertThatArray(batch.sampleWeight()).isCloseTo(0.5f, 1);
    assertThat(batch.size()).isEqualTo(2);
  }

  @Test
  void needsNeitherTargetsNorWeights() {
    Batch batch = Batch.of(new float[3][2]);

    assertThat(batch.y()).isNull();
    assertThat(batch.sampleWeight()).isNull();
    assertThat(batch.targets()).isEmpty();
    assertThat(Batch.of(new float[3][2], new float[3]).sampleWeights()).isEmpty();
  }

  @Test
  void takesListsForModelsWithSeveralInputsOrOutputs() {
    Batch batch = Batch.of(List.of(new float[2][3], new int[2]), List.of(new float[2]));

    assertThat(batch.inputs()).hasSize(2);
    assertThatArray(batch.y()).hasShape(2);
    assertThatThrownBy(batch::x)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            """
            Batch.x: there are several.
              expected: one array
              got:      2 arrays
              fix:      take inputs()""");
  }

  @Test
  void rejectsAnotherNumberOfSamples() {
    assertThatThrownBy(() -> Batch.of(new float[3][2], new float[4][1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            Batch: y has another number of samples than x.
              expected: 3 samples, as x has
              got:      4 samples, shape (4, 1)
              fix:      give all arrays the same first dimension""");
    assertThatThrownBy(() -> Batch.of(List.of(new float[3], new float[2])))
        .hasMessageStartingWith("Batch: x[1] has another number of samples than x.");
    assertThatThrownBy(() -> Batch.of(new float[3], new float[3], new float[2]))
        .hasMessageStartingWith("Batch: sampleWeight has another number of samples than x.");
  }

  @Test
  void saysWhereItWasGivenWhatDoesNotFit() {
    assertThatThrownBy(() -> Batch.of("fit", new float[3][2], new float[4][1], null))
        .hasMessageStartingWith("fit: y has another number of samples than x.");
    assertThatThrownBy(() -> Batch.of("evaluate", new float[1], "text", null))
        .hasMessageStartingWith("evaluate: y: this is no array of numbers.");
    assertThatThrownBy(() -> Batch.of("predict", null, null, null))
        .hasMessageStartingWith("predict: there is no x.");
  }

  @Test
  void rejectsWhatIsNoBatch() {
    assertThatThrownBy(() -> Batch.of(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            Batch: there is no x.
              expected: one array for each input of the model
              got:      none
              fix:      pass x""");
    assertThatThrownBy(() -> Batch.of(7))
        .hasMessage(
            """
            Batch: x has no batch dimension.
              expected: shape (batch, ...)
              got:      shape ()
              fix:      put the sample into an array of one sample""");
    assertThatThrownBy(() -> Batch.of(new float[1], "text"))
        .hasMessageStartingWith("Batch: y: this is no array of numbers.");
    assertThatThrownBy(() -> Batch.of(List.of(new float[1], new float[1][])))
        .hasMessageStartingWith("Batch: x[1]: a row is missing.");
  }
}
