package keras.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import keras.backend.LayerContext;
import keras.internal.graph.Dims;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Multiplies two tensors and adds up along an axis of each, sample by sample. Keras: {@code
 * keras.layers.Dot}.
 *
 * <p>Shapes: (batch, a..., n, b...) and (batch, c..., n, d...) → (batch, a..., b..., c..., d...);
 * two tensors of vectors give (batch, 1). No mask is passed on.
 */
public final class Dot extends Merge<Dot> {

  private final int[] axes;
  private boolean normalize;

  /**
   * A product along the same axis of both tensors.
   *
   * @param axis its place, from 1; -1 is the last
   */
  public Dot(int axis) {
    this(new int[] {axis});
  }

  /**
   * A product along an axis of each tensor.
   *
   * @param first the place in the first one
   * @param second the place in the second one
   */
  public Dot(int first, int second) {
    this(new int[] {first, second});
  }

  private Dot(int... axes) {
    this.axes = axes;
  }

  /**
   * Sets whether both tensors are scaled to length 1 along their axes first, so that the result is
   * the cosine of the angle between them.
   *
   * @param value false by default
   * @return this layer
   */
  public Dot normalize(boolean value) {
    checkNotFrozen("normalize");
    normalize = value;
    return this;
  }

  @Override
  int inputCount() {
    return 2;
  }

  private int place(int input, Shape shape) {
    int axis = axes[axes.length == 1 ? 0 : input];
    return axis < 0 ? axis + shape.numDimensions() : axis;
  }

  @Override
  void checkInputs(List<Shape> given) {
    super.checkInputs(given);
    long[] sizes = new long[2];
    for (int i = 0; i < 2; i++) {
      Shape shape = given.get(i);
      int place = place(i, shape);
      if (place < 1 || place >= shape.numDimensions()) {
        throw Errors.in(toString(), "there is no such axis to add up along.")
            .expected("axes from 1 to " + (shape.numDimensions() - 1) + "; 0 is the batch")
            .got(axes.length == 1 ? axes[0] : axes[0] + ", " + axes[1])
            .fix("new Dot(1), or new Dot(2, 1) for an axis of each tensor")
            .argument();
      }
      sizes[i] = shape.get(place);
    }
    if (!Dims.agree(sizes[0], sizes[1])) {
      throw misfit(given, "axes of the same size");
    }
  }

  @Override
  public List<Shape> computeOutputShape(List<Shape> inputShapes) {
    checkInputs(inputShapes);
    List<Long> sizes = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Shape shape = inputShapes.get(i);
      for (int k = i; k < shape.numDimensions(); k++) {
        if (k != place(i, shape)) {
          sizes.add(shape.get(k));
        }
      }
    }
    if (sizes.size() == 1) {
      sizes.add(1L);
    }
    return List.of(Shape.of(sizes.stream().mapToLong(Long::longValue).toArray()));
  }

  @Override
  protected List<Operand<TFloat32>> call(LayerContext context, List<Operand<TFloat32>> inputs) {
    return List.of(merge(context.tf(), inputs, List.of()));
  }

  @Override
  Operand<TFloat32> merge(Ops tf, List<Operand<TFloat32>> inputs, List<Operand<TBool>> masks) {
    List<Operand<TInt32>> sizes = new ArrayList<>();
    List<Operand<TFloat32>> matrices = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Operand<TFloat32> x = inputs.get(i);
      int place = place(i, x.shape());
      if (normalize) {
        x = normalized(tf, x, place);
      }
      // The axis comes last in the first tensor and right after the batch in the second one.
      int rank = x.shape().numDimensions();
      List<Integer> order = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
      order.remove((Integer) place);
      order.add(i == 0 ? rank - 1 : 1, place);
      boolean moves = !order.equals(IntStream.range(0, rank).boxed().toList());
      Operand<TFloat32> moved =
          moves
              ? tf.linalg.transpose(
                  x, tf.constant(order.stream().mapToInt(Integer::intValue).toArray()))
              : x;
      List<Operand<TInt32>> all = Dims.from(tf, moved, 0);
      Operand<TInt32> summed = all.get(i == 0 ? rank - 1 : 1);
      sizes.addAll(i == 0 ? all.subList(0, rank - 1) : all.subList(2, rank));
      Operand<TInt32> rest = tf.constant(-1);
      matrices.add(
          tf.reshape(
              moved,
              Dims.shape(
                  tf,
                  rank == 2 && i == 0
                      ? List.of(rest, tf.constant(1), summed)
                      : rank == 2
                          ? List.of(rest, summed, tf.constant(1))
                          : i == 0
                              ? List.of(all.get(0), rest, summed)
                              : List.of(all.get(0), summed, rest))));
    }
    if (sizes.size() == 1) {
      sizes.add(tf.constant(1));
    }
    Operand<TFloat32> product =
        tf.train.batchMatMul(matrices.get(0), matrices.get(1), TFloat32.class);
    return tf.reshape(product, Dims.shape(tf, sizes));
  }

  private static Operand<TFloat32> normalized(Ops tf, Operand<TFloat32> x, int axis) {
    Operand<TFloat32> squares =
        tf.reduceSum(tf.math.square(x), tf.constant(axis), ReduceSum.keepDims(true));
    return tf.math.mul(x, tf.math.rsqrt(tf.math.maximum(squares, tf.constant(1e-12f))));
  }

  @Override
  protected List<Operand<TBool>> computeMask(
      LayerContext context, List<Operand<TFloat32>> inputs, List<Operand<TBool>> masks) {
    return null;
  }

  /**
   * Returns a layer of its arguments. Keras: {@code Dot.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Dot fromConfig(Config config) {
    Checks.notNull("Dot.fromConfig", "config", config);
    int[] axes = config.integers("axes");
    if (axes.length < 1 || axes.length > 2) {
      throw config.wrong("axes", "one axis, or two");
    }
    Dot layer = new Dot(axes).common(config);
    config.bool("normalize", layer::normalize);
    return layer;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("axes", axes.length == 1 ? (Object) axes[0] : IntStream.of(axes).boxed().toList());
    config.put("normalize", normalize);
    return config;
  }
}
