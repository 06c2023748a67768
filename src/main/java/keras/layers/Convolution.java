package keras.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import keras.backend.LayerContext;
import keras.backend.Variable;
import keras.internal.graph.Dims;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.regularizers.Regularizers;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A layer that moves kernels over its input. Keras: {@code BaseConv}.
 *
 * @param <S> the layer, so that chained calls keep their type
 */
public abstract class Convolution<S extends Convolution<S>> extends KernelLayer<S> {

  private final int filters;
  private final int[] kernelSize;
  private final Window window;
  private int[] dilationRate;
  private int groups = 1;
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
    window.padding(value, window.rank() == 1);
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
  protected void build(Shape inputShape) {
    long features = window.features(inputShape);
    if (features % groups != 0) {
      throw Arguments.wrongShape(
          this,
          "its features cannot be parted into " + groups + " groups.",
          "a multiple of " + groups + " features",
          inputShape,
          "choose groups that divide the features");
    }
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
    long[] sizes = new long[window.rank() + 2];
    for (int i = 0; i < window.rank(); i++) {
      sizes[i] = kernelSize[i];
    }
    sizes[window.rank()] = features / groups;
    sizes[window.rank() + 1] = filters;
    kernel = addWeight("kernel", Shape.of(sizes), kernelOptions);
    if (useBias) {
      bias = addWeight("bias", Shape.of(filters), biasOptions);
    }
  }

  @Override
  int featuresAxis(Shape shape) {
    return window.featuresAxis(shape);
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    return window.outputShape(inputShape, extents(), filters);
  }

  /** Returns how many elements lie between the ends of a kernel, both included. */
  private int[] extents() {
    int[] extents = new int[kernelSize.length];
    for (int i = 0; i < extents.length; i++) {
      extents[i] = (kernelSize[i] - 1) * dilationRate[i] + 1;
    }
    return extents;
  }

  @Override
  protected Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs) {
    Ops tf = context.tf();
    Operand<TFloat32> x = window.toImage(tf, inputs);
    if (window.isCausal()) {
      int[][] before = {{0, 0}, {0, 0}, {extents()[0] - 1, 0}, {0, 0}};
      x = tf.pad(x, tf.constant(before), tf.constant(0f));
    }
    Operand<TFloat32> kernels = context.weight(kernel);
    if (window.rank() == 1) {
      kernels = tf.expandDims(kernels, tf.constant(0));
    }
    Operand<TFloat32> sums = convolved(tf, x, kernels);
    if (useBias) {
      sums = tf.math.add(sums, context.weight(bias));
    }
    return activation.call(tf, window.fromImage(tf, sums));
  }

  private Operand<TFloat32> convolved(Ops tf, Operand<TFloat32> x, Operand<TFloat32> kernels) {
    if (groups == 1) {
      return ofOneGroup(tf, x, kernels);
    }
    List<Operand<TFloat32>> of = List.copyOf(tf.split(tf.constant(3), x, (long) groups).output());
    List<Operand<TFloat32>> by =
        List.copyOf(tf.split(tf.constant(3), kernels, (long) groups).output());
    List<Operand<TFloat32>> parts = new ArrayList<>();
    for (int i = 0; i < groups; i++) {
      parts.add(ofOneGroup(tf, of.get(i), by.get(i)));
    }
    return tf.concat(parts, tf.constant(3));
  }

  private Operand<TFloat32> ofOneGroup(Ops tf, Operand<TFloat32> x, Operand<TFloat32> kernels) {
    if (Arrays.stream(dilationRate).allMatch(each -> each == 1)) {
      return tf.nn.conv2d(x, kernels, window.ofImage(window.strides()), window.nativePadding());
    }
    return dilated(tf, x, kernels);
  }

  /**
   * Deals the elements that kernels see together into batches of their own, as a CPU finds no
   * gradient of elements that are apart.
   */
  private Operand<TFloat32> dilated(Ops tf, Operand<TFloat32> x, Operand<TFloat32> kernels) {
    List<Long> apart = window.ofImage(dilationRate);
    List<Long> extents = window.ofImage(extents());
    List<Operand<TInt32>> paddings = new ArrayList<>();
    List<Operand<TInt32>> crops = new ArrayList<>();
    for (int axis = 1; axis <= 2; axis++) {
      int rate = Math.toIntExact(apart.get(axis));
      int around = window.nativePadding().equals("SAME") ? (int) (extents.get(axis) - 1) : 0;
      Operand<TInt32> rest = restOf(tf, x, axis, around, rate);
      Operand<TInt32> after = tf.math.add(rest, tf.constant(around - around / 2));
      paddings.add(tf.stack(List.of(tf.constant(around / 2), after)));
      crops.add(tf.stack(List.of(tf.constant(0), rest)));
    }
    Operand<TInt32> block =
        tf.constant(new int[] {(int) (long) apart.get(1), (int) (long) apart.get(2)});
    Operand<TFloat32> dealt = tf.spaceToBatchNd(x, block, tf.stack(paddings));
    Operand<TFloat32> sums = tf.nn.conv2d(dealt, kernels, window.ofImage(1, 1), "VALID");
    return tf.batchToSpaceNd(sums, block, tf.stack(crops));
  }

  /** Returns how many elements are lacking from a multiple of the rate. */
  private static Operand<TInt32> restOf(
      Ops tf, Operand<TFloat32> x, int axis, int around, int rate) {
    long size = x.shape().get(axis);
    if (size != Shape.UNKNOWN_SIZE) {
      return tf.constant((int) Math.floorMod(-(size + around), (long) rate));
    }
    Operand<TInt32> whole = tf.math.add(Dims.of(tf, x, axis), tf.constant(around));
    return tf.math.floorMod(tf.math.neg(whole), tf.constant(rate));
  }

  final S convolutionFrom(Config config) {
    window.read(config, window.rank() == 1);
    if (config.given("dilation_rate")) {
      dilationRate(config.integers("dilation_rate"));
    }
    config.integer("groups", this::groups);
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
    config.put("data_format", window.dataFormat());
    config.put("dilation_rate", Window.list(dilationRate));
    config.put("groups", groups);
    writeKernelArguments(config);
    return config;
  }

  @Override
  void writeActivityRegularizer(Map<String, Object> config) {
    config.put("activity_regularizer", Regularizers.serialize(activityRegularizer()));
  }
}
