package keras.models;

import static keras.layers.Input.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import keras.callbacks.TerminateOnNaN;
import keras.layers.Dense;
import keras.layers.GRU;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.layers.SimpleRNN;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.FloatNdArray;

/** Messages about a wrong model or call are plain. */
class BadModelsTest {

  private static final float[][] X = {{1, 2}, {3, 4}, {5, 6}};
  private static final float[] Y = {1, 2, 3};

  private static Sequential line() {
    Sequential model = new Sequential(new Input(shape(2)), new Dense(1).name("line"));
    model.compile(c -> c.loss("mse").optimizer("sgd"));
    return model;
  }

  private static void refuses(Runnable call, String message) {
    assertThatIllegalArgumentException().isThrownBy(call::run).withMessage(message);
  }

  @Test
  void refusesUnitsBelowOne() {
    String message =
        """
        %1$s: units must be a positive number.
          expected: at least 1
          got:      %2$s
          fix:      give units a value of 1 or more\
        """;
    refuses(() -> new Dense(0), message.formatted("Dense", 0));
    refuses(() -> new LSTM(-3), message.formatted("LSTM", -3));
    refuses(() -> new GRU(0), message.formatted("GRU", 0));
    refuses(() -> new SimpleRNN(0), message.formatted("SimpleRNN", 0));
  }

  @Test
  void refusesNumbersBelowOneInFit() {
    try (Sequential model = line()) {
      String message =
          """
          fit: %1$s must be a positive number.
            expected: at least 1
            got:      %2$s
            fix:      give %1$s a value of 1 or more\
          """;
      refuses(() -> model.fit(X, Y, f -> f.epochs(0)), message.formatted("epochs", 0));
      refuses(() -> model.fit(X, Y, f -> f.batchSize(-1)), message.formatted("batchSize", -1));
      refuses(
          () -> model.fit(X, Y, f -> f.stepsPerEpoch(0)), message.formatted("stepsPerEpoch", 0));
      refuses(
          () -> model.fit(X, Y, f -> f.validationFreq(0)), message.formatted("validationFreq", 0));
      refuses(
          () -> model.fit(X, Y, f -> f.initialEpoch(-1)),
          """
          fit: initialEpoch must not be negative.
            expected: 0 or more
            got:      -1
            fix:      count initialEpoch from 0\
          """);
      refuses(
          () -> model.fit(X, Y, f -> f.validationSplit(1)),
          """
          fit: validationSplit must be a fraction of the samples.
            expected: from 0 to less than 1
            got:      1.0
            fix:      validationSplit(0.2) keeps the last fifth\
          """);
      assertThat(model.fit(X, Y, f -> f.verbose(0)).history()).containsKey("loss");
    }
  }

