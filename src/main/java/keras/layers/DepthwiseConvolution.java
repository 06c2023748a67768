package keras.layers;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import keras.activations.Activation;
import keras.activations.Activations;
import keras.backend.LayerContext;
import keras.backend.TensorFunction;
import keras.backend.Variable;
import keras.initializers.Initializer;
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
 * A layer that moves kernels over each feature by itself. Keras: {@code BaseDepthwiseConv} and
 * {@code BaseSeparableConv}.
 *
 * @param <S> the layer, so that chained calls keep their type
 */
public abstract class DepthwiseConvolution<S extends DepthwiseConvolution<S>> extends BiasLayer<S> {

  final WeightOptions depthwiseOptions = new WeightOptions("depthwise", "glorot_uniform");
  private final int[] kernelSize;
  private final Window window;
  private int[] dilationRate;
  private int depthMultiplier = 1;
  private Activation activation = Activations.get(null);
  private boolean useBias = true;
  private Variable kernel;
  private Variable bias;

  DepthwiseConvolution(int rank, int... kernelSize) {
    this.kernelSize = Window.sizes(this, "kernelSize", rank, kernelSize);
    this.window = new Window(this, rank);
    this.dilationRate = Window.sizes(this, "dilationRate", rank, 1);
  }

  @Override
  List<WeightOptions> weightOptions() {
    return List.of(depthwiseOptions, biasOptions);
  }

  /**
   * Names what the result is put through.
   *
   * @param name of an activation; {@code "tanh"} for recurrent layers, none for others
   * @return this layer
   */
  public S activation(String name) {
    checkNotFrozen("activation");
    activation = Activations.get(name);
    return self();
  }

  /**
   * Sets what the result is put through.
   *
   * @param function an activation; {@code "tanh"} for recurrent layers, none for others
   * @return this layer
   */
  public S activation(Activation function) {
    checkNotFrozen("activation");
    activation = Activations.get(function);
    return self();
  }

  /**
   * Sets whether a bias is added.
   *
   * @param value true by default
   * @return this layer
   */
  public S useBias(boolean value) {
    checkNotFrozen("useBias");
    useBias = value;
    return self();
  }

  /**
   * Sets how many kernels there are for each feature.
   *
   * @param value 1 by default
   * @return this layer
   * @throws IllegalArgumentException if it is less than 1
   */
  public S depthMultiplier(int value) {
    checkNotFrozen("depthMultiplier");
    depthMultiplier = Checks.positive(getClass().getSimpleName(), "depthMultiplier", value);
    return self();
  }

  /**
   * Sets how far a kernel moves.
   *
   * @param values one for all dimensions, or one for each; all the same; 1 by default
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
   *     "same"} for zeros around it
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
   * Names how the kernels of each feature start.
   *
   * @param name of an initializer; {@code "glorot_uniform"} by default
   * @return this layer
   */
  public S depthwiseInitializer(String name) {
    checkNotFrozen("depthwiseInitializer");
    depthwiseOptions.initializer(this, name);
    return self();
  }

  /**
   * Sets how the kernels of each feature start.
   *
   * @param value an initializer; {@code "glorot_uniform"} by default
   * @return this layer
   */
  public S depthwiseInitializer(Initializer value) {
    checkNotFrozen("depthwiseInitializer");
    depthwiseOptions.initializer(this, value);
    return self();
  }

  /**
   * Names a penalty on the kernels of each feature.
   *
   * @param name of a regularizer; none by default
   * @return this layer
   */
  public S depthwiseRegularizer(String name) {
    checkNotFrozen("depthwiseRegularizer");
    depthwiseOptions.regularizer(name);
    return self();
  }

  /**
   * Sets a penalty on the kernels of each feature.
   *
   * @param function a regularizer, or a function to a scalar; none by default
   * @return this layer
   */
  public S depthwiseRegularizer(TensorFunction function) {
    checkNotFrozen("depthwiseRegularizer");
    depthwiseOptions.regularizer(function);
    return self();
  }

  /**
   * Names what the kernels of each feature are put through after each update.
   *
   * @param name of a constraint; none by default
   * @return this layer
   */
  public S depthwiseConstraint(String name) {
    checkNotFrozen("depthwiseConstraint");
    depthwiseOptions.constraint(name);
    return self();
  }

