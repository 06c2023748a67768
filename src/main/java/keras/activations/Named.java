package keras.activations;

import java.util.Map;
import java.util.stream.Collectors;
import keras.backend.TensorFunction;
import keras.internal.messages.Checks;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * One of Keras's functions.
 *
 * @param name its name in Keras
 * @param arguments its arguments by their names in Keras; empty where the name alone says
 *     everything
 * @param function its formula
 */
record Named(String name, Map<String, Object> arguments, TensorFunction function)
    implements Activation {

  Named(String name, TensorFunction function) {
    this(name, Map.of(), function);
  }

  @Override
  public Operand<TFloat32> call(Ops tf, Operand<TFloat32> x) {
    Checks.operands("Activation \"" + name + "\"", tf, x);
    return function.call(tf, x);
  }

  @Override
  public String toString() {
    return arguments.isEmpty()
        ? name
        : arguments.entrySet().stream()
            .map(Map.Entry::toString)
            .collect(Collectors.joining(", ", name + "(", ")"));
  }
}
