package keras.layers;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import keras.backend.LayerContext;
import keras.backend.Variable;
import keras.internal.graph.Dims;
import keras.internal.graph.MaskedTensor;
import keras.internal.graph.Tape;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/**
 * Turns each index into a row of a matrix, and rows back into a number for each index. Keras:
 * {@code keras.layers.ReversibleEmbedding}.
 *
 * <pre>{@code
 * ReversibleEmbedding words = new ReversibleEmbedding(20_000, 64);
 * KerasTensor read = new LSTM(64).returnSequences(true).call(words.call(indices));
 * KerasTensor logits = words.call(read, c -> c.reverse(true));
 * }</pre>
 *
 * <p>Shapes: (batch, ...) → (batch, ..., outputDim), in reverse (batch, ..., outputDim) → (batch,
 * ..., inputDim); {@code embeddings} is (inputDim, outputDim), {@code reverse_embeddings}, which is
 * there if the weights are not tied, (outputDim, inputDim).
 *
 * @see <a href="https://arxiv.org/abs/1608.05859">Press and Wolf, Using the output embedding to
 *     improve language models (2016)</a>
 */
public final class ReversibleEmbedding extends EmbeddingLayer<ReversibleEmbedding> {

  private boolean tieWeights = true;
  private Double logitSoftCap;
  private Variable reverseEmbeddings;

  /**
   * An embedding.
   *
   * @param inputDim how many indices there are
   * @param outputDim the width of a row
   * @throws IllegalArgumentException if one of them is less than 1
   */
  public ReversibleEmbedding(int inputDim, int outputDim) {
    super("ReversibleEmbedding", inputDim, outputDim);
  }

  /**
   * Says whether the way back takes the same matrix.
   *
   * @param value true by default; false for a matrix of its own
   * @return this layer
   */
  public ReversibleEmbedding tieWeights(boolean value) {
    checkNotFrozen("tieWeights");
    tieWeights = value;
    return this;
  }

  /**
   * Bounds what the way back gives: {@code tanh(x / cap) * cap}.
   *
   * @param cap more than 0; none by default
   * @return this layer
   * @throws IllegalArgumentException if it is 0 or less
   */
  public ReversibleEmbedding logitSoftCap(double cap) {
    checkNotFrozen("logitSoftCap");
    if (!(cap > 0)) {
      throw Errors.in("ReversibleEmbedding", "logitSoftCap has to be more than 0.")
          .expected("a number above 0")
          .got(cap)
          .fix("leave logitSoftCap out for numbers without bounds")
          .argument();
    }
    logitSoftCap = cap;
    return this;
  }

  /**
   * Calls the layer on indices, or in reverse on rows. Keras: {@code layer(x, reverse=True)}.
   *
   * @param input the input
   * @param options sets the arguments
   * @return the output
   * @throws IllegalArgumentException if the input does not fit
   */
  @Override
  public KerasTensor call(KerasTensor input, Consumer<CallOptions> options) {
    return super.call(input, options);
  }

  @Override
  Set<String> callArguments() {
    return Set.of(CallOptions.REVERSE);
  }

  @Override
  protected void build(Shape inputShape) {
    super.build(inputShape);
    if (!tieWeights) {
      Shape turned = Shape.of(outputDim(), inputDim());
      reverseEmbeddings =
          addWeight(
              "reverse_embeddings",
              turned,
              options -> options.initializer(embeddingsOptions().initializer()));
    }
  }

  @Override
  List<Shape> outputShapes(List<Shape> inputShapes, CallOptions options) {
    if (!options.reverses()) {
      return super.outputShapes(inputShapes, options);
    }
    Shape rows = inputShapes.get(0);
    if (rows.numDimensions() < 2 || !Dims.agree(rows, last(rows, outputDim()))) {
      throw Arguments.wrongShape(
          this,
          "the rows do not have the embedding's width.",
          "(batch, ..., " + outputDim() + ")",
          rows,
          "call it with reverse(true) on tensors of width " + outputDim());
    }
    return List.of(last(rows, inputDim()));
  }

  private static Shape last(Shape shape, long size) {
    return shape.take(shape.numDimensions() - 1).append(size);
  }

  @Override
  protected List<MaskedTensor> forward(Tape tape, List<MaskedTensor> inputs) {
    if (!tape.isGiven(CallOptions.REVERSE)) {
      return super.forward(tape, inputs);
    }
    return List.of(regularized(tape, tape.layer(inputs, this::logits).get(0).withMask(null)));
  }

  private List<Operand<TFloat32>> logits(LayerContext context, List<Operand<TFloat32>> inputs) {
    Ops tf = context.tf();
    Operand<TFloat32> x = inputs.get(0);
    Operand<TFloat32> rows = tf.reshape(x, tf.constant(new long[] {-1, outputDim()}));
    Operand<TFloat32> logits =
        tieWeights
            ? tf.linalg.matMul(rows, context.weight(embeddings()), MatMul.transposeB(true))
            : tf.linalg.matMul(rows, context.weight(reverseEmbeddings));
    if (logitSoftCap != null) {
      Operand<TFloat32> cap = tf.constant(logitSoftCap.floatValue());
      logits = tf.math.mul(tf.math.tanh(tf.math.div(logits, cap)), cap);
    }
    return List.of(tf.reshape(logits, Dims.shape(tf, x, last(x.shape(), inputDim()))));
  }

  /**
   * Returns a layer of its arguments. Keras: {@code ReversibleEmbedding.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static ReversibleEmbedding fromConfig(Config config) {
    Checks.notNull("ReversibleEmbedding.fromConfig", "config", config);
    ReversibleEmbedding layer =
        new ReversibleEmbedding(config.integer("input_dim"), config.integer("output_dim"));
    layer.readEmbedding(config);
    config.bool("tie_weights", layer::tieWeights);
    if (config.given("logit_soft_cap")) {
      layer.logitSoftCap(config.number("logit_soft_cap"));
    }
    config.only("reverse_dtype", null);
    return layer;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("tie_weights", tieWeights);
    config.put("reverse_dtype", null);
    config.put("logit_soft_cap", logitSoftCap);
    return config;
  }
}
