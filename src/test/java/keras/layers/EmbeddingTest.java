package keras.layers;

import static keras.layers.Input.shape;
import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import keras.constraints.MaxNorm;
import keras.models.Sequential;
import keras.optimizers.SGD;
import keras.testing.LayerCheck;
import keras.utils.FloatArrays;
import org.junit.jupiter.api.Test;

class EmbeddingTest {

  private static LayerCheck check(Embedding layer, String name) {
    return LayerCheck.of(layer).golden("layers/embedding", name);
  }

  @Test
  void picksRows() {
    check(new Embedding(7, 3), "defaults").input(2, 4).outputShape(2, 4, 3).run();
    check(new Embedding(7, 2).maskZero(true), "mask_zero").input(3, 5).outputShape(3, 5, 2).run();
    check(new Embedding(7, 2).embeddingsRegularizer("l2"), "of a matrix of indices")
        .input(2, 3, 2)
        .outputShape(2, 3, 2, 2)
        .run();
    check(
            new Embedding(7, 2)
                .embeddingsInitializer("glorot_normal")
                .embeddingsRegularizer("l1")
                .embeddingsConstraint(new MaxNorm())
                .maskZero(true)
                .activityRegularizer("l2"),
            "all arguments")
        .input(2, 3)
        .outputShape(2, 3, 2)
        .run();
  }

  @Test
  void startsWithAMatrixThatIsGivenAndLeavesItIfItIsFrozen() {
    float[][] rows = {{1, 2}, {3, 4}, {5, 6}};
    try (Sequential model =
        new Sequential(
            new Input(shape(2)),
            new Embedding(3, 2).weights(rows).trainable(false),
            new LSTM(2),
            new Dense(1))) {
      model.compile(c -> c.loss("mse").optimizer(new SGD().learningRate(0.1)));
      model.trainOnBatch(new int[][] {{0, 2}, {1, 1}}, new float[][] {{1}, {0}});
      assertThatArray(model.getLayer(0).getWeights().get(0))
          .isCloseTo(FloatArrays.of(rows, "rows"));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Embedding(2, 2).weights(rows))
        .withMessageContaining("(2, 2)")
        .withMessageContaining("(3, 2)");
  }

  @Test
  void refusesIndicesOutOfRange() {
    try (Sequential model = new Sequential(new Input(shape(2)), new Embedding(3, 2))) {
      for (int index : new int[] {3, -1}) {
        assertThatThrownBy(() -> model.predictOnBatch(new int[][] {{0, index}}))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("[0, 3)");
      }
      assertThat(model.predictOnBatch(new int[][] {{0, 2}}).size()).isEqualTo(4);
    }
  }
}
