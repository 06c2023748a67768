package keras.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import keras.backend.Variable;
import keras.internal.config.Serialized;
import keras.internal.graph.Dims;
import keras.internal.graph.MaskedTensor;
import keras.internal.graph.Tape;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.ops.DropoutMask;
import keras.internal.ops.SeedState;
import keras.regularizers.Regularizers;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A layer of several attentions side by side, each of its own products of queries, keys and values.
 *
 * @param <S> the layer, so that chained calls keep their type
 */
public abstract class HeadsAttention<S extends HeadsAttention<S>> extends ProductLayer<S> {

  /** Stands for scores that do not count, as Keras has it where it gives no scores. */
  private static final float LOWEST = (float) (3.38953e38 * -0.7);

  /** The same where Keras has scores to give, or drops some. */
  private static final float LOW = -1e9f;

  private double dropout;
  private boolean useBias = true;
  private boolean useGate;
  private Integer slidingWindow;
  private final SeedState seeds = new SeedState();
  private EinsumDense queryDense;
  private EinsumDense keyDense;
  private EinsumDense valueDense;
  private EinsumDense gateDense;
  private EinsumDense outputDense;

  HeadsAttention() {}

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
   * Sets whether the products have a bias.
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
   * Sets whether the result is multiplied by a sigmoid of the query.
   *
   * @param value false by default
   * @return this layer
   */
  public S useGate(boolean value) {
    checkNotFrozen("useGate");
    useGate = value;
    return self();
  }

