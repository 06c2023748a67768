package keras.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import keras.backend.LayerContext;
import keras.internal.graph.Dims;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A layer that makes one number of each pool, with as many pools as are wanted. Keras: {@code
 * BaseAdaptivePooling}.
 *
 * <p>Pools are as large as they must be to cover the input, and may overlap.
 *
 * @param <S> the layer, so that chained calls keep their type
 */
abstract class AdaptivePooling<S extends AdaptivePooling<S>> extends KerasLayer<S> {

  private final int[] outputSize;
  private final DataFormat format;

  AdaptivePooling(int rank, int... outputSize) {
    this.outputSize = Window.sizes(this, "outputSize", rank, outputSize);
    this.format = new DataFormat(this, rank);
  }

  /**
   * Sets which dimension holds the features.
   *
   * @param value {@code "channels_last"}, the default, or {@code "channels_first"}
   * @return this layer
   * @throws IllegalArgumentException if it is neither
   */
  public S dataFormat(String value) {
    checkNotFrozen("dataFormat");
    format.set(value);
    return self();
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    long[] sizes = format.check(inputShape).asArray().clone();
    for (int i = 0; i < outputSize.length; i++) {
      int axis = format.firstAxis() + i;
      if (sizes[axis] == Shape.UNKNOWN_SIZE) {
        throw Arguments.wrongShape(
            this,
            "the sizes that pools are made of must be known.",
            "a known size along dimension " + axis,
            inputShape,
            "give that dimension of the model's Input");
      }
      sizes[axis] = outputSize[i];
    }
    return Shape.of(sizes);
  }

  @Override
  protected Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs) {
    Ops tf = context.tf();
    computeOutputShape(inputs.shape());
    Operand<TFloat32> x = inputs;
    for (int i = 0; i < outputSize.length; i++) {
      x = pools(tf, x, format.firstAxis() + i, outputSize[i]);
    }
    return x;
  }

  /** Makes pools along one axis: the mean of means, and the maximum of maxima, is that of all. */
  private Operand<TFloat32> pools(Ops tf, Operand<TFloat32> x, int axis, int count) {
    int size = (int) x.shape().get(axis);
    List<Operand<TFloat32>> pools = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int first = i * size / count;
      int end = ((i + 1) * size + count - 1) / count;
      int[] from = new int[x.shape().numDimensions()];
      int[] sizes = new int[from.length];
      Arrays.fill(sizes, -1);
      from[axis] = first;
      sizes[axis] = end - first;
      pools.add(pool(tf, tf.slice(x, tf.constant(from), tf.constant(sizes)), tf.constant(axis)));
    }
    return Dims.concat(tf, pools, axis);
  }

  /** Adds the op that makes one number of all along an axis, which stays. */
  abstract Operand<TFloat32> pool(Ops tf, Operand<TFloat32> x, Operand<TInt32> axis);

  final S poolingFrom(Config config) {
    config.text("data_format", this::dataFormat);
    return self();
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("output_size", Window.list(outputSize));
    config.put("data_format", format.name());
    return config;
  }
}
