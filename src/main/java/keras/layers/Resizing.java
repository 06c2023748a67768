package keras.layers;

import java.util.Map;
import keras.backend.LayerContext;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Brings images to a size. Keras: {@code keras.layers.Resizing}.
 *
 * <p>Shapes: (batch, rows, columns, features) → (batch, height, width, features).
 */
public final class Resizing extends KerasLayer<Resizing> {

  private final ImageSize size;
  private String interpolation = Interpolation.BILINEAR;
  private boolean cropToAspectRatio;
  private boolean padToAspectRatio;
  private double fillValue;
  private boolean antialias;

  /**
   * Brings images to a size.
   *
   * @param height the rows
   * @param width the columns
   * @throws IllegalArgumentException if one is less than 1
   */
  public Resizing(int height, int width) {
    size = new ImageSize(this, height, width);
  }

  /**
   * Sets what is between the places of the input.
   *
   * @param value {@code "bilinear"} (the default), {@code "nearest"}, {@code "bicubic"}, {@code
   *     "area"}, {@code "lanczos3"} or {@code "lanczos5"}
   * @return this layer
   * @throws IllegalArgumentException if it is none of these
   */
  public Resizing interpolation(String value) {
    checkNotFrozen("interpolation");
    interpolation = Interpolation.checked(value, Interpolation.ALL);
    return this;
  }

  /**
   * Sets whether as much is cut off as does not fit the new proportions.
   *
   * @param value false by default
   * @return this layer
   */
  public Resizing cropToAspectRatio(boolean value) {
    checkNotFrozen("cropToAspectRatio");
    cropToAspectRatio = value;
    return this;
  }

  /**
   * Sets whether images get a frame that makes them fit the new proportions.
   *
   * @param value false by default
   * @return this layer
   */
  public Resizing padToAspectRatio(boolean value) {
    checkNotFrozen("padToAspectRatio");
    padToAspectRatio = value;
    return this;
  }

  /**
   * Sets what the frame consists of.
   *
   * @param value 0 by default
   * @return this layer
   */
  public Resizing fillValue(double value) {
    checkNotFrozen("fillValue");
    fillValue = value;
    return this;
  }

  /**
   * Sets whether smaller images are made of all places of larger ones.
   *
   * @param value false by default
   * @return this layer
   */
  public Resizing antialias(boolean value) {
    checkNotFrozen("antialias");
    antialias = value;
    return this;
  }

  /**
   * Sets which dimension holds the features.
   *
   * @param value {@code "channels_last"}, the default, or {@code "channels_first"}
   * @return this layer
   * @throws IllegalArgumentException if it is neither
   */
  public Resizing dataFormat(String value) {
    checkNotFrozen("dataFormat");
    size.format().set(value);
    return this;
  }

  @Override
  protected void build(Shape inputShape) {
    if (cropToAspectRatio && padToAspectRatio) {
      throw Errors.in(toString(), "images are cut or framed, not both.")
          .expected("cropToAspectRatio(true) or padToAspectRatio(true)")
          .got("both")
          .fix("leave one out")
          .argument();
    }
    if (cropToAspectRatio || padToAspectRatio) {
      size.checkKnown(inputShape);
    }
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    return size.outputShape(inputShape);
  }

  @Override
  protected Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs) {
    Ops tf = context.tf();
    Operand<TFloat32> x = size.format().toLast(tf, inputs);
    if (cropToAspectRatio) {
      x = size.cut(tf, x);
    } else if (padToAspectRatio) {
      x = size.framed(tf, x, fillValue);
    }
    return size.format().fromLast(tf, size.resized(tf, x, interpolation, antialias));
  }

  /**
   * Returns a layer of its arguments. Keras: {@code Resizing.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Resizing fromConfig(Config config) {
    Checks.notNull("Resizing.fromConfig", "config", config);
    Resizing layer = new Resizing(config.integer("height"), config.integer("width")).common(config);
    config.text("interpolation", layer::interpolation);
    config.bool("crop_to_aspect_ratio", layer::cropToAspectRatio);
    config.bool("pad_to_aspect_ratio", layer::padToAspectRatio);
    config.only("fill_mode", "constant");
    config.number("fill_value", layer::fillValue);
    config.bool("antialias", layer::antialias);
    config.text("data_format", layer::dataFormat);
    ImageSize.refuseBoxes(config);
    return layer;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("data_format", size.format().name());
    size.write(config);
    config.put("interpolation", interpolation);
    config.put("crop_to_aspect_ratio", cropToAspectRatio);
    config.put("pad_to_aspect_ratio", padToAspectRatio);
    config.put("fill_mode", "constant");
    config.put("fill_value", fillValue);
    config.put("antialias", antialias);
    return config;
  }
}
