package keras.layers;

import java.util.ArrayList;
import java.util.List;
import keras.internal.graph.Dims;
import keras.internal.graph.MaskedTensor;
import keras.internal.graph.Tape;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * Applies a layer to each timestep on its own, every time with the same weights. Keras: {@code
 * keras.layers.TimeDistributed}.
 *
 * <p>Shapes: (batch, timesteps, ...) → (batch, timesteps, what the layer makes of the rest). A mask
 * is passed on; a layer that works with masks itself gets the timestep's part of it.
 *
 * <p>The timesteps are folded into the batch, so that the layer does its work once. As in Keras,
 * random layers inside draw anew for each timestep if the number of timesteps is known, and once
 * for all timesteps if it is not; the layer's activity regularizer is left out; and the softmax or
 * sigmoid at its end is not seen by a loss that would work with the logits.
 */
public final class TimeDistributed extends Wrapper<TimeDistributed> {

  /**
   * A wrapper.
   *
   * @param layer the layer that is applied to each timestep
   */
  public TimeDistributed(Layer<?> layer) {
    super(layer);
    layer.leaveActivityAlone();
  }

  @Override
  protected void build(Shape inputShape) {
    Shape sample = sampleShape(inputShape);
    if (OneWay.of(layer) != null && sample.numDimensions() < 3) {
      throw Errors.in(toString(), "a timestep is no sequence that " + layer + " could go over.")
          .expected("(batch, timesteps, timesteps within each, features)")
          .got(Errors.shape(inputShape.asArray()))
          .fix("leave TimeDistributed out: the layer goes over the timesteps itself")
          .argument();
    }
    if (layer.isStateful() || layer.computeOutputShape(List.of(sample)).size() > 1) {
      throw Errors.in(toString(), layer + " cannot be applied to each timestep on its own.")
          .expected("a layer with one output that keeps no states")
          .got(layer + (layer.isStateful() ? " with stateful(true)" : " with returnState(true)"))
          .fix("leave that argument out")
          .argument();
    }
    layer.buildOnce(List.of(sample));
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    Shape output = layer.computeOutputShape(sampleShape(inputShape));
    Arguments.leastRank(
        layer, output, 1, "(batch, ...)", "let the inner layer give a row for each sample");
    return output.take(1).append(inputShape.get(1)).append(output.tail());
  }

  /** Returns the shape of one timestep. */
  private Shape sampleShape(Shape inputShape) {
    Arguments.leastRank(
        this,
        inputShape,
        3,
        "(batch, timesteps, ...)",
        "give samples of several timesteps, shape(timesteps, features); a recurrent layer before it"
            + " needs returnSequences(true)");
    return inputShape.take(1).append(inputShape.tail().tail());
  }

  @Override
  protected boolean supportsMasking() {
    return true;
  }

  @Override
  protected boolean needsWholeBatch() {
    return false;
  }

  @Override
  boolean usesMask() {
    return true;
  }

  @Override
  protected List<MaskedTensor> forward(Tape tape, List<MaskedTensor> inputs) {
    MaskedTensor input = inputs.get(0);
    Operand<TFloat32> tensor = input.tensor();
    Operand<TInt32> timesteps = Dims.of(tape.tf(), tensor, 1);
    MaskedTensor folded =
        tape.op(tensor, (context, own) -> fold(context.tf(), own))
            .withMask(foldedMask(tape.tf(), input));
    Tape inner = tape.folded(tensor.shape().get(1), timesteps);
    MaskedTensor each = layer.forward(inner, List.of(folded)).get(0);
    MaskedTensor output =
        tape.op(each.tensor(), (context, own) -> unfold(context.tf(), own, timesteps));
    return List.of(regularized(tape, output.withMask(input.mask())));
  }

  private Operand<TBool> foldedMask(Ops tf, MaskedTensor input) {
    if (input.mask() == null || !layer.usesMask()) {
      return null;
    }
    if (input.mask().shape().numDimensions() < 3) {
      throw Errors.in(toString(), layer + " works with masks, but a timestep has no mask to give.")
          .expected("a mask for the timesteps within a timestep, (batch, timesteps, timesteps)")
          .got("a mask " + Errors.shape(input.mask().shape().asArray()))
          .fix("put Masking right before this layer, or none before it")
          .argument();
    }
    return fold(tf, input.mask());
  }

  /** (batch, timesteps, ...) → (batch * timesteps, ...). */
  private static <T extends TType> Operand<T> fold(Ops tf, Operand<T> whole) {
    List<Operand<TInt32>> shape = Dims.from(tf, whole, 1);
    shape.set(0, tf.constant(-1));
    return tf.reshape(whole, Dims.shape(tf, shape));
  }

  /** (batch * timesteps, ...) → (batch, timesteps, ...). */
  private static Operand<TFloat32> unfold(
      Ops tf, Operand<TFloat32> folded, Operand<TInt32> timesteps) {
    List<Operand<TInt32>> shape = new ArrayList<>();
    shape.add(tf.constant(-1));
    shape.add(timesteps);
    shape.addAll(Dims.from(tf, folded, 1));
    return tf.reshape(folded, Dims.shape(tf, shape));
  }

  /**
   * Returns a layer of its arguments. Keras: {@code TimeDistributed.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static TimeDistributed fromConfig(Config config) {
    Checks.notNull("TimeDistributed.fromConfig", "config", config);
    return new TimeDistributed(Layers.unbuilt(config.inner("layer"))).common(config);
  }
}
