package keras.internal.graph;

import java.util.LinkedHashMap;
import java.util.Map;
import keras.backend.LayerContext;
import keras.backend.Variable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The context of one step of plain ops; notes which weights the step reads. */
final class TapeContext implements LayerContext {

  private final Tape tape;
  private final Map<Variable, Operand<TFloat32>> weights = new LinkedHashMap<>();

  TapeContext(Tape tape) {
    this.tape = tape;
  }

  @Override
  public Ops tf() {
    return tape.tf();
  }

  @Override
  public boolean training() {
    return tape.training();
  }

  @Override
  public Operand<TFloat32> weight(Variable variable) {
    return weights.computeIfAbsent(variable, v -> tf().identity(tape.value(v)));
  }

  @Override
  public Operand<TInt32> batchSize() {
    return tape.rowCount();
  }

  /** The weights that were read, each with the tensor that stands for it in this step. */
  Map<Variable, Operand<TFloat32>> weights() {
    return weights;
  }
}
