package keras.layers;

import java.util.List;
import java.util.Map;
import keras.backend.LayerContext;
import keras.internal.messages.Errors;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Adds timesteps of zeros before and after a sequence. Keras: {@code keras.layers.ZeroPadding1D}.
 *
 * <p>Shapes: (batch, timesteps, features) → (batch, left + timesteps + right, features). A mask is
 * not passed on.
 */
public final class ZeroPadding1D extends KerasLayer<ZeroPadding1D> {

  private int left = 1;
  private int right = 1;
  private final DataFormat format = new DataFormat(this, 1);

  /** Adds one timestep on either side. */
  public ZeroPadding1D() {}

  /**
   * How many timesteps are added on either side.
   *
   * @param both 1 by default
   * @return this layer
   * @throws IllegalArgumentException if it is negative
   */
  public ZeroPadding1D padding(int both) {
    return padding(both, both);
  }

  /**
   * Sets how many timesteps are added.
   *
   * @param before before the sequence; 1 by default
   * @param after after it; 1 by default
   * @return this layer
   * @throws IllegalArgumentException if one is negative
   */
  public ZeroPadding1D padding(int before, int after) {
    checkNotFrozen("padding");
    if (before < 0 || after < 0) {
      throw Errors.in("ZeroPadding1D", "padding must not be negative.")
          .expected("0 or more on either side")
          .got("padding(" + before + ", " + after + ")")
          .fix("new Cropping1D() takes timesteps away")
          .argument();
    }
    left = before;
    right = after;
    return this;
  }

  /**
   * Sets which dimension holds the features.
   *
   * @param value {@code "channels_last"} (the default) or {@code "channels_first"} for inputs of
   *     (batch, features, timesteps)
   * @return this layer
   * @throws IllegalArgumentException if it is neither
   */
  public ZeroPadding1D dataFormat(String value) {
    checkNotFrozen("dataFormat");
    format.set(value);
    return this;
  }

  private int timeAxis() {
    return format.firstAxis();
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    long[] sizes = Arguments.sequences(this, inputShape).asArray().clone();
    if (sizes[timeAxis()] != Shape.UNKNOWN_SIZE) {
      sizes[timeAxis()] += (long) left + right;
    }
    return Shape.of(sizes);
  }

  @Override
  protected Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs) {
    Ops tf = context.tf();
    int[][] paddings = new int[3][2];
    paddings[timeAxis()] = new int[] {left, right};
    return tf.pad(inputs, tf.constant(paddings), tf.constant(0f));
  }

  /**
   * Returns a layer of its arguments. Keras: {@code ZeroPadding1D.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static ZeroPadding1D fromConfig(Config config) {
    ZeroPadding1D layer = new ZeroPadding1D().common(config);
    if (config.has("padding")) {
      int[] ends = Arguments.ends(config, "padding");
      layer.padding(ends[0], ends[1]);
    }
    config.text("data_format", layer::dataFormat);
    return layer;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("padding", List.of(left, right));
    config.put("data_format", format.name());
    return config;
  }
}
