package keras.optimizers;

import keras.backend.Variable;
import keras.internal.graph.ProgramBuilder;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** The exponential moving average of each variable, and its way back into the variable. */
final class MovingAverage {

  /** The name of the slot that the average is kept in. */
  static final String SLOT = "average";

  private final ProgramBuilder program;
  private final Operand<TFloat32> kept;
  private final Operand<TFloat32> taken;
  private final Operand<TBool> overwriting;

  /**
   * Adds what all variables share.
   *
   * @param program the program that the ops are added to
   * @param momentum how much of the average is kept at each step
   * @param frequency after how many steps the variable becomes its average; null for never
   * @param steps the number of steps before this one
   */
  MovingAverage(ProgramBuilder program, double momentum, Integer frequency, Operand<TInt64> steps) {
    this.program = program;
    Ops tf = program.tf();
    Operand<TBool> first = tf.math.equal(steps, tf.constant(0L));
    this.kept = tf.select(first, tf.constant(0f), tf.constant((float) momentum));
    this.taken = tf.math.sub(tf.constant(1f), kept);
    this.overwriting = frequency == null ? null : Accumulation.everyNth(tf, steps, frequency);
  }

  /**
   * Adds the new average and gives what the variable becomes.
   *
   * @param average where the average is kept
   * @param value the variable's value after the step
   * @return the value, or the average if it is time for it
   */
  Operand<TFloat32> add(Variable average, Operand<TFloat32> value) {
    Ops tf = program.tf();
    Operand<TFloat32> next =
        tf.math.add(tf.math.mul(kept, program.value(average)), tf.math.mul(taken, value));
    program.assign(average, next);
    return overwriting == null ? value : tf.select(overwriting, next, value);
  }
}
