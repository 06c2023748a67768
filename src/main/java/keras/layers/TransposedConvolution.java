package keras.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import keras.internal.graph.Dims;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.ops.Convolutions;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A layer that spreads each element of its input with kernels: what a convolution's gradient does,
 * so that the output is as large as the input of such a convolution. Keras: {@code
 * BaseConvTranspose}.
 *
 * @param <S> the layer, so that chained calls keep their type
 */
public abstract class TransposedConvolution<S extends TransposedConvolution<S>>
    extends Convolution<S> {

  private int[] outputPadding;

  TransposedConvolution(int rank, int filters, int... kernelSize) {
    super(rank, filters, kernelSize);
  }

  /**
   * Sets by how much the output is larger than it must be: several sizes may be convolved to one.
   *
   * @param values one for all dimensions, or one for each; by default what is needed
   * @return this layer
   * @throws IllegalArgumentException if one is negative
   */
  public S outputPadding(int... values) {
    checkNotFrozen("outputPadding");
    int rank = window.rank();
    Checks.notNull(getClass().getSimpleName(), "outputPadding", values);
    boolean fits = values.length == 1 || values.length == rank;
    if (!fits || Arrays.stream(values).anyMatch(each -> each < 0)) {
      throw Errors.in(getClass().getSimpleName(), "outputPadding does not fit.")
          .expected("one number that is not negative, or " + rank)
          .got(Arrays.toString(values))
          .fix("outputPadding(1)")
          .argument();
    }
    outputPadding = new int[rank];
    for (int i = 0; i < rank; i++) {
      outputPadding[i] = values[values.length == 1 ? 0 : i];
    }
    return self();
  }

  @Override
  protected void build(Shape inputShape) {
    int[] strides = window.strides();
    for (int i = 0; outputPadding != null && i < strides.length; i++) {
      if (outputPadding[i] >= strides[i]) {
        throw Errors.in(toString(), "outputPadding must be less than strides.")
            .expected("less than " + Arrays.toString(strides))
            .got(Arrays.toString(outputPadding))
            .fix("leave outputPadding out, or set larger strides")
            .argument();
      }
    }
    super.build(inputShape);
  }

  @Override
  final Shape kernelShape(Shape inputShape) {
    return kernelShape(filters, window.format().features(inputShape));
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    long[] sizes = window.format().check(inputShape).asArray().clone();
    int first = window.format().firstAxis();
    sizes[window.format().featuresAxis(inputShape)] = filters;
    for (int i = 0; i < window.rank(); i++) {
      long size = sizes[first + i];
      sizes[first + i] = size == Shape.UNKNOWN_SIZE ? size : size * factor(i) + more(i);
    }
    return Shape.of(sizes);
  }

  private int factor(int dimension) {
    return window.strides()[dimension];
  }

  /** Returns how much larger than a multiple of the input's size the output's is. */
  private int more(int dimension) {
    int stride = window.strides()[dimension];
    int extent = extents()[dimension];
    if (window.padding().equals("valid")) {
      int padding =
          outputPadding == null ? Math.max(extent, stride) - extent : outputPadding[dimension];
      return extent + padding - stride;
    }
    return outputPadding == null ? 0 : extent % 2 + outputPadding[dimension] - stride;
  }

  @Override
  final Operand<TFloat32> sums(
      Ops tf, Convolutions by, Operand<TFloat32> x, Operand<TFloat32> kernels) {
    List<Operand<TInt32>> sizes = new ArrayList<>();
    for (int i = 0; i < window.rank(); i++) {
      long known = x.shape().get(i + 1);
      sizes.add(
          known == Shape.UNKNOWN_SIZE
              ? tf.math.add(
                  tf.math.mul(Dims.of(tf, x, i + 1), tf.constant(factor(i))), tf.constant(more(i)))
              : tf.constant((int) known * factor(i) + more(i)));
    }
    return by.transposed(tf, x, kernels, sizes);
  }

  @Override
  final S convolutionFrom(Config config) {
    if (config.given("output_padding")) {
      outputPadding(config.integers("output_padding"));
    }
    return super.convolutionFrom(config);
  }

  @Override
  final void writeOutputPadding(Map<String, Object> config) {
    config.put("output_padding", outputPadding == null ? null : Window.list(outputPadding));
  }
}
