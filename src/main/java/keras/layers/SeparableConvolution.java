package keras.layers;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import keras.backend.LayerContext;
import keras.backend.TensorFunction;
import keras.backend.Variable;
import keras.initializers.Initializer;
import keras.internal.messages.Checks;
import keras.internal.ops.Convolutions;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * A layer that moves kernels over each feature by itself, then mixes the features of each place.
 * Keras: {@code BaseSeparableConv}.
 *
 * @param <S> the layer, so that chained calls keep their type
 */
public abstract class SeparableConvolution<S extends SeparableConvolution<S>>
    extends DepthwiseConvolution<S> {

  private final WeightOptions pointwiseOptions = new WeightOptions("pointwise", "glorot_uniform");
  private final int filters;
  private Variable pointwise;

  SeparableConvolution(int rank, int filters, int... kernelSize) {
    super(rank, kernelSize);
    this.filters = Checks.positive(getClass().getSimpleName(), "filters", filters);
  }

  @Override
  final List<WeightOptions> weightOptions() {
    return List.of(depthwiseOptions, pointwiseOptions, biasOptions);
  }

  /**
   * Names how {@code pointwise_kernel} starts.
   *
   * @param name of an initializer; {@code "glorot_uniform"} by default
   * @return this layer
   */
  public S pointwiseInitializer(String name) {
    checkNotFrozen("pointwiseInitializer");
    pointwiseOptions.initializer(this, name);
    return self();
  }

  /**
   * Sets how {@code pointwise_kernel} starts.
   *
   * @param value an initializer; {@code "glorot_uniform"} by default
   * @return this layer
   */
  public S pointwiseInitializer(Initializer value) {
    checkNotFrozen("pointwiseInitializer");
    pointwiseOptions.initializer(this, value);
    return self();
  }

  /**
   * Names a penalty on {@code pointwise_kernel}.
   *
   * @param name of a regularizer; none by default
   * @return this layer
   */
  public S pointwiseRegularizer(String name) {
    checkNotFrozen("pointwiseRegularizer");
    pointwiseOptions.regularizer(name);
    return self();
  }

  /**
   * Sets a penalty on {@code pointwise_kernel}.
   *
   * @param function a regularizer, or a function to a scalar; none by default
   * @return this layer
   */
  public S pointwiseRegularizer(TensorFunction function) {
    checkNotFrozen("pointwiseRegularizer");
    pointwiseOptions.regularizer(function);
    return self();
  }

  /**
   * Names what {@code pointwise_kernel} is put through after each update.
   *
   * @param name of a constraint; none by default
   * @return this layer
   */
  public S pointwiseConstraint(String name) {
    checkNotFrozen("pointwiseConstraint");
    pointwiseOptions.constraint(name);
    return self();
  }

  /**
   * Sets what {@code pointwise_kernel} is put through after each update.
   *
   * @param function a constraint, or a function to the same shape; none by default
   * @return this layer
   */
  public S pointwiseConstraint(TensorFunction function) {
    checkNotFrozen("pointwiseConstraint");
    pointwiseOptions.constraint(function);
    return self();
  }

  @Override
  final String kernelName() {
    return "depthwise_kernel";
  }

  @Override
  final long outputFeatures(Shape inputShape) {
    return filters;
  }

  @Override
  final void buildPointwise(Shape inputShape) {
    long[] places = LongStream.generate(() -> 1).limit(rank()).toArray();
    Shape shape = Shape.of(places).append(between(inputShape)).append(filters);
    pointwise = addWeight("pointwise_kernel", shape, pointwiseOptions);
  }

  @Override
  final Operand<TFloat32> mixed(LayerContext context, Operand<TFloat32> sums) {
    List<Integer> ones = Collections.nCopies(rank(), 1);
    return new Convolutions(ones, "VALID", ones)
        .plain(context.tf(), sums, context.weight(pointwise), 1);
  }

  @Override
  final S convolutionFrom(Config config) {
    return super.convolutionFrom(config);
  }

  @Override
  final void writeFilters(Map<String, Object> config) {
    config.put("filters", filters);
  }
}
