package keras.layers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import keras.internal.graph.Dims;
import keras.internal.graph.MaskedTensor;
import keras.internal.graph.Tape;
import keras.internal.ops.DropoutMask;
import keras.internal.ops.SeedState;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Dropout of whole features: what is dropped is dropped in all timesteps of a sample. Keras: {@code
 * keras.layers.SpatialDropout1D}.
 *
 * <p>Shapes: (batch, timesteps, features) → the same. A mask is passed on.
 *
 * @see <a href="https://arxiv.org/abs/1411.4280">Tompson et al., Efficient object localization
 *     using convolutional networks (2014)</a>
 */
public final class SpatialDropout1D extends RandomLayer<SpatialDropout1D> {

  private final double rate;

  /**
   * A dropout layer.
   *
   * @param rate the fraction that is dropped, 0 to 1
   * @throws IllegalArgumentException if it is out of that range
   */
  public SpatialDropout1D(double rate) {
    this.rate = Arguments.rate("SpatialDropout1D", "rate", rate);
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    return Arguments.sequences(this, inputShape);
  }

  @Override
  boolean draws() {
    return rate > 0;
  }

  @Override
  MaskedTensor disturbed(Tape tape, SeedState seeds, Operand<TFloat32> inputs) {
    Ops tf = tape.tf();
    DropoutMask wanted =
        new DropoutMask(rate, true, List.of(tf.constant(1), Dims.of(tf, inputs, 2)));
    Operand<TFloat32> mask = DropoutMask.draw(tape, seeds, List.of(wanted)).get(0);
    return tape.op(inputs, (context, own) -> context.tf().math.mul(own, mask));
  }

  /**
   * Returns a layer of its arguments. Keras: {@code SpatialDropout1D.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static SpatialDropout1D fromConfig(Config config) {
    return new SpatialDropout1D(config.number("rate")).common(config).seedFrom(config);
  }

  /** As Keras writes it for this layer alone: without {@code trainable}, the type as a string. */
  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("rate", rate);
    config.put("seed", givenSeed());
    config.put("name", name());
    config.put("dtype", "float32");
    return config;
  }
}
