package keras.internal.rnn;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * All timesteps of a recurrent layer: the ops forward, added by the constructor, and those of the
 * backward pass. Everything is time-major.
 */
public interface Recurrence {

  /** The first state after each timestep, (timesteps, batch, units). */
  Operand<TFloat32> outputs();

  /** Returns the states after the last timestep, each (batch, units). */
  List<Operand<TFloat32>> lastStates();

  /**
   * Adds the backward pass.
   *
   * @param outputGradients the gradient of the outputs, or null
   * @param lastGradients those of the last states, each of them or null
   * @param inputWanted whether the gradient of the input is asked for
   * @return the gradients of the input (null unless wanted), of the states at the start, and of the
   *     weights in the order in which the recurrence was given them
   */
  List<Operand<TFloat32>> backward(
      Operand<TFloat32> outputGradients,
      List<Operand<TFloat32>> lastGradients,
      boolean inputWanted);
}
