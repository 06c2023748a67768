package keras.layers;

import java.util.ArrayList;
import java.util.List;
import keras.backend.LayerContext;
import keras.internal.messages.Checks;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * One timestep of a recurrent layer, which {@link RNN} repeats. A cell of your own is a {@link
 * Layer} that implements this:
 *
 * <pre>{@code
 * final class MinimalCell extends Layer<MinimalCell> implements RNNCell {
 *   private final int units;
 *   private Variable kernel;
 *   private Variable recurrentKernel;
 *
 *   MinimalCell(int units) {
 *     this.units = units;
 *   }
 *
 *   public List<Shape> stateSize() {
 *     return List.of(Shape.of(units));
 *   }
 *
 *   protected void build(Shape inputShape) {
 *     kernel = addWeight("kernel", Shape.of(inputShape.get(1), units));
 *     recurrentKernel = addWeight("recurrent_kernel", Shape.of(units, units));
 *   }
 *
 *   public Result call(
 *       LayerContext context, Operand<TFloat32> inputs, List<Operand<TFloat32>> states) {
 *     Ops tf = context.tf();
 *     Operand<TFloat32> h = tf.math.tanh(tf.math.add(
 *         tf.linalg.matMul(inputs, context.weight(kernel)),
 *         tf.linalg.matMul(states.get(0), context.weight(recurrentKernel))));
 *     return new Result(h, List.of(h));
 *   }
 * }
 * }</pre>
 *
 * <p>Keras: a layer with {@code state_size}, {@code output_size}, {@code call(inputs, states)} and
 * perhaps {@code get_initial_state}.
 */
public interface RNNCell {

  /**
   * Results of one timestep.
   *
   * @param output (batch, ...)
   * @param states the states after it, each (batch, ...)
   */
  record Result(Operand<TFloat32> output, List<Operand<TFloat32>> states) {}

  /**
   * Returns the shapes of the states. Keras: {@code cell.state_size}.
   *
   * @return one for each state, without the batch; all dimensions are known
   */
  List<Shape> stateSize();

  /**
   * Returns the shape of the output. Keras: {@code cell.output_size}.
   *
   * @return without the batch; by default that of the first state
   */
  default Shape outputSize() {
    return stateSize().get(0);
  }

  /**
   * Returns the states at the start of a sequence. Keras: {@code
   * cell.get_initial_state(batch_size)}.
   *
   * @param context where ops go; {@link LayerContext#batchSize} is the number of samples
   * @return one for each state, (batch, ...); by default zeros
   */
  default List<Operand<TFloat32>> getInitialState(LayerContext context) {
    Checks.notNull("getInitialState", "context", context);
    Ops tf = context.tf();
    List<Operand<TFloat32>> states = new ArrayList<>();
    for (Shape size : stateSize()) {
      List<Operand<TInt32>> sizes = new ArrayList<>(List.of(context.batchSize()));
      for (long each : size.asArray()) {
        sizes.add(tf.constant((int) each));
      }
      states.add(tf.fill(tf.stack(sizes), tf.constant(0f)));
    }
    return states;
  }

  /**
   * Adds the ops of one timestep. Keras: {@code cell.call(inputs, states)}.
   *
   * <p>It is called several times, also to find the gradient, and may use nothing but what it is
   * given: weights by {@link LayerContext#weight}. {@code addLoss}, {@code assign} and layers
   * inside cannot be called here.
   *
   * @param context where ops go, and the values of the weights
   * @param inputs the timestep, (batch, ...)
   * @param states the states before it, in the order of {@link #stateSize}
   * @return the output, and the states after it
   */
  Result call(LayerContext context, Operand<TFloat32> inputs, List<Operand<TFloat32>> states);
}
