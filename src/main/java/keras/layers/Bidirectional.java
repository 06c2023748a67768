package keras.layers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import keras.internal.config.Serialized;
import keras.internal.graph.MaskedTensor;
import keras.internal.graph.Tape;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.weights.WeightGroup;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * Goes over a sequence from its beginning and, with a second layer, from its end. Keras: {@code
 * keras.layers.Bidirectional}.
 *
 * <pre>{@code
 * model.add(new Bidirectional(new LSTM(20).returnSequences(true)));
 * }</pre>
 *
 * <p>Shapes: (batch, timesteps, features) → those of the layer, twice as wide where the two are
 * concatenated. States are those of the layer that goes forward, then those of the other one.
 *
 * <p>The two layers are copies of the one given, as in Keras, with weights and seeds of their own.
 */
public final class Bidirectional extends KerasLayer<Bidirectional> {

  private static final List<String> MODES = List.of("concat", "sum", "mul", "ave");

  private final Layer<?> forward;
  private final Layer<?> backward;
  private final boolean returnSequences;
  private String mergeMode = "concat";

  /**
   * A layer and its copy that goes backwards.
   *
   * @param layer an LSTM, a GRU or a SimpleRNN
   */
  public Bidirectional(Recurrent<?> layer) {
    this((Layer<?>) layer, null);
  }

  /**
   * Two layers. Keras: {@code backward_layer}.
   *
   * @param layer the one that goes forward
   * @param backwardLayer the one that goes backwards, with {@code goBackwards(true)}; used as it is
   * @throws IllegalArgumentException if both go in one direction, or if one gives sequences or
   *     states, or keeps states, and the other does not
   */
  public Bidirectional(Recurrent<?> layer, Recurrent<?> backwardLayer) {
    this((Layer<?>) layer, backwardLayer);
  }

  /**
   * A layer of convolutions and its copy that goes backwards.
   *
   * @param layer a ConvLSTM1D, a ConvLSTM2D or a ConvLSTM3D
   */
  public Bidirectional(ConvLSTM<?> layer) {
    this((Layer<?>) layer, null);
  }

  /**
   * Two layers of convolutions. Keras: {@code backward_layer}.
   *
   * @param layer the one that goes forward
   * @param backwardLayer the one that goes backwards, with {@code goBackwards(true)}; used as it is
   * @throws IllegalArgumentException if both go in one direction, or if one gives sequences or
   *     states, or keeps states, and the other does not
   */
  public Bidirectional(ConvLSTM<?> layer, ConvLSTM<?> backwardLayer) {
    this((Layer<?>) layer, backwardLayer);
  }

  /**
   * A layer of a cell and its copy that goes backwards.
   *
   * @param layer with a cell of Keras's
   */
  public Bidirectional(RNN layer) {
    this((Layer<?>) layer, null);
  }

  /**
   * Two layers of cells. Keras: {@code backward_layer}.
   *
   * @param layer the one that goes forward
   * @param backwardLayer the one that goes backwards, with {@code goBackwards(true)}; used as it is
   * @throws IllegalArgumentException if both go in one direction, or if one gives sequences or
   *     states, or keeps states, and the other does not
   */
  public Bidirectional(RNN layer, RNN backwardLayer) {
    this((Layer<?>) layer, backwardLayer);
  }

  private Bidirectional(Layer<?> layer, Layer<?> backwardLayer) {
    if (layer == null) {
      throw Errors.in("Bidirectional", "there is no layer.")
          .expected("a recurrent layer")
          .got(null)
          .fix("new Bidirectional(new LSTM(20))")
          .argument();
    }
    String name = layer.name();
    OneWay given = OneWay.of(layer);
    forward = given.copy().apply(prefixed("forward_", name), given.goBackwards());
    backward =
        backwardLayer == null
            ? given.copy().apply(prefixed("backward_", name), true)
            : backwardLayer;
    returnSequences = given.returnSequences();
    checkPair();
    forward().zeroOutputForMask().accept(returnSequences);
    backward().zeroOutputForMask().accept(returnSequences);
  }

  private static String prefixed(String prefix, String name) {
    return prefix + (name.startsWith(prefix) ? name.substring(prefix.length()) : name);
  }

  private OneWay forward() {
    return OneWay.of(forward);
  }

  private OneWay backward() {
    return OneWay.of(backward);
  }

  private void checkPair() {
    check("goBackwards", forward().goBackwards() != backward().goBackwards(), "differ");
    check("stateful", forward.isStateful() == backward.isStateful(), "are the same");
    check(
        "returnSequences",
        forward().returnSequences() == backward().returnSequences(),
        "are the same");
    check("returnState", forward().returnState() == backward().returnState(), "are the same");
  }