  @Test
  void namesTheNearestOfUnknownStrings() {
    try (Sequential model = line()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.compile(c -> c.loss("mes")))
          .withMessageStartingWith("loss \"mes\" is not known. Did you mean \"mse\"?")
          .withMessageContaining("expected: one of ");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.compile(c -> c.loss("mse").optimizer("adamm")))
          .withMessageStartingWith("optimizer \"adamm\" is not known. Did you mean \"adam\"?")
          .withMessageContaining("expected: one of ");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Dense(1).activation("rleu"))
          .withMessageStartingWith("activation \"rleu\" is not known. Did you mean \"relu\"?")
          .withMessageContaining("expected: one of ");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.compile(c -> c.loss("mse").metrics("acuracy")))
          .withMessageStartingWith("metric \"acuracy\" is not known. Did you mean \"accuracy\"?")
          .withMessageContaining("expected: one of ");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.getLayer("lime"))
          .withMessageStartingWith("layer \"lime\" is not known. Did you mean \"line\"?");
      assertThat(model.fit(X, Y, f -> f.verbose(0)).history()).containsOnlyKeys("loss");
    }
  }

  @Test
  void refusesStatesWithoutABatchSize() {
    refuses(
        () -> new Sequential(new Input(shape(24, 3)), new LSTM(4).name("encoder").stateful(true)),
        """
        LSTM "encoder": stateful(true) needs a fixed batch size.
          expected: (batch, timesteps, features) with batch known
          got:      (?, 24, 3)
          fix:      start the model with new Input(batchShape(32, 24, 3))\
        """);
  }

  @Test
  void refusesToTrainBeforeItIsCompiled() {
    try (Sequential model = new Sequential(new Input(shape(2)), new Dense(1))) {
      String message =
          """
          %s: the model is not compiled.
            expected: a call of compile before
            got:      none
            fix:      model.compile(c -> c.loss("mse").optimizer("adam"))\
          """;
      assertThatIllegalStateException()
          .isThrownBy(() -> model.fit(X, Y))
          .withMessage(message.formatted("fit"));
      assertThatIllegalStateException()
          .isThrownBy(() -> model.evaluate(X, Y))
          .withMessage(message.formatted("evaluate"));
      assertThatIllegalStateException()
          .isThrownBy(() -> model.trainOnBatch(X, Y))
          .withMessage(message.formatted("trainOnBatch"));
      assertThat(model.predict(X, p -> p.verbose(0)).shape().size()).isEqualTo(3);
      model.compile(c -> c.loss("mse"));
      assertThat(model.fit(X, Y, f -> f.verbose(0)).history()).containsKey("loss");
    }
  }

  @Test
  void refusesUseAfterClose() {
    Sequential model = line();
    model.fit(X, Y, f -> f.verbose(0));
    model.close();
    assertThatCode(model::close).doesNotThrowAnyException();
    String message =
        """
        %1$s.%2$s: the model is closed.
          expected: an open model
          got:      a call after close()
          fix:      call %2$s inside of the try block that the model is opened in\
        """;
    List<Runnable> calls =
        List.of(
            () -> model.fit(X, Y),
            () -> model.evaluate(X, Y),
            () -> model.predict(X),
            () -> model.trainOnBatch(X, Y),
            () -> model.testOnBatch(X, Y),
            () -> model.predictOnBatch(X),
            () -> model.compile(c -> c.loss("mse")),
            model::resetStates,
            model::getWeights);
    List<String> names =
        List.of(
            "fit",
            "evaluate",
            "predict",
            "trainOnBatch",
            "testOnBatch",
            "predictOnBatch",
            "compile",
            "resetStates",
            "getWeights");
    for (int i = 0; i < calls.size(); i++) {
      assertThatIllegalStateException()
          .isThrownBy(calls.get(i)::run)
          .withMessage(message.formatted(model, names.get(i)));
    }
    // Layers keep their weights: they may be part of other models.
    assertThat(model.getLayer("line").getWeights()).hasSize(2);
  }

  @Test
  void refusesALayerWhoseWeightsDoNotFit() {
    Dense dense = new Dense(1).name("shared");
    try (Sequential first = new Sequential(new Input(shape(2)), dense);
        Sequential second = new Sequential(new Input(shape(3)))) {
      assertThat(first.built()).isTrue();
      refuses(
          () -> second.add(dense),
          """
          Dense "shared": its weights were made for another number of features.
            expected: (batch, ..., 2), as when it was first used
            got:      (?, 3)
            fix:      make a new layer, or give it what fits the weights\
          """);
    }
  }

  @Test
  void refusesALayerWithSeveralOutputs() {
    String message =
        """
        %s.add: LSTM "encoder" has several outputs.
          expected: layers with one output: each takes what the one before it gives
          got:      3 outputs, as returnState(true) gives
          fix:      leave returnState(true) out\
        """;
    try (Sequential known = new Sequential(new Input(shape(4, 2))).name("known");
        Sequential unknown = new Sequential().name("unknown")) {
      refuses(
          () -> known.add(new LSTM(3).returnState(true).name("encoder")), message.formatted(known));
      known.add(new LSTM(1));
      known.compile(c -> c.loss("mse"));
      assertThat(known.fit(new float[3][4][2], Y, f -> f.verbose(0)).keys()).contains("loss");

      unknown.add(new LSTM(3).returnState(true).name("encoder")).add(new Dense(1));
      for (int i = 0; i < 2; i++) {
        refuses(() -> unknown.predict(new float[3][4][2]), message.formatted(unknown));
        assertThat(unknown.built()).isFalse();
      }
    }
  }

  @Test
  void saysInWhichBatchTheLossIsNotFinite() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try (Sequential model = line()) {
      float[][] x = {{1, 2}, {Float.NaN, 4}, {5, 6}};
      model.fit(
          x, Y, f -> f.batchSize(1).shuffle(false).verbose(0).callbacks(new TerminateOnNaN()));
      assertThat(model.predict(X, p -> p.verbose(0)).getFloat(0, 0)).isNaN();
    } finally {
      System.setOut(before);
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo("Batch 1: Invalid loss, terminating training" + System.lineSeparator());
  }

  @Test
  void leavesOtherModelsAlone() {
    try (Sequential first = line();
        Sequential second = line()) {
      second.setWeights(first.getWeights());
      List<Double> alone = new ArrayList<>(losses(first));
      Sequential third = line();
      third.fit(X, Y, f -> f.epochs(3).verbose(0));
      third.close();
      assertThat(losses(second)).isEqualTo(alone);
    }
  }

  private static List<Double> losses(Sequential model) {
    return model.fit(X, Y, f -> f.epochs(4).shuffle(false).verbose(0)).history().get("loss");
  }

  @Test
  void trainsTheLayersThatAreAddedLater() {
    try (Sequential model = line()) {
      model.fit(X, Y, f -> f.verbose(0));
      model.add(new Dense(4));
      assertThatThrownBy(() -> model.fit(X, Y, f -> f.verbose(0)))
          .hasMessageStartingWith(
              "Loss \"mse\": the targets do not have the model's output shape.");
      assertThat(model.predict(X, p -> p.verbose(0)).shape().asArray()).containsExactly(3, 4);
      List<FloatNdArray> before = model.getWeights();
      model.compile(c -> c.loss("mse").optimizer("sgd"));
      model.fit(X, new float[][] {{1, 1, 1, 1}, {2, 2, 2, 2}, {3, 3, 3, 3}}, f -> f.verbose(0));
      assertThat(model.getWeights().get(2)).isNotEqualTo(before.get(2));
    }
  }
}
