package keras.optimizers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import keras.backend.Variable;
import keras.internal.graph.ProgramBuilder;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** Adds one step to a program: everything from the gradients to the variables' new values. */
final class Update {

  private final Optimizer<?> optimizer;
  private final ProgramBuilder program;
  private final Slots slots;
  private final Operand<TInt64> runs;

  /**
   * Prepares the step.
   *
   * @param optimizer whose arguments and rule count
   * @param program the program that the ops are added to
   * @param slots the optimizer's variables
   * @param runs the number of runs before this one
   */
  Update(Optimizer<?> optimizer, ProgramBuilder program, Slots slots, Operand<TInt64> runs) {
    this.optimizer = optimizer;
    this.program = program;
    this.slots = slots;
    this.runs = runs;
  }

  /** Adds the ops for variables and their gradients. */
  void add(List<Variable> changed, List<Operand<TFloat32>> gradients) {
    if (optimizer.gradientAccumulationSteps == null) {
      UpdateStep step = step(runs);
      List<Op> updates = addRule(step, changed, clipped(step, gradients));
      addProjections(runs, changed, updates);
      return;
    }
    int each = optimizer.gradientAccumulationSteps;
    Operand<TInt64> steps = program.tf().math.floorDiv(runs, program.tf().constant((long) each));
    Accumulation accumulation = new Accumulation(program, each, runs);
    UpdateStep step = step(steps, accumulation.condition());
    List<Operand<TFloat32>> means =
        accumulation.collect(step, slots.get(changed, Accumulation.SLOT), gradients);
    accumulation.reset(step, slots.get(slots.of(), Accumulation.SLOT));
    List<Op> updates = addRule(step, changed, clipped(step, means));
    Op end = accumulation.end(step, updates);
    addProjections(steps, changed, updates.stream().map(update -> end).toList());
  }

  private UpdateStep step(Operand<TInt64> steps, Op... condition) {
    return new UpdateStep(
        program, slots, steps, optimizer.learningRate.in(program, runs), condition);
  }

  private List<Operand<TFloat32>> clipped(UpdateStep step, List<Operand<TFloat32>> gradients) {
    if (positive(optimizer.clipnorm)) {
      return Clipping.byNorm(step, gradients, optimizer.clipnorm);
    }
    if (positive(optimizer.globalClipnorm)) {
      return Clipping.byGlobalNorm(step, gradients, optimizer.globalClipnorm);
    }
    if (positive(optimizer.clipvalue)) {
      return Clipping.byValue(step, gradients, optimizer.clipvalue);
    }
    return gradients;
  }

  private static boolean positive(Double value) {
    return value != null && value > 0;
  }

  /** Weight decay and the optimizer's rule; gives the op that is the last to change each. */
  private List<Op> addRule(
      UpdateStep step, List<Variable> changed, List<Operand<TFloat32>> gradients) {
    Rule rule = optimizer.rule(step, slots);
    Map<Double, Operand<TFloat32>> decays = new HashMap<>();
    List<Op> updates = new ArrayList<>();
    for (int i = 0; i < changed.size(); i++) {
      Variable variable = changed.get(i);
      Ops after = step.afterReadersOf(variable);
      if (optimizer.decays(variable)) {
        Operand<TFloat32> decay =
            decays.computeIfAbsent(
                optimizer.decayOf(variable),
                each -> step.tf().math.mul(step.learningRate(), step.constant(each)));
        Operand<TFloat32> lost = step.tf().math.mul(step.value(variable), decay);
        after = step.after(after.assignSubVariableOp(step.handle(variable), lost));
      }
      Op update = rule.update(after, variable, gradients.get(i));
      program.update(update);
      updates.add(update);
    }
    return updates;
  }

  /** Moving averages and constraints: what is computed from the values after the rule. */
  private void addProjections(Operand<TInt64> steps, List<Variable> changed, List<Op> updates) {
    Map<Variable, Op> last = new HashMap<>();
    for (int i = 0; i < changed.size(); i++) {
      last.put(changed.get(i), updates.get(i));
    }
    MovingAverage averages =
        optimizer.useEma
            ? new MovingAverage(
                program, optimizer.emaMomentum, optimizer.emaOverwriteFrequency, steps)
            : null;
    for (Variable variable : slots.of()) {
      boolean constrained = last.containsKey(variable) && variable.constraint() != null;
      if (averages == null && !constrained) {
        continue;
      }
      Operand<TFloat32> updated = valueAfter(variable, last.get(variable));
      Operand<TFloat32> projected = updated;
      if (averages != null) {
        projected = averages.add(slots.get(variable, MovingAverage.SLOT), projected);
      }
      if (constrained) {
        projected = variable.constraint().call(program.tf(), projected);
      }
      if (projected != updated) {
        program.assign(variable, projected);
      }
    }
  }

  private Operand<TFloat32> valueAfter(Variable variable, Op update) {
    return update == null
        ? program.value(variable)
        : program
            .tf()
            .withControlDependencies(update)
            .readVariableOp(program.handle(variable), TFloat32.class);
  }
}
