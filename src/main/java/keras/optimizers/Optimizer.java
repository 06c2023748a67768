package keras.optimizers;

import java.util.ArrayList;
import java.util.List;
import keras.backend.Variable;
import keras.internal.graph.ProgramBuilder;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.messages.Warnings;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Changes variables by their gradients. Keras: {@code keras.optimizers.Optimizer}.
 *
 * <p>Every argument is a chained call: {@code new Adam().learningRate(1e-4).clipnorm(1)}.
 *
 * <p>A step is, in this order: gradients are clipped, weights decay, the optimizer's own rule, the
 * moving averages, the variables' constraints.
 *
 * <p>An optimizer of your own names what it remembers, and gives each variable its new value:
 *
 * <pre>{@code
 * final class SignMomentum extends Optimizer<SignMomentum> {
 *   SignMomentum(double learningRate) {
 *     super(learningRate, "sign_momentum");
 *   }
 *
 *   @Override
 *   protected void addVariables(Slots slots) {
 *     slots.addZeros("momentum");
 *   }
 *
 *   @Override
 *   protected Operand<TFloat32> updateStep(
 *       UpdateStep step, Operand<TFloat32> gradient, Operand<TFloat32> value, Variable variable) {
 *     Ops tf = step.tf();
 *     Operand<TFloat32> mean = step.moved(step.slot(variable, "momentum"), gradient, 0.1);
 *     return tf.math.sub(value, tf.math.mul(step.learningRate(), tf.math.sign(mean)));
 *   }
 * }
 * }</pre>
 *
 * @param <S> the class itself, which chained calls return
 */
public abstract class Optimizer<S extends Optimizer<S>> extends OptimizerArguments<S> {

  private final Variable iteration = Variable.ofLongs("iteration", Shape.scalar(), 0);
  private Slots slots;

  /**
   * An optimizer.
   *
   * @param learningRate the factor of each step
   * @param name the name, as {@code "adam"}
   */
  protected Optimizer(double learningRate, String name) {
    super(learningRate, name);
  }

  /**
   * Tells whether the optimizer has what it remembers of each variable. Keras: {@code
   * optimizer.built}.
   *
   * @return true once a model has trained with it, or was loaded with it
   */
  @Override
  public final boolean built() {
    return slots != null;
  }

  /**
   * Makes the optimizer's variables. Does nothing if they are there.
   *
   * @param trainable the variables that the optimizer will change
   */
  public final void build(List<Variable> trainable) {
    Checks.list("Optimizer \"" + name() + "\"", "trainable", trainable);
    if (built()) {
      return;
    }
    Slots made = new Slots(trainable);
    made.add(iteration);
    if (!learningRate.scheduled()) {
      made.add(learningRate.variable());
    }
    if (useEma) {
      made.addZeros(MovingAverage.SLOT);
    }
    if (gradientAccumulationSteps != null) {
      made.addZeros(Accumulation.SLOT);
    }
    addSlots(made);
    slots = made;
  }

  /**
   * Makes what the optimizer remembers of each variable, which is saved with a model. Keras: {@code
   * optimizer.build(variables)}.
   *
   * @param slots where it is added; by default there is nothing
   */
  protected void addVariables(Slots slots) {}

  /**
   * Adds the ops that change a variable. Keras: {@code optimizer.update_step(gradient, variable,
   * learning_rate)}.
   *
   * @param step the step at hand: its learning rate, its number, the optimizer's variables
   * @param gradient the gradient, clipped
   * @param value the variable's value, after weights decayed
   * @param variable the variable
   * @return the variable's new value
   */
  protected Operand<TFloat32> updateStep(
      UpdateStep step, Operand<TFloat32> gradient, Operand<TFloat32> value, Variable variable) {
    throw new UnsupportedOperationException(getClass().getSimpleName() + " has no updateStep.");
  }

  /** Makes the slots of the rule, in Keras's order. */
  void addSlots(Slots to) {
    addVariables(to);
  }

  /** Adds the ops of a step that all variables share, and says what happens to each of them. */
  Rule rule(UpdateStep step, Slots own) {
    return (tf, variable, gradient) -> {
      Operand<TFloat32> value =
          decays(variable)
              ? tf.readVariableOp(step.handle(variable), TFloat32.class)
              : step.value(variable);
      return tf.assignVariableOp(
          step.handle(variable), updateStep(step, gradient, value, variable));
    };
  }

