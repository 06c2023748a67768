package keras.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import keras.models.Sequential;
import keras.optimizers.Adam;
import keras.testing.Close;
import keras.utils.Utils;
import org.junit.jupiter.api.Test;

/** LSTMs over images; the numbers of Keras are in EveryLayerTest. */
class ConvLSTMTest {

  /** Keras has no convolutions with channels_first on a CPU, so that no golden file has them. */
  @Test
  void isTheSameWithTheFeaturesFirst() {
    ConvLSTM2D last = new ConvLSTM2D(3, 2).returnSequences(true);
    ConvLSTM2D first = new ConvLSTM2D(3, 2).returnSequences(true).dataFormat("channels_first");
    Sequential one = new Sequential(new Input(Input.shape(2, 4, 3, 1)), last);
    Sequential two = new Sequential(new Input(Input.shape(2, 1, 4, 3)), first);
    float[][][][][] x = new float[1][2][4][3][1];
    float[][][][][] y = new float[1][2][1][4][3];
    for (int t = 0; t < 2; t++) {
      for (int r = 0; r < 4; r++) {
        for (int c = 0; c < 3; c++) {
          x[0][t][r][c][0] = t - r * 0.3f + c * 0.2f;
          y[0][t][0][r][c] = x[0][t][r][c][0];
        }
      }
    }
    try (one;
        two) {
      first.setWeights(last.getWeights());
      assertThat(two.outputShape().asArray()).containsExactly(-1, 2, 3, 3, 2);
      float[] ofOne = new float[3];
      float[] ofTwo = new float[3];
      for (int f = 0; f < 3; f++) {
        ofOne[f] = one.predict(x, p -> p.verbose(0)).getFloat(0, 1, 2, 1, f);
        ofTwo[f] = two.predict(y, p -> p.verbose(0)).getFloat(0, 1, f, 2, 1);
      }
      Close.assertThatArray(ofTwo).isCloseTo(ofOne);
    }
  }

  @Test
  void startsFromStatesThatItIsGiven() {
    KerasTensor x = new Input(Input.shape(2, 4, 4, 1)).tensor();
    List<KerasTensor> first = new ConvLSTM2D(2, 3).padding("same").returnState(true).callAll(x);
    KerasTensor then = new ConvLSTM2D(2, 3).padding("same").call(x, first.subList(1, 3));
    assertThat(then.shape().asArray()).containsExactly(-1, 4, 4, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConvLSTM2D(5, 3).padding("same").call(x, first.subList(1, 3)))
        .withMessageContaining("the initial states do not fit");
  }

  @Test
  void refusesImagesWithoutTimestepsAndUnknownSizes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConvLSTM2D(2, 3).call(new Input(Input.shape(4, 4, 1)).tensor()))
        .withMessageContaining("it wants 5 dimensions");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConvLSTM2D(2, 3).call(new Input(Input.shape(2, null, 4, 1)).tensor()))
        .withMessageContaining("all dimensions of a timestep must be known");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ConvLSTM2D(2, 3)
                    .strides(2)
                    .dilationRate(2)
                    .call(new Input(Input.shape(2, 9, 9, 1)).tensor()))
        .withMessageContaining("strides and dilationRate cannot both be above 1");
  }

  /** A square that moves one column a timestep: where is it next? */
  @Test
  void learnsToMoveASquare() {
    Utils.setRandomSeed(3);
    float[][][][][] x = new float[16][3][6][6][1];
    float[][][][] y = new float[16][6][6][1];
    for (int i = 0; i < 16; i++) {
      int row = i % 6;
      int column = i % 3;
      for (int t = 0; t < 3; t++) {
        x[i][t][row][column + t][0] = 1;
      }
      y[i][row][column + 3][0] = 1;
    }
    try (Sequential model =
        new Sequential(
            new Input(Input.shape(3, 6, 6, 1)),
            new ConvLSTM2D(4, 3).padding("same"),
            new Conv2D(1, 3).padding("same").activation("sigmoid"))) {
      model.compile(c -> c.loss("binary_crossentropy").optimizer(new Adam(0.05)));
      double before = model.evaluate(x, y, e -> e.verbose(0)).get("loss");
      model.fit(x, y, f -> f.epochs(40).batchSize(16).verbose(0));
      assertThat(model.evaluate(x, y, e -> e.verbose(0)).get("loss")).isLessThan(before / 10);
    }
  }
}
