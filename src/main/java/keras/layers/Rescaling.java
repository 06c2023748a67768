package keras.layers;

import java.util.Arrays;
import java.util.Map;
import keras.backend.LayerContext;
import keras.internal.messages.Checks;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Multiplies its input and adds to it, as {@code new Rescaling(1 / 255.0)} does to the pixels of an
 * image. Keras: {@code keras.layers.Rescaling}.
 *
 * <p>Shapes: any → the same. A mask is passed on.
 */
public final class Rescaling extends KerasLayer<Rescaling> {

  private final double[] scale;
  private double[] offset = {0};

  /** Whether a configuration has them as lists. */
  private final boolean listed;

  private boolean offsetListed;

  /**
   * A rescaling.
   *
   * @param scale what the input is multiplied by
   */
  public Rescaling(double scale) {
    this(false, scale);
  }

  /**
   * A rescaling of each feature.
   *
   * @param scale what each feature is multiplied by
   */
  public Rescaling(double... scale) {
    this(true, scale);
  }

  private Rescaling(boolean listed, double... scale) {
    Checks.notNull("Rescaling", "scale", scale);
    this.scale = scale.clone();
    this.listed = listed;
  }

  /**
   * Sets what is added.
   *
   * @param value 0 by default
   * @return this layer
   */
  public Rescaling offset(double value) {
    return offset(false, value);
  }

  /**
   * Sets what is added to each feature.
   *
   * @param values one for each feature
   * @return this layer
   */
  public Rescaling offset(double... values) {
    return offset(true, values);
  }

  private Rescaling offset(boolean asList, double... values) {
    checkNotFrozen("offset");
    Checks.notNull("Rescaling", "offset", values);
    offset = values.clone();
    offsetListed = asList;
    return this;
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    Checks.notNull(toString(), "a shape", inputShape);
    int rank = inputShape.numDimensions();
    long features = rank == 0 ? 1 : inputShape.get(rank - 1);
    for (double[] each : new double[][] {scale, offset}) {
      if (each.length != 1 && features != Shape.UNKNOWN_SIZE && each.length != features) {
        throw Arguments.wrongShape(
            this,
            "scale and offset do not fit the features.",
            each.length + " features",
            inputShape,
            "give one number, or one for each feature");
      }
    }
    return inputShape;
  }

  @Override
  protected boolean supportsMasking() {
    return true;
  }

  @Override
  protected Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs) {
    Ops tf = context.tf();
    return tf.math.add(tf.math.mul(inputs, constant(tf, scale)), constant(tf, offset));
  }

  private static Operand<TFloat32> constant(Ops tf, double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return tf.constant(floats);
  }

  /**
   * Returns a layer of its arguments. Keras: {@code Rescaling.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Rescaling fromConfig(Config config) {
    Checks.notNull("Rescaling.fromConfig", "config", config);
    Rescaling layer =
        isList(config, "scale")
            ? new Rescaling(config.numbers("scale"))
            : new Rescaling(config.number("scale"));
    layer.common(config);
    if (isList(config, "offset")) {
      layer.offset(config.numbers("offset"));
    } else {
      config.number("offset", layer::offset);
    }
    return layer;
  }

  private static boolean isList(Config config, String key) {
    return config.given(key) && config.value(key) instanceof java.util.List;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("scale", written(listed, scale));
    config.put("offset", written(offsetListed, offset));
    return config;
  }

  private static Object written(boolean asList, double... values) {
    return asList ? Arrays.stream(values).boxed().toList() : (Object) values[0];
  }
}
