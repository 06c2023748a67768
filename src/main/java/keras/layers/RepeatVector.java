package keras.layers;

import java.util.Map;
import keras.backend.LayerContext;
import keras.internal.messages.Checks;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Makes a sequence of the same vector over and over, as a decoder's input. Keras: {@code
 * keras.layers.RepeatVector}.
 *
 * <p>Shapes: (batch, features) → (batch, n, features). A mask is not passed on.
 */
public final class RepeatVector extends KerasLayer<RepeatVector> {

  private final int n;

  /**
   * A repeating layer.
   *
   * @param n how many timesteps it makes
   * @throws IllegalArgumentException if it is less than one
   */
  public RepeatVector(int n) {
    this.n = Checks.positive("RepeatVector", "n", n);
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    Arguments.rank(
        this,
        inputShape,
        2,
        "(batch, features)",
        "a recurrent layer before it must give its last output only: returnSequences(false)");
    return Shape.of(inputShape.get(0), n, inputShape.get(1));
  }

  @Override
  protected Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs) {
    Ops tf = context.tf();
    // A product has a simpler gradient than TensorFlow's op for repetition.
    return tf.math.mul(
        tf.expandDims(inputs, tf.constant(1)),
        tf.ones(tf.constant(new int[] {1, n, 1}), TFloat32.class));
  }

  /**
   * Returns a layer of its arguments. Keras: {@code RepeatVector.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static RepeatVector fromConfig(Config config) {
    Checks.notNull("RepeatVector.fromConfig", "config", config);
    return new RepeatVector(config.integer("n")).common(config);
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("n", n);
    return config;
  }
}
