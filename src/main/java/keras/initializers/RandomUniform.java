package keras.initializers;

import java.util.Map;
import keras.internal.messages.Checks;
import keras.utils.Config;
import org.tensorflow.ndarray.Shape;

/** Equally likely numbers between two bounds. Keras: {@code keras.initializers.RandomUniform}. */
public final class RandomUniform extends RandomInitializer<RandomUniform> {

  private double minval = -0.05;
  private double maxval = 0.05;

  /** Between -0.05 and 0.05. */
  public RandomUniform() {}

  /**
   * Sets the lower bound, which can be drawn.
   *
   * @param value any number; -0.05 by default
   * @return this initializer
   */
  public RandomUniform minval(double value) {
    minval = value;
    return this;
  }

  /**
   * Sets the upper bound, which is never drawn.
   *
   * @param value any number; 0.05 by default
   * @return this initializer
   */
  public RandomUniform maxval(double value) {
    maxval = value;
    return this;
  }

  @Override
  public float[] call(Shape shape) {
    return Draws.uniform(shape, nextSeed(), minval, maxval);
  }

  /**
   * Returns an initializer of its arguments. Keras: {@code RandomUniform.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new initializer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static RandomUniform fromConfig(Config config) {
    Checks.notNull("RandomUniform.fromConfig", "config", config);
    RandomUniform made = new RandomUniform();
    config.number("minval", made::minval);
    config.number("maxval", made::maxval);
    return made.argumentsFrom(config);
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("minval", minval);
    config.put("maxval", maxval);
    return config;
  }

  @Override
  RandomUniform blank() {
    return new RandomUniform().minval(minval).maxval(maxval);
  }
}