  private void check(String argument, boolean fits, String expected) {
    if (!fits) {
      throw Errors.in("Bidirectional", "the two layers do not go together.")
          .expected("values of " + argument + " that " + expected)
          .got(forward + " and " + backward)
          .fix("set " + argument + "(...) on one of the layers")
          .argument();
    }
  }

  /**
   * Sets how the outputs of the two layers become one. Keras: {@code merge_mode}.
   *
   * @param mode {@code "concat"}, the default, {@code "sum"}, {@code "mul"} or {@code "ave"}; null
   *     for two outputs
   * @return this layer
   * @throws IllegalArgumentException if it is something else
   */
  public Bidirectional mergeMode(String mode) {
    checkNotFrozen("mergeMode");
    if (mode != null && !MODES.contains(mode)) {
      throw Errors.in("Bidirectional.mergeMode", "there is no such mode.")
          .expected(MODES + ", or null for two outputs")
          .got(mode)
          .fix("mergeMode(\"concat\")")
          .argument();
    }
    mergeMode = mode;
    return this;
  }

  /**
   * Returns the layer that goes forward. Keras: {@code layer.forward_layer}.
   *
   * @return a copy of the one given
   */
  public Layer<?> forwardLayer() {
    return forward;
  }

  /**
   * Returns the layer that goes backwards. Keras: {@code layer.backward_layer}.
   *
   * @return the one given, or a copy of the other one
   */
  public Layer<?> backwardLayer() {
    return backward;
  }

  /**
   * Calls the layer on a symbolic tensor, with the states to start from. Keras: {@code layer(x,
   * initial_state=[...])}.
   *
   * @param input a batch of sequences
   * @param initialState those of the layer that goes forward, then those of the other one
   * @return the output
   * @throws IllegalArgumentException if the number of states or a shape does not fit
   */
  public KerasTensor call(KerasTensor input, List<KerasTensor> initialState) {
    return onlyOutput(callAll(input, initialState));
  }

  /**
   * Calls a layer of several outputs on a symbolic tensor, with the states to start from.
   *
   * @param input a batch of sequences
   * @param initialState those of the layer that goes forward, then those of the other one
   * @return the output, then the states
   * @throws IllegalArgumentException if the number of states or a shape does not fit
   */
  public List<KerasTensor> callAll(KerasTensor input, List<KerasTensor> initialState) {
    List<KerasTensor> all = new ArrayList<>();
    all.add(Arguments.tensor(this, input));
    all.addAll(Arguments.tensors(this, initialState));
    return callAll(all);
  }

  @Override
  protected List<Layer<?>> sublayers() {
    return List.of(forward, backward);
  }

  @Override
  protected WeightGroup weightGroup() {
    Map<String, WeightGroup> parts = new LinkedHashMap<>();
    parts.put("forward_layer", forward.weightGroup());
    parts.put("backward_layer", backward.weightGroup());
    return new WeightGroup(toString(), name(), List.of(), parts);
  }

  @Override
  boolean usesMask() {
    return true;
  }

  @Override
  boolean implicitTime() {
    return true;
  }

  @Override
  protected boolean supportsMasking() {
    return true;
  }

  @Override
  public void resetState() {
    forward.resetState();
    backward.resetState();
  }

  /**
   * Sets the states that the next batch starts from. Keras 2: {@code layer.reset_states(states)}.
   *
   * @param values arrays, those of the forward layer, then those of the backward layer, in their
   *     shapes
   * @throws IllegalArgumentException if the number or a shape does not fit; nothing is changed then
   * @throws IllegalStateException if the layer is not stateful, or not built
   */
  public void resetState(List<?> values) {
    Arguments.states(this, lastingStates(), values);
  }

  @Override
  Optional<String> hindranceToStreaming(Shape inputShape) {
    return Optional.of("it begins with the last timestep too, which a stream has not");
  }

  /** Returns the inputs of one of the layers: the sequences, and its half of the states. */
  private static <T> List<T> half(List<T> inputs, int which) {
    int states = (inputs.size() - 1) / 2;
    List<T> half = new ArrayList<>();
    half.add(inputs.get(0));
    half.addAll(inputs.subList(1 + which * states, 1 + (which + 1) * states));
    return half;
  }

  @Override
  void checkInputs(List<Shape> given) {
    if (given.size() % 2 == 0) {
      throw Errors.in(toString(), "the initial states do not fit.")
          .expected("as many states for each direction")
          .got(given.size() - 1 + " states")
          .fix("take those of another Bidirectional with returnState(true)")
          .argument();
    }
    forward.checkInputs(half(given, 0));
    backward.checkInputs(half(given, 1));
  }

  @Override
  protected void build(List<Shape> inputShapes) {
    forward.buildOnce(inputShapes.subList(0, 1));
    backward.buildOnce(inputShapes.subList(0, 1));
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    Checks.notNull(toString(), "a shape", inputShape);
    return computeOutputShape(List.of(inputShape)).get(0);
  }

