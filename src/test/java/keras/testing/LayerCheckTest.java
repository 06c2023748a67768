package keras.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import keras.backend.LayerContext;
import keras.layers.Layer;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The harness bites: layers that are wrong in one way each, against Keras's Activation(None). */
class LayerCheckTest {

  /** The formula of a layer. */
  private interface Formula {
    Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs);
  }

  /** Named as the layer in the golden file. */
  private static final class Activation extends Layer<Activation> {
    private final Formula formula;

    Activation(Formula formula) {
      this.formula = formula;
    }

    @Override
    protected Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs) {
      return formula.call(context, inputs);
    }

    @Override
    public Map<String, Object> getConfig() {
      Map<String, Object> config = super.getConfig();
      config.put("activation", "linear");
      return config;
    }
  }

  private static LayerCheck check(Formula formula) {
    return LayerCheck.of(new Activation(formula)).golden("layers/activation", "none");
  }

  @Test
  void takesWhatKerasDoes() {
    assertThatCode(() -> check((context, x) -> context.tf().identity(x)).run())
        .doesNotThrowAnyException();
  }

  @Test
  void noticesAnotherOutput() {
    assertThatThrownBy(
            () ->
                check((context, x) -> context.tf().math.mul(x, context.tf().constant(1.0001f)))
                    .run())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("[y of testdata/layers/activation.json/cases/none/runs/0");
  }

  @Test
  void noticesAnotherOutputInTraining() {
    assertThatThrownBy(
            () ->
                check(
                        (context, x) ->
                            context.tf().math.mul(x, constant(context, context.training() ? 2 : 1)))
                    .run())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("1 shard, training]");
  }

  @Test
  void noticesAnotherGradient() {
    Formula doubled =
        (context, x) -> {
          Ops tf = context.tf();
          return tf.math.sub(tf.math.mul(x, tf.constant(2f)), tf.stopGradient(x));
        };
    assertThatThrownBy(() -> check(doubled).run())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("[dx of testdata/layers/activation.json/cases/none/runs/0");
  }

  @Test
  void noticesThatTheCutOfTheBatchMatters() {
    Formula counted =
        (context, x) -> {
          Ops tf = context.tf();
          Operand<TFloat32> rows = tf.dtypes.cast(context.batchSize(), TFloat32.class);
          return tf.math.mul(x, tf.math.div(rows, tf.constant(2f)));
        };
    assertThatThrownBy(() -> check(counted).run())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("2 shards");
  }

  @Test
  void noticesAnotherConfigurationOrShape() {
    assertThatThrownBy(
            () ->
                LayerCheck.of(new keras.layers.Activation("relu"))
                    .golden("layers/activation", "none")
                    .run())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("[getConfig]");
    assertThatThrownBy(() -> check((context, x) -> x).outputShape(2, 5).run())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("[the symbolic output's shape");
  }

  private static Operand<TFloat32> constant(LayerContext context, float value) {
    return context.tf().constant(value);
  }
}
