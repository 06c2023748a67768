package keras.layers;

import java.util.Map;
import keras.backend.LayerContext;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
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
    window.dataFormat(value);
    return self();
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    int features = window.featuresAxis(inputShape);
    return window.outputShape(inputShape, poolSize, inputShape.get(features));
  }

  @Override
  protected Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs) {
    Ops tf = context.tf();
    return window.fromImage(tf, pooled(tf, window.toImage(tf, inputs), window, poolSize));
  }

  /** Adds the op to (batch, rows, columns, features). */
  abstract Operand<TFloat32> pooled(Ops tf, Operand<TFloat32> x, Window by, int... size);

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
    config.put("data_format", window.dataFormat());
    return config;
  }
}