  @Override
  public List<Shape> computeOutputShape(List<Shape> inputShapes) {
    Arguments.some(this, inputShapes);
    List<Shape> first = forward.computeOutputShape(half(inputShapes, 0));
    List<Shape> second = backward.computeOutputShape(half(inputShapes, 1));
    List<Shape> shapes = new ArrayList<>();
    if (mergeMode == null) {
      shapes.add(first.get(0));
      shapes.add(second.get(0));
    } else {
      shapes.add(merged(first.get(0), second.get(0)));
    }
    shapes.addAll(first.subList(1, first.size()));
    shapes.addAll(second.subList(1, second.size()));
    return shapes;
  }

  private Shape merged(Shape first, Shape second) {
    if (first.numDimensions() != second.numDimensions()) {
      throw Errors.in(toString(), "one direction gives sequences, the other its last output.")
          .expected("the same of both")
          .got(Errors.shapes(List.of(first.asArray(), second.asArray())))
          .fix("set returnSequences before the layer is given to Bidirectional")
          .argument();
    }
    long[] sizes = first.asArray().clone();
    int last = sizes.length - 1;
    if (mergeMode.equals("concat")) {
      sizes[last] += second.get(last);
    } else if (sizes[last] != second.get(last)) {
      throw Errors.in(toString(), "outputs of different widths cannot be merged.")
          .expected("as many units in both directions, for mergeMode(\"" + mergeMode + "\")")
          .got(sizes[last] + " and " + second.get(last) + " units")
          .fix("mergeMode(\"concat\")")
          .argument();
    }
    return Shape.of(sizes);
  }

  @Override
  protected List<MaskedTensor> forward(Tape tape, List<MaskedTensor> inputs) {
    List<MaskedTensor> first = forward.forward(tape, half(inputs, 0));
    List<MaskedTensor> second = backward.forward(tape, half(inputs, 1));
    Operand<TBool> mask = returnSequences ? inputs.get(0).mask() : null;
    List<Operand<TFloat32>> both = List.of(first.get(0).tensor(), second.get(0).tensor());
    List<MaskedTensor> outputs = new ArrayList<>();
    for (MaskedTensor output :
        tape.ops(both, (context, own) -> merged(context.tf(), own.get(0), own.get(1)))) {
      outputs.add(output.withMask(mask));
    }
    outputs.set(0, regularized(tape, outputs.get(0)));
    outputs.addAll(first.subList(1, first.size()));
    outputs.addAll(second.subList(1, second.size()));
    return outputs;
  }

  private List<Operand<TFloat32>> merged(Ops tf, Operand<TFloat32> first, Operand<TFloat32> last) {
    Operand<TFloat32> second =
        returnSequences ? tf.reverse(last, tf.constant(new int[] {1})) : last;
    if (mergeMode == null) {
      return List.of(tf.identity(first), tf.identity(second));
    }
    return List.of(
        switch (mergeMode) {
          case "concat" ->
              tf.concat(List.of(first, second), tf.constant(first.shape().numDimensions() - 1));
          case "sum" -> tf.math.add(first, second);
          case "mul" -> tf.math.mul(first, second);
          default -> tf.math.div(tf.math.add(first, second), tf.constant(2f));
        });
  }

  @Override
  protected Map<String, Object> serializeCall(List<?> tensors) {
    return tensors.size() == 1
        ? super.serializeCall(tensors)
        : Serialized.call(
            tensors.subList(0, 1), Map.of("initial_state", tensors.subList(1, tensors.size())));
  }

  @Override
  Map<String, Object> buildConfig(List<List<Object>> shapes) {
    return Recurrent.buildConfigOf(shapes);
  }

  /**
   * Returns a layer of its arguments. Keras: {@code Bidirectional.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Bidirectional fromConfig(Config config) {
    Checks.notNull("Bidirectional.fromConfig", "config", config);
    Layer<?> layer = inner(config, "layer");
    Layer<?> backward = config.given("backward_layer") ? inner(config, "backward_layer") : null;
    Bidirectional made = new Bidirectional(layer, backward).common(config);
    if (config.has("merge_mode")) {
      made.mergeMode(config.given("merge_mode") ? config.text("merge_mode") : null);
    }
    return made;
  }

  private static Layer<?> inner(Config config, String key) {
    Layer<?> layer = Layers.unbuilt(config.inner(key));
    if (OneWay.of(layer) != null) {
      return layer;
    }
    throw config.wrong(key, "a recurrent layer");
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("merge_mode", mergeMode);
    config.put("layer", forward.serialize());
    config.put("backward_layer", backward.serialize());
    return config;
  }
}