  /**
   * Sets how near values must be to a query to count.
   *
   * @param size one more than the largest distance; null, the default, for any
   * @return this layer
   * @throws IllegalArgumentException if it is less than 1
   */
  public S slidingWindow(Integer size) {
    checkNotFrozen("slidingWindow");
    slidingWindow =
        size == null
            ? null
            : (Integer) Checks.positive(getClass().getSimpleName(), "slidingWindow", size);
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
   * Calls the layer on symbolic tensors, with the values as keys. Keras: {@code layer(query,
   * value)}.
   *
   * @param query the queries
   * @param value the values
   * @return what the queries get
   * @throws IllegalArgumentException if the inputs do not fit
   */
  public KerasTensor call(KerasTensor query, KerasTensor value) {
    return call(query, value, options -> {});
  }

  /**
   * Calls the layer on symbolic tensors. Keras: {@code layer(query, value, key)}.
   *
   * @param query the queries
   * @param value the values
   * @param key the keys
   * @return what the queries get
   * @throws IllegalArgumentException if the inputs do not fit
   */
  public KerasTensor call(KerasTensor query, KerasTensor value, KerasTensor key) {
    return call(query, value, key, options -> {});
  }

  /**
   * Calls the layer on symbolic tensors, with further arguments. Keras: {@code layer(query, value,
   * use_causal_mask=True)}.
   *
   * @param query the queries
   * @param value the values
   * @param options sets the arguments
   * @return what the queries get
   * @throws IllegalArgumentException if the inputs do not fit, or if scores are to be returned too,
   *     which {@link #callAll} does
   */
  public KerasTensor call(KerasTensor query, KerasTensor value, Consumer<CallOptions> options) {
    return onlyOutput(callAll(Arrays.asList(query, value), options));
  }

  /**
   * Calls the layer on symbolic tensors, with further arguments.
   *
   * @param query the queries
   * @param value the values
   * @param key the keys
   * @param options sets the arguments
   * @return what the queries get
   * @throws IllegalArgumentException if the inputs do not fit, or if scores are to be returned too,
   *     which {@link #callAll} does
   */
  public KerasTensor call(
      KerasTensor query, KerasTensor value, KerasTensor key, Consumer<CallOptions> options) {
    return onlyOutput(callAll(Arrays.asList(query, value, key), options));
  }

  @Override
  Set<String> callArguments() {
    Set<String> taken = new HashSet<>(CallOptions.NAMED_MASKS);
    taken.addAll(List.of(CallOptions.CAUSAL, CallOptions.SCORES, CallOptions.ATTENTION_MASK));
    return taken;
  }

  @Override
  void checkInputs(List<Shape> given) {
    Arguments.some(this, given);
    boolean fits = given.size() == 2 || given.size() == 3;
    for (Shape each : given) {
      fits &= each.numDimensions() == given.get(0).numDimensions();
      fits &= takes(each.numDimensions());
    }
    fits = fits && Dims.agree(within(given.get(1)), within(given.get(given.size() - 1)));
    if (!fits) {
      throw Errors.in(toString(), "the inputs do not go with each other.")
          .expected(
              "queries (batch, queries, features), values (batch, values, features) and perhaps"
                  + " keys (batch, values, features)")
          .got(given.stream().map(each -> Errors.shape(each.asArray())).toList().toString())
          .fix("layer.call(query, value)")
          .argument();
    }
  }

  /** Tells whether inputs may have so many dimensions. */
  abstract boolean takes(int rank);

  private static Shape within(Shape shape) {
    return shape.take(shape.numDimensions() - 1).tail();
  }

  /** Returns the heads of keys and values. */
  abstract int keyHeads();

  /** Returns the heads of queries. */
  abstract int queryHeads();

  abstract int keyWidth();

  abstract int valueWidth();

  /** Returns the dimensions of the output that are not those of the queries. */
  abstract List<Integer> outputs(Shape query);

  /** Returns the name that files have the weights of a product under. */
  abstract String attribute(String name);

  /** Tells whether the activity regularizer, which the layers inside have, is the output's too. */
  abstract boolean regularizesOutput();

  /** Returns the axes along which values are weighted; 1 is that of the timesteps. */
  abstract int[] axes(int rank);

  @Override
  protected void build(List<Shape> inputShapes) {
    Shape query = inputShapes.get(0);
    Shape value = inputShapes.get(1);
    Shape key = inputShapes.get(inputShapes.size() - 1);
    int rank = query.numDimensions();
    queryDense =
        setLayer(
            attribute("query_dense"), product("query", rank, 1, List.of(queryHeads(), keyWidth())));
    build(queryDense, query);
    keyDense =
        setLayer(attribute("key_dense"), product("key", rank, 1, List.of(keyHeads(), keyWidth())));
    build(keyDense, key);
    if (useGate) {
      gateDense =
          setLayer("_gate_dense", product("gate", rank, 1, List.of(queryHeads(), valueWidth())));
      gateDense.activation("sigmoid");
      build(gateDense, query);
    }
    valueDense =
        setLayer(
            attribute("value_dense"), product("value", rank, 1, List.of(keyHeads(), valueWidth())));
    build(valueDense, value);
    if (dropout > 0) {
      seeds.drawSeed();
    }
    outputDense =
        setLayer(attribute("output_dense"), product("attention_output", rank, 2, outputs(query)));
    build(outputDense, query.take(rank - 1).append(queryHeads()).append(valueWidth()));
  }

  /** Returns a layer that adds up along the last dimensions and gives others in their place. */
  private EinsumDense product(String name, int rank, int summed, List<Integer> given) {
    String free = "abcdefgh".substring(0, rank - 1);
    String bound = "ijkl".substring(0, summed);
    String made = "mnopqrstuvwxyz".substring(0, given.size());
    List<Integer> shape = new ArrayList<>();
    for (int i = 1; i < rank - 1; i++) {
      shape.add(null);
    }
    shape.addAll(given);
    EinsumDense layer =
        new EinsumDense(
                free + bound + "," + bound + made + "->" + free + made,
                shape.toArray(Integer[]::new))
            .name(name)
            .biasAxes(useBias ? made : null);
    layer.kernelOptions.copyFrom(kernelOptions);
    layer.biasOptions.copyFrom(biasOptions);
    layer.activityRegularized(activityRegularizer());
    return layer;
  }

  @Override
  public List<Shape> computeOutputShape(List<Shape> inputShapes) {
    checkInputs(inputShapes);
    Shape query = inputShapes.get(0);
    Shape shape = query.take(query.numDimensions() - 1);
    for (int each : outputs(query)) {
      shape = shape.append(each);
    }
    return List.of(shape);
  }

  @Override
  List<Shape> outputShapes(List<Shape> inputShapes, CallOptions options) {
    Shape query = inputShapes.get(0);
    Shape value = inputShapes.get(1);
    int rank = query.numDimensions();
    Shape scores = Shape.of(query.get(0));
    int[] axes = axes(rank);
    for (int i = 1; i < rank - 1; i++) {
      int axis = i;
      if (Arrays.stream(axes).noneMatch(each -> each == axis)) {
        scores = scores.append(query.get(i));
      }
    }
    scores = scores.append(queryHeads());
    for (int axis : axes) {
      scores = scores.append(query.get(axis));
    }
    for (int axis : axes) {
      scores = scores.append(value.get(axis));
    }
    return AttentionMasks.withScores(
        computeOutputShape(inputShapes).get(0), scores, options.returnsAttentionScores());
  }

  @Override
  List<Variable> seedStates() {
    return dropout > 0 ? List.of(seeds.variable()) : List.of();
  }

  @Override
  boolean drawsSeedsInBuild() {
    return true;
  }

  @Override
  boolean usesMask() {
    return true;
  }

  @Override
  protected boolean supportsMasking() {
    return true;
  }

  @Override
  Optional<String> hindranceToStreaming(Shape inputShape) {
    return Optional.of("it takes all timesteps together");
  }

  @Override
  protected List<MaskedTensor> forward(Tape tape, List<MaskedTensor> inputs) {
    boolean limited = tape.isGiven(CallOptions.ATTENTION_MASK);
    int count = limited ? inputs.size() - 1 : inputs.size();
    MaskedTensor query = inputs.get(0);
    MaskedTensor value = inputs.get(1);
    MaskedTensor key = inputs.get(count - 1);
    Operand<TBool> mask = mask(tape, inputs.subList(0, count), limited ? inputs.get(count) : null);
    List<Operand<TFloat32>> products = new ArrayList<>();
    products.add(product(tape, queryDense, query));
    products.add(product(tape, keyDense, key));
    products.add(product(tape, valueDense, value));
    if (useGate) {
      products.add(product(tape, gateDense, query));
    }
    boolean withScores = tape.isGiven(CallOptions.SCORES);
    int rank = query.tensor().shape().numDimensions();
    Equations equations = new Equations(rank, axes(rank));
    Operand<TFloat32> kept = kept(tape, query.tensor(), value.tensor(), rank);
    boolean plain = dropout == 0 && !withScores && rank == 3;
    List<MaskedTensor> attended =
        tape.ops(
            products,
            (context, own) -> {
              Ops tf = context.tf();
              Operand<TFloat32> keys = repeated(tf, own.get(1));
              Operand<TFloat32> values = repeated(tf, own.get(2));
              Operand<TFloat32> factor = tf.constant((float) (1 / Math.sqrt(keyWidth())));
              Operand<TFloat32> scores =
                  plain
                      ? tf.math.mul(equations.scores(tf, own.get(0), keys), factor)
                      : equations.scores(tf, tf.math.mul(own.get(0), factor), keys);
              Operand<TBool> counts = equations.spread(tf, mask);
              Operand<TFloat32> weights = equations.softmax(tf, scores, counts, plain);
              Operand<TFloat32> dropped = kept == null ? weights : tf.math.mul(weights, kept);
              Operand<TFloat32> mean = equations.mean(tf, dropped, values);
              if (useGate) {
                mean = tf.math.mul(mean, own.get(3));
              }
              return withScores ? List.of(mean, weights) : List.of(mean);
            });
    List<MaskedTensor> all = new ArrayList<>();
    MaskedTensor output = outputDense.forward(tape, List.of(attended.get(0))).get(0);
    MaskedTensor masked = output.withMask(query.mask());
    all.add(regularizesOutput() ? regularized(tape, masked) : masked);
    all.addAll(attended.subList(1, attended.size()));
    return all;
  }

  private static Operand<TFloat32> product(Tape tape, EinsumDense layer, MaskedTensor x) {
    return layer.forward(tape, List.of(x.withMask(null))).get(0).tensor();
  }

  private Operand<TBool> mask(Tape tape, List<MaskedTensor> inputs, MaskedTensor given) {
    Ops tf = tape.tf();
    Operand<TFloat32> query = inputs.get(0).tensor();
    Operand<TFloat32> value = inputs.get(1).tensor();
    Operand<TBool> mask = AttentionMasks.ofQueries(tf, inputs.get(0).mask());
    mask = AttentionMasks.both(tf, mask, AttentionMasks.ofValues(tf, inputs.get(1).mask()));
    if (inputs.size() > 2) {
      mask = AttentionMasks.both(tf, mask, AttentionMasks.ofValues(tf, inputs.get(2).mask()));
    }
    if (tape.isGiven(CallOptions.CAUSAL)) {
      mask = AttentionMasks.both(tf, mask, AttentionMasks.causal(tf, query, value));
    }
    if (slidingWindow != null) {
      mask = AttentionMasks.both(tf, mask, AttentionMasks.window(tf, query, value, slidingWindow));
    }
    return given == null
        ? mask
        : AttentionMasks.both(tf, AttentionMasks.given(tf, given.tensor()), mask);
  }

  /** Repeats the heads of keys or values, so that there is one for each head of the queries. */
  private Operand<TFloat32> repeated(Ops tf, Operand<TFloat32> x) {
    int times = queryHeads() / keyHeads();
    if (times == 1) {
      return x;
    }
    List<Operand<TInt32>> sizes = new ArrayList<>(Dims.from(tf, x, 0));
    Operand<TFloat32> copies =
        tf.tile(tf.expandDims(x, tf.constant(3)), tf.constant(new int[] {1, 1, 1, times, 1}));
    sizes.set(2, tf.constant(queryHeads()));
    return tf.reshape(copies, Dims.shape(tf, sizes));
  }

  private Operand<TFloat32> kept(
      Tape tape, Operand<TFloat32> query, Operand<TFloat32> value, int rank) {
    if (!tape.training() || dropout == 0) {
      return null;
    }
    Ops tf = tape.tf();
    List<Operand<TInt32>> sample = new ArrayList<>();
    int[] axes = axes(rank);
    for (int i = 1; i < rank - 1; i++) {
      int axis = i;
      if (Arrays.stream(axes).noneMatch(each -> each == axis)) {
        sample.add(Dims.of(tf, query, i));
      }
    }
    sample.add(tf.constant(queryHeads()));
    for (int axis : axes) {
      sample.add(Dims.of(tf, query, axis));
    }
    for (int axis : axes) {
      sample.add(Dims.of(tf, value, axis));
    }
    return DropoutMask.draw(tape, seeds, List.of(new DropoutMask(dropout, true, sample))).get(0);
  }

  /** The products of queries, keys and values for inputs of so many dimensions. */
  private record Equations(int rank, List<Integer> axes) {

    Equations(int rank, int... axes) {
      this(rank, Window.list(axes));
    }

    private static String letters(int first, int count) {
      return "abcdefghijklmnopqrstuvwxyz".substring(first, first + count);
    }

    /** Returns the letters of the queries: their dimensions, the heads, the features. */
    private String queries() {
      return letters(0, rank + 1);
    }

    private String values() {
      StringBuilder values = new StringBuilder(queries());
      for (int i = 0; i < axes.size(); i++) {
        values.setCharAt(axes.get(i), letters(rank + 1 + i, 1).charAt(0));
      }
      return values.toString();
    }

    private String weights() {
      StringBuilder weights = new StringBuilder();
      for (int i = 0; i < rank; i++) {
        if (!axes.contains(i)) {
          weights.append(queries().charAt(i));
        }
      }
      axes.forEach(axis -> weights.append(queries().charAt(axis)));
      axes.forEach(axis -> weights.append(values().charAt(axis)));
      return weights.toString();
    }

    /**
     * Tells whether there are timesteps alone. Their products are made of arrays that are turned
     * once: an einsum turns its inputs again on the way back.
     */
    private boolean isOfSequences() {
      return rank == 3;
    }

    /** Exchanges timesteps and heads. */
    private static Operand<TFloat32> turned(Ops tf, Operand<TFloat32> x) {
      return tf.linalg.transpose(x, tf.constant(new int[] {0, 2, 1, 3}));
    }

    Operand<TFloat32> scores(Ops tf, Operand<TFloat32> query, Operand<TFloat32> key) {
      if (isOfSequences()) {
        return tf.train.batchMatMul(
            turned(tf, query), turned(tf, key), TFloat32.class, BatchMatMul.adjY(true));
      }
      return tf.linalg.einsum(List.of(key, query), values() + "," + queries() + "->" + weights());
    }

    Operand<TFloat32> mean(Ops tf, Operand<TFloat32> weights, Operand<TFloat32> value) {
      if (isOfSequences()) {
        return turned(tf, tf.train.batchMatMul(weights, turned(tf, value), TFloat32.class));
      }
      return tf.linalg.einsum(
          List.of(weights, value), weights() + "," + values() + "->" + queries());
    }

    /** Returns a mask in the dimensions of the scores: the heads are before the axes. */
    Operand<TBool> spread(Ops tf, Operand<TBool> mask) {
      Operand<TBool> spread = mask;
      while (spread != null && spread.shape().numDimensions() < weights().length()) {
        spread = tf.expandDims(spread, tf.constant(-2 * axes.size() - 1));
      }
      return spread;
    }

    Operand<TFloat32> softmax(
        Ops tf, Operand<TFloat32> scores, Operand<TBool> counts, boolean plain) {
      Operand<TFloat32> left =
          counts == null ? scores : tf.select(counts, scores, tf.constant(plain ? LOWEST : LOW));
      Operand<TFloat32> weights;
      if (axes.size() == 1) {
        weights = tf.nn.softmax(left);
      } else {
        List<Operand<TInt32>> sizes = Dims.from(tf, left, 0);
        List<Operand<TInt32>> flat = new ArrayList<>(sizes.subList(0, sizes.size() - axes.size()));
        flat.add(tf.constant(-1));
        weights =
            tf.reshape(
                tf.nn.softmax(tf.reshape(left, Dims.shape(tf, flat))), Dims.shape(tf, sizes));
      }
      return counts == null || plain ? weights : tf.select(counts, weights, tf.constant(0f));
    }
  }

  /** Keras writes queries, values and keys as arguments of their own. */
  @Override
  protected Map<String, Object> serializeCall(List<?> tensors) {
    return Serialized.call(tensors, Map.of());
  }

  @Override
  Map<String, Object> buildConfig(List<List<Object>> shapes) {
    Map<String, Object> named = new LinkedHashMap<>();
    named.put("query_shape", shapes.get(0));
    named.put("value_shape", shapes.get(1));
    if (shapes.size() > 2) {
      named.put("key_shape", shapes.get(2));
    }
    return Map.of("shapes_dict", named);
  }

  final S attentionFrom(Config config) {
    config.number("dropout", this::dropout);
    config.bool("use_bias", this::useBias);
    config.bool("use_gate", this::useGate);
    if (config.given("sliding_window")) {
      slidingWindow(config.integer("sliding_window"));
    }
    if (config.given("seed")) {
      seed(config.integer("seed"));
    }
    config.ignore("flash_attention");
    readWeights(config);
    return self();
  }

  final double dropout() {
    return dropout;
  }

  final boolean usesBias() {
    return useBias;
  }

  final boolean usesGate() {
    return useGate;
  }

  final Integer slidingWindow() {
    return slidingWindow;
  }

  final Long givenSeed() {
    return seeds.given();
  }

  @Override
  void writeActivityRegularizer(Map<String, Object> config) {
    config.put("activity_regularizer", Regularizers.serialize(activityRegularizer()));
  }
}
