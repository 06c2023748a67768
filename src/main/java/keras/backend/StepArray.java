package keras.backend;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.TensorArray;
import org.tensorflow.op.core.TensorArrayGather;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * One tensor a timestep, to be read or written within a {@link WhileLoop}. Two of the loop's
 * variables stand for it: {@code handle} and {@code flow}.
 *
 * @param <T> the element type
 * @param type the element type
 * @param handle the array itself
 * @param flow what orders reading after writing
 */
public record StepArray<T extends TType>(
    Class<T> type, Operand<? extends TType> handle, Operand<TFloat32> flow) {

  /**
   * An array to be written.
   *
   * @param tf where the ops go
   * @param size the number of timesteps, a scalar
   * @param <T> the element type
   * @param type the element type
   * @return the array
   */
  public static <T extends TType> StepArray<T> empty(Ops tf, Operand<TInt32> size, Class<T> type) {
    TensorArray array =
        tf.tensorArray(
            size,
            type,
            TensorArray.clearAfterRead(false),
            TensorArray.identicalElementShapes(true));
    return new StepArray<>(type, array.handle(), array.flow());
  }

  /**
   * An array to be read.
   *
   * @param tf where the ops go
   * @param <T> the element type
   * @param type the element type
   * @param steps (timesteps, ...)
   * @return the array
   */
  public static <T extends TType> StepArray<T> of(Ops tf, Class<T> type, Operand<T> steps) {
    Operand<TInt32> size = Sizes.of(tf, steps, 0);
    StepArray<T> array = empty(tf, size, type);
    return array.after(
        tf.tensorArrayScatter(
                array.handle, tf.range(tf.constant(0), size, tf.constant(1)), steps, array.flow)
            .flowOut());
  }

  /**
   * The same array later on.
   *
   * @param later what orders reading after writing
   * @return the array
   */
  @SuppressWarnings("unchecked")
  public StepArray<T> after(Operand<? extends TType> later) {
    return new StepArray<>(type, handle, (Operand<TFloat32>) later);
  }

  /**
   * The array as a round of a loop sees it.
   *
   * @param variables the round's variables
   * @param first where {@link #handle} is among them; {@link #flow} follows
   * @return the array
   */
  public StepArray<T> in(List<Operand<? extends TType>> variables, int first) {
    return new StepArray<T>(type, variables.get(first), flow).after(variables.get(first + 1));
  }

  /**
   * One timestep.
   *
   * @param tf where the ops go
   * @param index which, a scalar
   * @return its tensor
   */
  public Operand<T> read(Ops tf, Operand<TInt32> index) {
    return tf.tensorArrayRead(handle, index, flow, type).value();
  }

  /**
   * Sets one timestep.
   *
   * @param tf where the ops go
   * @param index which, a scalar
   * @param value its tensor
   * @return the array after that
   */
  public StepArray<T> write(Ops tf, Operand<TInt32> index, Operand<T> value) {
    return after(tf.tensorArrayWrite(handle, index, value, flow).flowOut());
  }

  /**
   * All timesteps.
   *
   * @param tf where the ops go
   * @param size their number, a scalar
   * @param shape (timesteps, ...) as far as known
   * @return the tensor
   */
  public Operand<T> stack(Ops tf, Operand<TInt32> size, Shape shape) {
    Operand<T> all =
        tf.tensorArrayGather(
                handle,
                tf.range(tf.constant(0), size, tf.constant(1)),
                flow,
                type,
                TensorArrayGather.elementShape(shape.takeLast(shape.numDimensions() - 1)))
            .value();
    return tf.ensureShape(all, shape);
  }
}
