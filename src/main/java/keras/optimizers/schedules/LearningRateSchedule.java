package keras.optimizers.schedules;

import java.util.LinkedHashMap;
import java.util.Map;
import keras.internal.config.Serialized;
import keras.internal.graph.EagerOps;
import keras.internal.messages.Checks;
import keras.internal.messages.Described;
import keras.internal.messages.Errors;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * A learning rate for each step. Keras: {@code keras.optimizers.schedules.LearningRateSchedule}.
 *
 * <p>A schedule of your own extends this class and says what {@link #call(Ops, Operand)} gives.
 */
public abstract class LearningRateSchedule {

  /** For subclasses. */
  protected LearningRateSchedule() {}

  /**
   * Adds the ops of the learning rate.
   *
   * @param tf where the ops go
   * @param step the number of steps done before, a scalar
   * @return the rate, a scalar
   */
  public abstract Operand<TFloat32> call(Ops tf, Operand<TInt64> step);

  /**
   * The learning rate of a step.
   *
   * @param step the number of steps done before
   * @return the rate
   */
  public final double call(long step) {
    return EagerOps.run(tf -> call(tf, tf.constant(step)))[0];
  }

  /**
   * Returns the arguments, under the names that Keras gives them.
   *
   * @return a new map, in Keras's order
   */
  public Map<String, Object> getConfig() {
    return new LinkedHashMap<>();
  }

  /**
   * A schedule as Keras writes it into a model's configuration. Keras: {@code
   * keras.optimizers.schedules.serialize}.
   *
   * @param schedule the object to write
   * @return {@code module}, {@code class_name}, {@code config} and {@code registered_name}
   */
  public static Map<String, Object> serialize(LearningRateSchedule schedule) {
    Checks.notNull("LearningRateSchedule.serialize", "schedule", schedule);
    return Serialized.object(schedule, "keras.optimizers.schedules", schedule.getConfig());
  }

  static Operand<TFloat32> floats(Ops tf, Operand<TInt64> step) {
    return tf.dtypes.cast(step, TFloat32.class);
  }

  static Operand<TFloat32> number(Ops tf, long value) {
    return tf.constant((float) value);
  }

  static Operand<TFloat32> number(Ops tf, double value) {
    return tf.constant((float) value);
  }

  /** Refuses a number of steps in which nothing can decay. */
  static long positive(String where, String name, long steps) {
    if (steps <= 0) {
      throw Errors.in(where, name + " must be positive.")
          .expected("1 or more")
          .got(steps)
          .fix("give the number of steps until the rate has decayed")
          .argument();
    }
    return steps;
  }

  @Override
  public String toString() {
    return Described.by(this, this::getConfig);
  }
}
