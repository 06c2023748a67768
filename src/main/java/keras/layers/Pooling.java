package keras.layers;

import java.util.List;
import java.util.Map;
import keras.backend.LayerContext;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.TFloat32;

/**
 * A layer that makes one number of those within a pool. Keras: {@code BasePooling}.
 *
 * @param <S> the layer, so that chained calls keep their type
 */
public abstract class Pooling<S extends Pooling<S>> extends KerasLayer<S> {

  private final int[] poolSize;
  private final Window window;

  Pooling(int rank, int... poolSize) {
    this.poolSize = Window.sizes(this, "poolSize", rank, poolSize);
    this.window = new Window(this, rank);
    window.strides(this.poolSize);
  }

  /**
   * Sets how far the pool moves.
   *
   * @param values one for all dimensions, or one for each; the size of the pool by default
   * @return this layer
   * @throws IllegalArgumentException if one is less than 1
   */
  public S strides(int... values) {
    checkNotFrozen("strides");
    window.strides(values);
    return self();
  }

  /**
   * Sets what is done at the edges.
   *
   * @param value {@code "valid"}, the default, for pools that lie within the input; {@code "same"}
   *     for pools that may go beyond it, where they see fewer numbers
   * @return this layer
   * @throws IllegalArgumentException if it is something else
   */
  public S padding(String value) {
    checkNotFrozen("padding");
    window.padding(value, false);
    return self();
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
    window.format().set(value);
    return self();
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    int features = window.format().featuresAxis(window.format().check(inputShape));
    return window.outputShape(inputShape, poolSize, inputShape.get(features));
  }

  @Override
  protected Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs) {
    Ops tf = context.tf();
    DataFormat format = window.format();
    Operand<TFloat32> x = format.toLast(tf, inputs);
    if (window.rank() == 1) {
      Operand<TFloat32> image = tf.expandDims(x, tf.constant(1));
      List<Long> size = Window.ofAll(1, poolSize[0]);
      List<Long> strides = Window.ofAll(1, window.strides()[0]);
      Operand<TFloat32> pools = pooled(tf, image, size, strides, window.nativePadding());
      return format.fromLast(tf, tf.squeeze(pools, Squeeze.axis(List.of(1L))));
    }
    return format.fromLast(
        tf,
        pooled(
            tf, x, Window.ofAll(poolSize), Window.ofAll(window.strides()), window.nativePadding()));
  }

  /**
   * Adds the op to an image or a volume, the features being last.
   *
   * @param size of a pool in each dimension
   * @param strides in each dimension
   * @param padding as TensorFlow calls it
   */
  abstract Operand<TFloat32> pooled(
      Ops tf, Operand<TFloat32> x, List<Long> size, List<Long> strides, String padding);

  @Override
  final boolean builtAtOnce() {
    return true;
  }

  final S poolingFrom(Config config) {
    window.read(config, false);
    return self();
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("pool_size", Window.list(poolSize));
    config.put("padding", window.padding());
    config.put("strides", Window.list(window.strides()));
    config.put("data_format", window.format().name());
    return config;
  }
}
