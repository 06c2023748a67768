package keras.internal.ops;

import java.util.List;
import keras.internal.graph.Tuning;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A matrix product with a bias, as a layer has it for its inputs. */
public final class BiasedProduct {

  private BiasedProduct() {}

  /**
   * {@code left · kernel + bias}.
   *
   * <p>TensorFlow would make one op of it, which takes 3 to 10 µs to begin. Having to wait for the
   * bias keeps the product by itself.
   *
   * @param left (rows, features)
   * @param kernel (features, columns)
   * @param bias (columns), or null for nothing
   */
  public static Operand<TFloat32> of(
      Ops tf, Operand<TFloat32> left, Operand<TFloat32> kernel, Operand<TFloat32> bias) {
    if (bias == null) {
      return tf.linalg.matMul(left, kernel);
    }
    long rows = left.shape().get(0);
    boolean apart = rows >= 0 && rows * kernel.shape().get(1) <= Tuning.FEW_NUMBERS_TO_BIAS;
    Ops product = apart ? tf.withControlDependencies(List.of(bias)) : tf;
    return tf.nn.biasAdd(product.linalg.matMul(left, kernel), bias);
  }
}
