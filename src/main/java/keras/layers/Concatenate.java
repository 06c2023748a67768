package keras.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import keras.backend.LayerContext;
import keras.internal.graph.Dims;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * Puts tensors one behind the other along an axis. Keras: {@code keras.layers.Concatenate}.
 *
 * <p>Shapes: several tensors that differ along that axis alone → the same, with the sum of the
 * sizes there. A timestep counts in the output if an element of it does.
 */
public final class Concatenate extends Merge<Concatenate> {

  private int axis = -1;

  /** Puts tensors together along the last axis. */
  public Concatenate() {}

  /**
   * Sets the axis.
   *
   * @param value -1, the last, by default; 0 is the batch
   * @return this layer
   */
  public Concatenate axis(int value) {
    checkNotFrozen("axis");
    axis = value;
    return this;
  }

  @Override
  protected boolean needsWholeBatch() {
    return nodes().stream().anyMatch(node -> place(node.inputs().get(0).shape()) == 0);
  }

  private int place(Shape shape) {
    return Math.floorMod(axis, shape.numDimensions());
  }

  @Override
  void checkInputs(List<Shape> given) {
    Arguments.some(this, given);
    int rank = given.get(0).numDimensions();
    if (axis < -rank || axis >= rank) {
      throw misfit(given, "tensors that have an axis " + axis);
    }
    for (Shape each : given) {
      boolean fits = each.numDimensions() == rank;
      for (int i = 0; fits && i < rank; i++) {
        fits = i == place(each) || Dims.agree(each.get(i), given.get(0).get(i));
      }
      if (!fits) {
        throw misfit(given, "shapes that differ along axis " + axis + " alone");
      }
    }
  }

  @Override
  public List<Shape> computeOutputShape(List<Shape> inputShapes) {
    checkInputs(inputShapes);
    long[] sizes = inputShapes.get(0).asArray().clone();
    int place = place(inputShapes.get(0));
    for (Shape each : inputShapes.subList(1, inputShapes.size())) {
      long size = each.get(place);
      boolean known = sizes[place] != Shape.UNKNOWN_SIZE && size != Shape.UNKNOWN_SIZE;
      sizes[place] = known ? sizes[place] + size : Shape.UNKNOWN_SIZE;
    }
    return List.of(Shape.of(sizes));
  }

  @Override
  Operand<TFloat32> merge(Ops tf, List<Operand<TFloat32>> inputs, List<Operand<TBool>> masks) {
    return Dims.concat(tf, inputs, place(inputs.get(0).shape()));
  }

  @Override
  protected List<Operand<TBool>> computeMask(
      LayerContext context, List<Operand<TFloat32>> inputs, List<Operand<TBool>> masks) {
    if (masks.stream().allMatch(mask -> mask == null)) {
      return null;
    }
    Ops tf = context.tf();
    List<Operand<TBool>> wide = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Operand<TFloat32> input = inputs.get(i);
      wide.add(
          masks.get(i) == null
              ? tf.fill(tf.shape(input), tf.constant(true))
              : wide(tf, masks.get(i), input));
    }
    return List.of(
        tf.reduceAny(Dims.concat(tf, wide, place(inputs.get(0).shape())), tf.constant(-1)));
  }

  /**
   * Returns a layer of its arguments. Keras: {@code Concatenate.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Concatenate fromConfig(Config config) {
    Concatenate layer = new Concatenate().common(config);
    config.integer("axis", layer::axis);
    return layer;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("axis", axis);
    return config;
  }
}
