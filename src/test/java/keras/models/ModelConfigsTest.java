package keras.models;

import static keras.layers.Input.batchShape;
import static keras.layers.Input.shape;

import java.util.Map;
import java.util.function.Supplier;
import keras.internal.naming.AutoNames;
import keras.layers.Activation;
import keras.layers.Cropping1D;
import keras.layers.Dense;
import keras.layers.Dropout;
import keras.layers.ELU;
import keras.layers.Flatten;
import keras.layers.GRU;
import keras.layers.GaussianNoise;
import keras.layers.GlobalAveragePooling1D;
import keras.layers.GlobalMaxPooling1D;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.layers.LayerNormalization;
import keras.layers.LeakyReLU;
import keras.layers.Masking;
import keras.layers.PReLU;
import keras.layers.Permute;
import keras.layers.ReLU;
import keras.layers.RepeatVector;
import keras.layers.Reshape;
import keras.layers.SimpleRNN;
import keras.layers.Softmax;
import keras.layers.SpatialDropout1D;
import keras.layers.TimeDistributed;
import keras.layers.UpSampling1D;
import keras.layers.ZeroPadding1D;
import keras.regularizers.L2;
import keras.testing.Configs;
import keras.testing.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against what Keras writes; see {@code testdata/configs.py}. */
class ModelConfigsTest {

  private static final Map<String, Supplier<Sequential>> MODELS =
      Map.of(
          "sequences", ModelConfigsTest::sequences,
          "vectors", ModelConfigsTest::vectors,
          "unbuilt", () -> new Sequential(new Dense(2), new LSTM(3)).name("unbuilt"),
          "told", () -> new Sequential(new Dense(2).inputShape(3), new Dense(1)).name("told"),
          "built", ModelConfigsTest::built,
          "nested", ModelConfigsTest::nested,
          "started", () -> new Sequential(new Input(shape(3))).name("started"));

  private static Sequential sequences() {
    return new Sequential(
            new Input(shape(6, 3)),
            new Masking(),
            new GaussianNoise(0.1),
            new SpatialDropout1D(0.2),
            new LSTM(4).returnSequences(true).kernelRegularizer(new L2(0.1)),
            new SimpleRNN(3).returnSequences(true),
            new GRU(3).returnSequences(true),
            new LayerNormalization(),
            new ZeroPadding1D(),
            new Cropping1D(),
            new UpSampling1D(),
            new Permute(2, 1),
            new PReLU(),
            new TimeDistributed(new Dense(2).activation("relu").kernelConstraint("max_norm")),
            new GlobalAveragePooling1D())
        .name("sequences");
  }

  private static Sequential vectors() {
    return new Sequential(
            new Input(batchShape(5, 4, 2)),
            new Flatten(),
            new Dropout(0.5),
            new ReLU(),
            new LeakyReLU(),
            new ELU(),
            new RepeatVector(3),
            new Reshape(8, 3),
            new Activation("tanh"),
            new GlobalMaxPooling1D(),
            new Softmax())
        .name("vectors");
  }

  private static Sequential built() {
    Sequential model =
        new Sequential(new Dense(2), new TimeDistributed(new Dense(1))).name("built");
    model.build(null, 4, 3);
    return model;
  }

  private static Sequential nested() {
    Sequential inner = new Sequential(new Dense(2), new Activation("relu")).name("inner");
    return new Sequential(new Input(shape(3)), inner, new Dense(1)).name("nested");
  }

  private static Iterable<String> models() {
    return Golden.load("configs/models").keys();
  }

  @ParameterizedTest
  @MethodSource("models")
  void writesWhatKerasWrites(String name) {
    AutoNames.reset();
    try (Sequential model = MODELS.get(name).get()) {
      Configs.assertSame(model.getConfig(), Golden.load("configs/models"), name);
    }
  }

  @Test
  void writesTheSameAgainOnceItHasRun() {
    AutoNames.reset();
    try (Sequential model = nested()) {
      model.compile(c -> c.loss("mse"));
      model.fit(new float[2][3], new float[2][1], f -> f.verbose(0));
      Configs.assertSame(model.getConfig(), Golden.load("configs/models"), "nested");
    }
  }
}
