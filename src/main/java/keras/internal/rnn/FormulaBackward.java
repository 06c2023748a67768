package keras.internal.rnn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import keras.activations.Activation;
import keras.internal.graph.Gradient;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The backward pass through the steps of a {@link Formula}.
 *
 * <p>A step's gradients are linear in those of the step after it. Their {@link #factors} do not
 * depend on them and are computed for all timesteps at once; {@link #step} does the rest, timestep
 * by timestep.
 */
interface FormulaBackward {

  /** Factors that the steps use, as rows: (timesteps * batch, width) each. */
  List<Operand<TFloat32>> factors();

  /**
   * Adds one timestep.
   *
   * @param ops where the ops go
   * @param factors the timestep's rows of {@link #factors}
   * @param after the gradients of the states after it
   * @param products gives the gradient of a product's left side
   */
  Step step(
      Ops ops, List<Operand<TFloat32>> factors, List<Operand<TFloat32>> after, Lefts products);

  /**
   * Adds the gradients of all timesteps.
   *
   * @param kept the tensors that {@link #step} kept, as rows
   */
  Gradients gradients(Ops tf, List<Operand<TFloat32>> kept);

  /** Multiplies the gradient of a product with the transposed recurrent kernel. */
  @FunctionalInterface
  interface Lefts {

    /**
     * Adds the ops.
     *
     * @param product which of the cell's products
     * @param gradient its gradient
     */
    Operand<TFloat32> of(int product, Operand<TFloat32> gradient);
  }

  /**
   * One timestep.
   *
   * @param kept the tensors that {@link #gradients} is made of
   * @param before the gradients of the states before the timestep
   */
  record Step(List<Operand<TFloat32>> kept, List<Operand<TFloat32>> before) {}

  /**
   * The gradients of what went into the steps, as rows.
   *
   * @param inputs of all gates' inputs side by side
   * @param products of each product of the state
   * @param late the left side of the last product, if it is {@link Formula#late}, else null
   */
  record Gradients(
      Operand<TFloat32> inputs, List<Operand<TFloat32>> products, Operand<TFloat32> late) {

    Gradients(Operand<TFloat32> inputs, List<Operand<TFloat32>> products) {
      this(inputs, products, null);
    }
  }

  /**
   * Returns the gradients of element-wise activations.
   *
   * @param calls the tensors to differentiate; no call's argument may depend on another one's
   *     result
   * @return one for each call
   */
  static List<Operand<TFloat32>> gradients(Ops tf, Call... calls) {
    List<Operand<TFloat32>> found =
        new ArrayList<>(
            Gradient.of(
                tf,
                Arrays.stream(calls).map(Call::result).toList(),
                Arrays.stream(calls).map(Call::gradient).toList(),
                Arrays.stream(calls).map(Call::argument).toList()));
    for (int i = 0; i < calls.length; i++) {
      if (found.get(i) == null) {
        found.set(i, tf.zerosLike(calls[i].argument()));
      }
    }
    return found;
  }

  /**
   * A call of an activation.
   *
   * @param argument its argument
   * @param result its result
   * @param gradient the gradient of its result
   */
  record Call(Operand<TFloat32> argument, Operand<TFloat32> result, Operand<TFloat32> gradient) {

    /** This call with the gradient of its result. */
    Call times(Operand<TFloat32> of) {
      return new Call(argument, result, of);
    }

    static Call of(Ops tf, Activation activation, Operand<TFloat32> argument) {
      return new Call(argument, activation.call(tf, argument), null);
    }
  }
}
