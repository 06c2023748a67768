package keras.layers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import keras.backend.Variable;
import keras.internal.config.Serialized;
import keras.internal.graph.MaskedTensor;
import keras.internal.graph.Tape;
import keras.internal.messages.Errors;
import keras.internal.weights.WeightGroup;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;

/** Gives the library what it needs of layers. Internal: not for programs that use keras-java. */
public final class LayerAccess {

  private LayerAccess() {}

  /**
   * Adds a layer's ops.
   *
   * @param layer which
   * @param tape the tape that they are recorded on
   * @param inputs the tensors that come in
   * @return the tensors that go out
   */
  public static List<MaskedTensor> forward(Layer<?> layer, Tape tape, List<MaskedTensor> inputs) {
    return called(layer, inputs, () -> layer.forward(tape, inputs));
  }

  /**
   * Adds a layer's ops for all parts of a batch.
   *
   * @param layer which
   * @param tapes the tapes that they are recorded on, one for each part
   * @param inputs for each tape, the tensors that come in
   * @return for each tape, the tensors that go out
   */
  public static List<List<MaskedTensor>> forward(
      Layer<?> layer, List<Tape> tapes, List<List<MaskedTensor>> inputs) {
    return called(layer, inputs.get(0), () -> layer.forward(tapes, inputs));
  }

  /**
   * Tells whether a layer, or one inside of it, takes all parts of a batch together.
   *
   * @param layer which
   * @return true if it must be called with all tapes at once
   */
  public static boolean joinsParts(Layer<?> layer) {
    return layer.joinsParts() || layer.sublayers().stream().anyMatch(LayerAccess::joinsParts);
  }

  /**
   * Returns the calls of a layer.
   *
   * @param layer which
   * @return in the order in which they were made, of all models
   */
  public static List<Node> nodes(Layer<?> layer) {
    return List.copyOf(layer.nodes());
  }

  /**
   * Records a call once more, on other tensors of the same shapes.
   *
   * @param node the call
   * @param copies gives the other tensor for each that the call needs
   * @return one for each of its outputs
   */
  public static List<KerasTensor> again(Node node, UnaryOperator<KerasTensor> copies) {
    List<Shape> shapes = node.outputs().stream().map(KerasTensor::shape).toList();
    List<KerasTensor> inputs = node.inputs().stream().map(copies).toList();
    return new Node(node.layer(), inputs, shapes, node.options().with(copies)).outputs();
  }

  /**
   * Adds a call to a model that is being compiled.
   *
   * @param node the call
   * @param tapes the tapes that the ops are recorded on
   * @param known for each tape, gives the tensors that the call needs
   * @return for each tape, the tensors that go out
   */
  public static List<List<MaskedTensor>> forward(
      Node node, List<Tape> tapes, List<Function<KerasTensor, MaskedTensor>> known) {
    List<Tape> own = new ArrayList<>();
    List<List<MaskedTensor>> inputs = new ArrayList<>();
    for (int i = 0; i < tapes.size(); i++) {
      List<MaskedTensor> given = new ArrayList<>(node.inputs().stream().map(known.get(i)).toList());
      CallOptions options = node.options();
      Set<String> named = options.given();
      own.add(named.isEmpty() ? tapes.get(i) : tapes.get(i).withGiven(named));
      Ops tf = tapes.get(i).tf();
      Function<KerasTensor, MaskedTensor> values = known.get(i);
      options
          .masks()
          .forEach(
              (input, mask) -> {
                Operand<TBool> counts =
                    mask == null
                        ? null
                        : tf.math.notEqual(values.apply(mask).tensor(), tf.constant(0f));
                given.set(input, given.get(input).withMask(counts));
              });
      options.tensors().values().forEach(each -> given.add(values.apply(each)));
      inputs.add(given);
    }
    return called(node.layer(), inputs.get(0), () -> node.layer().forward(own, inputs));
  }

  /** Adds ops, and says which layer it was where TensorFlow refuses them. */
  private static <T> T called(Layer<?> layer, List<MaskedTensor> inputs, Supplier<T> forward) {
    try {
      return forward.get();
    } catch (TensorFlowException e) {
      String shapes =
          inputs.stream()
              .map(input -> Errors.shape(input.tensor().shape().asArray()))
              .collect(Collectors.joining(", "));
      IllegalArgumentException error =
          Errors.in(layer.toString(), "TensorFlow refuses what the layer does with its inputs.")
              .expected("inputs that go with its weights and arguments")
              .got(shapes + "; TensorFlow says: " + e.getMessage())
              .fix("give it inputs like those that it was built for, or put its ops right")
              .argument();
      error.initCause(e);
      throw error;
    }
  }

