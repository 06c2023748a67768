package keras.initializers;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import keras.internal.messages.Checks;
import keras.utils.Config;
import org.tensorflow.ndarray.Shape;

/** One number throughout. Keras: {@code keras.initializers.Constant}. */
public final class Constant extends Initializer {

  private double value;

  /** All zeros, until {@link #value} is called. */
  public Constant() {}

  /**
   * All the same number.
   *
   * @param value the number; 0 by default
   */
  public Constant(double value) {
    this.value = value;
  }

  /**
   * Sets the number.
   *
   * @param number the value of every element; 0 by default
   * @return this initializer
   */
  public Constant value(double number) {
    value = number;
    return this;
  }

  @Override
  public float[] call(Shape shape) {
    float[] values = new float[Draws.size("Constant", shape)];
    Arrays.fill(values, (float) value);
    return values;
  }

  /**
   * Returns an initializer of its arguments. Keras: {@code Constant.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new initializer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Constant fromConfig(Config config) {
    Checks.notNull("Constant.fromConfig", "config", config);
    Constant made = new Constant();
    config.number("value", made::value);
    return made;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("value", value);
    return config;
  }
}
