package keras.optimizers.schedules;

import java.util.Map;
import keras.internal.config.Registry;
import keras.utils.Config;

/** Learning rates from their configurations. Keras: {@code keras.optimizers.schedules}. */
public final class Schedules {

  private static final Registry<LearningRateSchedule> KNOWN =
      new Registry<LearningRateSchedule>("learning rate schedule", LearningRateSchedule.class)
          .add(CosineDecay::fromConfig, "CosineDecay")
          .add(CosineDecayRestarts::fromConfig, "CosineDecayRestarts")
          .add(ExponentialDecay::fromConfig, "ExponentialDecay")
          .add(InverseTimeDecay::fromConfig, "InverseTimeDecay")
          .add(PiecewiseConstantDecay::fromConfig, "PiecewiseConstantDecay")
          .add(PolynomialDecay::fromConfig, "PolynomialDecay");

  private Schedules() {}

  /**
   * Returns the schedule that is described. Keras: {@code keras.optimizers.schedules.deserialize}.
   *
   * @param schedule {@code class_name} and {@code config}, as {@link
   *     LearningRateSchedule#serialize} gives them
   * @return a new schedule
   * @throws IllegalArgumentException if there is no such schedule, or an argument is wrong
   */
  public static LearningRateSchedule deserialize(Map<String, ?> schedule) {
    return deserialize(Config.of("Schedules.deserialize", schedule));
  }

  /**
   * The schedule that is described, within a larger configuration.
   *
   * @param schedule {@code class_name} and {@code config}
   * @return a new schedule
   * @throws IllegalArgumentException if there is no such schedule, or an argument is wrong
   */
  public static LearningRateSchedule deserialize(Config schedule) {
    return KNOWN.deserialize(schedule);
  }
}
