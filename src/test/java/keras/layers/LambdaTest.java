package keras.layers;

import static keras.layers.Input.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import keras.backend.TensorFunction;
import keras.models.Model;
import keras.models.Models;
import keras.models.Sequential;
import keras.utils.CustomObjects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.FloatNdArray;

class LambdaTest {

  private static final float[][] X = {{1, 2}, {3, 5}};

  /** {@code x - mean over the batch}. */
  private static final TensorFunction CENTRED =
      (tf, x) -> tf.math.sub(x, tf.math.mean(x, tf.constant(0)));

  private static Sequential model() {
    return new Sequential(
        new Input(shape(2)),
        new Lambda(CENTRED).name("centred"),
        new Lambda((tf, x) -> tf.expandDims(x, tf.constant(1))).name("wide"),
        new Dense(1).kernelInitializer("ones"));
  }

  @Test
  void appliesTheFunctionToTheWholeBatch() {
    try (Sequential model = model()) {
      assertThat(model.getLayer("wide").outputShape().asArray()).containsExactly(-1, 1, 2);
      FloatNdArray y = model.predict(X, p -> p.verbose(0));
      assertThat(y.getFloat(0, 0, 0)).isEqualTo(-2.5f);
      assertThat(y.getFloat(1, 0, 0)).isEqualTo(2.5f);
    }
  }

  @Test
  void isTrainedThrough() {
    try (Sequential model = model()) {
      model.compile(c -> c.loss("mse").optimizer("sgd"));
      float[][][] y = {{{0}}, {{0}}};
      double first = model.trainOnBatch(X, y).get("loss");
      assertThat(model.trainOnBatch(X, y).get("loss")).isLessThan(first);
    }
  }

  @Test
  void isReadWhereItsFunctionIsRegistered(@TempDir Path folder) {
    Path file = folder.resolve("model.keras");
    try (Sequential model = model()) {
      model.save(file);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Models.loadModel(file))
        .withMessageContaining("its function is not in the file.")
        .withMessageContaining("addFunction(\"centred\", (TensorFunction) (tf, x) -> ...)");
    CustomObjects custom =
        new CustomObjects()
            .addFunction("centred", CENTRED)
            .addFunction("wide", (TensorFunction) (tf, x) -> tf.expandDims(x, tf.constant(1)));
    try (Model again = Models.loadModel(file, o -> o.customObjects(custom))) {
      assertThat(again.predict(X, p -> p.verbose(0)).getFloat(1, 0, 0)).isEqualTo(2.5f);
    }
  }

  @Test
  void neverRunsAFunctionOfPython() {
    String json =
        """
        {"class_name": "Sequential", "config": {"name": "m", "layers": [
          {"class_name": "InputLayer", "module": "keras.layers", "registered_name": null,
           "config": {"batch_shape": [null, 2], "name": "x"}},
          {"class_name": "Lambda", "module": "keras.layers", "registered_name": null,
           "config": {"name": "odd", "function": {"class_name": "__lambda__",
             "config": {"code": "4wEA", "defaults": null, "closure": null}}, "arguments": {}}}]}}
        """;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Models.modelFromJson(json))
        .withMessageContaining("none named \"odd\"");
    CustomObjects custom =
        new CustomObjects().addFunction("odd", (TensorFunction) (tf, x) -> tf.math.neg(x));
    try (Model model = Models.modelFromJson(json, custom)) {
      assertThat(model.predict(X, p -> p.verbose(0)).getFloat(1, 1)).isEqualTo(-5);
    }
  }
}