  /**
   * Returns how a file has a call of a layer.
   *
   * @param node the call
   * @param written gives a tensor as the file has it
   * @return {@code args} and {@code kwargs}
   */
  public static Map<String, Object> serializeCall(
      Node node, Function<KerasTensor, Object> written) {
    Map<String, Object> call =
        node.layer().serializeCall(node.inputs().stream().map(written).toList());
    Map<String, Object> named = new LinkedHashMap<>();
    CallOptions options = node.options();
    for (String name : options.given()) {
      named.put(
          name,
          switch (name) {
            case CallOptions.MASK -> node.layer().writtenMask(options.masks(), written);
            case "query_mask", "value_mask", "key_mask" ->
                written.apply(options.masks().get(CallOptions.NAMED_MASKS.indexOf(name)));
            case CallOptions.ATTENTION_MASK, CallOptions.COUNT_WEIGHTS ->
                written.apply(options.tensors().get(name));
            default -> true;
          });
    }
    return named.isEmpty() ? call : Serialized.withNamed(call, named);
  }

  /**
   * Returns the masks that a call takes by names of their own.
   *
   * @param layer which
   * @return as Keras spells them, such as {@code value_mask}
   */
  public static List<String> namedMasks(Layer<?> layer) {
    Set<String> taken = layer.callArguments();
    return CallOptions.NAMED_MASKS.stream().filter(taken::contains).toList();
  }

  /**
   * Returns the shapes of what a call gives for other inputs.
   *
   * @param node the call
   * @param inputs the shapes of the inputs
   * @return one for each output
   */
  public static List<Shape> outputShapes(Node node, List<Shape> inputs) {
    return node.layer().outputShapes(inputs, node.options());
  }

  /**
   * Tells whether a layer reads data in Java, before the graph.
   *
   * @param layer which
   * @return true for those that take strings, and whole numbers of any size
   */
  public static boolean readsData(Layer<?> layer) {
    return layer instanceof DataLayer<?>;
  }

  /**
   * Refuses a single number where a layer wants a batch.
   *
   * @param layer which
   * @param given the shape of its input
   * @throws IllegalArgumentException if there is no first dimension
   */
  public static void checkHasBatch(Layer<?> layer, Shape given) {
    Arguments.leastRank(layer, given, 1, "(batch, ...)", "give it a batch, not a single number");
  }

  /**
   * Tells whether a layer takes whole numbers exactly, whatever their size.
   *
   * @param layer which
   * @return true for those that look up rows
   */
  public static boolean takesIndices(Layer<?> layer) {
    return layer instanceof EmbeddingLayer<?>;
  }

  /**
   * Has a layer read data.
   *
   * @param layer one that {@link #readsData}
   * @param data one for each input
   * @return numbers for the graph
   */
  public static FloatNdArray read(Layer<?> layer, List<?> data) {
    return ((DataLayer<?>) layer).applyAll(data);
  }

  /**
   * Tells whether layers that are called later on the same inputs find no masks any more.
   *
   * @param layer which
   * @return true for a layer whose call in Keras takes the masks off its inputs
   */
  public static boolean takesMasksOff(Layer<?> layer) {
    return layer.takesMasksOff();
  }

  /**
   * Tells which type of tensor a file says that a layer gives.
   *
   * @param layer which
   * @return {@code "float32"} for most
   */
  public static String outputDtype(Layer<?> layer) {
    return layer.outputDtype();
  }

  /**
   * Returns the names of the attributes that a model's layers are in, by {@code addLayer}.
   *
   * @param layer a model
   * @return none for a model that was given its layers otherwise
   */
  public static Map<Layer<?>, String> attributes(Layer<?> layer) {
    Map<Layer<?>, String> attributes = new HashMap<>();
    layer.parts().forEach((attribute, part) -> attributes.put(part, attribute));
    return attributes;
  }

  /**
   * Returns the weights as files have them.
   *
   * @param layer whose
   * @return its own, and those of the layers inside
   */
  public static WeightGroup weightGroup(Layer<?> layer) {
    return layer.weightGroup();
  }

  /**
   * The states of the random draws, a seed and a counter each. They are no weights; a training step
   * moves the counters on.
   *
   * @param layer whose
   * @return none for layers that draw nothing
   */
  public static List<Variable> seedStates(Layer<?> layer) {
    return layer.seedStates();
  }

  /**
   * Returns the states that last from batch to batch. They are no weights.
   *
   * @param layer whose
   * @return none for layers that are not stateful
   */
  public static List<Variable> lastingStates(Layer<?> layer) {
    return layer.lastingStates();
  }

