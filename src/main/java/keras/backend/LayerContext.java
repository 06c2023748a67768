package keras.backend;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * What a layer's {@code call} works with: where to add ops, the values of its weights and whether
 * the model is being trained.
 */
public interface LayerContext {

  /**
   * Where ops are added.
   *
   * @return the ops of the model's graph
   */
  Ops tf();

  /**
   * Whether the model is being trained, as dropout wants to know.
   *
   * @return true within {@code fit} and {@code trainOnBatch}
   */
  boolean training();

  /**
   * The value of a weight of the layer.
   *
   * @param variable the weight
   * @return its numbers
   */
  Operand<TFloat32> weight(Variable variable);

  /**
   * The number of samples at hand, which may be a part of the batch only.
   *
   * @return a scalar
   */
  Operand<TInt32> batchSize();
}
