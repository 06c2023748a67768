package keras.internal.trainers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import keras.backend.Variable;
import keras.internal.graph.ProgramBuilder;
import keras.internal.graph.TapeContext;
import keras.optimizers.Optimizer;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** A training step that a user writes, with what it can ask for. */
public final class OwnStep {

  /** The ops of a step; it returns scalars by their names in the logs. */
  public interface Body extends Function<OwnStep, Map<String, Operand<TFloat32>>> {}

  private final ProgramBuilder program;
  private final TapeContext context;
  private final List<Operand<TFloat32>> targets;
  private final List<Operand<TFloat32>> weights;
  private final Optimizer<?> optimizer;
  private final UnaryOperator<List<Operand<TFloat32>>> compiledLoss;

  OwnStep(
      ProgramBuilder program,
      TapeContext context,
      List<Operand<TFloat32>> targets,
      List<Operand<TFloat32>> weights,
      Optimizer<?> optimizer,
      UnaryOperator<List<Operand<TFloat32>>> compiledLoss) {
    this.program = program;
    this.context = context;
    this.targets = targets;
    this.weights = weights;
    this.optimizer = optimizer;
    this.compiledLoss = compiledLoss;
  }

  /**
   * Returns where ops are added, and layers called.
   *
   * @return the context of the step
   */
  public TapeContext context() {
    return context;
  }

  /**
   * Returns the targets.
   *
   * @return those of the outputs with a loss or metrics, in order
   */
  public List<Operand<TFloat32>> targets() {
    return targets;
  }

  /**
   * Returns the weights of the samples.
   *
   * @return one for each of the targets; null where there are none
   */
  public List<Operand<TFloat32>> weights() {
    return Collections.unmodifiableList(weights);
  }

  /**
   * Returns the optimizer.
   *
   * @return the one that the model was compiled with
   */
  public Optimizer<?> optimizer() {
    return optimizer;
  }

  /**
   * Returns the loss that {@code compile} names, with what layers and weights add.
   *
   * @param predictions one for each output
   * @return a scalar
   */
  public Operand<TFloat32> compiledLoss(List<Operand<TFloat32>> predictions) {
    return compiledLoss.apply(predictions).get(0);
  }

  /**
   * Returns the gradients of a loss.
   *
   * @param loss a scalar
   * @param variables what it depends on
   * @return one for each variable; null where the loss does not depend on it
   */
  public List<Operand<TFloat32>> gradients(Operand<TFloat32> loss, List<Variable> variables) {
    Map<Variable, Operand<TFloat32>> all = context.gradients(loss);
    List<Operand<TFloat32>> wanted = new ArrayList<>();
    variables.forEach(variable -> wanted.add(all.get(variable)));
    return wanted;
  }

  /**
   * Changes variables as an optimizer does.
   *
   * @param by the optimizer
   * @param gradients one for each variable, or null
   * @param variables what is changed
   */
  public void apply(Optimizer<?> by, List<Operand<TFloat32>> gradients, List<Variable> variables) {
    by.apply(program, gradients, variables);
  }
}
