package keras.initializers;

import java.util.Map;
import keras.internal.messages.Checks;
import keras.utils.Config;
import org.tensorflow.ndarray.Shape;

/**
 * Normally distributed numbers, of which those beyond two standard deviations are drawn again.
 * Keras: {@code keras.initializers.TruncatedNormal}.
 */
public final class TruncatedNormal extends RandomInitializer<TruncatedNormal> {

  private double mean = 0.0;
  private double stddev = 0.05;

  /** Mean 0, standard deviation 0.05. */
  public TruncatedNormal() {}

  /**
   * Sets the mean.
   *
   * @param value any number; 0.0 by default
   * @return this initializer
   */
  public TruncatedNormal mean(double value) {
    mean = value;
    return this;
  }

  /**
   * Sets the standard deviation, before the tails are cut off.
   *
   * @param value any number; 0.05 by default
   * @return this initializer
   */
  public TruncatedNormal stddev(double value) {
    stddev = value;
    return this;
  }

  @Override
  public float[] call(Shape shape) {
    return Draws.truncatedNormal(shape, nextSeed(), mean, stddev);
  }

  /**
   * Returns an initializer of its arguments. Keras: {@code TruncatedNormal.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new initializer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static TruncatedNormal fromConfig(Config config) {
    Checks.notNull("TruncatedNormal.fromConfig", "config", config);
    TruncatedNormal made = new TruncatedNormal();
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
  TruncatedNormal blank() {
    return new TruncatedNormal().mean(mean).stddev(stddev);
  }
}
