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
 * Cuts the middle out of images. Keras: {@code keras.layers.CenterCrop}.
 *
 * <p>Shapes: (batch, rows, columns, features) → (batch, height, width, features). Images that are
 * smaller in a dimension are cut to the same proportions and enlarged. Rows and columns must be
 * known.
 */
public final class CenterCrop extends KerasLayer<CenterCrop> {

  private final ImageSize size;

  /**
   * Cuts the middle out of images.
   *
   * @param height the rows
   * @param width the columns
   * @throws IllegalArgumentException if one is less than 1
   */
  public CenterCrop(int height, int width) {
    size = new ImageSize(this, height, width);
  }

  /**
   * Sets which dimension holds the features.
   *
   * @param value {@code "channels_last"}, the default, or {@code "channels_first"}
   * @return this layer
   * @throws IllegalArgumentException if it is neither
   */
  public CenterCrop dataFormat(String value) {
    checkNotFrozen("dataFormat");
    size.format().set(value);
    return this;
  }

  @Override
  protected void build(Shape inputShape) {
    size.checkKnown(inputShape);
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    return size.outputShape(inputShape);
  }

  @Override
  protected Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs) {
    Ops tf = context.tf();
    Operand<TFloat32> x = size.format().toLast(tf, inputs);
    boolean covered = x.shape().get(1) >= size.height() && x.shape().get(2) >= size.width();
    Operand<TFloat32> middle =
        covered
            ? size.cutExactly(tf, x)
            : size.resized(tf, size.cut(tf, x), Interpolation.BILINEAR, false);
    return size.format().fromLast(tf, middle);
  }

  /**
   * Returns a layer of its arguments. Keras: {@code CenterCrop.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static CenterCrop fromConfig(Config config) {
    Checks.notNull("CenterCrop.fromConfig", "config", config);
    CenterCrop layer =
        new CenterCrop(config.integer("height"), config.integer("width")).common(config);
    config.text("data_format", layer::dataFormat);
    ImageSize.refuseBoxes(config);
    return layer;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("data_format", size.format().name());
    size.write(config);
    return config;
  }
}
