package keras.layers;

import java.util.Map;
import keras.backend.LayerContext;
import keras.backend.Variable;
import keras.internal.graph.Dims;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.ops.BiasedProduct;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A densely-connected layer: {@code activation(inputs · kernel + bias)}. Keras: {@code
 * keras.layers.Dense}.
 *
 * <p>Shapes: (batch, ..., features) → (batch, ..., units); {@code kernel} is (features, units).
 */
public final class Dense extends KernelLayer<Dense> {

  private final int units;
  private Variable kernel;
  private Variable bias;

  /**
   * A dense layer.
   *
   * @param units the width of the output
   * @throws IllegalArgumentException if it is less than one
   */
  public Dense(int units) {
    super(null);
    this.units = Checks.positive("Dense", "units", units);
  }

  @Override
  protected void build(Shape inputShape) {
    int rank = inputShape.numDimensions();
    long features = rank < 2 ? Shape.UNKNOWN_SIZE : inputShape.get(rank - 1);
    if (features == Shape.UNKNOWN_SIZE) {
      throw Errors.in(toString(), "the number of features must be known.")
          .expected("(batch, ..., features) with features known")
          .got(Errors.shape(inputShape.asArray()))
          .fix("give the last dimension of the model's Input")
          .argument();
    }
    kernel = addWeight("kernel", Shape.of(features, units), kernelOptions);
    if (useBias) {
      bias = addWeight("bias", Shape.of(units), biasOptions);
    }
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    Arguments.leastRank(
        this, inputShape, 2, "(batch, ..., features)", "give samples of one dimension or more");
    return inputShape.take(inputShape.numDimensions() - 1).append(units);
  }

  @Override
  protected boolean supportsMasking() {
    return true;
  }

  @Override
  protected Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs) {
    Ops tf = context.tf();
    int rank = inputs.shape().numDimensions();
    Operand<TFloat32> rows =
        rank == 2
            ? inputs
            : tf.reshape(inputs, tf.constant(new long[] {-1, kernel.shape().get(0)}));
    Operand<TFloat32> sums =
        BiasedProduct.of(tf, rows, context.weight(kernel), useBias ? context.weight(bias) : null);
    if (rank == 2) {
      return activation.call(tf, sums);
    }
    return activation.call(tf, tf.reshape(sums, outputDimensions(tf, inputs)));
  }

  private Operand<TInt32> outputDimensions(Ops tf, Operand<TFloat32> inputs) {
    return Dims.shape(tf, inputs, computeOutputShape(inputs.shape()));
  }

  /**
   * Returns a layer of its arguments. Keras: {@code Dense.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Dense fromConfig(Config config) {
    Checks.notNull("Dense.fromConfig", "config", config);
    Dense layer = new Dense(config.integer("units")).common(config);
    layer.readKernelArguments(config);
    config.only("lora_rank", null);
    config.only("quantization_config", null);
    return layer;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("units", units);
    writeKernelArguments(config);
    config.put("quantization_config", null);
    return config;
  }
}
