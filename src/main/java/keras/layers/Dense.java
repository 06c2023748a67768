package keras.layers;

import java.util.Map;
import keras.activations.Activation;
import keras.activations.Activations;
import keras.backend.Call;
import keras.backend.TensorFunction;
import keras.backend.Variable;
import keras.constraints.Constraints;
import keras.initializers.Initializer;
import keras.initializers.Initializers;
import keras.random.SeedOrder;
import keras.regularizers.Regularizers;
import keras.utils.Config;
import keras.utils.Errors;
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
public final class Dense extends Layer<Dense> {

  private final int units;
  private Activation activation = Activations.get(null);
  private boolean useBias = true;
  private Initializer kernelInitializer = Initializers.get("glorot_uniform");
  private Initializer biasInitializer = Initializers.get("zeros");
  private TensorFunction kernelRegularizer;
  private TensorFunction biasRegularizer;
  private TensorFunction kernelConstraint;
  private TensorFunction biasConstraint;

  private Variable kernel;
  private Variable bias;

  /**
   * A dense layer.
   *
   * @param units the width of the output
   * @throws IllegalArgumentException if it is less than one
   */
  public Dense(int units) {
    this.units = Arguments.positive("Dense", "units", units);
    SeedOrder.add(this);
  }

  /**
   * What the sums are put through.
   *
   * @param identifier an {@link Activation}, its name, or null for none (the default)
   * @return this layer
   */
  public Dense activation(Object identifier) {
    checkNotFrozen("activation");
    activation = Activations.get(identifier);
    return this;
  }

  /**
   * Whether a bias is added.
   *
   * @param value true by default
   * @return this layer
   */
  public Dense useBias(boolean value) {
    checkNotFrozen("useBias");
    useBias = value;
    return this;
  }

  /**
   * The first value of {@code kernel}.
   *
   * @param identifier an {@link Initializer} or its name; {@code "glorot_uniform"} by default
   * @return this layer
   */
  public Dense kernelInitializer(Object identifier) {
    checkNotFrozen("kernelInitializer");
    kernelInitializer = Arguments.initializer(this, "kernelInitializer", identifier);
    return this;
  }

  /**
   * The first value of {@code bias}.
   *
   * @param identifier an {@link Initializer} or its name; {@code "zeros"} by default
   * @return this layer
   */
  public Dense biasInitializer(Object identifier) {
    checkNotFrozen("biasInitializer");
    biasInitializer = Arguments.initializer(this, "biasInitializer", identifier);
    return this;
  }

  /**
   * A penalty on {@code kernel}.
   *
   * @param identifier a regularizer, its name, or null for none (the default)
   * @return this layer
   */
  public Dense kernelRegularizer(Object identifier) {
    checkNotFrozen("kernelRegularizer");
    kernelRegularizer = Regularizers.get(identifier);
    return this;
  }

  /**
   * A penalty on {@code bias}.
   *
   * @param identifier a regularizer, its name, or null for none (the default)
   * @return this layer
   */
  public Dense biasRegularizer(Object identifier) {
    checkNotFrozen("biasRegularizer");
    biasRegularizer = Regularizers.get(identifier);
    return this;
  }

  /**
   * What {@code kernel} is put through after each update.
   *
   * @param identifier a constraint, its name, or null for none (the default)
   * @return this layer
   */
  public Dense kernelConstraint(Object identifier) {
    checkNotFrozen("kernelConstraint");
    kernelConstraint = Constraints.get(identifier);
    return this;
  }

  /**
   * What {@code bias} is put through after each update.
   *
   * @param identifier a constraint, its name, or null for none (the default)
   * @return this layer
   */
  public Dense biasConstraint(Object identifier) {
    checkNotFrozen("biasConstraint");
    biasConstraint = Constraints.get(identifier);
    return this;
  }

  @Override
  protected void drawSeeds() {
    kernelInitializer.drawSeed();
    biasInitializer.drawSeed();
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
    kernel =
        addWeight(
            "kernel",
            Shape.of(features, units),
            kernelInitializer,
            kernelRegularizer,
            kernelConstraint);
    if (useBias) {
      bias = addWeight("bias", Shape.of(units), biasInitializer, biasRegularizer, biasConstraint);
    }
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    return inputShape.take(inputShape.numDimensions() - 1).append(units);
  }

  @Override
  protected boolean supportsMasking() {
    return true;
  }

  @Override
  protected Operand<TFloat32> call(Call call, Operand<TFloat32> inputs) {
    Ops tf = call.tf();
    int rank = inputs.shape().numDimensions();
    Operand<TFloat32> rows =
        rank == 2
            ? inputs
            : tf.reshape(inputs, tf.constant(new long[] {-1, kernel.shape().get(0)}));
    Operand<TFloat32> sums =
        BiasedProduct.of(tf, rows, call.weight(kernel), useBias ? call.weight(bias) : null);
    if (rank == 2) {
      return activation.call(tf, sums);
    }
    return activation.call(tf, tf.reshape(sums, outputDimensions(tf, inputs)));
  }

  private Operand<TInt32> outputDimensions(Ops tf, Operand<TFloat32> inputs) {
    return Shapes.of(tf, inputs, computeOutputShape(inputs.shape()));
  }

  /**
   * A layer of its arguments. Keras: {@code Dense.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Dense fromConfig(Config config) {
    Dense layer = new Dense(config.integer("units")).common(config);
    config.identifier("activation", layer::activation);
    config.bool("use_bias", layer::useBias);
    config.object("kernel_initializer", layer::kernelInitializer);
    config.object("bias_initializer", layer::biasInitializer);
    config.identifier("kernel_regularizer", layer::kernelRegularizer);
    config.identifier("bias_regularizer", layer::biasRegularizer);
    config.identifier("kernel_constraint", layer::kernelConstraint);
    config.identifier("bias_constraint", layer::biasConstraint);
    config.only("lora_rank", null);
    config.only("quantization_config", null);
    return layer;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("units", units);
    config.put("activation", Activations.serialize(activation));
    config.put("use_bias", useBias);
    config.put("kernel_initializer", Initializers.serialize(kernelInitializer));
    config.put("bias_initializer", Initializers.serialize(biasInitializer));
    config.put("kernel_regularizer", Regularizers.serialize(kernelRegularizer));
    config.put("bias_regularizer", Regularizers.serialize(biasRegularizer));
    config.put("kernel_constraint", Constraints.serialize(kernelConstraint));
    config.put("bias_constraint", Constraints.serialize(biasConstraint));
    config.put("quantization_config", null);
    return config;
  }
}
