package keras.models;

import static keras.layers.Input.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import keras.layers.Dense;
import keras.layers.Flatten;
import keras.layers.GRU;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.layers.Layer;
import keras.layers.LayerNormalization;
import keras.layers.Masking;
import keras.layers.PReLU;
import keras.layers.Permute;
import keras.layers.Reshape;
import keras.layers.TimeDistributed;
import keras.layers.ZeroPadding1D;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * Data with another number of timesteps than the model's Input says. Keras's Sequential computes
 * with them where its layers can:
 *
 * <pre>{@code
 * m = keras.Sequential([keras.Input((10, 1)), LSTM(1, kernel_initializer="ones",
 *                       recurrent_initializer="ones", bias_initializer="zeros")])
 * m.predict(np.ones((2, 25, 1)))    # 0.86599404
 * }</pre>
 */
class OtherTimestepsTest {

  private static float[][][] ones() {
    float[][][] x = new float[2][25][1];
    for (float[][] sample : x) {
      for (float[] step : sample) {
        step[0] = 1;
      }
    }
    return x;
  }

  private static Sequential model(Layer<?>... layers) {
    Sequential model = new Sequential(new Input(shape(10, 1)));
    List.of(layers).forEach(model::add);
    return model;
  }

  private static float last(Layer<?>... layers) {
    try (Sequential model = model(layers)) {
      FloatNdArray y = model.predict(ones(), p -> p.verbose(0));
      return y.rank() == 3 ? y.getFloat(1, y.shape().get(1) - 1, 0) : y.getFloat(1, 0);
    }
  }

  private static LSTM lstm() {
    return new LSTM(1)
        .kernelInitializer("ones")
        .recurrentInitializer("ones")
        .biasInitializer("zeros");
  }

  private static GRU gru() {
    return new GRU(1)
        .kernelInitializer("ones")
        .recurrentInitializer("ones")
        .biasInitializer("zeros");
  }

  @Test
  void computesWhereKerasDoes() {
    assertThat(last(lstm())).isCloseTo(0.86599404f, within(1e-6f));
    assertThat(last(new Masking(), lstm())).isCloseTo(0.86599404f, within(1e-6f));
    assertThat(
            last(
                lstm().returnSequences(true),
                new TimeDistributed(new Dense(1).kernelInitializer("ones"))))
        .isCloseTo(0.86599404f, within(1e-6f));
    assertThat(last(gru())).isCloseTo(0.92517036f, within(1e-6f));
    assertThat(last(gru().unroll(true))).isCloseTo(0.92517036f, within(1e-6f));
    assertThat(last(new ZeroPadding1D().padding(2), lstm())).isCloseTo(0.66905445f, within(1e-6f));
  }

  @Test
  void trainsWhereKerasDoes() {
    try (Sequential model = model(lstm().returnSequences(true))) {
      model.compile(c -> c.loss("mse").optimizer("sgd"));
      for (int length = 25; length > 19; length--) {
        assertThat(model.trainOnBatch(ones(), new float[2][25][1]).get("loss")).isPositive();
      }
      model.setWeights(model(lstm()).getWeights());
      assertThat(model.trainOnBatch(ones(), new float[2][25][1]).get("loss"))
          .isCloseTo(0.7076370120048523, within(1e-5));
    }
  }

  @Test
  void refusesWhereKerasFails() {
    for (Layer<?>[] layers :
        List.of(
            new Layer<?>[] {new Flatten(), new Dense(1)},
            new Layer<?>[] {new Reshape(5, 2), new LSTM(1)},
            new Layer<?>[] {new Permute(2, 1), new LSTM(1)},
            new Layer<?>[] {new LayerNormalization().axis(1, 2)},
            new Layer<?>[] {new PReLU()})) {
      try (Sequential model = model(layers)) {
        assertThatThrownBy(() -> model.predict(ones(), p -> p.verbose(0)))
            .as(layers[0].toString())
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("its shape is not the one of the model's input.")
            .hasMessageContaining("expected: (?, 10, 1)")
            .hasMessageContaining("got:      (2, 25, 1)");
      }
    }
  }
}
