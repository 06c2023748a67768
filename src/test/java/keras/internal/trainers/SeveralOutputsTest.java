package keras.internal.trainers;

import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import keras.internal.graph.Engine;
import keras.utils.FloatArrays;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.FloatNdArray;

/** Each output of a model is handled, or refused; none is dropped. */
class SeveralOutputsTest {

  private static final float[][] X = {{1}, {2}, {3}};

  private static Compiled compiled(Engine engine) {
    CompileArguments arguments = new CompileArguments();
    arguments.loss = "mse";
    return new Compiled(arguments, null, new Doubling(engine, false, -1, 1));
  }

  @Test
  void predictsAllOutputs() {
    try (Engine engine = new Engine()) {
      Trainer trainer = new Trainer(new Doubling(engine, false, -1, 1).withOutputs(2), null);
      List<FloatNdArray> outputs = trainer.predictOnBatch(X);
      assertThat(outputs).hasSize(2);
      for (FloatNdArray each : outputs) {
        assertThatArray(each).isCloseTo(FloatArrays.of(new float[][] {{2}, {4}, {6}}, "expected"));
      }
    }
  }

  @Test
  void refusesAnOutputWithoutTargetsAndLoss() {
    try (Engine engine = new Engine()) {
      Network network = new Doubling(engine, false, -1, 1).withOutputs(2);
      TargetShapes targets = new TargetShapes(network.outputShapes().get(0), null);
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  StepBuilder.step(
                      network,
                      compiled(engine),
                      network.inputShapes(),
                      List.of(targets),
                      false,
                      null))
          .withMessage(
              """
              Model "doubling": each output needs its targets and loss.
                expected: 2 outputs, as the model has
                got:      1 targets and 1 losses
                fix:      give compile and fit as many as there are outputs\
              """);
    }
  }
}
