package keras.layers;

import java.util.List;
import java.util.Map;
import keras.backend.LayerContext;
import keras.internal.graph.Dims;
import keras.internal.messages.Errors;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Takes timesteps away from both ends of a sequence. Keras: {@code keras.layers.Cropping1D}.
 *
 * <p>Shapes: (batch, timesteps, features) → (batch, timesteps - left - right, features). A mask is
 * not passed on.
 */
public final class Cropping1D extends KerasLayer<Cropping1D> {

  private int left = 1;
  private int right = 1;

  /** Takes one timestep away from either end. */
  public Cropping1D() {}

  /**
   * How many timesteps are taken away from either end.
   *
   * @param both 1 by default
   * @return this layer
   * @throws IllegalArgumentException if it is negative
   */
  public Cropping1D cropping(int both) {
    return cropping(both, both);
  }

  /**
   * Sets how many timesteps are taken away.
   *
   * @param first from the beginning; 1 by default
   * @param last from the end; 1 by default
   * @return this layer
   * @throws IllegalArgumentException if one is negative
   */
  public Cropping1D cropping(int first, int last) {
    checkNotFrozen("cropping");
    if (first < 0 || last < 0) {
      throw Errors.in("Cropping1D", "cropping must not be negative.")
          .expected("0 or more at either end")
          .got("cropping(" + first + ", " + last + ")")
          .fix("new ZeroPadding1D() adds timesteps")
          .argument();
    }
    left = first;
    right = last;
    return this;
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    long[] sizes = Arguments.sequences(this, inputShape).asArray().clone();
    if (sizes[1] != Shape.UNKNOWN_SIZE) {
      sizes[1] -= (long) left + right;
      if (sizes[1] < 1) {
        throw Arguments.wrongShape(
            this,
            "cropping leaves no timestep.",
            "more than " + (left + right) + " timesteps",
            inputShape,
            "take less away than cropping(" + left + ", " + right + ") does");
      }
    }
    return Shape.of(sizes);
  }

  @Override
  protected Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs) {
    Ops tf = context.tf();
    long known = computeOutputShape(inputs.shape()).get(1);
    Operand<TInt32> length =
        known == Shape.UNKNOWN_SIZE
            ? tf.math.sub(Dims.of(tf, inputs, 1), tf.constant(left + right))
            : tf.constant((int) known);
    return tf.slice(
        inputs,
        tf.constant(new int[] {0, left, 0}),
        tf.stack(List.of(tf.constant(-1), length, Dims.of(tf, inputs, 2))));
  }

  /**
   * Returns a layer of its arguments. Keras: {@code Cropping1D.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Cropping1D fromConfig(Config config) {
    Cropping1D layer = new Cropping1D().common(config);
    if (config.has("cropping")) {
      int[] ends = Arguments.ends(config, "cropping");
      layer.cropping(ends[0], ends[1]);
    }
    return layer;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("cropping", List.of(left, right));
    return config;
  }
}
