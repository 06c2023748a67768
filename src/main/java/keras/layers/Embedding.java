package keras.layers;

import java.util.List;
import java.util.Map;
import keras.backend.TensorFunction;
import keras.backend.Variable;
import keras.initializers.Initializer;
import keras.internal.graph.MaskedTensor;
import keras.internal.graph.Tape;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.regularizers.Regularizers;
import keras.utils.Config;
import keras.utils.FloatArrays;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Turns each index into a row of a matrix. Keras: {@code keras.layers.Embedding}.
 *
 * <p>Shapes: (batch, ...) → (batch, ..., outputDim); {@code embeddings} is (inputDim, outputDim).
 * Inputs are whole numbers from 0 to {@code inputDim - 1}; others are an error when they are met.
 */
public final class Embedding extends KerasLayer<Embedding> {

  /** The largest whole number up to which a float holds all of them. */
  private static final int EXACT = 1 << 24;

  private final int vocabulary;
  private final int outputDim;
  private final WeightOptions embeddingsOptions = new WeightOptions("embeddings", "uniform");
  private boolean maskZero;
  private FloatNdArray given;
  private Variable embeddings;

  /**
   * An embedding.
   *
   * @param inputDim how many indices there are
   * @param outputDim the width of a row
   * @throws IllegalArgumentException if one of them is less than 1
   */
  public Embedding(int inputDim, int outputDim) {
    this.vocabulary = Checks.positive("Embedding", "inputDim", inputDim);
    if (inputDim > EXACT) {
      throw Errors.in("Embedding", "a float cannot hold all indices exactly.")
          .expected("inputDim up to 16,777,216")
          .got(inputDim)
          .fix("spread the indices among fewer rows with a Hashing layer")
          .argument();
    }
    this.outputDim = Checks.positive("Embedding", "outputDim", outputDim);
    hasSeedsToDraw();
  }

  /**
   * Names how the rows start.
   *
   * @param name of an initializer; {@code "uniform"} by default
   * @return this layer
   */
  public Embedding embeddingsInitializer(String name) {
    checkNotFrozen("embeddingsInitializer");
    embeddingsOptions.initializer(this, name);
    return this;
  }

  /**
   * Sets how the rows start.
   *
   * @param value an initializer; {@code "uniform"} by default
   * @return this layer
   */
  public Embedding embeddingsInitializer(Initializer value) {
    checkNotFrozen("embeddingsInitializer");
    embeddingsOptions.initializer(this, value);
    return this;
  }

  /**
   * Names a penalty on the rows.
   *
   * @param name of a regularizer; none by default
   * @return this layer
   */
  public Embedding embeddingsRegularizer(String name) {
    checkNotFrozen("embeddingsRegularizer");
    embeddingsOptions.regularizer(name);
    return this;
  }

  /**
   * Sets a penalty on the rows.
   *
   * @param function a regularizer, or a function to a scalar; none by default
   * @return this layer
   */
  public Embedding embeddingsRegularizer(TensorFunction function) {
    checkNotFrozen("embeddingsRegularizer");
    embeddingsOptions.regularizer(function);
    return this;
  }

  /**
   * Names what the rows are put through after each update.
   *
   * @param name of a constraint; none by default
   * @return this layer
   */
  public Embedding embeddingsConstraint(String name) {
    checkNotFrozen("embeddingsConstraint");
    embeddingsOptions.constraint(name);
    return this;
  }

  /**
   * Sets what the rows are put through after each update.
   *
   * @param function a constraint, or a function to the same shape; none by default
   * @return this layer
   */
  public Embedding embeddingsConstraint(TensorFunction function) {
    checkNotFrozen("embeddingsConstraint");
    embeddingsOptions.constraint(function);
    return this;
  }

  /**
   * Says whether index 0 is no index but marks what is missing.
   *
   * @param value false by default; true for a mask that leaves 0 out
   * @return this layer
   */
  public Embedding maskZero(boolean value) {
    checkNotFrozen("maskZero");
    maskZero = value;
    return this;
  }

  /**
   * Sets the rows that training starts with. Keras: {@code weights=[matrix]}.
   *
   * @param matrix (inputDim, outputDim), an array or an {@code NdArray}
   * @return this layer
   * @throws IllegalArgumentException if it has another shape
   */
  public Embedding weights(Object matrix) {
    checkNotFrozen("weights");
    FloatNdArray rows = FloatArrays.of(matrix, "Embedding.weights");
    if (!rows.shape().equals(Shape.of(vocabulary, outputDim))) {
      throw Errors.in("Embedding.weights", "the matrix has another shape.")
          .expected(Errors.shape(vocabulary, outputDim))
          .got(Errors.shape(rows.shape().asArray()))
          .fix("give one row for each index")
          .argument();
    }
    given = rows;
    return this;
  }

  @Override
  void readLegacyInput(Config config) {
    if (config.given("input_length")) {
      inputShape(config.integers("input_length")[0]);
    }
  }

  @Override
  void drawSeeds() {
    embeddingsOptions.initializer().drawSeed();
  }

  @Override
  protected void build(Shape inputShape) {
    embeddings = addWeight("embeddings", Shape.of(vocabulary, outputDim), embeddingsOptions);
    if (given != null) {
      embeddings.assign(given);
    }
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    return inputShape.append(outputDim);
  }

  @Override
  protected List<MaskedTensor> forward(Tape tape, List<MaskedTensor> inputs) {
    Ops tf = tape.tf();
    Operand<TFloat32> x = inputs.get(0).tensor();
    Operand<TFloat32> rows = tape.rowsOf(embeddings, tf.dtypes.cast(x, TInt32.class));
    MaskedTensor output = new MaskedTensor(rows);
    return List.of(
        regularized(
            tape, maskZero ? output.withMask(tf.math.notEqual(x, tf.constant(0f))) : output));
  }

  /**
   * Returns a layer of its arguments. Keras: {@code Embedding.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Embedding fromConfig(Config config) {
    Embedding layer = new Embedding(config.integer("input_dim"), config.integer("output_dim"));
    layer.common(config);
    layer.embeddingsOptions.read(layer, config);
    config.bool("mask_zero", layer::maskZero);
    config.only("lora_rank", null);
    config.only("quantization_config", null);
    return layer;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("input_dim", vocabulary);
    config.put("output_dim", outputDim);
    List<WeightOptions> rows = List.of(embeddingsOptions);
    WeightOptions.writeInitializers(config, rows);
    WeightOptions.writeRegularizers(config, rows);
    config.put("activity_regularizer", Regularizers.serialize(activityRegularizer()));
    WeightOptions.writeConstraints(config, rows);
    config.put("mask_zero", maskZero);
    config.put("quantization_config", null);
    return config;
  }
}
