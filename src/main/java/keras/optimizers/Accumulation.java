package keras.optimizers;

import java.util.ArrayList;
import java.util.List;
import keras.backend.Variable;
import keras.internal.graph.ProgramBuilder;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.SwitchCond;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Collects gradients over several runs and lets the step happen in the last of them only.
 *
 * <p>A switch in the graph decides at each run: ops that wait for its other side do not run.
 */
final class Accumulation {

  /** The name of the slot that the gradients are summed in. */
  static final String SLOT = "gradient_accumulator";

  private final ProgramBuilder program;
  private final int runsPerStep;
  private final Operand<TBool> stepping;
  private final Operand<TBool> collecting;

  /**
   * Adds the switch.
   *
   * @param program the program that the ops are added to
   * @param runsPerStep how many runs make a step
   * @param runs the number of runs before this one
   */
  Accumulation(ProgramBuilder program, int runsPerStep, Operand<TInt64> runs) {
    this.program = program;
    this.runsPerStep = runsPerStep;
    Ops tf = program.tf();
    Operand<TBool> last = everyNth(tf, runs, runsPerStep);
    SwitchCond<TBool> sides = tf.switchCond(last, last);
    this.stepping = tf.identity(sides.outputTrue());
    this.collecting = tf.identity(sides.outputFalse());
  }

  /** Whether a run, or a step, is the last of a group of so many. */
  static Operand<TBool> everyNth(Ops tf, Operand<TInt64> before, int group) {
    Operand<TInt64> number = tf.math.add(before, tf.constant(1L));
    return tf.math.equal(tf.math.floorMod(number, tf.constant((long) group)), tf.constant(0L));
  }

  /** Returns the condition of ops that shall run with the step only. */
  Op condition() {
    return stepping;
  }

  /** Adds gradients to their sums in runs without a step, and gives the means for the others. */
  List<Operand<TFloat32>> collect(
      UpdateStep step, List<Variable> sums, List<Operand<TFloat32>> gradients) {
    List<Operand<TFloat32>> means = new ArrayList<>();
    for (int i = 0; i < gradients.size(); i++) {
      Operand<TFloat32> gradient = gradients.get(i);
      Operand<TFloat32> before = program.value(sums.get(i));
      Operand<TFloat32> sum = step.tf().math.add(gradient, before);
      means.add(step.tf().math.div(sum, step.constant(runsPerStep)));
      Ops otherwise = program.tf().withControlDependencies(collecting, before);
      program.update(otherwise.assignAddVariableOp(program.handle(sums.get(i)), gradient));
    }
    return means;
  }

  /** Starts all sums anew after a step. */
  void reset(UpdateStep step, List<Variable> sums) {
    for (Variable sum : sums) {
      step.assign(sum, step.tf().zerosLike(step.value(sum)));
    }
  }

  /** Returns an op that runs in every run: after all updates of the step, if there is one. */
  Op end(UpdateStep step, List<Op> updates) {
    Operand<TBool> done = step.after(updates.toArray(Op[]::new)).identity(stepping);
    return program.tf().merge(List.of(done, collecting));
  }
}
