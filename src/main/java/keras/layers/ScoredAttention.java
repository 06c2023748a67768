package keras.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import keras.backend.LayerContext;
import keras.backend.Variable;
import keras.internal.graph.Dims;
import keras.internal.graph.MaskedTensor;
import keras.internal.graph.Tape;
import keras.internal.messages.Errors;
import keras.internal.ops.DropoutMask;
import keras.internal.ops.SeedState;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A layer that weights values by scores of queries and keys: all but how the scores are computed.
 *
 * @param <S> the layer, so that chained calls keep their type
 */
abstract class ScoredAttention<S extends ScoredAttention<S>> extends KerasLayer<S> {

  /** Taken from the scores of what does not count. */
  private static final float FAR_BELOW = 1e9f;

  private boolean useScale;
  private double dropout;
  private final SeedState seeds = new SeedState();
  private Variable scale;
  private Variable factor;

  ScoredAttention(boolean useScale) {
    this.useScale = useScale;
    hasSeedsToDraw();
  }

  /**
   * Sets whether the scores have a weight.
   *
   * @param value false by default in {@code Attention}, true in {@code AdditiveAttention}
   * @return this layer
   */
  public S useScale(boolean value) {
    checkNotFrozen("useScale");
    useScale = value;
    return self();
  }

  /**
   * Sets the fraction of the weighted scores that is dropped in training.
   *
   * @param rate 0, the default, to 1
   * @return this layer
   * @throws IllegalArgumentException if it is out of that range
   */
  public S dropout(double rate) {
    checkNotFrozen("dropout");
    dropout = Arguments.rate(getClass().getSimpleName(), "dropout", rate);
    return self();
  }

  /**
   * Makes the draws of the dropout repeatable.
   *
   * @param value any number; null, the default, for one that is drawn
   * @return this layer
   */
  public S seed(Integer value) {
    checkNotFrozen("seed");
    seeds.seed(value == null ? null : value.longValue());
    return self();
  }

  /**
   * Calls the layer on symbolic tensors. Keras: {@code layer([query, value])} or {@code
   * layer([query, value, key])}.
   *
   * @param inputs queries, values and perhaps keys
   * @return what the queries get
   * @throws IllegalArgumentException if the inputs do not fit
   */
  @Override
  public KerasTensor call(List<KerasTensor> inputs) {
    return call(inputs, options -> {});
  }

  /**
   * Calls the layer on symbolic tensors, with further arguments. Keras: {@code layer([query,
   * value], use_causal_mask=True)}.
   *
   * @param inputs queries, values and perhaps keys
   * @param options sets the arguments
   * @return what the queries get
   * @throws IllegalArgumentException if the inputs do not fit, or if scores are to be returned too,
   *     which {@link #callAll} does
   */
  public KerasTensor call(List<KerasTensor> inputs, Consumer<CallOptions> options) {
    return onlyOutput(callAll(inputs, options));
  }

  @Override
  Set<String> callArguments() {
    return Set.of(CallOptions.CAUSAL, CallOptions.SCORES, CallOptions.MASK);
  }

