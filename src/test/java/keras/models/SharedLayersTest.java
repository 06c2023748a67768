package keras.models;

import static keras.layers.Input.batchShape;
import static keras.layers.Input.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.KerasTensor;
import keras.layers.LSTM;
import keras.layers.TimeDistributed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models that share layers take turns with their weights, as in Keras. */
class SharedLayersTest {

  private static final float[][] X = {{1, 2}, {3, 4}};
  private static final float[][] TWICE = {{6}, {14}};

  /** {@code w x}, with w = (1, 1) at first. */
  private static Sequential inner() {
    Sequential model =
        new Sequential(new Input(shape(2)), new Dense(1).useBias(false).kernelInitializer("ones"));
    model.compile(c -> c.loss("mse").optimizer("sgd"));
    return model;
  }

  /** {@code 2 inner(x)}. */
  private static Sequential outer(Sequential inner) {
    Sequential model =
        new Sequential(
            new Input(shape(2)),
            inner,
            new Dense(1).useBias(false).kernelInitializer("ones").trainable(false));
    model.getLayer(1).weights().get(0).assign(2);
    model.compile(c -> c.loss("mse").optimizer("sgd"));
    return model;
  }

  private static float[] predicted(Sequential model) {
    float[] values = new float[2];
    model
        .predict(X, p -> p.verbose(0))
        .copyTo(org.tensorflow.ndarray.buffer.DataBuffers.of(values));
    return values;
  }

  @Test
  void modelsThatShareLayersRunInOneEngineWhateverTheyDidBefore() {
    KerasTensor z = new Input(shape(2)).tensor();
    KerasTensor x = new Input(shape(2)).tensor();
    Dense judge = new Dense(1);
    try (Model generator = new Model(z, new Dense(2).call(z));
        Model discriminator = new Model(x, judge.call(x))) {
      generator.predict(X, p -> p.verbose(0));
      discriminator.compile(c -> c.loss("mse"));
      discriminator.trainOnBatch(X, new float[][] {{1}, {0}});
      assertThat(generator.network().engine()).isNotSameAs(discriminator.network().engine());

      try (Model pair = new Model(z, discriminator.call(generator.call(z)))) {
        pair.compile(c -> c.loss("mse"));
        pair.trainOnBatch(X, new float[][] {{1}, {0}});
        discriminator.trainOnBatch(X, new float[][] {{1}, {0}});
        generator.predict(X, p -> p.verbose(0));
        assertThat(generator.network().engine()).isSameAs(pair.network().engine());
        assertThat(discriminator.network().engine()).isSameAs(pair.network().engine());
      }
      float[] kept = judge.weights().get(0).floats();
      discriminator.trainOnBatch(X, new float[][] {{1}, {0}});
      assertThat(judge.weights().get(0).floats()).isNotEqualTo(kept);
    }
    assertThat(judge.getWeights()).hasSize(2);
  }

  @Test
  void eachModelSeesWhatTheOtherHasLearned() {
    try (Sequential inner = inner();
        Sequential outer = outer(inner)) {
      assertThat(predicted(inner)).containsExactly(3, 7);
      assertThat(predicted(outer)).containsExactly(6, 14);

      outer.fit(X, new float[][] {{0}, {0}}, f -> f.verbose(0));
      float[] learned = inner.weights().get(0).floats();
      assertThat(learned[0]).isLessThan(1);
      assertThat(predicted(inner))
          .containsExactly(learned[0] + 2 * learned[1], 3 * learned[0] + 4 * learned[1]);

      inner.fit(X, new float[][] {{3}, {7}}, f -> f.epochs(3).verbose(0));
      float[] again = outer.weights().get(0).floats();
      assertThat(again[0]).isNotEqualTo(learned[0]);
      assertThat(predicted(outer)[0]).isEqualTo(2 * predicted(inner)[0]);
      inner.weights().get(0).assign(5, 0);
      assertThat(predicted(outer)).containsExactly(10, 30);
    }
  }

  @Test
  void trainingOneAfterTheOtherIsTrainingTheSameWeights() {
    float[] expected;
    try (Sequential alone = inner()) {
      alone.fit(X, TWICE, f -> f.epochs(4).shuffle(false).verbose(0));
      expected = alone.weights().get(0).floats();
    }
    try (Sequential inner = inner();
        Sequential around = new Sequential(new Input(shape(2)), inner)) {
      around.compile(c -> c.loss("mse").optimizer("sgd"));
      for (int i = 0; i < 2; i++) {
        inner.fit(X, TWICE, f -> f.shuffle(false).verbose(0));
        around.fit(X, TWICE, f -> f.shuffle(false).verbose(0));
      }
      assertThat(around.weights().get(0).floats()).containsExactly(expected);
    }
  }

