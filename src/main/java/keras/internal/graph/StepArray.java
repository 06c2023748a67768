package keras.internal.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A tensor that the rounds of a loop write, some timesteps at a time, in place: TensorFlow's own
 * arrays of tensors would copy everything once more at the end.
 *
 * <p>It must not be read before it was written, and only through {@link #tensor} of the instance
 * that the last write gave.
 *
 * @param tensor (timesteps, ...)
 */
public record StepArray(Operand<TFloat32> tensor) {

  /**
   * An array whose numbers are not set yet.
   *
   * @param tf where the ops go
   * @param timesteps how many, a scalar
   * @param batch the batch size, a scalar
   * @param width the last dimension
   * @return the array, (timesteps, batch, width)
   */
  public static StepArray empty(
      Ops tf, Operand<TInt32> timesteps, Operand<TInt32> batch, long width) {
    List<Operand<TInt32>> sizes = List.of(timesteps, batch, tf.constant((int) width));
    return new StepArray(tf.empty(Dims.shape(tf, sizes), TFloat32.class));
  }

  /**
   * Sets some timesteps.
   *
   * @param tf where the ops go
   * @param from the first one, a scalar
   * @param count how many
   * @param values (count, ...)
   * @return the array after that
   */
  public StepArray write(Ops tf, Operand<TInt32> from, int count, Operand<TFloat32> values) {
    int[] offsets = new int[count];
    for (int i = 0; i < count; i++) {
      offsets[i] = i;
    }
    return new StepArray(tf.inplaceUpdate(tensor, tf.math.add(tf.constant(offsets), from), values));
  }
}
