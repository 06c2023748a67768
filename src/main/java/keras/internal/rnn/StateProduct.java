package keras.internal.rnn;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import keras.internal.graph.Dims;
import keras.internal.graph.Tuning;
import keras.internal.ops.BiasedProduct;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/**
 * The product of a cell's first state, or of its {@link Formula#late} left side, with a part of the
 * recurrent kernel, in each timestep.
 *
 * <p>From 16 rows on, a product with a matrix that is yet to be transposed takes two to three times
 * as long; for the backward pass kernels are then transposed once, before the timesteps.
 */
public final class StateProduct {

  private final List<Operand<TFloat32>> kernels;
  private final Operand<TFloat32> bias;
  private final List<Operand<TFloat32>> dropouts;
  private final boolean isTransposed;

  /**
   * A product.
   *
   * @param kernels (units, columns) each: one, or one for each dropout mask
   * @param bias (columns of all kernels), added to the result; null for nothing
   * @param dropouts masks of the left side, (batch, units) each; none, or one for each kernel
   * @param rows the batch size; negative if it is not known
   */
  public StateProduct(
      List<Operand<TFloat32>> kernels,
      Operand<TFloat32> bias,
      List<Operand<TFloat32>> dropouts,
      long rows) {
    this.kernels = kernels;
    this.bias = bias;
    this.dropouts = dropouts;
    this.isTransposed = rows < 0 || rows > Tuning.FEW_ROWS_TO_TRANSPOSE;
  }

  /** Returns the weights, in the order of {@link #gradients}. */
  public List<Operand<TFloat32>> weights() {
    List<Operand<TFloat32>> weights = new ArrayList<>(kernels);
    if (bias != null) {
      weights.add(bias);
    }
    return weights;
  }

  /** Returns the number of columns of the result. */
  long columns() {
    return kernels.stream().mapToLong(kernel -> kernel.shape().get(1)).sum();
  }

  /** Operands of {@link #multiply}, to be carried into a loop. */
  List<Operand<TFloat32>> operands() {
    List<Operand<TFloat32>> operands = weights();
    operands.addAll(dropouts);
    return operands;
  }

  /**
   * Adds the product of one timestep.
   *
   * @param left (batch, units)
   * @param operands {@link #operands()} as the timestep sees them
   */
  Operand<TFloat32> multiply(Ops tf, Operand<TFloat32> left, List<Operand<TFloat32>> operands) {
    return multiply(tf, left, operands, UnaryOperator.identity());
  }

  private Operand<TFloat32> multiply(
      Ops tf,
      Operand<TFloat32> left,
      List<Operand<TFloat32>> operands,
      UnaryOperator<Operand<TFloat32>> toRows) {
    Operand<TFloat32> added = bias == null ? null : operands.get(kernels.size());
    if (dropouts.isEmpty()) {
      return BiasedProduct.of(tf, toRows.apply(left), operands.get(0), added);
    }
    List<Operand<TFloat32>> parts = new ArrayList<>();
    for (int k = 0; k < kernels.size(); k++) {
      Operand<TFloat32> dropout = operands.get(operands.size() - kernels.size() + k);
      parts.add(tf.linalg.matMul(toRows.apply(tf.math.mul(left, dropout)), operands.get(k)));
    }
    Operand<TFloat32> product = Dims.concat(tf, parts, 1);
    return added == null ? product : tf.nn.biasAdd(product, added);
  }

  /**
   * Adds the products of several timesteps.
   *
   * @param lefts (timesteps, batch, units)
   * @param operands {@link #operands()} as the place of the product sees them
   * @return (timesteps * batch, columns)
   */
  Operand<TFloat32> multiplyAll(Ops tf, Operand<TFloat32> lefts, List<Operand<TFloat32>> operands) {
    return multiply(tf, lefts, operands, left -> Timesteps.rows(tf, left));
  }

  /** Operands of {@link #leftGradient}, to be carried into a loop. */
  List<Operand<TFloat32>> backwardOperands(Ops tf) {
    List<Operand<TFloat32>> operands = new ArrayList<>();
    kernels.forEach(kernel -> operands.add(isTransposed ? transposed(tf, kernel) : kernel));
    operands.addAll(dropouts);
    return operands;
  }

  /** Transposed through three dimensions, or TensorFlow would fold it into each product again. */
  private static Operand<TFloat32> transposed(Ops tf, Operand<TFloat32> kernel) {
    int units = (int) kernel.shape().get(0);
    int columns = (int) kernel.shape().get(1);
    Operand<TFloat32> gates =
        tf.reshape(kernel, tf.constant(new int[] {units, columns / units, units}));
    return tf.reshape(
        tf.linalg.transpose(gates, tf.constant(new int[] {1, 2, 0})),
        tf.constant(new int[] {columns, units}));
  }

  /**
   * Adds the gradient of the left side of one timestep's product.
   *
   * @param gradient the product's gradient, (batch, columns)
   * @param operands {@link #backwardOperands} as the timestep sees them
   */
  Operand<TFloat32> leftGradient(
      Ops tf, Operand<TFloat32> gradient, List<Operand<TFloat32>> operands) {
    if (dropouts.isEmpty()) {
      return multiplyBack(tf, gradient, operands.get(0));
    }
    List<Operand<TFloat32>> gradients = split(tf, gradient);
    List<Operand<TFloat32>> lefts = new ArrayList<>();
    for (int k = 0; k < kernels.size(); k++) {
      lefts.add(
          tf.math.mul(
              multiplyBack(tf, gradients.get(k), operands.get(k)),
              operands.get(kernels.size() + k)));
    }
    return lefts.size() == 1 ? lefts.get(0) : tf.math.addN(lefts);
  }

  private Operand<TFloat32> multiplyBack(
      Ops tf, Operand<TFloat32> gradient, Operand<TFloat32> kernel) {
    return tf.linalg.matMul(gradient, kernel, MatMul.transposeB(!isTransposed));
  }

  /**
   * Adds the gradients of the weights from all timesteps.
   *
   * @param lefts the left sides, (timesteps, batch, units)
   * @param gradients the products' gradients, (timesteps, batch, columns)
   */
  List<Operand<TFloat32>> gradients(Ops tf, Operand<TFloat32> lefts, Operand<TFloat32> gradients) {
    Operand<TFloat32> products = Timesteps.rows(tf, gradients);
    List<Operand<TFloat32>> parts = dropouts.isEmpty() ? List.of(products) : split(tf, products);
    List<Operand<TFloat32>> found = new ArrayList<>();
    for (int k = 0; k < kernels.size(); k++) {
      Operand<TFloat32> left =
          dropouts.isEmpty() ? lefts : tf.math.mul(lefts, dropouts.get(k)); // for all timesteps
      found.add(Timesteps.kernelGradient(tf, Timesteps.rows(tf, left), parts.get(k)));
    }
    if (bias != null) {
      found.add(Timesteps.biasGradient(tf, products));
    }
    return found;
  }

  private List<Operand<TFloat32>> split(Ops tf, Operand<TFloat32> columns) {
    return kernels.size() == 1 ? List.of(columns) : Formula.split(tf, columns, kernels.size());
  }
}
