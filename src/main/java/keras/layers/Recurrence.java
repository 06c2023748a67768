package keras.layers;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * Repeats a cell's step over the timesteps, and goes back over them for the gradient
 * (back-propagation through time). Everything is time-major: (timesteps, batch, ...).
 *
 * <p>Only what depends on the step before is done step by step. The products with {@code kernel}
 * are done for all timesteps at once before the loop, and so is the gradient of {@code
 * recurrent_kernel} after it.
 */
abstract class Recurrence {

  private static final long FEW_ROWS = 256;

  /**
   * What is repeated over what.
   *
   * @param gates the element-wise part of a step
   * @param z the inputs after their product with {@code kernel}, (timesteps, batch, columns)
   * @param mask which timesteps count, (timesteps, batch, 1); null where all do
   * @param zeroOutputForMask whether the output of a masked timestep is zero
   * @param states the states at the start, each (batch, units)
   * @param before the output before the first timestep, which a masked one repeats; null for zeros
   * @param products what the first state is multiplied with in each step
   * @param units the width of the output
   */
  record Sequence(
      Gates gates,
      Operand<TFloat32> z,
      Operand<TBool> mask,
      boolean zeroOutputForMask,
      List<Operand<TFloat32>> states,
      Operand<TFloat32> before,
      List<Product> products,
      long units) {

    List<Operand<TFloat32>> startStates(Ops tf) {
      List<Operand<TFloat32>> start = new ArrayList<>(states);
      if (mask != null) {
        start.add(before == null ? tf.zerosLike(states.get(0)) : before);
      }
      return start;
    }

    Gates gatesAt(Operand<TBool> maskAt) {
      return mask == null ? gates : gates.masked(zeroOutputForMask, maskAt);
    }
  }

  /**
   * What the loop gives.
   *
   * @param outputs (timesteps, batch, units); null unless asked for
   * @param last the last timestep's output, (batch, units)
   * @param states the states at the end
   */
  record Outcome(
      Operand<TFloat32> outputs, Operand<TFloat32> last, List<Operand<TFloat32>> states) {}

  /**
   * The gradients at the start of the loop.
   *
   * @param z the one of the inputs
   * @param states those of the start states
   * @param kernels those of the products' kernels
   * @param biases those of the products' biases; none if these have none
   */
  record Gradients(
      Operand<TFloat32> z,
      List<Operand<TFloat32>> states,
      List<Operand<TFloat32>> kernels,
      List<Operand<TFloat32>> biases) {}

  /**
   * A product that was done.
   *
   * @param left what was multiplied with the kernel
   * @param result the product, with the bias
   */
  record Multiplied(Operand<TFloat32> left, Operand<TFloat32> result) {

    static List<Operand<TFloat32>> results(List<Multiplied> all) {
      return all.stream().map(Multiplied::result).toList();
    }
  }

  final Ops tf;
  final Sequence sequence;

  Recurrence(Ops tf, Sequence sequence) {
    this.tf = tf;
    this.sequence = sequence;
  }

  /**
   * Adds the loop.
   *
   * @param returnSequences whether all outputs are wanted, or the last one only
   * @param training whether {@link #backward} will be called
   */
  abstract Outcome forward(boolean returnSequences, boolean training);

  /**
   * Adds the way back.
   *
   * @param outputs the gradient of the outputs, or null
   * @param last the gradient of the last output, or null
   * @param states the gradients of the states at the end, each of them or null
   */
  abstract Gradients backward(
      Operand<TFloat32> outputs, Operand<TFloat32> last, List<Operand<TFloat32>> states);

  /**
   * The products of one step, of the state or, if the last one has to wait for the others, late.
   */
  static List<Multiplied> multiply(
      Ops tf,
      Gates gates,
      Operand<TFloat32> z,
      List<Product> products,
      List<Operand<TFloat32>> states) {
    List<Multiplied> done = new ArrayList<>();
    for (Product product : products) {
      boolean late = gates.isLastLate() && done.size() == products.size() - 1;
      Operand<TFloat32> left =
          product.left(
              tf, late ? gates.late(tf, z, Multiplied.results(done), states) : states.get(0));
      done.add(new Multiplied(left, product.result(tf, left)));
    }
    return done;
  }

  /** The gradient of a kernel from all its uses: both (timesteps * batch, ...). */
  static Operand<TFloat32> kernelGradient(
      Ops tf, Operand<TFloat32> lefts, Operand<TFloat32> products) {
    return tf.linalg.matMul(lefts, products, MatMul.transposeA(true));
  }

  /** The gradient of a bias from all its uses: (timesteps * batch, columns). */
  static Operand<TFloat32> biasGradient(Ops tf, Operand<TFloat32> products) {
    long rows = products.shape().get(0);
    // What Keras does for any number of rows; for many of them it takes six times as long.
    return rows >= 0 && rows <= FEW_ROWS
        ? tf.sum(products, tf.constant(0))
        : tf.nn.biasAddGrad(products);
  }

  /** A state before each timestep: that at the start, and that after each but the last. */
  static Operand<TFloat32> before(Ops tf, Operand<TFloat32> start, Operand<TFloat32> after) {
    Operand<TFloat32> butLast =
        tf.slice(
            after,
            tf.constant(new int[] {0, 0, 0}),
            tf.math.sub(tf.shape(after), tf.constant(new int[] {1, 0, 0})));
    return tf.concat(List.of(tf.expandDims(start, tf.constant(0)), butLast), tf.constant(0));
  }

  /** The sum of two gradients, either of which may be missing. */
  static Operand<TFloat32> sum(Ops tf, Operand<TFloat32> a, Operand<TFloat32> b) {
    return a == null ? b : b == null ? a : tf.math.add(a, b);
  }

  /** The rows of all timesteps, one below the other; TensorFlow's concat does not take only one. */
  static Operand<TFloat32> rows(Ops tf, List<Operand<TFloat32>> timesteps) {
    return timesteps.size() == 1 ? timesteps.get(0) : tf.concat(timesteps, tf.constant(0));
  }
}
