package keras.constraints;

import java.util.LinkedHashMap;
import java.util.Map;
import keras.backend.TensorFunction;
import keras.internal.messages.Described;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A function that is applied to a weight after each update. Keras: {@code
 * keras.constraints.Constraint}.
 *
 * <p>Where a constraint is taken, a function from an array to one of the same shape is taken as
 * well.
 */
public abstract class Constraint implements TensorFunction {

  /** For subclasses. */
  protected Constraint() {}

  /**
   * Adds the ops of the constraint.
   *
   * @param tf where the ops go
   * @param w the weight
   * @return the nearest weight that is allowed, in the same shape
   */
  @Override
  public abstract Operand<TFloat32> call(Ops tf, Operand<TFloat32> w);

  /**
   * The arguments, under the names that Keras gives them.
   *
   * @return a new map, in Keras's order
   */
  public Map<String, Object> getConfig() {
    return new LinkedHashMap<>();
  }

  @Override
  public String toString() {
    return Described.by(this, this::getConfig);
  }
}