  /** A second compile starts the graph over, of which the other model must notice nothing. */
  @Test
  void keepsTheWeightsWhenOneOfTheModelsIsCompiledAnew() {
    try (Sequential inner = inner();
        Sequential outer = outer(inner)) {
      predicted(inner);
      outer.fit(X, new float[][] {{0}, {0}}, f -> f.verbose(0));
      float learned = outer.weights().get(0).floats()[0];
      assertThat(learned).isLessThan(1);
      inner.compile(c -> c.loss("mae").optimizer("sgd"));
      float[] before = predicted(inner);
      outer.compile(c -> c.loss("mae").optimizer("sgd"));
      assertThat(predicted(outer)).containsExactly(2 * before[0], 2 * before[1]);
      assertThat(predicted(inner)).containsExactly(before);
      assertThat(inner.weights().get(0).floats()[0]).isEqualTo(learned);
    }
  }

  @Test
  void keepsTheWeightsWhenOneOfTheModelsIsClosed() {
    Sequential inner = inner();
    try (Sequential outer = outer(inner)) {
      predicted(outer);
      inner.fit(X, TWICE, f -> f.verbose(0));
      float expected = predicted(inner)[0];
      inner.close();
      assertThat(predicted(outer)[0]).isEqualTo(2 * expected);
    }
    assertThatIllegalStateException()
        .isThrownBy(() -> predicted(inner))
        .withMessageContaining("the model is closed.");
  }

  private static Sequential of(Dense dense) {
    Sequential model = new Sequential(new Input(shape(2)), dense);
    model.compile(c -> c.loss("mse").optimizer("sgd"));
    return model;
  }

  /** Each number stands for a model; the first one to be closed comes first. */
  @ParameterizedTest
  @ValueSource(strings = {"012", "021", "102", "120", "201", "210"})
  void keepsTheWeightsInWhateverOrderModelsAreClosed(String order) {
    Dense dense = new Dense(1).useBias(false).kernelInitializer("ones");
    List<Sequential> models = List.of(of(dense), of(dense), of(dense));
    float last = 1;
    for (int i = 0; i < order.length(); i++) {
      for (int open = i; open < order.length(); open++) {
        Sequential model = models.get(order.charAt(open) - '0');
        model.fit(X, new float[][] {{0}, {0}}, f -> f.verbose(0));
        float now = dense.weights().get(0).floats()[0];
        assertThat(now).isNotEqualTo(last);
        last = now;
      }
      models.get(order.charAt(i) - '0').close();
      assertThat(dense.weights().get(0).floats()[0]).isEqualTo(last);
    }
    try (Sequential late = of(dense)) {
      float[] kernel = dense.weights().get(0).floats();
      assertThat(predicted(late))
          .containsExactly(kernel[0] + 2 * kernel[1], 3 * kernel[0] + 4 * kernel[1]);
    }
  }

  @Test
  void keepsTheStatesOfALayerWhoseModelIsClosed() {
    LSTM memory = new LSTM(2).stateful(true);
    float[][][] x = {{{1}}};
    float[] left;
    try (Sequential model = new Sequential(new Input(batchShape(1, 1, 1)), memory)) {
      model.predict(x, p -> p.verbose(0));
      left = memory.states().get(0).floats();
    }
    assertThat(left).isNotEqualTo(new float[2]);
    try (Sequential later = new Sequential(new Input(batchShape(1, 1, 1)), memory)) {
      assertThat(memory.states().get(0).floats()).containsExactly(left);
      later.predict(x, p -> p.verbose(0));
      assertThat(memory.states().get(0).floats()).isNotEqualTo(left);
    }
  }

  @Test
  void sharesALayerInsideOfAWrapper() {
    Dense dense = new Dense(1).useBias(false).kernelInitializer("ones");
    float[][][] x = new float[3][2][2];
    x[0][1][0] = 1;
    float[][][] y = new float[3][2][1];
    try (Sequential first = new Sequential(new Input(shape(2, 2)), new TimeDistributed(dense));
        Sequential second = new Sequential(new Input(shape(2, 2)), new TimeDistributed(dense))) {
      first.compile(c -> c.loss("mse"));
      first.fit(x, y, f -> f.verbose(0));
      float learned = dense.weights().get(0).floats()[0];
      assertThat(learned).isLessThan(1);
      assertThat(second.predict(x, p -> p.verbose(0)).getFloat(0, 1, 0)).isEqualTo(learned);
    }
  }
}
