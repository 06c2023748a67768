package keras.optimizers;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import keras.backend.Variable;
import keras.internal.graph.ProgramBuilder;
import keras.internal.graph.RowSlices;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TType;

/**
 * The part of a program that is one step of an optimizer: what its variables share, computed once.
 * An optimizer of your own is handed one in {@link Optimizer#updateStep}.
 *
 * <p>Values of variables are those at the start of the run. What changes a variable must therefore
 * wait for the op that reads it: {@link #afterReadersOf} adds ops that do.
 */
public final class UpdateStep {

  private final ProgramBuilder program;
  private final Slots slots;
  private final Op[] condition;
  private final Ops tf;
  private final Operand<TInt64> before;
  private final Operand<TFloat32> learningRate;
  private final Map<Float, Operand<TFloat32>> constants = new HashMap<>();
  private final Map<Double, Operand<TFloat32>> powers = new HashMap<>();
  private final Map<Integer, Operand<TFloat32>> numbers = new HashMap<>();

  /**
   * Starts a step.
   *
   * @param program the program that the ops are added to
   * @param slots the optimizer's variables
   * @param before the number of steps before this one
   * @param learningRate the rate of this step
   * @param condition ops without which no op of the step may run
   */
  UpdateStep(
      ProgramBuilder program,
      Slots slots,
      Operand<TInt64> before,
      Operand<TFloat32> learningRate,
      Op... condition) {
    this.program = program;
    this.slots = slots;
    this.before = before;
    this.learningRate = learningRate;
    this.condition = condition;
    this.tf = after();
  }

  /**
   * Tells where ops of the step are added.
   *
   * @return the ops of the program
   */
  public Ops tf() {
    return tf;
  }

  /** Where ops of the step are added that run after others. */
  Ops after(Op... earlier) {
    Op[] all = Stream.concat(Arrays.stream(condition), Arrays.stream(earlier)).toArray(Op[]::new);
    return all.length == 0 ? program.tf() : program.tf().withControlDependencies(all);
  }

  /** Tells where ops are added that change a variable. */
  Ops afterReadersOf(Variable variable) {
    List<Op> readers = program.readersOf(variable);
    return after((readers.isEmpty() ? List.of(value(variable)) : readers).toArray(Op[]::new));
  }

  /**
   * Returns a number; the same op each time.
   *
   * @param value its value
   * @return a scalar
   */
  public Operand<TFloat32> constant(double value) {
    return constants.computeIfAbsent((float) value, each -> program.tf().constant(each));
  }

  /**
   * Returns the learning rate of this step.
   *
   * @return a scalar
   */
  public Operand<TFloat32> learningRate() {
    return learningRate;
  }

  /**
   * Returns the number of this step. Keras: {@code optimizer.iterations + 1}.
   *
   * @return a scalar, 1 at the first step
   */
  public Operand<TFloat32> iteration() {
    return number(0);
  }

  /** Returns the number of this step, from 1, or of a later one. */
  Operand<TFloat32> number(int later) {
    return numbers.computeIfAbsent(
        later, more -> tf.dtypes.cast(tf.math.add(before, tf.constant(1L + more)), TFloat32.class));
  }

  /** Returns a base to the power of the number of this step. */
  Operand<TFloat32> power(double base) {
    return powers.computeIfAbsent(base, each -> tf.math.pow(constant(each), number(0)));
  }

  /**
   * Returns the value that a variable has before this step.
   *
   * @param variable the variable of a weight, or one of the optimizer's own
   * @return its value
   */
  public Operand<TFloat32> value(Variable variable) {
    return program.value(variable);
  }

  /**
   * Returns what the optimizer remembers of a variable.
   *
   * @param variable the variable that the step changes
   * @param name as in {@link Slots#addZeros}
   * @return a variable of the optimizer's own
   */
  public Variable slot(Variable variable, String name) {
    return slots.get(variable, name);
  }

  /** Returns the resource, for kernels that change it in place. */
  Operand<? extends TType> handle(Variable variable) {
    return program.handle(variable);
  }

  /**
   * Gives a variable of the optimizer its new value.
   *
   * @param slot a variable of the optimizer's own
   * @param value the value that it has after this step
   */
  public void assign(Variable slot, Operand<TFloat32> value) {
    program.update(afterReadersOf(slot).assignVariableOp(handle(slot), value));
  }

  /** Returns the rows that a gradient is of, where it is of single rows alone, or null. */
  RowSlices rows(Operand<TFloat32> gradient) {
    return program.rowsOf(gradient);
  }

  /** Changes a gradient; of single rows what each use of a row gives. */
  Operand<TFloat32> changed(Operand<TFloat32> gradient, UnaryOperator<Operand<TFloat32>> change) {
    return program.changed(gradient, change);
  }

  /** Returns half the sum of squares; of single rows that of what each use of a row gives. */
  Operand<TFloat32> halfSquares(Operand<TFloat32> gradient) {
    RowSlices rows = rows(gradient);
    return tf.nn.l2Loss(rows == null ? gradient : rows.values());
  }

  /**
   * Returns the squares of a gradient. Of single rows, as an embedding has them, what each use of a
   * row gives is squared, then added up, as Keras does on TensorFlow.
   *
   * @param gradient a gradient as it is handed to the optimizer
   * @return its squares
   */
  public Operand<TFloat32> squared(Operand<TFloat32> gradient) {
    RowSlices rows = rows(gradient);
    return rows == null ? tf.math.square(gradient) : rows.with(tf.math::square).dense(tf);
  }

  /**
   * Makes a kernel that moves a mean of squares do as {@link #squared} says. The kernel squares the
   * sum of what each use of a row gives; what the squares of the uses have more is added to the
   * mean beforehand, as much as is left of it after the step.
   *
   * @param gradient a gradient of single rows
   * @param mean the mean of squares, which the kernel changes to {@code mean * kept + square * (1 -
   *     kept)}
   * @param kept more than 0
   * @return the gradient, to be given to the kernel: it is there once the mean is ready
   */
  Operand<TFloat32> beforehand(Operand<TFloat32> gradient, Variable mean, double kept) {
    RowSlices rows = rows(gradient);
    Operand<TFloat32> sums = tf.gather(gradient, rows.rows(), tf.constant(0));
    Operand<TFloat32> more =
        tf.math.mul(
            tf.math.mul(rows.values(), tf.math.sub(rows.values(), sums)),
            constant((1 - kept) / kept));
    return after(tf.resourceScatterAdd(handle(mean), rows.rows(), more)).identity(gradient);
  }

  /** Returns the magnitudes of a gradient; of single rows as {@link #squared} has it. */
  Operand<TFloat32> magnitude(Operand<TFloat32> gradient) {
    RowSlices rows = rows(gradient);
    return rows == null ? tf.math.abs(gradient) : rows.with(tf.math::abs).dense(tf);
  }

  /**
   * Moves a mean on towards a value.
   *
   * @param mean a variable of the optimizer's own
   * @param value towards what
   * @param way how far, from 0 to 1
   * @return the mean after this step
   */
  public Operand<TFloat32> moved(Variable mean, Operand<TFloat32> value, double way) {
    Operand<TFloat32> before = value(mean);
    Operand<TFloat32> after =
        tf.math.add(before, tf.math.mul(tf.math.sub(value, before), constant(way)));
    assign(mean, after);
    return after;
  }
}
