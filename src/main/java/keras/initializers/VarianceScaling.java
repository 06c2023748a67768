package keras.initializers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.messages.Names;
import keras.utils.Config;

/**
 * Random numbers whose variance is {@code scale} divided by a fan. Keras: {@code
 * keras.initializers.VarianceScaling}.
 *
 * <p>Normal distributions have the standard deviation {@code sqrt(scale / n)}, also after their
 * tails were cut off; the uniform one lies between {@code ±sqrt(3 scale / n)}.
 */
public final class VarianceScaling extends FanInitializer<VarianceScaling> {

  private static final List<String> MODES = List.of("fan_in", "fan_out", "fan_avg");
  private static final List<String> DISTRIBUTIONS =
      List.of("truncated_normal", "untruncated_normal", "uniform");

  /** Scale 1, {@code "fan_in"}, {@code "truncated_normal"}. */
  public VarianceScaling() {
    super(1, "fan_in", "truncated_normal");
  }

  /**
   * Sets the numerator of the variance.
   *
   * @param value a positive number; 1 by default
   * @return this initializer
   * @throws IllegalArgumentException if it is not positive
   */
  public VarianceScaling scale(double value) {
    if (!(value > 0)) {
      throw Errors.in("VarianceScaling", "scale must be positive.")
          .expected("a number above 0")
          .got(value)
          .fix("write scale(1.0), the default")
          .argument();
    }
    scale = value;
    return this;
  }

  /**
   * Sets what the variance is divided by.
   *
   * @param name {@code "fan_in"}, the default, {@code "fan_out"} or {@code "fan_avg"}, their mean
   * @return this initializer
   * @throws IllegalArgumentException for any other string
   */
  public VarianceScaling mode(String name) {
    Checks.notNull("VarianceScaling", "mode", name);
    if (!MODES.contains(name)) {
      throw Names.unknown("VarianceScaling mode", name, MODES);
    }
    mode = name;
    return this;
  }

  /**
   * Sets how the numbers are distributed.
   *
   * @param name {@code "truncated_normal"}, the default, also as {@code "normal"}; {@code
   *     "untruncated_normal"}; or {@code "uniform"}
   * @return this initializer
   * @throws IllegalArgumentException for any other string
   */
  public VarianceScaling distribution(String name) {
    Checks.notNull("VarianceScaling", "distribution", name);
    String lower = name.toLowerCase(Locale.ROOT);
    String full = lower.equals("normal") ? "truncated_normal" : lower;
    if (!DISTRIBUTIONS.contains(full)) {
      throw Names.unknown("VarianceScaling distribution", name, DISTRIBUTIONS);
    }
    distribution = full;
    return this;
  }

  /**
   * Returns an initializer of its arguments. Keras: {@code VarianceScaling.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new initializer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static VarianceScaling fromConfig(Config config) {
    Checks.notNull("VarianceScaling.fromConfig", "config", config);
    VarianceScaling made = new VarianceScaling();
    config.number("scale", made::scale);
    config.text("mode", made::mode);
    config.text("distribution", made::distribution);
    return made.argumentsFrom(config);
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> axes = super.getConfig();
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("seed", axes.remove("seed"));
    config.put("scale", scale);
    config.put("mode", mode);
    config.put("distribution", distribution);
    config.putAll(axes);
    return config;
  }

  @Override
  VarianceScaling unplaced() {
    return new VarianceScaling().scale(scale).mode(mode).distribution(distribution);
  }
}
