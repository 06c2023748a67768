package keras.activations;

import keras.backend.TensorFunction;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * One of Keras's functions.
 *
 * @param name its name in Keras
 * @param arguments the arguments that differ from Keras's defaults, as in {@code "alpha=0.5"};
 *     empty where the name alone says everything
 * @param function what it does
 */
record Named(String name, String arguments, TensorFunction function) implements Activation {

  Named(String name, TensorFunction function) {
    this(name, "", function);
  }

  @Override
  public Operand<TFloat32> call(Ops tf, Operand<TFloat32> x) {
    return function.call(tf, x);
  }

  @Override
  public String toString() {
    return arguments.isEmpty() ? name : name + "(" + arguments + ")";
  }
}
