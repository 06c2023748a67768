package keras.layers;

import java.util.List;
import java.util.Map;
import keras.backend.LayerContext;
import keras.backend.Variable;
import keras.internal.graph.Dims;
import keras.internal.messages.Errors;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The surroundings of a cell in one timestep.
 *
 * @param tf where ops go
 * @param training whether the model is trained
 * @param weights the values of the cell's weights
 * @param input the timestep's input
 * @param masks the dropout masks of each cell that has some; null in place of one that drops
 *     nothing
 */
record CellContext(
    Ops tf,
    boolean training,
    Map<Variable, Operand<TFloat32>> weights,
    Operand<TFloat32> input,
    Map<Layer<?>, List<Operand<TFloat32>>> masks)
    implements LayerContext {

  @Override
  public Operand<TFloat32> weight(Variable variable) {
    Operand<TFloat32> value = weights.get(variable);
    if (value == null) {
      throw Errors.in("RNNCell.call", "there is no such weight.")
          .expected("a weight of the cell: " + weights.keySet())
          .got(variable)
          .fix("make it with addWeight in the cell's build")
          .argument();
    }
    return value;
  }

  @Override
  public Operand<TBool> mask(int index) {
    return null;
  }

  @Override
  public Operand<TInt32> batchSize() {
    return Dims.of(tf, input, 0);
  }

  @Override
  public void addLoss(Operand<TFloat32> loss) {
    throw refused("addLoss");
  }

  @Override
  public void assign(Variable variable, Operand<TFloat32> value) {
    throw refused("assign");
  }

  private static IllegalStateException refused(String what) {
    return Errors.in("RNNCell.call", what + " cannot be called in a timestep.")
        .expected("ops on the input, the states and the weights")
        .got("a call of " + what)
        .fix("call it in a layer around the RNN")
        .state();
  }
}
