package keras.backend;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The surroundings of a layer's {@code call}: where to add ops, the values of its weights and
 * whether the model is being trained.
 */
public interface LayerContext {

  /**
   * Where ops are added.
   *
   * @return the ops of the model's graph
   */
  Ops tf();

  /**
   * Tells whether the model is being trained, as dropout wants to know.
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
   * Returns the mask of an input: which timesteps count, (batch, timesteps).
   *
   * @param input its place among the inputs, from 0
   * @return null where all count
   */
  Operand<TBool> mask(int input);

  /**
   * Adds a penalty to the loss of the model, in the call of a layer that needs the whole batch.
   * Keras: {@code layer.add_loss(loss)}.
   *
   * @param loss a scalar
   * @throws IllegalStateException if the layer sees only a part of the batch
   */
  void addLoss(Operand<TFloat32> loss);

  /**
   * Sets a weight that is not trained, or a state, once everything in this run has read it. Does
   * nothing in an exported model. Keras: {@code variable.assign(value)}.
   *
   * @param variable made with {@code trainable(false)}
   * @param value in its shape
   * @throws IllegalStateException if the layer sees only a part of the batch
   */
  void assign(Variable variable, Operand<TFloat32> value);

  /**
   * The number of samples at hand, which may be a part of the batch only.
   *
   * @return a scalar
   */
  Operand<TInt32> batchSize();
}
