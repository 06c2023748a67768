package keras.layers;

import static keras.layers.Input.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import keras.models.Sequential;
import keras.utils.FloatArrays;
import keras.utils.Utils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.FloatNdArray;

/** Sequences of a single timestep, for which some of TensorFlow's ops have too little to do. */
class OneTimestepTest {

  private static final float[] STEP = {0.3f, -0.2f, 0.9f};
  private static final float[] MISSING = new float[3];

  static Stream<Supplier<Layer<?>>> layers() {
    return Stream.of(
        () -> new LSTM(2),
        () -> new LSTM(2).unroll(true),
        () -> new GRU(2),
        () -> new GRU(2).unroll(true),
        () -> new GRU(2).resetAfter(false),
        () -> new SimpleRNN(2),
        () -> new SimpleRNN(2).unroll(true));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void trainsAsIfAMaskedTimestepHadComeBefore(Supplier<Layer<?>> layer) {
    List<Float> one = trained(layer, new float[][][] {{STEP}});
    List<Float> two = trained(layer, new float[][][] {{MISSING, STEP}});

    assertThat(one).hasSameSizeAs(two);
    for (int i = 0; i < one.size(); i++) {
      assertThat(one.get(i)).isCloseTo(two.get(i), within(1e-6f));
    }
  }

  /** All weights after one step of training that is far enough to be seen. */
  private static List<Float> trained(Supplier<Layer<?>> layer, float[][][] x) {
    Utils.setRandomSeed(7);
    try (Sequential model = new Sequential()) {
      model.add(new Input(shape(x[0].length, 3)));
      model.add(new Masking());
      model.add(layer.get());
      model.compile(c -> c.loss("mse").optimizer("sgd"));
      model.trainOnBatch(x, new float[][] {{4, -5}});
      List<Float> weights = new ArrayList<>();
      for (FloatNdArray weight : model.getWeights()) {
        for (float value : FloatArrays.values(weight)) {
          weights.add(value);
        }
      }
      return weights;
    }
  }
}
