package keras.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import keras.backend.LayerContext;
import keras.internal.config.Serialized;
import keras.internal.graph.Dims;
import keras.internal.messages.Errors;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * A layer that makes one tensor of several, element by element as a rule. Keras: {@code Merge}.
 *
 * <p>Inputs of fewer dimensions get new ones after the batch; a dimension of 1 is repeated. A
 * timestep counts in the output if it does in one of the inputs; if an input has no mask, neither
 * has the output.
 *
 * @param <S> the layer, so that chained calls keep their type
 */
public abstract class Merge<S extends Merge<S>> extends KerasLayer<S> {

  Merge() {}

  /**
   * Adds the ops.
   *
   * @param inputs tensors of one rank
   * @param masks one for each tensor, of its shape; null where all counts
   */
  abstract Operand<TFloat32> merge(
      Ops tf, List<Operand<TFloat32>> inputs, List<Operand<TBool>> masks);

  /** How many inputs there must be; 0 for any number. */
  int inputCount() {
    return 0;
  }

  @Override
  protected boolean supportsMasking() {
    return true;
  }

  @Override
  protected void build(List<Shape> inputShapes) {}

  @Override
  void checkInputs(List<Shape> given) {
    Arguments.some(this, given);
    if (inputCount() > 0 && given.size() != inputCount()) {
      throw misfit(given, inputCount() + " tensors");
    }
    for (Shape each : given) {
      if (each.numDimensions() == 0 || !Dims.agree(each.get(0), given.get(0).get(0))) {
        throw misfit(given, "tensors of the same batch");
      }
    }
  }

  final IllegalArgumentException misfit(List<Shape> given, String expected) {
    return Errors.in(toString(), "the tensors cannot be merged.")
        .expected(expected)
        .got(Errors.shapes(given.stream().map(Shape::asArray).toList()))
        .fix("call it on a list of tensors whose shapes go together: call(List.of(a, b))")
        .argument();
  }

  @Override
  public List<Shape> computeOutputShape(List<Shape> inputShapes) {
    checkInputs(inputShapes);
    Shape merged = inputShapes.get(0);
    for (Shape each : inputShapes.subList(1, inputShapes.size())) {
      boolean longer = each.numDimensions() > merged.numDimensions();
      merged = longer ? broadcast(inputShapes, each, merged) : broadcast(inputShapes, merged, each);
    }
    return List.of(merged);
  }

  private Shape broadcast(List<Shape> all, Shape longer, Shape other) {
    long[] sizes = longer.asArray().clone();
    int added = longer.numDimensions() - other.numDimensions();
    sizes[0] = sizes[0] == Shape.UNKNOWN_SIZE ? other.get(0) : sizes[0];
    for (int i = added + 1; i < sizes.length; i++) {
      long size = other.get(i - added);
      if (sizes[i] == 1) {
        sizes[i] = size;
      } else if (size != 1 && !Dims.agree(size, sizes[i])) {
        throw misfit(all, "dimensions that are the same, or 1");
      } else if (size == Shape.UNKNOWN_SIZE) {
        sizes[i] = size;
      }
    }
    return Shape.of(sizes);
  }

  @Override
  protected Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs) {
    return call(context, List.of(inputs)).get(0);
  }

  @Override
  protected List<Operand<TFloat32>> call(LayerContext context, List<Operand<TFloat32>> inputs) {
    Ops tf = context.tf();
    int rank = inputs.stream().mapToInt(each -> each.shape().numDimensions()).max().orElse(0);
    List<Operand<TFloat32>> tensors = new ArrayList<>();
    List<Operand<TBool>> masks = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Operand<TFloat32> each = inputs.get(i);
      // As in Keras, a tensor that was given new dimensions has lost its mask.
      boolean sameRank = each.shape().numDimensions() == rank;
      Operand<TBool> mask = sameRank ? context.mask(i) : null;
      for (int k = each.shape().numDimensions(); k < rank; k++) {
        each = tf.expandDims(each, tf.constant(1));
      }
      tensors.add(each);
      masks.add(mask == null ? null : wide(tf, mask, each));
    }
    return List.of(merge(tf, tensors, masks));
  }

  /** Returns the mask of a tensor's timesteps as one of its elements. */
  static Operand<TBool> wide(Ops tf, Operand<TBool> mask, Operand<TFloat32> tensor) {
    return mask.shape().numDimensions() == tensor.shape().numDimensions()
        ? mask
        : tf.broadcastTo(tf.expandDims(mask, tf.constant(-1)), tf.shape(tensor));
  }

  @Override
  protected List<Operand<TBool>> computeMask(
      LayerContext context, List<Operand<TFloat32>> inputs, List<Operand<TBool>> masks) {
    if (masks.contains(null)) {
      return null;
    }
    Operand<TBool> any = masks.get(0);
    for (Operand<TBool> mask : masks.subList(1, masks.size())) {
      any = context.tf().math.logicalOr(any, mask);
    }
    return List.of(any);
  }

  /** Keras writes a list, even of one tensor. */
  @Override
  protected Map<String, Object> serializeCall(List<?> tensors) {
    return Serialized.call(tensors);
  }
}
