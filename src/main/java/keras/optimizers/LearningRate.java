package keras.optimizers;

import keras.backend.Variable;
import keras.internal.graph.EagerOps;
import keras.internal.graph.ProgramBuilder;
import keras.internal.messages.Errors;
import keras.optimizers.schedules.LearningRateSchedule;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** The learning rate: a variable, which may be set at any time, or a schedule. */
final class LearningRate {

  private final Variable variable;
  private LearningRateSchedule schedule;

  LearningRate(double value) {
    variable = Variable.of("learning_rate", Shape.scalar(), new float[] {(float) value}, false);
  }

  /** Tells whether the rate follows a schedule, so that there is no variable to save. */
  boolean scheduled() {
    return schedule != null;
  }

  Variable variable() {
    return variable;
  }

  void follow(LearningRateSchedule rates) {
    schedule = rates;
  }

  void set(double value, boolean built) {
    if (built && schedule != null) {
      throw Errors.in("Optimizer", "a learning rate that follows a schedule cannot be set.")
          .expected("an optimizer that was given a number")
          .got("one with " + schedule.getClass().getSimpleName())
          .fix("write learningRate(0.001) when the optimizer is made, and set it later")
          .state();
    }
    schedule = null;
    variable.assign((float) value);
  }

  /** Returns the rate at a step, counted from 0. */
  double at(long step) {
    return schedule == null
        ? variable.floats()[0]
        : EagerOps.run(tf -> schedule.call(tf, tf.constant(step)))[0];
  }

  Operand<TFloat32> in(ProgramBuilder program, Operand<TInt64> step) {
    return schedule == null ? program.value(variable) : schedule.call(program.tf(), step);
  }

  Object config() {
    return schedule == null ? (Object) at(0) : LearningRateSchedule.serialize(schedule);
  }
}
