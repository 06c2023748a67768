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
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A layer that repeats each place of images or volumes several times.
 *
 * @param <S> the layer, so that chained calls keep their type
 */
abstract class UpSampling<S extends UpSampling<S>> extends KerasLayer<S> {

  private final DataFormat format;
  private int[] size;

  UpSampling(int rank) {
    this.format = new DataFormat(this, rank);
    this.size = Window.sizes(this, "size", rank, 2);
  }

  /**
   * Sets how often each place is repeated.
   *
   * @param factors one for all dimensions, 2 by default, or one for each
   * @return this layer
   * @throws IllegalArgumentException if one is less than 1
   */
  public S size(int... factors) {
    checkNotFrozen("size");
    size = Window.sizes(this, "size", format.rank(), factors);
    return self();
  }

  /**
   * Sets which dimension holds the features.
   *
   * @param value {@code "channels_last"} (the default) or {@code "channels_first"}
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
    for (int i = 0; i < size.length; i++) {
      int axis = format.firstAxis() + i;
      sizes[axis] = sizes[axis] == Shape.UNKNOWN_SIZE ? sizes[axis] : sizes[axis] * size[i];
    }
    return Shape.of(sizes);
  }

  @Override
  protected Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs) {
    Ops tf = context.tf();
    List<Operand<TInt32>> apart = new ArrayList<>(Dims.from(tf, inputs, 0));
    List<Operand<TInt32>> times = new ArrayList<>();
    List<Operand<TInt32>> together = new ArrayList<>(apart);
    apart.forEach(each -> times.add(tf.constant(1)));
    for (int i = size.length - 1; i >= 0; i--) {
      int axis = format.firstAxis() + i;
      apart.add(axis + 1, tf.constant(1));
      times.add(axis + 1, tf.constant(size[i]));
      long known = inputs.shape().get(axis);
      together.set(
          axis,
          known == Shape.UNKNOWN_SIZE
              ? tf.math.mul(together.get(axis), tf.constant(size[i]))
              : tf.constant((int) known * size[i]));
    }
    Operand<TFloat32> repeated =
        tf.tile(tf.reshape(inputs, Dims.shape(tf, apart)), Dims.shape(tf, times));
    return tf.reshape(repeated, Dims.shape(tf, together));
  }

  final DataFormat format() {
    return format;
  }

  final int[] size() {
    return size.clone();
  }

  final S samplingFrom(Config config) {
    if (config.given("size")) {
      size(config.integers("size"));
    }
    config.text("data_format", this::dataFormat);
    return self();
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("size", Window.list(size));
    config.put("data_format", format.name());
    return config;
  }
}
