package keras.layers;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import keras.backend.LayerContext;
import keras.internal.messages.Errors;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Max;
import org.tensorflow.op.core.Min;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Spreads each feature of an image over the whole range of values. Keras: {@code
 * keras.layers.AutoContrast}.
 *
 * <p>Shapes: (batch, rows, columns, features) → the same. A feature that is the same everywhere
 * stays as it is.
 */
public final class AutoContrast extends KerasLayer<AutoContrast> {

  private static final float WHITE = 255;

  private final DataFormat format = new DataFormat(this, 2);
  private double[] valueRange = {0, WHITE};

  /** Spreads values from 0 to 255. */
  public AutoContrast() {}

  /**
   * Sets the range of values.
   *
   * @param low the least, 0 by default
   * @param high the greatest, 255 by default
   * @return this layer
   * @throws IllegalArgumentException if they are the same, or no numbers
   */
  public AutoContrast valueRange(double low, double high) {
    checkNotFrozen("valueRange");
    if (!(Double.isFinite(low) && Double.isFinite(high)) || low == high) {
      throw Errors.in("AutoContrast", "valueRange must have two ends.")
          .expected("two numbers")
          .got(low + ", " + high)
          .fix("valueRange(0, 255)")
          .argument();
    }
    valueRange = new double[] {Math.min(low, high), Math.max(low, high)};
    return this;
  }

  /**
   * Sets which dimension holds the features. As in Keras the range is taken along the first two
   * dimensions of an image nevertheless.
   *
   * @param value {@code "channels_last"}, the default, or {@code "channels_first"}
   * @return this layer
   * @throws IllegalArgumentException if it is neither
   */
  public AutoContrast dataFormat(String value) {
    checkNotFrozen("dataFormat");
    format.set(value);
    return this;
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    return format.check(inputShape);
  }

  @Override
  protected Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs) {
    Ops tf = context.tf();
    Operand<TFloat32> white = tf.constant(WHITE);
    Operand<TFloat32> x = moved(tf, inputs, valueRange, new double[] {0, WHITE});
    Operand<TInt32> places = tf.constant(new int[] {1, 2});
    Operand<TFloat32> low = tf.min(x, places, Min.keepDims(true));
    Operand<TFloat32> scale =
        tf.math.div(white, tf.math.sub(tf.max(x, places, Max.keepDims(true)), low));
    Operand<TFloat32> spread =
        tf.math.add(tf.math.mul(x, scale), tf.math.mul(tf.math.neg(low), scale));
    Operand<TFloat32> within = tf.math.minimum(tf.math.maximum(spread, tf.constant(0f)), white);
    Operand<TFloat32> back = moved(tf, within, new double[] {0, WHITE}, valueRange);
    return tf.select(tf.math.isNan(back), inputs, back);
  }

  private static Operand<TFloat32> moved(Ops tf, Operand<TFloat32> x, double[] from, double[] to) {
    if (Arrays.equals(from, to)) {
      return x;
    }
    Operand<TFloat32> share =
        tf.math.div(
            tf.math.sub(x, tf.constant((float) from[0])), tf.constant((float) (from[1] - from[0])));
    return tf.math.add(
        tf.math.mul(share, tf.constant((float) (to[1] - to[0]))), tf.constant((float) to[0]));
  }

  /**
   * Returns a layer of its arguments. Keras: {@code AutoContrast.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static AutoContrast fromConfig(Config config) {
    AutoContrast layer = new AutoContrast().common(config);
    if (config.given("value_range")) {
      double[] ends = config.numbers("value_range");
      if (ends.length != 2) {
        throw config.wrong("value_range", "two numbers");
      }
      layer.valueRange(ends[0], ends[1]);
    }
    config.text("data_format", layer::dataFormat);
    ImageSize.refuseBoxes(config);
    return layer;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("data_format", format.name());
    config.put("value_range", List.of(valueRange[0], valueRange[1]));
    return config;
  }
}
