package keras.layers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import keras.backend.LayerContext;
import keras.backend.Variable;
import keras.backend.VariableAccess;
import keras.initializers.Initializer;
import keras.internal.config.Serialized;
import keras.internal.graph.MaskedTensor;
import keras.internal.graph.Tape;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.naming.AutoNames;
import keras.internal.naming.NameScope;
import keras.internal.random.SeedOrder;
import keras.internal.weights.WeightAssignment;
import keras.internal.weights.WeightGroup;
import keras.internal.weights.WeightLimit;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * A function from tensors to tensors with weights of its own, of which models are made. Keras:
 * {@code keras.layers.Layer}.
 *
 * <p>A layer's arguments are chained calls on the fresh layer. Once it is added to a model or
 * called, they are fixed: another chained call is an {@link IllegalStateException}. The weights are
 * what makes two uses of a layer the same layer.
 *
 * <p>A layer of your own makes its weights in {@link #build(Shape)}, gives the shape of its output
 * in {@link #computeOutputShape(Shape)}, and its formula in {@link #call(LayerContext, Operand)}.
 * Each has a form with lists for several inputs and outputs. docs/your-own-layers.md has examples.
 *
 * @param <S> the subclass, so that chained calls keep their type
 */
public abstract class Layer<S extends Layer<S>> extends LayerParts {

  private String name;
  private boolean trainable = true;
  private boolean frozen;
  private boolean built;
  private List<Shape> builtFor;
  private final List<Node> nodes = new ArrayList<>();

  /** The weights of this layer alone, as Keras has them: those that are never trained come last. */
  private final List<Variable> weights = new ArrayList<>();

  private final Set<Variable> neverTrained = new HashSet<>();

  /** For subclasses. */
  protected Layer() {
    SeedOrder.completeAll();
  }

  @SuppressWarnings("unchecked")
  private S self() {
    return (S) this;
  }

  // ---- arguments

  /**
   * Names the layer.
   *
   * @param value unique within a model; by default the class name in snake case, numbered
   * @return this layer
   */
  public S name(String value) {
    checkNotFrozen("name");
    name = value;
    return self();
  }

  /**
   * Sets whether training may change the weights.
   *
   * @param value true by default
   * @return this layer
   */
  public S trainable(boolean value) {
    trainable = value;
    trainWeights(value);
    return self();
  }

  /** Has training change the weights of this layer and of those inside, or not. */
  private void trainWeights(boolean value) {
    weights.forEach(weight -> weight.setTrainable(value && !neverTrained.contains(weight)));
    sublayers().forEach(layer -> layer.trainWeights(value));
  }

  /**
   * Takes the arguments that all layers have from a configuration. A layer of your own need not
   * call it: it is called for layers that {@link keras.utils.CustomObjects} make.
   *
   * @param config the arguments under Keras's names
   * @return this layer
   * @throws IllegalArgumentException if one is wrong, or {@code dtype} is not float32
   */
  protected S common(Config config) {
    Checks.notNull(getClass().getSimpleName() + ".fromConfig", "config", config);
    config.text("name", this::name);
    config.bool("trainable", this::trainable);
    config.float32("dtype");
    config.ignore("autocast");
    readActivityRegularizer(config);
    return self();
  }

  /** Layers of Keras's own have one; one's own use {@link LayerContext#addLoss}. */
  void readActivityRegularizer(Config config) {
    config.only("activity_regularizer", null);
  }

  /**
   * Takes what a configuration says of a layer beside its arguments.
   *
   * @param layer the layer with {@code class_name}, {@code config} and whatever else is there
   */
  protected void completeFrom(Config layer) {}

  /**
   * To be called first in each chained call.
   *
   * @param argument the argument's name
   * @throws IllegalStateException if the layer is in use already
   */
  protected final void checkNotFrozen(String argument) {
    if (frozen) {
      throw Errors.in(
              this + "." + argument, "the layer is in use already, its arguments are fixed.")
          .expected(argument + "(...) right after the constructor")
          .got("a call after the layer was added to a model or called")
          .fix("move ." + argument + "(...) to where the layer is made")
          .state();
    }
  }

  // ---- what a subclass says

  /**
   * Makes the weights, with {@link #addWeight}, and builds the layers inside, with {@link
   * #build(Layer, Shape)}. Called once, before the layer is first used.
   *
   * @param inputShape the batch first; dimensions that are not known are -1
   */
  protected void build(Shape inputShape) {}

  /**
   * Makes the weights of a layer with several inputs.
   *
   * @param inputShapes one for each input; by default there is one
   */
  protected void build(List<Shape> inputShapes) {
    build(only(inputShapes));
  }

  /**
   * Returns the shape of the output.
   *
   * @param inputShape the batch first; dimensions that are not known are -1
   * @return by default the same shape
   */
  public Shape computeOutputShape(Shape inputShape) {
    return inputShape;
  }

  /**
   * The shapes of the outputs of a layer with several inputs or outputs.
   *
   * @param inputShapes one for each input; by default there is one
   * @return one for each output; by default one
   */
  public List<Shape> computeOutputShape(List<Shape> inputShapes) {
    return List.of(computeOutputShape(only(inputShapes)));
  }

  /**
   * Adds the layer's ops. TensorFlow finds their gradient.
   *
   * @param context where they go, and the values of the weights
   * @param inputs one row a sample
   * @return the output, one row a sample
   */
  protected Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs) {
    throw new UnsupportedOperationException(getClass().getSimpleName() + " has no call.");
  }

  /**
   * Adds the ops of a layer with several inputs or outputs.
   *
   * @param context where they go, and the values of the weights
   * @param inputs one tensor for each input; by default there is one
   * @return one tensor for each output; by default one
   */
  protected List<Operand<TFloat32>> call(LayerContext context, List<Operand<TFloat32>> inputs) {
    return List.of(returned(call(context, inputs.get(0))));
  }

  /** Returns what a function of the user's own has given, which must be something. */
  final Operand<TFloat32> returned(Operand<TFloat32> output) {
    if (output == null) {
      throw Errors.in(toString(), "its call returned no tensor.")
          .expected("the output, one row a sample")
          .got("null")
          .fix("return what the last op gives")
          .state();
    }
    return output;
  }

  /**
   * Returns the masks of the outputs.
   *
   * @param context where ops go
   * @param inputs one tensor for each input
   * @param masks one for each input, (batch, timesteps); null where all timesteps count
   * @return one for each output, or null for none; by default the first one goes on to all outputs
   *     if the layer {@link #supportsMasking}
   */
  protected List<Operand<TBool>> computeMask(
      LayerContext context, List<Operand<TFloat32>> inputs, List<Operand<TBool>> masks) {
    return supportsMasking()
        ? Collections.nCopies(computeOutputShape(shapes(inputs)).size(), masks.get(0))
        : null;
  }

  private static List<Shape> shapes(List<Operand<TFloat32>> tensors) {
    return tensors.stream().map(Operand::shape).toList();
  }

  /** Returns the shape of the only input; refuses several. */
  final Shape only(List<Shape> inputShapes) {
    Checks.list(toString(), "shapes", inputShapes);
    if (inputShapes.size() != 1) {
      throw Errors.in(toString(), "it takes one input.")
          .expected("one tensor")
          .got(inputShapes.size() + " tensors")
          .fix(
              "in a layer of your own, override build, computeOutputShape and call with a List,"
                  + " which take several")
          .argument();
    }
    return inputShapes.get(0);
  }

  /**
   * Tells whether the layer must see all samples of a batch together, as one that takes a mean over
   * them. Otherwise a batch may be cut into parts that run at the same time.
   *
   * @return true by default; false is quicker, and right if samples do not depend on each other
   */
  protected boolean needsWholeBatch() {
    return true;
  }

  /** Whether this layer or one inside of it must see all samples of a batch together. */
  final boolean holdsWholeBatch() {
    return needsWholeBatch()
        || sublayers().stream()
            .anyMatch(inner -> inner.holdsWholeBatch() || (!passesPartsOn() && inner.joinsParts()));
  }

  /**
   * Tells whether the layer takes all parts of a batch together, so that samples may depend on each
   * other though the batch is cut.
   *
   * @return true for a layer that overrides {@link #forward(List, List)} to that end
   */
  boolean joinsParts() {
    return false;
  }

  /**
   * Tells whether layers inside are called with all parts of a batch.
   *
   * @return true for models; layers that call others one part at a time cannot hold such that join
   *     the parts, unless the batch is not cut
   */
  protected boolean passesPartsOn() {
    return false;
  }

  /**
   * Tells whether the layer can be given a mask.
   *
   * @return by default true for layers that treat each timestep alike; the mask is passed on
   */
  protected boolean supportsMasking() {
    return false;
  }

  /**
   * Whether the layer does anything with a mask but pass it on. Keras: a {@code call} with an
   * argument {@code mask}.
   *
   * @return true for recurrent layers and for wrappers
   */
  boolean usesMask() {
    return false;
  }

  /**
   * Why the layer cannot be given one timestep at a time, as a {@code step} signature of {@code
   * model.export} does.
   *
   * @param inputShape (batch, timesteps, ...); dimensions that are not known are -1
   * @return a clause for a message; empty for layers that treat each timestep alike, which by
   *     default are those that {@link #supportsMasking()}, and for those that go over the timesteps
   *     in their order
   */
  Optional<String> hindranceToStreaming(Shape inputShape) {
    return supportsMasking()
        ? Optional.empty()
        : Optional.of("it takes several timesteps together, or may do so");
  }

  /** Returns the same for a layer that works along axes of its input. */
  final Optional<String> hindranceToStreaming(Shape inputShape, int... axes) {
    for (int axis : axes) {
      if (Math.floorMod(axis, inputShape.numDimensions()) == 1) {
        return Optional.of("it works along the axis of the timesteps");
      }
    }
    return Optional.empty();
  }

  /**
   * Draws the seeds that were not given, of initializers and of random layers, in the order in
   * which Keras draws them in the layer's constructor. What was drawn before is not drawn again. A
   * layer that has something to draw says so with {@link SeedOrder#add} in its constructor.
   */
  void drawSeeds() {}

  /**
   * Adds the layer to a model that is being compiled. Keras's own layers override this where they
   * are no plain formula.
   *
   * @param tape the tape that the ops are recorded on
   * @param inputs the tensors that come in
   * @return the tensors that go out
   */
  protected List<MaskedTensor> forward(Tape tape, List<MaskedTensor> inputs) {
    List<Operand<TBool>> masks = new ArrayList<>();
    List<MaskedTensor> outputs =
        tape.layer(
            inputs,
            (context, own) -> {
              List<Operand<TFloat32>> given = call(context, own);
              List<Operand<TBool>> before = new ArrayList<>();
              inputs.forEach(input -> before.add(input.mask()));
              List<Operand<TBool>> after = computeMask(context, own, before);
              masks.addAll(after == null ? Collections.nCopies(given.size(), null) : after);
              return given;
            });
    List<MaskedTensor> masked = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      masked.add(outputs.get(i).withMask(masks.get(i)));
    }
    return masked;
  }

  /**
   * Adds the layer for all parts of a batch.
   *
   * @param tapes the tapes that the ops are recorded on, one for each part
   * @param inputs for each tape, the tensors that come in
   * @return for each tape, the tensors that go out; by default each part goes its own way
   */
  protected List<List<MaskedTensor>> forward(List<Tape> tapes, List<List<MaskedTensor>> inputs) {
    List<List<MaskedTensor>> all = new ArrayList<>();
    for (int i = 0; i < tapes.size(); i++) {
      all.add(forward(tapes.get(i), inputs.get(i)));
    }
    return all;
  }

  /**
   * Returns the arguments, under Keras's names.
   *
   * @return a new map, in Keras's order
   */
  public Map<String, Object> getConfig() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("name", name());
    config.put("trainable", trainable);
    config.put("dtype", Configs.dtype());
    return config;
  }

  /**
   * Returns the layer as Keras writes it into a model's configuration. Keras: {@code
   * keras.layers.serialize(layer)}.
   *
   * @return {@code module}, {@code class_name}, {@code config} and {@code registered_name}, and
   *     {@code build_config} with the input shape once there are weights
   */
  protected Map<String, Object> serialize() {
    return Configs.layer(this, built ? builtFor : null);
  }

  /**
   * Tells whether Keras takes the layer for built as soon as it is made, and so writes no shape.
   *
   * @return true for layers without weights, by and large
   */
  boolean builtAtOnce() {
    return false;
  }

  /**
   * Tells whether {@link #build} makes initializers, which draw their seeds then.
   *
   * @return by default true for layers of one's own, which do so with {@link #addWeight}
   */
  boolean drawsSeedsInBuild() {
    return !(this instanceof KerasLayer);
  }

  /**
   * Tells whether layers that are called later on the same inputs find no masks any more.
   *
   * @return true for a layer whose call in Keras takes the masks off its inputs
   */
  boolean takesMasksOff() {
    return false;
  }

  /** Tells which type of tensor a file says that the layer gives. */
  String outputDtype() {
    return "float32";
  }

  /** Returns tensors that a cell needs in all timesteps, besides its weights. */
  List<Operand<TFloat32>> same() {
    return List.of();
  }

  /** Returns what a file says of the shapes that the layer was built for. */
  Map<String, Object> buildConfig(List<List<Object>> shapes) {
    return Map.of("input_shape", shapes.size() == 1 ? shapes.get(0) : shapes);
  }

  /** Sets the states of a stateful layer to zero. Does nothing to others. */
  public void resetState() {}

  /**
   * Tells whether the layer keeps states from batch to batch, so that the batch size is fixed.
   *
   * @return by default whether a layer inside of this one does
   */
  boolean isStateful() {
    return sublayers().stream().anyMatch(Layer::isStateful);
  }

  /**
   * Layers inside of this one.
   *
   * @return those of {@link #addLayer} by default
   */
  protected List<Layer<?>> sublayers() {
    return List.copyOf(parts().values());
  }

  /**
   * Returns the states of the random draws of this layer and of the layers inside: a seed and a
   * counter each. They are no weights; a training step moves the counters on.
   *
   * @return none for layers that draw nothing
   */
  List<Variable> seedStates() {
    List<Variable> all = new ArrayList<>();
    all.addAll(generatorStates());
    sublayers().forEach(layer -> all.addAll(layer.seedStates()));
    return all;
  }

  /**
   * Returns the states of this layer and of the layers inside that last from batch to batch. They
   * are no weights.
   *
   * @return none for layers that are not stateful
   */
  List<Variable> lastingStates() {
    List<Variable> all = new ArrayList<>();
    sublayers().forEach(layer -> all.addAll(layer.lastingStates()));
    return all;
  }

  // ---- weights

  /**
   * Makes a weight with Keras's defaults.
   *
   * @param weightName the last part of its path, as {@code "kernel"}
   * @param shape its dimensions
   * @return the weight
   */
  protected final Variable addWeight(String weightName, Shape shape) {
    return addWeight(weightName, shape, options -> {});
  }

  /**
   * Makes a weight.
   *
   * <pre>{@code
   * scale = addWeight("scale", Shape.of(3), w -> w.initializer("ones").trainable(false));
   * }</pre>
   *
   * @param weightName the last part of its path, as {@code "kernel"}
   * @param shape its dimensions
   * @param options sets how it starts, what it adds to the loss, and whether it is trained
   * @return the weight
   */
  protected final Variable addWeight(
      String weightName, Shape shape, Consumer<WeightOptions> options) {
    WeightOptions set = new WeightOptions(weightName, "glorot_uniform");
    options.accept(set);
    set.initializer().drawSeed();
    return addWeight(weightName, shape, set);
  }

  final Variable addWeight(String weightName, Shape shape, WeightOptions options) {
    return addWeight(weightName, shape, options, options.initializer());
  }

  final Variable addWeight(
      String weightName, Shape shape, WeightOptions options, Initializer initializer) {
    checkSize(weightName, shape);
    Variable weight =
        Variable.of(
                weightName,
                shape,
                WeightLimit.first(this, weightName, shape, initializer),
                trainable && options.trainable())
            .regularizer(options.regularizer())
            .constraint(options.constraint());
    VariableAccess.setPath(weight, NameScope.path(weightName));
    if (options.trainable()) {
      weights.add(weights.size() - neverTrained.size(), weight);
    } else {
      weights.add(weight);
      neverTrained.add(weight);
    }
    return weight;
  }

  /** Refuses what no Java array can hold. */
  final void checkSize(String variable, Shape shape) {
    double count = 1;
    for (long size : shape.asArray()) {
      count *= size;
    }
    if (count > Integer.MAX_VALUE - 8) {
      throw Errors.in(toString(), variable + " is too large.")
          .expected("at most " + (Integer.MAX_VALUE - 8) + " numbers in one variable")
          .got(Errors.shape(shape.asArray()))
          .fix("take fewer units or features, or a smaller batch where it is part of the shape")
          .argument();
    }
  }

  /**
   * Returns the weights, in Keras's order: the layer's own, then those of the layers inside.
   *
   * @return a new list
   */
  public List<Variable> weights() {
    List<Variable> all = new ArrayList<>(weights);
    sublayers().forEach(layer -> all.addAll(layer.weights()));
    return all;
  }

  /**
   * Tells where the weights are in a file.
   *
   * @return by default the layer's own weights, and those of the layers of {@link #addLayer}
   */
  protected WeightGroup weightGroup() {
    Map<String, WeightGroup> inside = new LinkedHashMap<>();
    parts().forEach((attribute, layer) -> inside.put(attribute, layer.weightGroup()));
    return new WeightGroup(toString(), name(), weights, inside);
  }

  /**
   * Returns the weights that training changes. Keras: {@code layer.trainable_weights}.
   *
   * @return a new list, in Keras's order
   */
  public List<Variable> trainableWeights() {
    return weights().stream().filter(Variable::trainable).toList();
  }

  /**
   * Returns the weights that training leaves alone. Keras: {@code layer.non_trainable_weights}.
   *
   * @return a new list, in Keras's order
   */
  public List<Variable> nonTrainableWeights() {
    return weights().stream().filter(weight -> !weight.trainable()).toList();
  }

  /**
   * Returns the values of the weights. Keras: {@code layer.get_weights()}.
   *
   * @return copies, in Keras's order
   */
  public List<FloatNdArray> getWeights() {
    List<Variable> all = weights();
    return VariableAccess.unchanged(all, () -> all.stream().map(Variable::value).toList());
  }

  /**
   * Sets the values of the weights. Keras: {@code layer.set_weights(...)}.
   *
   * @param values one for each weight, in Keras's order
   * @throws IllegalArgumentException if the number or a shape does not fit
   */
  public void setWeights(List<? extends FloatNdArray> values) {
    WeightAssignment.assign(this + ".setWeights", weights(), values);
  }

  /**
   * Returns the number of numbers in all weights.
   *
   * @return the count
   * @throws IllegalStateException if the layer is not built, so that there are none yet
   */
  public long countParams() {
    if (!built()) {
      throw Errors.in(this + ".countParams", "the weights are not made yet.")
          .expected("a layer or a model that knows the shape of its input")
          .got("a call before it is built")
          .fix("start the model with new Input(shape(...)), or call model.build(...) first")
          .state();
    }
    return weights().stream().mapToLong(Variable::size).sum();
  }

  // ---- use

  /**
   * Calls the layer on a symbolic tensor, which makes its weights if there are none yet. Keras:
   * {@code layer(x)}.
   *
   * @param input the input
   * @return the output
   * @throws IllegalArgumentException if the input does not fit, or if there are several outputs
   */
  public KerasTensor call(KerasTensor input) {
    return onlyOutput(callAll(input));
  }

  /**
   * Calls a layer of several inputs on symbolic tensors. Keras: {@code layer([a, b])}.
   *
   * @param inputs the inputs
   * @return the output
   * @throws IllegalArgumentException if the inputs do not fit, or if there are several outputs
   */
  public KerasTensor call(List<KerasTensor> inputs) {
    return onlyOutput(callAll(inputs));
  }

  /**
   * Calls a layer of several outputs on a symbolic tensor. Keras: {@code y, h, c = layer(x)}.
   *
   * @param input the input
   * @return the outputs
   * @throws IllegalArgumentException if the input does not fit
   */
  public List<KerasTensor> callAll(KerasTensor input) {
    return callAll(List.of(Arguments.tensor(this, input)));
  }

  /**
   * Calls a layer of several inputs and outputs on symbolic tensors. Keras: {@code y, h = layer([a,
   * b])}.
   *
   * @param inputs the inputs
   * @return the outputs
   * @throws IllegalArgumentException if the inputs do not fit
   */
  public List<KerasTensor> callAll(List<KerasTensor> inputs) {
    return callAll(inputs, options -> {});
  }

  /**
   * Calls the layer on a symbolic tensor, with further arguments. Keras: {@code layer(x,
   * mask=mask)}.
   *
   * @param input the input
   * @param options sets the arguments
   * @return the output
   * @throws IllegalArgumentException if the input does not fit, or if there are several outputs
   */
  public KerasTensor call(KerasTensor input, Consumer<CallOptions> options) {
    return onlyOutput(callAll(List.of(Arguments.tensor(this, input)), options));
  }

  /**
   * Calls a layer of several inputs or outputs on symbolic tensors, with further arguments.
   *
   * @param inputs the inputs; of a recurrent layer the sequences, then the initial states
   * @param options sets the arguments
   * @return the outputs
   * @throws IllegalArgumentException if the inputs do not fit
   */
  public List<KerasTensor> callAll(List<KerasTensor> inputs, Consumer<CallOptions> options) {
    Arguments.tensors(this, inputs);
    CallOptions set = Checks.set(toString(), new CallOptions(), options);
    set.check(this, inputs);
    return allOrNothing(
        List.of(this),
        () -> {
          List<Shape> shapes = inputs.stream().map(KerasTensor::shape).toList();
          buildOnce(shapes);
          List<Shape> outputs = outputShapes(shapes, set);
          outputs.forEach(this::checkSize);
          return new Node(this, inputs, outputs, set).outputs();
        });
  }

  /** Refuses outputs that no array holds; TensorFlow would end the process. */
  private void checkSize(Shape output) {
    double numbers = 1;
    for (int i = 0; !output.isUnknown() && i < output.numDimensions(); i++) {
      numbers *= Math.max(1, output.get(i));
    }
    if (numbers > Integer.MAX_VALUE) {
      throw Errors.in(toString(), "the output is too large.")
          .expected("at most " + Integer.MAX_VALUE + " numbers for a sample")
          .got("shape " + Errors.shape(output.asArray()))
          .fix("look at the sizes among the layer's arguments")
          .argument();
    }
  }

  /**
   * Returns the names of the arguments that a call takes besides the inputs, as Keras spells them.
   */
  Set<String> callArguments() {
    return Set.of(CallOptions.MASK);
  }

  /** Returns how a file has the masks that a call was given. */
  Object writtenMask(Map<Integer, KerasTensor> masks, Function<KerasTensor, Object> written) {
    return written.apply(masks.get(0));
  }

  /** Returns the shapes of the outputs of a call with further arguments. */
  List<Shape> outputShapes(List<Shape> inputShapes, CallOptions options) {
    return computeOutputShape(inputShapes);
  }

  final KerasTensor onlyOutput(List<KerasTensor> outputs) {
    if (outputs.size() > 1) {
      nodes.remove(nodes.size() - 1);
      throw Errors.in(this + ".call", "the layer has several outputs.")
          .expected("a layer with one output")
          .got(outputs.size() + " outputs")
          .fix("callAll(...), which returns all of them")
          .argument();
    }
    return outputs.get(0);
  }

  /** Returns the calls of this layer so far. */
  final List<Node> nodes() {
    return nodes;
  }

  /**
   * Returns the tensor that the layer was first called on. Keras: {@code layer.input}.
   *
   * @return the only input of the first call
   * @throws IllegalStateException if the layer was not called, or has several inputs
   */
  public KerasTensor input() {
    return onlyOf("input", firstCall("input").inputs());
  }

  /**
   * Returns the tensor that the layer's first call gave. Keras: {@code layer.output}.
   *
   * @return the only output of the first call
   * @throws IllegalStateException if the layer was not called, or has several outputs
   */
  public KerasTensor output() {
    return onlyOf("output", firstCall("output").outputs());
  }

  private Node firstCall(String what) {
    if (nodes.isEmpty()) {
      throw Errors.in(this + "." + what, "the layer was not called yet.")
          .expected("a layer of a model that knows the shape of its data")
          .got("no call")
          .fix("layer.call(x) first, or begin the model with an Input")
          .state();
    }
    return nodes.get(0);
  }

  private KerasTensor onlyOf(String what, List<KerasTensor> tensors) {
    if (tensors.size() != 1) {
      throw Errors.in(this + "." + what, "there is not just one.")
          .expected("one tensor")
          .got(tensors.size() + " tensors")
          .fix("keep what callAll(...) returns")
          .state();
    }
    return tensors.get(0);
  }

  /**
   * Returns how a file has a call of this layer. Keras: {@code serialize_node}.
   *
   * @param tensors one for each input, as the file has it
   * @return {@code args} and {@code kwargs}
   */
  protected Map<String, Object> serializeCall(List<?> tensors) {
    return Serialized.call(tensors.size() == 1 ? tensors.get(0) : tensors);
  }

  /** Refuses an input that the weights were not made for; as a rule there is none. */
  void checkInput(Shape first, Shape given) {}

  /** Refuses inputs that do not go with each other. */
  void checkInputs(List<Shape> given) {}

  /**
   * Fixes the arguments and makes the weights, the first time it is called.
   *
   * @param inputShapes one for each input, the batch first; dimensions that are not known are -1
   */
  final void buildOnce(List<Shape> inputShapes) {
    freeze();
    checkInputs(inputShapes);
    if (built) {
      checkInput(builtFor.get(0), inputShapes.get(0));
    } else {
      NameScope.in(name(), () -> build(inputShapes));
      built = true;
      builtFor = List.copyOf(inputShapes);
      if (!trainable) {
        trainWeights(false);
      }
    }
  }

  /**
   * Does something with layers; if it fails, they are again as they were: without weights, open to
   * chained calls.
   *
   * @param layers which
   * @param use the function of them
   * @param <T> what comes out
   * @return the output
   */
  static <T> T allOrNothing(List<? extends Layer<?>> layers, Supplier<T> use) {
    List<Runnable> undo = layers.stream().map(Layer::undo).toList();
    try {
      return use.get();
    } catch (RuntimeException | Error failed) {
      undo.forEach(Runnable::run);
      throw failed;
    }
  }

  private Runnable undo() {
    boolean wasFrozen = frozen;
    boolean wasBuilt = built;
    int calls = nodes.size();
    return () -> {
      frozen = wasFrozen;
      nodes.subList(calls, nodes.size()).clear();
      if (!wasBuilt) {
        built = false;
        weights.clear();
        neverTrained.clear();
      }
    };
  }

  /**
   * Tells whether a layer is this one, or inside of it at whatever depth.
   *
   * @param other the layer looked for
   * @return true for this layer itself
   */
  final boolean holds(Layer<?> other) {
    return other == this || sublayers().stream().anyMatch(layer -> layer.holds(other));
  }

  /** Fixes the arguments; first those of the layers inside, which Keras constructs first. */
  final void freeze() {
    if (!frozen) {
      frozen = true;
      sublayers().forEach(Layer::freeze);
      name();
      SeedOrder.complete(this, this::drawSeeds);
    }
  }

  /**
   * Tells whether the weights are there.
   *
   * @return true once the layer was used or given an input shape
   */
  public boolean built() {
    return built;
  }

  /**
   * Returns the shape of the input. Keras: {@code layer.input.shape}.
   *
   * @return the batch first, -1 for what is not known
   * @throws IllegalStateException if the layer was not called yet, or more than once
   */
  public Shape inputShape() {
    return input().shape();
  }

  /**
   * The shape of what the layer gave when it was last called on a symbolic tensor.
   *
   * @return the batch first; null before the first call
   */
  public Shape outputShape() {
    return nodes.isEmpty() ? null : nodes.get(nodes.size() - 1).outputs().get(0).shape();
  }

  /**
   * Returns the layer's name.
   *
   * @return the one given, or the class name in snake case, numbered
   */
  public final String name() {
    if (name == null) {
      sublayers().forEach(Layer::name);
      name = AutoNames.next(typeName());
    }
    return name;
  }

  /**
   * Tells whether training may change the weights.
   *
   * @return true unless frozen with {@link #trainable(boolean)}
   */
  public final boolean trainable() {
    return trainable;
  }

  /** The shape of a batch that the layer was told of, or null. */
  Shape givenInputShape() {
    return null;
  }

  /** Leaves out the activity regularizer, as Keras does with a layer that is wrapped. */
  void leaveActivityAlone() {}

  /**
   * Returns the class that automatic names are made from, as Keras calls it.
   *
   * @return by default the name of the Java class
   */
  protected String typeName() {
    return getClass().getSimpleName();
  }

  /**
   * Returns the layer as messages name it.
   *
   * @return for example {@code LSTM "encoder"}
   */
  @Override
  public String toString() {
    return getClass().getSimpleName() + (name == null ? "" : " \"" + name + "\"");
  }
}
