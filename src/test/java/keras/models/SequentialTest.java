package keras.models;

import static keras.layers.Input.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import keras.callbacks.Callback;
import keras.callbacks.History;
import keras.callbacks.LambdaCallback;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.Layer;
import keras.layers.SimpleRNN;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;

class SequentialTest {

  @Test
  void isBuiltOnceTheShapeOfItsDataIsKnown() {
    try (Sequential empty = new Sequential();
        Sequential known = new Sequential(new Input(shape(3)), new Dense(1));
        Sequential told = new Sequential(new Dense(1));
        Sequential shown = new Sequential(new Dense(1))) {
      assertThat(empty.built()).isFalse();
      assertThat(known.built()).isTrue();
      assertThat(told.built()).isFalse();
      told.build(null, 3);
      assertThat(told.built()).isTrue();
      assertThat(shown.built()).isFalse();
      shown.predict(new float[2][3], p -> p.verbose(0));
      assertThat(shown.built()).isTrue();
    }
  }

  @Test
  void keepsItsTypeInChainedCalls() {
    try (Sequential model = new Sequential().name("net").trainable(false).add(new Dense(1))) {
      assertThat(model.name()).isEqualTo("net");
      assertThat(model.getLayer(0).trainable()).isTrue();
    }
  }

  @Test
  void takesItsLastLayerOut() {
    try (Sequential model =
        new Sequential(new Input(shape(3)), new Dense(2), new Dense(1).name("last"))) {
      List<FloatNdArray> weights = model.getWeights();
      model.predict(new float[2][3], p -> p.verbose(0));

      Layer<?> last = model.pop();

      assertThat(last.name()).isEqualTo("last");
      assertThat(model.predict(new float[2][3], p -> p.verbose(0)).shape())
          .isEqualTo(Shape.of(2, 2));
      model.add(last);
      assertThat(model.getWeights()).isEqualTo(weights);
      model.pop();
      model.pop();
      assertThat(model.layers()).isEmpty();
      model.add(new Dense(4));
      assertThat(model.outputShape().get(1)).isEqualTo(4);
      model.pop();
      assertThatThrownBy(model::pop)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("there are no layers.");
    }
  }

  @Test
  void stopsTrainingWhenItIsTold() {
    try (Sequential model = new Sequential(new Input(shape(3)), new Dense(1))) {
      model.compile(c -> c.loss("mse").optimizer("sgd"));
      LambdaCallback stop =
          new LambdaCallback().onEpochEnd((epoch, logs) -> model.stopTraining(epoch == 1));

      History history =
          model.fit(new float[4][3], new float[4][1], f -> f.epochs(9).verbose(0).callbacks(stop));

      assertThat(history.history().get("loss")).hasSize(2);
      assertThat(model.stopTraining()).isTrue();
    }
  }

  @Test
  void hasNoActivityRegularizerInASimpleRnnAsKerasHasNone() {
    try (Sequential model =
        new Sequential(
            new Input(shape(4, 2)),
            new SimpleRNN(3).kernelInitializer("ones").activityRegularizer("l2"))) {
      model.compile(c -> c.loss("mse").optimizer("sgd"));
      float[][][] x = {{{1, 1}, {1, 1}, {1, 1}, {1, 1}}};
      Map<String, Double> logs = model.testOnBatch(x, model.predictOnBatch(x));
      assertThat(logs.get("loss")).isZero();
    }
  }

  @Test
  void printsItsTableWithoutABlankLine() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    List<String> given = new ArrayList<>();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try (Sequential model = new Sequential(new Input(shape(3)), new Dense(1))) {
      model.summary();
      model.summary(given::add);
    } finally {
      System.setOut(before);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .endsWith(" Non-trainable params: 0 (0.00 B)\n")
        .isEqualTo(given.get(0));
  }

  @Test
  void isBuiltWhenItsFirstLayerIsAModelThatIs() {
    try (Sequential inner = new Sequential(new Input(shape(2)), new Dense(3));
        Sequential model = new Sequential(inner, new Dense(1))) {
      assertThat(model.built()).isTrue();
      assertThat(model.outputShape().asArray()).containsExactly(-1, 1);
      assertThat(model.getWeights()).hasSize(4);
      try (Model read = Models.modelFromJson(model.toJson())) {
        assertThat(read.getWeights()).hasSize(4);
      }
    }
  }

  @Test
  void saysThatThereIsNoLoss() {
    try (Sequential model = new Sequential(new Input(shape(2)), new Dense(1))) {
      model.compile(c -> c.optimizer("adam"));
      assertThatThrownBy(() -> model.fit(new float[4][2], new float[4], f -> f.verbose(0)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("there is no loss to minimise");
    }
  }

  @Test
  void predictsAndMeasuresInACallback() {
    List<Float> guesses = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    Callback asks =
        new Callback() {
          @Override
          public void onEpochEnd(int epoch, Map<String, Double> logs) {
            guesses.add(model().predict(new float[][] {{1, 2}}).getFloat(0, 0));
            losses.add(model().evaluate(new float[][] {{1, 2}}, new float[] {3}).get("loss"));
            assertThat(model().layers()).hasSize(1);
            assertThat(model().optimizer().iterations()).isEqualTo(epoch + 1);
          }
        };
    try (Sequential model = new Sequential(new Input(shape(2)), new Dense(1))) {
      model.compile(c -> c.loss("mse").optimizer("sgd"));
      History history =
          model.fit(
              new float[][] {{1, 2}}, List.of(3f), f -> f.epochs(3).verbose(0).callbacks(asks));
      for (int i = 0; i < 3; i++) {
        assertThat(losses.get(i)).isCloseTo(Math.pow(guesses.get(i) - 3, 2), within(1e-5));
      }
      // The loss of an epoch is that before its step, which the last callback has seen.
      assertThat(history.get("loss").get(2)).isCloseTo(losses.get(1), within(1e-5));
      assertThat(history.toString()).startsWith("History{loss=[");
    }
  }
}
