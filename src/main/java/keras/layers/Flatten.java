package keras.layers;

import java.util.List;
import java.util.Map;
import keras.backend.LayerContext;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Lays out all numbers of a sample as one vector. Keras: {@code keras.layers.Flatten}.
 *
 * <p>Shapes: (batch, a, b, ...) → (batch, a · b · ...); (batch) → (batch, 1). A mask is not passed
 * on.
 */
public final class Flatten extends KerasLayer<Flatten> {

  private final DataFormat format = new DataFormat(this, 0);

  /** Flattens row by row. */
  public Flatten() {}

  /**
   * Sets which dimension holds the channels. Of {@code "channels_first"}, (batch, channels, ...),
   * the channels are moved to the end before.
   *
   * @param value {@code "channels_last"} (the default) or {@code "channels_first"}
   * @return this layer
   * @throws IllegalArgumentException if it is neither
   */
  public Flatten dataFormat(String value) {
    checkNotFrozen("dataFormat");
    format.set(value);
    return this;
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    Arguments.leastRank(this, inputShape, 1, "(batch, ...)", "give the model an Input");
    Shape sample = inputShape.tail();
    return Shape.of(
        inputShape.get(0), sample.hasUnknownDimension() ? Shape.UNKNOWN_SIZE : sample.size());
  }

  @Override
  protected Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs) {
    Ops tf = context.tf();
    Operand<TFloat32> last = inputs;
    if (format.isFirst() && inputs.shape().numDimensions() > 1) {
      last = tf.linalg.transpose(inputs, tf.constant(DataFormat.toLast(inputs.shape())));
    }
    long width = computeOutputShape(inputs.shape()).get(1);
    if (width == Shape.UNKNOWN_SIZE) {
      return tf.reshape(last, tf.stack(List.of(context.batchSize(), tf.constant(-1))));
    }
    return tf.reshape(last, tf.constant(new int[] {-1, (int) width}));
  }

  /**
   * Returns a layer of its arguments. Keras: {@code Flatten.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Flatten fromConfig(Config config) {
    Flatten layer = new Flatten().common(config);
    config.text("data_format", layer::dataFormat);
    return layer;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("data_format", format.name());
    return config;
  }
}
