package keras.backend;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * What a layer sees while it adds its ops: where to add them, the values of its weights and whether
 * the model is being trained.
 */
public final class Call {

  private final Tape tape;
  private final Map<Variable, Operand<TFloat32>> weights = new LinkedHashMap<>();

  Call(Tape tape) {
    this.tape = tape;
  }

  /**
   * Where ops are added.
   *
   * @return the ops of the model's graph
   */
  public Ops tf() {
    return tape.tf();
  }

  /**
   * Whether the model is being trained, as dropout wants to know.
   *
   * @return true within {@code fit} and {@code trainOnBatch}
   */
  public boolean training() {
    return tape.training();
  }

  /**
   * The value of a weight of the layer.
   *
   * @param variable the weight
   * @return its numbers
   */
  public Operand<TFloat32> weight(Variable variable) {
    return weights.computeIfAbsent(variable, v -> tf().identity(tape.value(v)));
  }

  /**
   * The number of samples at hand.
   *
   * @return a scalar
   */
  public Operand<TInt32> batchSize() {
    return tape.rowCount();
  }

  Map<Variable, Operand<TFloat32>> weights() {
    return weights;
  }
}
