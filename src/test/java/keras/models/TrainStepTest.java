package keras.models;

import static keras.layers.Input.shape;
import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import keras.callbacks.BackupAndRestore;
import keras.callbacks.LambdaCallback;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.KerasTensor;
import keras.layers.LSTM;
import keras.optimizers.Adam;
import keras.optimizers.SGD;
import keras.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A training step of a user's own takes the place of the usual one. */
class TrainStepTest {

  private static final float[][][] X = {{{1, -2}, {3, 0}}, {{0.5f, 1}, {-1, 2}}};
  private static final float[][] Y = {{0.5f}, {-1}};

  private static Model model() {
    Utils.setRandomSeed(3);
    KerasTensor x = new Input(shape(2, 2)).tensor();
    Model model = new Model(x, new Dense(1).activation("sigmoid").call(new LSTM(3).call(x)));
    model.compile(c -> c.loss("mse").metrics("mae").optimizer(new Adam().learningRate(0.1)));
    return model;
  }

  private static Map<String, Operand<TFloat32>> usual(Model model, StepContext step) {
    List<Operand<TFloat32>> predictions = step.call(model, step.x());
    Operand<TFloat32> loss = step.computeLoss(predictions);
    step.apply(step.gradients(loss, model.trainableWeights()), model.trainableWeights());
    return Map.of("loss", loss);
  }

  @Test
  void doesWhatTheUsualStepDoesIfItSaysTheSame() {
    try (Model one = model();
        Model other = model()) {
      other.trainStep(step -> usual(other, step));
      var first = one.fit(X, Y, f -> f.epochs(5).verbose(0).validationData(X, Y)).history();
      var second = other.fit(X, Y, f -> f.epochs(5).verbose(0).validationData(X, Y)).history();
      assertThat(second.keySet()).isEqualTo(first.keySet());
      first.forEach(
          (key, values) -> {
            for (int i = 0; i < values.size(); i++) {
              assertThat(second.get(key).get(i)).as(key).isCloseTo(values.get(i), within(1e-6));
            }
          });
      for (int i = 0; i < one.getWeights().size(); i++) {
        assertThatArray(other.getWeights().get(i)).isCloseTo(one.getWeights().get(i));
      }
    }
  }

  @Test
  void mayTrainTwoModelsAgainstEachOther() {
    Utils.setRandomSeed(5);
    KerasTensor noise = new Input(shape(2)).tensor();
    KerasTensor data = new Input(shape(1)).tensor();
    SGD ofGenerator = new SGD().learningRate(0.05);
    try (Model generator = new Model(noise, new Dense(1).call(noise));
        Model judge = new Model(data, new Dense(1).call(data));
        Model both = new Model(List.of(noise, data), List.of(generator.call(noise)))) {
      both.compile(c -> c.optimizer(new SGD().learningRate(0.01)));
      both.trainStep(
          step -> {
            Ops tf = step.tf();
            Operand<TFloat32> made = step.call(judge, step.call(generator, step.x().get(0)));
            Operand<TFloat32> real = step.call(judge, step.x().get(1));
            Operand<TFloat32> gap =
                tf.math.sub(
                    tf.math.mean(made, tf.constant(new int[] {0, 1})),
                    tf.math.mean(real, tf.constant(new int[] {0, 1})));
            Operand<TFloat32> fooled = tf.math.neg(gap);
            step.apply(step.gradients(gap, judge.trainableWeights()), judge.trainableWeights());
            step.apply(
                ofGenerator,
                step.gradients(fooled, generator.trainableWeights()),
                generator.trainableWeights());
            return Map.of("judge_loss", gap, "generator_loss", fooled);
          });
      float[] before = generator.weights().get(1).floats();
      float[] judgeBefore = judge.weights().get(0).floats();
      float[][] x = {{0.5f, -1}, {1, 2}};
      float[][] real = {{4}, {5}};
      Map<String, Double> logs = both.trainOnBatch(List.of(x, real), null);
      assertThat(logs.keySet()).containsExactly("generator_loss", "judge_loss", "loss");
      assertThat(logs.get("generator_loss")).isEqualTo(-logs.get("judge_loss"));
      // The generator's bias goes along the judge's kernel as it was before the step.
      assertThat(generator.weights().get(1).floats()[0] - before[0])
          .isCloseTo(0.05f * judgeBefore[0], within(1e-5f));
      assertThat(judge.weights().get(0).floats()[0]).isNotEqualTo(judgeBefore[0]);
    }
  }

  @Test
  void gradientsOfWhatTheLossDoesNotDependOnAreNull() {
    try (Model model = model();
        Model stranger = model()) {
      model.trainStep(
          step -> {
            Operand<TFloat32> loss = step.computeLoss(step.call(model, step.x()));
            assertThat(step.gradients(loss, stranger.trainableWeights())).containsOnlyNulls();
            assertThat(step.gradients(loss, model.trainableWeights())).doesNotContainNull();
            return Map.of("loss", loss);
          });
      double loss = model.trainOnBatch(X, Y).get("loss");
      assertThat(model.trainOnBatch(X, Y).get("loss")).isEqualTo(loss);
    }
  }

  @Test
  void saysThatLossAndMetricsOfCompileAreNotUsed() {
    try (Model model = model()) {
      model.trainStep(step -> Map.of("loss", step.tf().constant(1f)));
      assertThatIllegalStateException()
          .isThrownBy(() -> model.trainOnBatch(X, Y))
          .withMessageContaining("call computeLoss, or leave loss and metrics out of compile");
      model.trainStep(null);
      assertThat(model.trainOnBatch(X, Y).get("loss")).isNotEqualTo(1.0);
    }
  }

  @Test
  void saysThatAStepWithoutLogsLacksThem() {
    try (Model model = model()) {
      model.trainStep(step -> null);
      assertThatIllegalStateException()
          .isThrownBy(() -> model.trainOnBatch(X, Y))
          .withMessageContaining("trainStep: the step returned no logs.");
    }
  }

  @Test
  void goesOnInTheMiddleOfAnEpoch(@TempDir Path folder) {
    float[][][] x = {X[0], X[1], X[0], X[1]};
    float[][] y = {{1}, {0}, {0.5f}, {1}};
    try (Model first = model();
        Model second = model()) {
      List.of(first, second).forEach(each -> each.trainStep(step -> scaled(each, step)));
      int[] batches = new int[1];
      LambdaCallback stop =
          new LambdaCallback().onTrainBatchEnd((batch, logs) -> interrupted(++batches[0] == 2));
      BackupAndRestore backup = new BackupAndRestore(folder).saveFreq(2);
      assertThatIllegalStateException()
          .isThrownBy(
              () ->
                  first.fit(
                      x, y, f -> f.batchSize(1).shuffle(false).verbose(0).callbacks(backup, stop)))
          .withMessageContaining("interrupted");
      Map<String, List<Double>> rest =
          second
              .fit(
                  x,
                  y,
                  f ->
                      f.batchSize(1)
                          .shuffle(false)
                          .verbose(0)
                          .callbacks(new BackupAndRestore(folder).saveFreq(2)))
              .history();
      assertThat(rest.get("tenfold").get(0)).isCloseTo(10 * rest.get("loss").get(0), within(1e-5));
    }
  }

  private static void interrupted(boolean now) {
    if (now) {
      throw new IllegalStateException("interrupted");
    }
  }

  private static Map<String, Operand<TFloat32>> scaled(Model model, StepContext step) {
    Operand<TFloat32> loss = usual(model, step).get("loss");
    return Map.of("loss", loss, "tenfold", step.tf().math.mul(loss, step.tf().constant(10f)));
  }
}