  /**
   * Whether the layer keeps states from batch to batch, so that the batch size is fixed.
   *
   * @param layer which
   * @return true for a stateful layer, and for one that has a stateful layer inside
   */
  public static boolean isStateful(Layer<?> layer) {
    return layer.isStateful();
  }

  /**
   * Tells whether the layer or one inside of it must see all samples of a batch together.
   *
   * @param layer which
   * @return true as a rule for layers of a user's own
   */
  public static boolean needsWholeBatch(Layer<?> layer) {
    return layer.holdsWholeBatch();
  }

  /**
   * Fixes the arguments of a layer that is about to be used.
   *
   * @param layer which
   */
  public static void freeze(Layer<?> layer) {
    layer.freeze();
  }

  /**
   * Does something with layers; if it fails, they are again as they were: without weights, open to
   * chained calls.
   *
   * @param layers which
   * @param use the function of them
   * @param <T> the result
   * @return the result
   */
  public static <T> T allOrNothing(List<? extends Layer<?>> layers, Supplier<T> use) {
    return Layer.allOrNothing(layers, use);
  }

  /**
   * Whether a layer is another one, or has it inside at whatever depth.
   *
   * @param layer which
   * @param other the layer looked for
   * @return true for the layer itself
   */
  public static boolean holds(Layer<?> layer, Layer<?> other) {
    return layer.holds(other);
  }

  /**
   * Returns the shape of a batch that a layer was told of by {@code inputShape} and the like.
   *
   * @param layer which
   * @return the batch first, or null if it was told nothing
   */
  public static Shape givenInputShape(Layer<?> layer) {
    return layer.givenInputShape();
  }

  /**
   * The layer that is described, without weights: a model will know the shape of its input.
   *
   * @param layer {@code class_name} and {@code config}
   * @return a new layer
   * @throws IllegalArgumentException if there is no such layer, or an argument is wrong
   */
  public static Layer<?> unbuilt(Config layer) {
    return Layers.unbuilt(layer);
  }

  /**
   * The layer that is described in a graph, without weights.
   *
   * @param layer {@code class_name} and {@code config}
   * @param call its first call, which an operation has arguments in; null for none
   * @return a new layer
   * @throws IllegalArgumentException if there is no such layer, or an argument is wrong
   */
  public static Layer<?> unbuilt(Config layer, Object call) {
    return Operation.isDescribed(layer) ? Operation.read(layer, call) : Layers.unbuilt(layer);
  }

  /**
   * Calls a function of {@code keras.ops} on tensors of a graph.
   *
   * @param className Keras's class, as {@code "GetItem"}
   * @param config the arguments that Keras keeps in the object
   * @param arguments the arguments of the call: tensors, numbers, lists of these, or null
   * @return the results
   * @throws IllegalArgumentException if the tensors do not go with each other
   */
  public static List<KerasTensor> operation(
      String className, Map<String, Object> config, List<?> arguments) {
    return new Operation(className, config, arguments).callOn(arguments);
  }

  /**
   * Tells whether a layer is a function of {@code keras.ops}, which Keras does not count among a
   * model's layers.
   *
   * @param layer which
   * @return false for all other layers
   */
  public static boolean isOperation(Layer<?> layer) {
    return layer instanceof Operation;
  }

  /**
   * Returns the class of a layer as Keras calls it.
   *
   * @param layer which
   * @return as {@code "InputLayer"} for an {@link Input}
   */
  public static String typeName(Layer<?> layer) {
    return layer.typeName();
  }

  /**
   * Makes a layer's weights for the shape that its configuration tells of, if there are none yet.
   *
   * @param made the layer
   * @param layer its configuration, perhaps with {@code build_config}
   */
  public static void build(Layer<?> made, Config layer) {
    Layers.build(made, layer);
  }

  /**
   * Refuses a configuration with layers that keras-java lacks, naming all of them.
   *
   * @param layer a layer or a model, with {@code class_name} and {@code config}
   * @throws IllegalArgumentException if there are any
   */
  public static void checkKnown(Config layer) {
    Layers.checkKnown(layer);
  }

  /**
   * Why a layer cannot run one timestep at a time, as a {@code step} signature of {@code
   * model.export} does.
   *
   * @param layer which
   * @param inputShape (batch, timesteps, ...)
   * @return a clause for a message; empty if it can
   */
  public static Optional<String> hindranceToStreaming(Layer<?> layer, Shape inputShape) {
    return layer.hindranceToStreaming(inputShape);
  }
}
