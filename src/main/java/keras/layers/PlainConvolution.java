package keras.layers;

import java.util.Map;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.ops.Convolutions;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A layer that sums what kernels see. Keras: {@code BaseConv}.
 *
 * @param <S> the layer, so that chained calls keep their type
 */
public abstract class PlainConvolution<S extends PlainConvolution<S>> extends Convolution<S> {

  private int groups = 1;

  PlainConvolution(int rank, int filters, int... kernelSize) {
    super(rank, filters, kernelSize);
  }

  /**
   * Sets into how many groups the features are parted, each with kernels of its own.
   *
   * @param value 1 by default; a divisor of the number of features and of the filters
   * @return this layer
   * @throws IllegalArgumentException if it does not divide the filters
   */
  public S groups(int value) {
    checkNotFrozen("groups");
    groups = Checks.positive(getClass().getSimpleName(), "groups", value);
    if (filters % groups != 0) {
      throw Errors.in(getClass().getSimpleName(), "the filters cannot be parted so.")
          .expected("a divisor of " + filters)
          .got(groups + " groups")
          .fix("choose filters that are a multiple of groups")
          .argument();
    }
    return self();
  }

  @Override
  final boolean mayBeCausal() {
    return window.rank() == 1;
  }

  @Override
  final Shape kernelShape(Shape inputShape) {
    long features = window.format().features(inputShape);
    if (features % groups != 0) {
      throw Arguments.wrongShape(
          this,
          "its features cannot be parted into " + groups + " groups.",
          "a multiple of " + groups + " features",
          inputShape,
          "choose groups that divide the features");
    }
    return kernelShape(features / groups, filters);
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    return window.outputShape(inputShape, extents(), filters);
  }

  @Override
  final Operand<TFloat32> sums(
      Ops tf, Convolutions by, Operand<TFloat32> x, Operand<TFloat32> kernels) {
    if (window.isCausal()) {
      int[][] before = {{0, 0}, {extents()[0] - 1, 0}, {0, 0}};
      return by.plain(tf, tf.pad(x, tf.constant(before), tf.constant(0f)), kernels, groups);
    }
    return by.plain(tf, x, kernels, groups);
  }

  @Override
  final S convolutionFrom(Config config) {
    config.integer("groups", this::groups);
    return super.convolutionFrom(config);
  }

  @Override
  final void writeOwn(Map<String, Object> config) {
    config.put("groups", groups);
  }
}
