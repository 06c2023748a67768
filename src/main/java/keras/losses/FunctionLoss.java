package keras.losses;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A lambda as a loss. Keras: {@code LossFunctionWrapper}. */
final class FunctionLoss extends KerasLoss<FunctionLoss> {

  private final LossFunction function;

  FunctionLoss(LossFunction function) {
    super("<lambda>");
    this.function = function;
  }

  @Override
  public boolean reducesLastAxis() {
    return false;
  }

  /** Only the function knows what goes with what. */
  @Override
  public void checkTargets(FloatNdArray yTrue, Shape yPred) {}

  @Override
  Operand<TFloat32> compute(Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> yPred) {
    return function.call(tf, yTrue, yPred);
  }
}
