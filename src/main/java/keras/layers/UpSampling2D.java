package keras.layers;

import java.util.List;
import java.util.Map;
import keras.backend.LayerContext;
import keras.internal.graph.Dims;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Enlarges images. Keras: {@code keras.layers.UpSampling2D}.
 *
 * <p>Shapes: (batch, rows, columns, features) → the same with larger sizes. A mask is not passed
 * on.
 */
public final class UpSampling2D extends UpSampling<UpSampling2D> {

  private String interpolation = Interpolation.SMOOTH.get(0);

  /** Repeats each row and column twice. */
  public UpSampling2D() {
    super(2);
  }

  /**
   * Sets what is between the places of the input.
   *
   * @param value {@code "nearest"} (the default), {@code "bilinear"}, {@code "bicubic"}, {@code
   *     "lanczos3"} or {@code "lanczos5"}
   * @return this layer
   * @throws IllegalArgumentException if it is none of these
   */
  public UpSampling2D interpolation(String value) {
    checkNotFrozen("interpolation");
    interpolation = Interpolation.checked(value, Interpolation.SMOOTH);
    return this;
  }

  @Override
  protected Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs) {
    if (interpolation.equals("nearest")) {
      return super.call(context, inputs);
    }
    Ops tf = context.tf();
    Operand<TFloat32> x = format().toLast(tf, inputs);
    Operand<TInt32> sizes =
        tf.math.mul(tf.stack(List.of(Dims.of(tf, x, 1), Dims.of(tf, x, 2))), tf.constant(size()));
    Operand<TFloat32> scale = tf.constant(new float[] {size()[0], size()[1]});
    return format().fromLast(tf, Interpolation.resize(tf, interpolation, x, sizes, scale, false));
  }

  /**
   * Returns a layer of its arguments. Keras: {@code UpSampling2D.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static UpSampling2D fromConfig(Config config) {
    UpSampling2D layer = new UpSampling2D().common(config).samplingFrom(config);
    config.text("interpolation", layer::interpolation);
    return layer;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("interpolation", interpolation);
    return config;
  }
}
