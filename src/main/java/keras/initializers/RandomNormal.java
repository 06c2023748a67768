package keras.initializers;

import java.util.Map;
import keras.internal.messages.Checks;
import keras.utils.Config;
import org.tensorflow.ndarray.Shape;

/** Normally distributed numbers. Keras: {@code keras.initializers.RandomNormal}. */
public final class RandomNormal extends RandomInitializer<RandomNormal> {

  private double mean = 0.0;
  private double stddev = 0.05;

  /** Mean 0, standard deviation 0.05. */
  public RandomNormal() {}

  /**
   * Sets the mean.
   *
   * @param value any number; 0.0 by default
   * @return this initializer
   */
  public RandomNormal mean(double value) {
    mean = value;
    return this;
  }

  /**
   * Sets the standard deviation.
   *
   * @param value any number; 0.05 by default
   * @return this initializer
   */
  public RandomNormal stddev(double value) {
    stddev = value;
    return this;
  }

  @Override
  public float[] call(Shape shape) {
    return Draws.normal(shape, nextSeed(), mean, stddev);
  }

  /**
   * Returns an initializer of its arguments. Keras: {@code RandomNormal.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new initializer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static RandomNormal fromConfig(Config config) {
    Checks.notNull("RandomNormal.fromConfig", "config", config);
    RandomNormal made = new RandomNormal();
    config.number("mean", made::mean);
    config.number("stddev", made::stddev);
    return made.argumentsFrom(config);
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("mean", mean);
    config.put("stddev", stddev);
    return config;
  }

  @Override
  RandomNormal blank() {
    return new RandomNormal().mean(mean).stddev(stddev);
  }
}
