package keras.layers;

import java.util.List;
import java.util.Map;
import keras.backend.TensorFunction;
import keras.backend.Variable;
import keras.initializers.Initializer;
import keras.internal.graph.Casts;
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

/**
 * Turns each index into a row of a matrix.
 *
 * @param <S> the layer, so that chained calls keep their type
 */
abstract class EmbeddingLayer<S extends EmbeddingLayer<S>> extends KerasLayer<S> {

  /** The largest whole number up to which a float holds all of them. */
  private static final int EXACT = 1 << 24;

  private final int vocabulary;
  private final int outputDim;
  private final WeightOptions embeddingsOptions = new WeightOptions("embeddings", "uniform");
  private boolean maskZero;
  private FloatNdArray given;
  private Variable embeddings;

  EmbeddingLayer(String name, int inputDim, int outputDim) {
    this.vocabulary = Checks.positive(name, "inputDim", inputDim);
    this.outputDim = Checks.positive(name, "outputDim", outputDim);
    hasSeedsToDraw();
  }

  /**
   * Names how the rows start.
   *
   * @param name of an initializer; {@code "uniform"} by default
   * @return this layer
   */
  public S embeddingsInitializer(String name) {
    checkNotFrozen("embeddingsInitializer");
    embeddingsOptions.initializer(this, name);
    return self();
  }

  /**
   * Sets how the rows start.
   *
   * @param value an initializer; {@code "uniform"} by default
   * @return this layer
   */
  public S embeddingsInitializer(Initializer value) {
    checkNotFrozen("embeddingsInitializer");
    embeddingsOptions.initializer(this, value);
    return self();
  }

  /**
   * Names a penalty on the rows.
   *
   * @param name of a regularizer; none by default
   * @return this layer
   */
  public S embeddingsRegularizer(String name) {
    checkNotFrozen("embeddingsRegularizer");
    embeddingsOptions.regularizer(name);
    return self();
  }

  /**
   * Sets a penalty on the rows.
   *
   * @param function a regularizer, or a function to a scalar; none by default
   * @return this layer
   */
  public S embeddingsRegularizer(TensorFunction function) {
    checkNotFrozen("embeddingsRegularizer");
    embeddingsOptions.regularizer(function);
    return self();
  }

  /**
   * Names what the rows are put through after each update.
   *
   * @param name of a constraint; none by default
   * @return this layer
   */
  public S embeddingsConstraint(String name) {
    checkNotFrozen("embeddingsConstraint");
    embeddingsOptions.constraint(name);
    return self();
  }

  /**
   * Sets what the rows are put through after each update.
   *
   * @param function a constraint, or a function to the same shape; none by default
   * @return this layer
   */
  public S embeddingsConstraint(TensorFunction function) {
    checkNotFrozen("embeddingsConstraint");
    embeddingsOptions.constraint(function);
    return self();
  }

  /**
   * Says whether index 0 is no index but marks what is missing.
   *
   * @param value false by default; true for a mask that leaves 0 out
   * @return this layer
   */
  public S maskZero(boolean value) {
    checkNotFrozen("maskZero");
    maskZero = value;
    return self();
  }

  /**
   * Sets the rows that training starts with. Keras: {@code weights=[matrix]}.
   *
   * @param matrix (inputDim, outputDim), an array or an {@code NdArray}
   * @return this layer
   * @throws IllegalArgumentException if it has another shape
   */
  public S weights(Object matrix) {
    checkNotFrozen("weights");
    String where = getClass().getSimpleName() + ".weights";
    FloatNdArray rows = FloatArrays.of(matrix, where);
    if (!rows.shape().equals(Shape.of(vocabulary, outputDim))) {
      throw Errors.in(where, "the matrix has another shape.")
          .expected(Errors.shape(vocabulary, outputDim))
          .got(Errors.shape(rows.shape().asArray()))
          .fix("give one row for each index")
          .argument();
    }
    given = rows;
    return self();
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

  final int inputDim() {
    return vocabulary;
  }

  final int outputDim() {
    return outputDim;
  }

  final Variable embeddings() {
    return embeddings;
  }

  final WeightOptions embeddingsOptions() {
    return embeddingsOptions;
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    Arguments.leastRank(this, inputShape, 0, "(batch, ...)", "give the model an Input");
    return inputShape.append(outputDim);
  }

  @Override
  protected List<MaskedTensor> forward(Tape tape, List<MaskedTensor> inputs) {
    Ops tf = tape.tf();
    Operand<TFloat32> x = inputs.get(0).tensor();
    if (vocabulary > EXACT && !Casts.isCast(x)) {
      throw Errors.in(toString(), "floats do not hold all indices exactly.")
          .expected("whole numbers right from an Input, or inputDim up to 16,777,216")
          .got("floats, with inputDim " + vocabulary)
          .fix("new Input(...).dtype(\"int32\") right before this layer")
          .argument();
    }
    Operand<TFloat32> rows = tape.rowsOf(embeddings, Casts.indices(tf, x));
    MaskedTensor output = new MaskedTensor(rows);
    return List.of(
        regularized(
            tape, maskZero ? output.withMask(tf.math.notEqual(x, tf.constant(0f))) : output));
  }

  final void readEmbedding(Config config) {
    common(config);
    embeddingsOptions.read(this, config);
    config.bool("mask_zero", this::maskZero);
    config.only("lora_rank", null);
    config.only("quantization_config", null);
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