  /** Keras takes a list of two: the mask of the queries, and that of the values. */
  @Override
  Object writtenMask(Map<Integer, KerasTensor> masks, Function<KerasTensor, Object> written) {
    List<Object> list = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      list.add(masks.get(i) != null ? written.apply(masks.get(i)) : null);
    }
    return list;
  }

  @Override
  void checkInputs(List<Shape> given) {
    Arguments.some(this, given);
    boolean fits = given.size() == 2 || given.size() == 3;
    fits &= given.stream().allMatch(each -> each.numDimensions() >= 3);
    if (fits) {
      Shape query = given.get(0);
      Shape key = given.get(given.size() - 1);
      fits =
          Dims.agree(last(query), last(key))
              && Dims.agree(length(given.get(1)), length(key))
              && query.numDimensions() == key.numDimensions();
    }
    if (!fits) {
      throw Errors.in(toString(), "the inputs do not go with each other.")
          .expected(
              "queries (batch, queries, features), values (batch, values, any) and perhaps keys"
                  + " (batch, values, features)")
          .got(given.stream().map(each -> Errors.shape(each.asArray())).toList().toString())
          .fix("layer.call(List.of(query, value))")
          .argument();
    }
  }

  private static long last(Shape shape) {
    return shape.get(shape.numDimensions() - 1);
  }

  private static long length(Shape shape) {
    return shape.get(shape.numDimensions() - 2);
  }

  @Override
  public List<Shape> computeOutputShape(List<Shape> inputShapes) {
    checkInputs(inputShapes);
    return List.of(without(inputShapes.get(0)).append(last(inputShapes.get(1))));
  }

  private static Shape without(Shape shape) {
    return shape.take(shape.numDimensions() - 1);
  }

  @Override
  List<Shape> outputShapes(List<Shape> inputShapes, CallOptions options) {
    Shape scores = without(inputShapes.get(0)).append(length(inputShapes.get(1)));
    return AttentionMasks.withScores(
        computeOutputShape(inputShapes).get(0), scores, options.returnsAttentionScores());
  }

  final void addScale(Shape shape, String initializer) {
    if (useScale) {
      scale = addWeight("scale", shape, options -> options.initializer(initializer));
    }
  }

  final void addFactor() {
    factor =
        addWeight("concat_score_weight", Shape.scalar(), options -> options.initializer("ones"));
  }

  /** Returns the weight of the scores, or null. */
  final Variable scale() {
    return scale;
  }

  /** Returns the factor of sums, or null. */
  final Variable factor() {
    return factor;
  }

  /** Adds the ops of the scores, (batch, queries, values). */
  abstract Operand<TFloat32> scores(
      LayerContext context, Operand<TFloat32> query, Operand<TFloat32> key);

  static Operand<TFloat32> product(Ops tf, Operand<TFloat32> query, Operand<TFloat32> key) {
    return tf.train.batchMatMul(query, key, TFloat32.class, BatchMatMul.adjY(true));
  }

  /** Returns the sum of each query and each key, (batch, queries, values, features). */
  static Operand<TFloat32> sums(Ops tf, Operand<TFloat32> query, Operand<TFloat32> key) {
    return tf.math.add(tf.expandDims(query, tf.constant(-2)), tf.expandDims(key, tf.constant(-3)));
  }

  @Override
  final void drawSeeds() {
    if (dropout > 0) {
      seeds.drawSeed();
    }
  }

  @Override
  final List<Variable> seedStates() {
    return dropout > 0 ? List.of(seeds.variable()) : List.of();
  }

  @Override
  boolean usesMask() {
    return true;
  }

  @Override
  Optional<String> hindranceToStreaming(Shape inputShape) {
    return Optional.of("it takes all timesteps together");
  }

  @Override
  protected List<MaskedTensor> forward(Tape tape, List<MaskedTensor> inputs) {
    Ops tf = tape.tf();
    Operand<TFloat32> query = inputs.get(0).tensor();
    Operand<TFloat32> value = inputs.get(1).tensor();
    Operand<TBool> queryMask = inputs.get(0).mask();
    Operand<TBool> mask =
        AttentionMasks.both(
            tf,
            AttentionMasks.ofValues(tf, inputs.get(1).mask()),
            tape.isGiven(CallOptions.CAUSAL) ? AttentionMasks.causal(tf, query, value) : null);
    Operand<TFloat32> dropped = dropped(tape, query, value);
    boolean withScores = tape.isGiven(CallOptions.SCORES);
    List<MaskedTensor> outputs =
        tape.ops(
            inputs.stream().map(MaskedTensor::tensor).toList(),
            (context, own) -> {
              Operand<TFloat32> scores = scores(context, own.get(0), own.get(own.size() - 1));
              if (mask != null) {
                scores =
                    tf.math.sub(
                        scores,
                        tf.math.mul(
                            tf.dtypes.cast(tf.math.logicalNot(mask), TFloat32.class),
                            tf.constant(FAR_BELOW)));
              }
              Operand<TFloat32> weights = tf.nn.softmax(scores);
              if (dropped != null) {
                weights = tf.math.mul(weights, dropped);
              }
              Operand<TFloat32> mean = tf.train.batchMatMul(weights, own.get(1), TFloat32.class);
              if (queryMask != null) {
                mean = tf.select(AttentionMasks.ofQueries(tf, queryMask), mean, tf.constant(0f));
              }
              return withScores ? List.of(mean, weights) : List.of(mean);
            });
    List<MaskedTensor> all = new ArrayList<>(outputs);
    all.set(0, regularized(tape, outputs.get(0).withMask(queryMask)));
    return all;
  }

  private Operand<TFloat32> dropped(Tape tape, Operand<TFloat32> query, Operand<TFloat32> value) {
    if (!tape.training() || dropout == 0) {
      return null;
    }
    Ops tf = tape.tf();
    int last = query.shape().numDimensions() - 2;
    List<Operand<TInt32>> sample = new ArrayList<>();
    for (int i = 1; i <= last; i++) {
      sample.add(Dims.of(tf, query, i));
    }
    sample.add(Dims.of(tf, value, last));
    return DropoutMask.draw(tape, seeds, List.of(new DropoutMask(dropout, true, sample))).get(0);
  }

  final S attentionFrom(Config config) {
    config.bool("use_scale", this::useScale);
    config.number("dropout", this::dropout);
    if (config.given("seed")) {
      seed(config.integer("seed"));
    }
    return self();
  }

  /** Writes how scores are computed, where there is a choice. */
  void writeScoreMode(Map<String, Object> config) {}

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("use_scale", useScale);
    writeScoreMode(config);
    config.put("dropout", dropout);
    config.put("seed", seeds.given());
    return config;
  }
}
