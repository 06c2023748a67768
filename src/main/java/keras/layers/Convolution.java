package keras.layers;

import java.util.Arrays;
import java.util.Map;
import keras.backend.LayerContext;
import keras.backend.Variable;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.ops.Convolutions;
import keras.regularizers.Regularizers;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A layer that moves kernels over its input. Keras: {@code BaseConv} and {@code BaseConvTranspose}.
 *
 * @param <S> the layer, so that chained calls keep their type
 */
public abstract class Convolution<S extends Convolution<S>> extends KernelLayer<S> {

  final int filters;
  final int[] kernelSize;
  final Window window;
  int[] dilationRate;
  private Variable kernel;
  private Variable bias;

  Convolution(int rank, int filters, int... kernelSize) {
    super(null);
    this.filters = Checks.positive(getClass().getSimpleName(), "filters", filters);
    this.kernelSize = Window.sizes(this, "kernelSize", rank, kernelSize);
    this.window = new Window(this, rank);
    this.dilationRate = Window.sizes(this, "dilationRate", rank, 1);
  }

  /**
   * Sets how far a kernel moves.
   *
   * @param values one for all dimensions, or one for each; 1 by default
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
   * @param value {@code "valid"}, the default, for kernels that lie within the input; {@code
   *     "same"} for zeros around it; in {@code Conv1D} also {@code "causal"} for zeros before it
   * @return this layer
   * @throws IllegalArgumentException if it is something else
   */
  public S padding(String value) {
    checkNotFrozen("padding");
    window.padding(value, mayBeCausal());
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

  /**
   * Sets how far apart the elements are that a kernel sees.
   *
   * @param values one for all dimensions, or one for each; 1 by default
   * @return this layer
   * @throws IllegalArgumentException if one is less than 1
   */
  public S dilationRate(int... values) {
    checkNotFrozen("dilationRate");
    dilationRate = Window.sizes(this, "dilationRate", window.rank(), values);
    return self();
  }

  /** Tells whether padding may be {@code "causal"}. */
  boolean mayBeCausal() {
    return false;
  }

  @Override
  protected void build(Shape inputShape) {
    boolean strided = Arrays.stream(window.strides()).anyMatch(each -> each > 1);
    if (strided && Arrays.stream(dilationRate).anyMatch(each -> each > 1)) {
      throw Errors.in(toString(), "strides and dilationRate cannot both be above 1.")
          .expected("one of them 1")
          .got(
              "strides "
                  + Arrays.toString(window.strides())
                  + ", dilationRate "
                  + Arrays.toString(dilationRate))
          .fix("leave one of them out")
          .argument();
    }
    kernel = addWeight("kernel", kernelShape(inputShape), kernelOptions);
    if (useBias) {
      bias = addWeight("bias", Shape.of(filters), biasOptions);
    }
  }

  @Override
  int featuresAxis(Shape shape) {
    return window.format().featuresAxis(shape);
  }

  /** Returns the shape of the kernels. */
  abstract Shape kernelShape(Shape inputShape);

  /** Returns a kernel's size in each dimension, then two numbers of features. */
  final Shape kernelShape(long first, long second) {
    long[] sizes = new long[window.rank() + 2];
    for (int i = 0; i < window.rank(); i++) {
      sizes[i] = kernelSize[i];
    }
    sizes[window.rank()] = first;
    sizes[window.rank() + 1] = second;
    return Shape.of(sizes);
  }

  /**
   * Adds the op.
   *
   * @param by strides, padding and dilation
   * @param x the inputs, features last
   * @param kernels the kernels
   */
  abstract Operand<TFloat32> sums(
      Ops tf, Convolutions by, Operand<TFloat32> x, Operand<TFloat32> kernels);

  /** Returns how many elements lie between the ends of a kernel, both included. */
  final int[] extents() {
    int[] extents = new int[kernelSize.length];
    for (int i = 0; i < extents.length; i++) {
      extents[i] = (kernelSize[i] - 1) * dilationRate[i] + 1;
    }
    return extents;
  }

  @Override
  protected Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs) {
    Ops tf = context.tf();
    Operand<TFloat32> x = window.format().toLast(tf, inputs);
    Convolutions by =
        new Convolutions(
            Window.list(window.strides()), window.nativePadding(), Window.list(dilationRate));
    Operand<TFloat32> sums = sums(tf, by, x, context.weight(kernel));
    if (useBias) {
      sums = tf.math.add(sums, context.weight(bias));
    }
    return activation.call(tf, window.format().fromLast(tf, sums));
  }

  S convolutionFrom(Config config) {
    window.read(config, mayBeCausal());
    if (config.given("dilation_rate")) {
      dilationRate(config.integers("dilation_rate"));
    }
    config.only("lora_rank", null);
    readKernelArguments(config);
    return self();
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("filters", filters);
    config.put("kernel_size", Window.list(kernelSize));
    config.put("strides", Window.list(window.strides()));
    config.put("padding", window.padding());
    writeOutputPadding(config);
    config.put("data_format", window.format().name());
    config.put("dilation_rate", Window.list(dilationRate));
    writeOwn(config);
    writeKernelArguments(config);
    return config;
  }

  /** Writes what only transposed convolutions have. */
  void writeOutputPadding(Map<String, Object> config) {}

  /** Writes what only plain convolutions have. */
  void writeOwn(Map<String, Object> config) {}

  @Override
  void writeActivityRegularizer(Map<String, Object> config) {
    config.put("activity_regularizer", Regularizers.serialize(activityRegularizer()));
  }
}
