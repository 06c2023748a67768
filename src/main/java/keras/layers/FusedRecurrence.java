package keras.layers;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * All timesteps of a recurrent layer with its usual activations and without masks, and a way back
 * of their own. Everything is time-major.
 */
interface FusedRecurrence {

  /** (timesteps, batch, units). */
  Operand<TFloat32> outputs();

  /** The last timestep's states, each (batch, units); the first one is its output as well. */
  List<Operand<TFloat32>> lastStates();

  /**
   * Adds the way back.
   *
   * @param outputGradients the gradient of the outputs, or null
   * @param lastGradients those of the last states, each of them or null
   * @param inputWanted whether the one of the input is asked for
   * @return the gradients of the input (null unless wanted), the states at the start, and the
   *     weights: kernel, recurrent kernel and bias, or cuDNN's one vector
   */
  List<Operand<TFloat32>> backward(
      Operand<TFloat32> outputGradients,
      List<Operand<TFloat32>> lastGradients,
      boolean inputWanted);
}
