package keras.internal.random;

import static keras.layers.Input.shape;
import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import keras.initializers.GlorotNormal;
import keras.initializers.HeNormal;
import keras.initializers.Identity;
import keras.initializers.Orthogonal;
import keras.initializers.RandomNormal;
import keras.initializers.RandomUniform;
import keras.initializers.TruncatedNormal;
import keras.layers.Activation;
import keras.layers.Dense;
import keras.layers.Dropout;
import keras.layers.Flatten;
import keras.layers.GRU;
import keras.layers.GaussianNoise;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.layers.LayerNormalization;
import keras.layers.Masking;
import keras.layers.PReLU;
import keras.layers.RepeatVector;
import keras.layers.SimpleRNN;
import keras.layers.SpatialDropout1D;
import keras.layers.TimeDistributed;
import keras.losses.MeanSquaredError;
import keras.metrics.AUC;
import keras.models.Sequential;
import keras.optimizers.Adam;
import keras.random.GlobalSeed;
import keras.random.PythonRandom;
import keras.random.SeedGenerator;
import keras.regularizers.L2;
import keras.testing.Golden;
import keras.utils.Utils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.FloatNdArray;

/** Objects draw as many seeds as in Keras, in the order in which they are constructed. */
class SeedOrderTest {

  private static final long GREATEST = 1_000_000_000;

  private static final Map<String, Supplier<Object>> LINES = lines();
  private static final Map<String, Supplier<Sequential>> ORDERS = orders();

  private static Map<String, Supplier<Object>> lines() {
    Map<String, Supplier<Object>> lines = new LinkedHashMap<>();
    lines.put("None", () -> "nothing");
    lines.put("layers.Dense(3)", () -> new Dense(3));
    lines.put(
        "layers.Dense(3, kernel_initializer='zeros')",
        () -> new Dense(3).kernelInitializer("zeros"));
    lines.put(
        "layers.Dense(3, bias_initializer='normal')", () -> new Dense(3).biasInitializer("normal"));
    lines.put(
        "layers.Dense(3, use_bias=False, bias_initializer='uniform')",
        () -> new Dense(3).useBias(false).biasInitializer("uniform"));
    lines.put(
        "layers.Dense(3, kernel_initializer=initializers.HeNormal())",
        () -> new Dense(3).kernelInitializer(new HeNormal()));
    lines.put(
        "layers.Dense(3, kernel_initializer=initializers.HeNormal(seed=5))",
        () -> new Dense(3).kernelInitializer(new HeNormal().seed(5)));
    lines.put("layers.Dropout(0.5)", () -> new Dropout(0.5));
    lines.put("layers.Dropout(0.5, seed=3)", () -> new Dropout(0.5).seed(3));
    lines.put("layers.Dropout(0.0)", () -> new Dropout(0.0));
    lines.put("layers.SpatialDropout1D(0.5)", () -> new SpatialDropout1D(0.5));
    lines.put("layers.GaussianNoise(0.5)", () -> new GaussianNoise(0.5));
    lines.put("layers.GaussianNoise(0.0)", () -> new GaussianNoise(0.0));
    lines.put("layers.SimpleRNN(3)", () -> new SimpleRNN(3));
    lines.put("layers.SimpleRNN(3, seed=3)", () -> new SimpleRNN(3).seed(3));
    lines.put(
        "layers.SimpleRNN(3, dropout=0.5, recurrent_initializer='zeros')",
        () -> new SimpleRNN(3).dropout(0.5).recurrentInitializer("zeros"));
    lines.put("layers.GRU(3)", () -> new GRU(3));
    lines.put(
        "layers.GRU(3, seed=3, reset_after=False)", () -> new GRU(3).seed(3).resetAfter(false));
    lines.put(
        "layers.GRU(3, recurrent_initializer='ones', recurrent_dropout=0.5)",
        () -> new GRU(3).recurrentInitializer("ones").recurrentDropout(0.5));
    lines.put("layers.LSTM(3)", () -> new LSTM(3));
    lines.put("layers.LSTM(3, seed=3)", () -> new LSTM(3).seed(3));
    lines.put(
        "layers.LSTM(3, kernel_initializer='ones', recurrent_dropout=0.5)",
        () -> new LSTM(3).kernelInitializer("ones").recurrentDropout(0.5));
    lines.put(
        "layers.LSTM(3, bias_initializer='normal')", () -> new LSTM(3).biasInitializer("normal"));
    lines.put("layers.TimeDistributed(layers.Dense(3))", () -> new TimeDistributed(new Dense(3)));
    lines.put("layers.TimeDistributed(layers.LSTM(3))", () -> new TimeDistributed(new LSTM(3)));
    lines.put("layers.PReLU()", PReLU::new);
    lines.put(
        "layers.PReLU(alpha_initializer='uniform')", () -> new PReLU().alphaInitializer("uniform"));
    lines.put("layers.LayerNormalization()", LayerNormalization::new);
    lines.put(
        "layers.LayerNormalization(beta_initializer='normal', gamma_initializer='uniform')",
        () -> new LayerNormalization().betaInitializer("normal").gammaInitializer("uniform"));
    lines.put("layers.Activation('relu')", () -> new Activation("relu"));
    lines.put("layers.Masking()", Masking::new);
    lines.put("layers.Flatten()", Flatten::new);
    lines.put("layers.RepeatVector(2)", () -> new RepeatVector(2));
    lines.put(
        "keras.Sequential([layers.Dense(3), layers.Dropout(0.5), layers.Dense(3)])",
        () -> new Sequential(new Dense(3), new Dropout(0.5), new Dense(3)));
    lines.put("initializers.RandomNormal()", RandomNormal::new);
    lines.put("initializers.Orthogonal()", Orthogonal::new);
    lines.put("initializers.Identity()", Identity::new);
    lines.put("initializers.RandomUniform(seed=1)", () -> new RandomUniform().seed(1));
    lines.put(
        "initializers.RandomUniform(seed=keras.random.SeedGenerator())",
        () -> new RandomUniform().seed(new SeedGenerator()));
    lines.put("keras.random.SeedGenerator()", SeedGenerator::new);
    lines.put("keras.random.SeedGenerator(4)", () -> new SeedGenerator(4));
    lines.put("optimizers.Adam()", Adam::new);
    lines.put("losses.MeanSquaredError()", MeanSquaredError::new);
    lines.put("metrics.AUC()", AUC::new);
    lines.put("regularizers.L2()", L2::new);
    return lines;
  }