  /**
   * Adds the ops of one step to a program.
   *
   * @param program the program that runs at each batch
   * @param gradients one for each variable; null where the loss does not depend on it, which leaves
   *     it as it is and is logged as a warning
   * @param trainable the variables to change: all or some of the variables that the optimizer was
   *     built with; if it was not, it is built with them
   * @throws IllegalArgumentException if a variable is new to the optimizer, or if there is no
   *     gradient at all
   */
  public final void apply(
      ProgramBuilder program, List<Operand<TFloat32>> gradients, List<Variable> trainable) {
    build(trainable);
    checkKnown(trainable);
    List<Variable> changed = new ArrayList<>();
    List<Operand<TFloat32>> found = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < trainable.size(); i++) {
      if (gradients.get(i) == null) {
        missing.add(trainable.get(i).name());
      } else {
        changed.add(trainable.get(i));
        found.add(program.changed(gradients.get(i), each -> unscaled(program.tf(), each)));
      }
    }
    checkGradients(changed, missing);
    Operand<TInt64> runs = program.longValue(iteration);
    addUpdate(program, changed, found, runs);
    Ops afterwards = program.tf().withControlDependencies(runs);
    program.update(
        afterwards.assignAddVariableOp(program.handle(iteration), program.tf().constant(1L)));
  }

  /** Adds the ops that change variables by their gradients, of which there is one for each. */
  void addUpdate(
      ProgramBuilder program,
      List<Variable> changed,
      List<Operand<TFloat32>> gradients,
      Operand<TInt64> runs) {
    new Update(this, program, slots, runs).add(changed, gradients);
  }

  Operand<TFloat32> unscaled(Ops tf, Operand<TFloat32> gradient) {
    return lossScaleFactor == null
        ? gradient
        : tf.math.div(gradient, tf.constant(lossScaleFactor.floatValue()));
  }

  /**
   * Scales the loss that gradients are computed of, for {@link #lossScaleFactor}: {@link #apply}
   * divides them by it.
   *
   * @param tf where the ops go
   * @param loss the loss
   * @return the loss times the factor; the loss itself if there is none
   */
  public final Operand<TFloat32> scaleLoss(Ops tf, Operand<TFloat32> loss) {
    Checks.operands("Optimizer \"" + name() + "\"", tf, loss);
    return lossScaleFactor == null
        ? loss
        : tf.math.mul(loss, tf.constant(lossScaleFactor.floatValue()));
  }

  private void checkKnown(List<Variable> wanted) {
    for (Variable variable : wanted) {
      if (!slots.of().contains(variable)) {
        throw Errors.in(where(), "it cannot change the variable \"" + variable.name() + "\".")
            .expected("one of the " + slots.of().size() + " variables it was built with")
            .got("a variable of another model, or one that became trainable later")
            .fix("give each model an optimizer of its own, and a new one after such a change")
            .argument();
      }
    }
  }

  private void checkGradients(List<Variable> changed, List<String> missing) {
    if (changed.isEmpty()) {
      throw Errors.in(where(), "there is no gradient for any variable.")
          .expected("a loss that depends on a trainable variable")
          .got(missing.isEmpty() ? "no variables" : "none that does among " + missing)
          .fix("compile the model with a loss of its outputs")
          .argument();
    }
    if (!missing.isEmpty()) {
      Warnings.warn(
          Optimizer.class,
          "The loss does not depend on {}: {} leaves them as they are.",
          missing,
          name());
    }
  }

  /**
   * Returns the variables that are saved with a model: the number of runs, the learning rate unless
   * it follows a schedule, then what is remembered of each variable.
   *
   * @return in Keras's order; before the optimizer is built, the first or the first two alone
   */
  public final List<Variable> variables() {
    if (built()) {
      return slots.saved();
    }
    return learningRate.scheduled()
        ? List.of(iteration)
        : List.of(iteration, learningRate.variable());
  }

  /**
   * Returns the number of steps done.
   *
   * @return 0 before training
   */
  public final long iterations() {
    long runs = iteration.longs()[0];
    return gradientAccumulationSteps == null ? runs : runs / gradientAccumulationSteps;
  }

  /**
   * Returns the learning rate; that of the next step, if it follows a schedule.
   *
   * @return the rate, as the 32-bit number that it is
   */
  public final double learningRate() {
    checkLearningRate();
    return learningRate.at(iteration.longs()[0]);
  }

  /** Gives each variable the value of its moving average, as {@code fit} does at its end. */
  public final void finalizeVariableValues() {
    parts().forEach(Optimizer::takeMovingAverages);
  }

  /** Returns the optimizers that change the variables. */
  List<Optimizer<?>> parts() {
    return List.of(this);
  }

  private void takeMovingAverages() {
    if (useEma && built()) {
      for (Variable variable : slots.of()) {
        variable.assign(slots.get(variable, MovingAverage.SLOT).floats());
      }
    }
  }

  /**
   * Exchanges variables with their moving averages, as {@code SwapEMAWeights} does.
   *
   * @throws IllegalStateException if there are no averages
   */
  public final void swapMovingAverages() {
    for (Variable variable : averaged()) {
      Variable average = slots.get(variable, MovingAverage.SLOT);
      float[] value = variable.floats();
      variable.assign(average.floats());
      average.assign(value);
    }
  }

  /**
   * Takes variables as they are now for their moving averages.
   *
   * @throws IllegalStateException if there are no averages
   */
  public final void keepMovingAverages() {
    averaged().forEach(each -> slots.get(each, MovingAverage.SLOT).assign(each.floats()));
  }

  private List<Variable> averaged() {
    if (!useEma || !built()) {
      throw Errors.in(where(), "there are no moving averages of the weights.")
          .expected("an optimizer with useEma(true) that has trained")
          .got(useEma ? "one that has not trained yet" : "useEma(false), the default")
          .fix("new Adam().useEma(true)")
          .state();
    }
    return slots.of();
  }
}
