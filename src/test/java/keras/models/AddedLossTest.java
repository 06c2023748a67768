package keras.models;

import static keras.layers.Input.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Map;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.KerasTensor;
import keras.ops.Ops;
import keras.optimizers.SGD;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tensors of a graph count in the loss of its model. */
class AddedLossTest {

  private static final float[][] X = {{1, -2}, {3, 0.5f}, {-1, 1}};
  private static final float[][] Y = {{0.5f}, {1}, {-1}};

  @TempDir private Path folder;

  /** A model that gives the sum of its inputs, with half the mean of its squares as a loss. */
  private static Model penalized() {
    KerasTensor x = new Input(shape(2)).tensor();
    KerasTensor y = new Dense(1).kernelInitializer("ones").call(x);
    Model model = new Model(x, y);
    model.addLoss(Ops.multiply(Ops.mean(Ops.square(y)), 0.5));
    return model;
  }

  @Test
  void countInFitAndEvaluate() {
    try (Model model = penalized()) {
      model.compile(c -> c.loss("mse").optimizer(new SGD().learningRate(0.1)));
      // Outputs -1, 3.5 and 0: the targets' loss is 3.16667, the squares' half mean 2.20833.
      assertThat(model.evaluate(X, Y, e -> e.verbose(0)).get("loss"))
          .isCloseTo(9.5 / 3 + 13.25 / 6, within(1e-5));
      double loss = model.trainOnBatch(X, Y).get("loss");
      assertThat(loss).isCloseTo(9.5 / 3 + 13.25 / 6, within(1e-5));
      assertThat(model.testOnBatch(X, Y).get("loss")).isLessThan(loss);
    }
  }

  @Test
  void areAllThatIsMinimisedWithoutALossOfTargets() {
    try (Model model = penalized()) {
      model.compile(c -> c.optimizer(new SGD().learningRate(0.1)));
      Map<String, Double> logs = model.trainOnBatch(X, null);
      assertThat(logs).containsOnlyKeys("loss");
      assertThat(logs.get("loss")).isCloseTo(13.25 / 6, within(1e-5));
      assertThat(model.trainOnBatch(X, null).get("loss")).isLessThan(logs.get("loss"));
    }
  }

  @Test
  void areInFiles() {
    Path file = folder.resolve("model.keras");
    try (Model model = penalized()) {
      model.compile(c -> c.loss("mse").optimizer("sgd"));
      double loss = model.testOnBatch(X, Y).get("loss");
      model.save(file);
      try (Model again = Models.loadModel(file)) {
        assertThat(again.testOnBatch(X, Y).get("loss")).isEqualTo(loss);
      }
    }
  }

  @Test
  void countInModelsThatHaveTheModelInside() {
    try (Model inner = penalized()) {
      KerasTensor x = new Input(shape(2)).tensor();
      try (Model outer = new Model(x, inner.call(x))) {
        outer.compile(c -> c.loss("mse"));
        assertThat(outer.testOnBatch(X, Y).get("loss"))
            .isCloseTo(9.5 / 3 + 13.25 / 6, within(1e-5));
      }
    }
  }

  @Test
  void refusesWhatIsNoScalar() {
    KerasTensor x = new Input(shape(2)).tensor();
    try (Model model = new Model(x, new Dense(1).name("y").call(x)).name("m")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.addLoss(model.output()))
          .withMessage(
              """
              Model "m".addLoss: a loss is one number.
                expected: a tensor of shape ()
                got:      (?, 1)
                fix:      addLoss(Ops.mean(loss))\
              """);
    }
  }

  @Test
  void refusesTensorsOfOtherInputs() {
    KerasTensor x = new Input(shape(2)).tensor();
    KerasTensor other = new Input(shape(2)).name("other").tensor();
    try (Model model = new Model(x, new Dense(1).call(x))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.addLoss(Ops.mean(other)))
          .withMessageContaining("disconnected")
          .withMessageContaining("\"other\"");
      model.compile(c -> c.loss("mse"));
      assertThat(model.testOnBatch(X, Y)).containsKey("loss");
    }
  }

  @Test
  void areNotForChains() {
    try (Sequential model = new Sequential().name("chain").add(new Input(shape(2)))) {
      model.add(new Dense(1));
      assertThatIllegalStateException()
          .isThrownBy(() -> model.addLoss(Ops.mean(model.output())))
          .withMessageContaining("new Model(model.inputs(), model.outputs())");
    }
  }
}