  private static Map<String, Supplier<Sequential>> orders() {
    Map<String, Supplier<Sequential>> orders = new LinkedHashMap<>();
    orders.put(
        "layers used in another order",
        () -> {
          Dense a = new Dense(2);
          Dense b = new Dense(2);
          return new Sequential(new Input(shape(2)), b, a);
        });
    orders.put(
        "initializers before layers",
        () -> {
          RandomNormal n = new RandomNormal();
          SimpleRNN a = new SimpleRNN(2);
          Dense b = new Dense(2).kernelInitializer(n);
          return new Sequential(new Input(shape(3, 2)), a, b);
        });
    orders.put(
        "initializers inside of a layer",
        () -> {
          LSTM a = new LSTM(2).recurrentInitializer(new GlorotNormal());
          return new Sequential(new Input(shape(3, 2)), a, new Dense(1));
        });
    orders.put(
        "one initializer for two weights",
        () -> {
          TruncatedNormal n = new TruncatedNormal();
          Dense a = new Dense(2).kernelInitializer(n);
          Dense b = new Dense(2).kernelInitializer(n);
          return new Sequential(new Input(shape(2)), a, b);
        });
    orders.put(
        "a seed generator for two weights",
        () -> {
          RandomUniform n = new RandomUniform().seed(new SeedGenerator(3));
          Dense a = new Dense(2).kernelInitializer(n);
          Dense b = new Dense(2).kernelInitializer(n);
          return new Sequential(new Input(shape(2)), a, b);
        });
    orders.put(
        "layers constructed before the seed is set",
        () -> {
          Dense a = new Dense(2);
          Utils.setRandomSeed(7);
          return new Sequential(new Input(shape(2)), new Dense(2), a);
        });
    orders.put(
        "a session cleared in between",
        () -> {
          Dense a = new Dense(2);
          Utils.clearSession();
          return new Sequential(new Input(shape(2)), new Dense(2), a);
        });
    return orders;
  }

  static Stream<Golden> goldenLines() {
    return Golden.load("draws/lines").all().stream();
  }

  static Stream<String> goldenOrders() {
    return Golden.load("draws/orders").keys().stream();
  }

  @AfterEach
  void forgetSeed() {
    GlobalSeed.unset();
  }

  @ParameterizedTest
  @MethodSource("goldenLines")
  void drawsAsManySeedsAsKeras(Golden golden) {
    Utils.setRandomSeed(42);
    Object constructed = LINES.get(golden.text("line")).get();
    SeedOrder.completeAll();
    assertThat(PythonRandom.shared().randint(1, GREATEST))
        .as("what follows %s, a %s", golden.text("line"), constructed.getClass())
        .isEqualTo(golden.integer("next"));
  }

  @ParameterizedTest
  @MethodSource("goldenOrders")
  void drawsInTheOrderOfConstruction(String name) {
    Golden golden = Golden.load("draws/orders").at(name);
    Utils.setRandomSeed(42);
    try (Sequential model = ORDERS.get(name).get()) {
      List<FloatNdArray> weights = model.getWeights();
      List<FloatNdArray> expected = golden.arrays("weights");
      assertThat(weights).hasSameSizeAs(expected);
      for (int i = 0; i < weights.size(); i++) {
        assertThatArray(weights.get(i)).as("weight %s", i).within(0).isCloseTo(expected.get(i));
      }
      assertThat(PythonRandom.shared().randint(1, GREATEST)).isEqualTo(golden.integer("next"));
    }
  }

  @Test
  void drawsAnotherSeedInEveryRunWithoutASeed() {
    try (Sequential one = new Sequential(new Input(shape(4)), new Dense(5));
        Sequential two = new Sequential(new Input(shape(4)), new Dense(5))) {
      assertThat(one.getWeights()).isNotEqualTo(two.getWeights());
    }
    GlobalSeed.unset();
    long first = PythonRandom.shared().randint(1, Long.MAX_VALUE / 2);
    GlobalSeed.unset();
    assertThat(PythonRandom.shared().randint(1, Long.MAX_VALUE / 2)).isNotEqualTo(first);
  }
}