  /**
   * Sets what the kernels of each feature are put through after each update.
   *
   * @param function a constraint, or a function to the same shape; none by default
   * @return this layer
   */
  public S depthwiseConstraint(TensorFunction function) {
    checkNotFrozen("depthwiseConstraint");
    depthwiseOptions.constraint(function);
    return self();
  }

  /** Returns the weight's name. */
  String kernelName() {
    return "kernel";
  }

  /** Returns how many features come out. */
  long outputFeatures(Shape inputShape) {
    return between(inputShape);
  }

  /** Returns how many features the kernels give. */
  final long between(Shape inputShape) {
    return depthMultiplier * window.format().features(inputShape);
  }

  final int rank() {
    return window.rank();
  }

  @Override
  protected void build(Shape inputShape) {
    computeOutputShape(inputShape);
    int[] strides = window.strides();
    boolean strided = Arrays.stream(strides).anyMatch(each -> each > 1);
    boolean dilated = Arrays.stream(dilationRate).anyMatch(each -> each > 1);
    boolean uneven = Arrays.stream(strides).anyMatch(each -> each != strides[0]);
    if (uneven || (strided && dilated)) {
      throw Errors.in(toString(), "TensorFlow cannot move depthwise kernels so.")
          .expected("the same stride in all dimensions, and dilationRate 1 if it is above 1")
          .got(
              "strides "
                  + Arrays.toString(strides)
                  + ", dilationRate "
                  + Arrays.toString(dilationRate))
          .fix("strides(" + strides[0] + "), and leave dilationRate out")
          .argument();
    }
    long[] sizes = new long[rank() + 2];
    for (int i = 0; i < rank(); i++) {
      sizes[i] = kernelSize[i];
    }
    sizes[rank()] = window.format().features(inputShape);
    sizes[rank() + 1] = depthMultiplier;
    kernel = addWeight(kernelName(), Shape.of(sizes), depthwiseOptions);
    buildPointwise(inputShape);
    if (useBias) {
      bias = addWeight("bias", Shape.of(outputFeatures(inputShape)), biasOptions);
    }
  }

  /** Makes the weight that only separable convolutions have. */
  void buildPointwise(Shape inputShape) {}

  @Override
  final int featuresAxis(Shape shape) {
    return window.format().featuresAxis(shape);
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    int[] extents = new int[kernelSize.length];
    for (int i = 0; i < extents.length; i++) {
      extents[i] = (kernelSize[i] - 1) * dilationRate[i] + 1;
    }
    return window.outputShape(inputShape, extents, outputFeatures(inputShape));
  }

  @Override
  protected Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs) {
    Ops tf = context.tf();
    Operand<TFloat32> x = window.format().toLast(tf, inputs);
    Operand<TFloat32> sums =
        new Convolutions(
                Window.list(window.strides()), window.nativePadding(), Window.list(dilationRate))
            .depthwise(tf, x, context.weight(kernel));
    sums = mixed(context, sums);
    if (useBias) {
      sums = tf.math.add(sums, context.weight(bias));
    }
    return activation.call(tf, window.format().fromLast(tf, sums));
  }

  /** Adds what only separable convolutions do with the sums. */
  Operand<TFloat32> mixed(LayerContext context, Operand<TFloat32> sums) {
    return sums;
  }

  S convolutionFrom(Config config) {
    window.read(config, false);
    config.integer("depth_multiplier", this::depthMultiplier);
    if (config.given("dilation_rate")) {
      dilationRate(config.integers("dilation_rate"));
    }
    config.identifier("activation", identifier -> activation = Activations.get(identifier));
    config.bool("use_bias", this::useBias);
    readWeights(config);
    return self();
  }

  /** Writes what only separable convolutions have. */
  void writeFilters(Map<String, Object> config) {}

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("depth_multiplier", depthMultiplier);
    writeFilters(config);
    config.put("kernel_size", Window.list(kernelSize));
    config.put("strides", Window.list(window.strides()));
    config.put("padding", window.padding());
    config.put("data_format", window.format().name());
    config.put("dilation_rate", Window.list(dilationRate));
    config.put("activation", Activations.serialize(activation));
    config.put("use_bias", useBias);
    writeWeights(config);
    return config;
  }

  @Override
  final void writeActivityRegularizer(Map<String, Object> config) {
    config.put("activity_regularizer", Regularizers.serialize(activityRegularizer()));
  }
}
