package keras.optimizers.schedules;

import java.util.Arrays;
import java.util.Map;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * A rate that is constant up to each boundary: the first value up to and including the first
 * boundary, the last one beyond the last. Keras: {@code
 * keras.optimizers.schedules.PiecewiseConstantDecay}.
 */
public final class PiecewiseConstantDecay extends LearningRateSchedule {

  private final long[] boundaries;
  private final double[] values;
  private String name = "PiecewiseConstant";

  /**
   * The two required arguments.
   *
   * @param boundaries numbers of steps, at least one, ascending
   * @param values the rates, one more than there are boundaries
   * @throws IllegalArgumentException if there is another number of values, or no boundary
   */
  public PiecewiseConstantDecay(long[] boundaries, double[] values) {
    Checks.notNull("PiecewiseConstantDecay", "boundaries", boundaries);
    Checks.notNull("PiecewiseConstantDecay", "values", values);
    if (boundaries.length == 0 || values.length != boundaries.length + 1) {
      throw Errors.in("PiecewiseConstantDecay", "boundaries and values do not fit.")
          .expected("boundaries, and one value more than there are boundaries")
          .got(boundaries.length + " boundaries and " + values.length + " values")
          .fix("give the rate before the first boundary, and the one after each")
          .argument();
    }
    this.boundaries = boundaries.clone();
    this.values = values.clone();
  }

  /**
   * Sets the name.
   *
   * @param value {@code "PiecewiseConstant"} by default
   * @return this schedule
   */
  public PiecewiseConstantDecay name(String value) {
    name = value;
    return this;
  }

  @Override
  public Operand<TFloat32> call(Ops tf, Operand<TInt64> step) {
    Checks.operands("PiecewiseConstantDecay", tf, step);
    Operand<TFloat32> rate = number(tf, values[boundaries.length]);
    for (int i = boundaries.length - 1; i >= 0; i--) {
      rate =
          tf.select(
              tf.math.lessEqual(step, tf.constant(boundaries[i])), number(tf, values[i]), rate);
    }
    return rate;
  }

  /**
   * Returns a schedule of its arguments. Keras: {@code PiecewiseConstantDecay.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new schedule
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static PiecewiseConstantDecay fromConfig(Config config) {
    Checks.notNull("PiecewiseConstantDecay.fromConfig", "config", config);
    double[] boundaries = config.numbers("boundaries");
    PiecewiseConstantDecay schedule =
        new PiecewiseConstantDecay(
            Arrays.stream(boundaries).mapToLong(each -> (long) each).toArray(),
            config.numbers("values"));
    config.text("name", schedule::name);
    return schedule;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("boundaries", Arrays.stream(boundaries).boxed().toList());
    config.put("values", Arrays.stream(values).boxed().toList());
    config.put("name", name);
    return config;
  }
}
