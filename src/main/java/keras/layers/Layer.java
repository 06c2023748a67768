package keras.layers;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import keras.backend.LayerContext;
import keras.backend.Variable;
import keras.initializers.Initializer;
import keras.internal.graph.MaskedTensor;
import keras.internal.graph.Tape;
import keras.internal.messages.Errors;
import keras.internal.naming.AutoNames;
import keras.internal.random.SeedOrder;
import keras.internal.weights.WeightAssignment;
import keras.internal.weights.WeightGroup;
import keras.internal.weights.WeightsFromFile;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * What models are made of: a function from tensors to tensors with weights of its own. Keras:
 * {@code keras.layers.Layer}.
 *
 * <p>A layer's arguments are chained calls on the fresh layer. Once it is added to a model or
 * called, they are fixed: another chained call is an {@link IllegalStateException}. The weights are
 * what makes two uses of a layer the same layer.
 *
 * <p>A subclass says what it needs in {@link #build}, the shape of what it gives in {@link
 * #computeOutputShape}, and its formula in {@link #call}.
 *
 * @param <S> the subclass, so that chained calls keep their type
 */
public abstract class Layer<S extends Layer<S>> {

  private String name;
  private boolean trainable = true;
  private boolean frozen;
  private boolean built;
  private Shape builtFor;
  private Shape outputShape;
  private Layer<?> owner;

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
   * Whether training may change the weights.
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
    config.text("name", this::name);
    config.bool("trainable", this::trainable);
    config.float32("dtype");
    config.ignore("autocast");
    return self();
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
   * Makes the weights, with {@link #addWeight}. Called once, before the layer is first used.
   *
   * @param inputShape the batch first; dimensions that are not known are -1
   */
  protected void build(Shape inputShape) {}

  /**
   * The shape of what the layer gives.
   *
   * @param inputShape the batch first; dimensions that are not known are -1
   * @return by default the same shape
   */
  public Shape computeOutputShape(Shape inputShape) {
    return inputShape;
  }

  /**
   * Adds the layer's ops. TensorFlow finds their gradient.
   *
   * @param context where they go, and the values of the weights
   * @param inputs one row a sample; only a part of the batch may be here
   * @return what the layer gives
   */
  protected Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs) {
    throw new UnsupportedOperationException(getClass().getSimpleName() + " has no call.");
  }

  /**
   * Whether the layer can be given a mask.
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
   * What keeps the layer from being given one timestep at a time, as a {@code step} signature of
   * {@code model.export} does.
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

  /** The same for a layer that works along axes of its input. */
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
   * Adds the layer to a model that is being compiled. Layers that are not a plain formula override
   * this: those that bring a gradient of their own, that use other layers or that work with masks.
   *
   * @param tape what the ops are recorded on
   * @param inputs the tensors that come in
   * @return the tensors that go out
   */
  protected List<MaskedTensor> forward(Tape tape, List<MaskedTensor> inputs) {
    MaskedTensor input = inputs.get(0);
    MaskedTensor output = tape.op(input.tensor(), this::call);
    return List.of(output.withMask(supportsMasking() ? input.mask() : null));
  }

  /**
   * The arguments, under Keras's names.
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
   * The layer as Keras writes it into a model's configuration. Keras: {@code
   * keras.layers.serialize(layer)}.
   *
   * @return {@code module}, {@code class_name}, {@code config} and {@code registered_name}, and
   *     {@code build_config} with the input shape once there are weights
   */
  protected Map<String, Object> serialize() {
    return Configs.layer(this, built ? builtFor : null);
  }

  /** Sets the states of a stateful layer to zero. Does nothing to others. */
  public void resetState() {}

  /**
   * Whether the layer keeps states from batch to batch, so that the batch size is fixed.
   *
   * @return by default whether a layer inside of this one does
   */
  boolean isStateful() {
    return sublayers().stream().anyMatch(Layer::isStateful);
  }

  /**
   * Layers inside of this one, as in a wrapper.
   *
   * @return none by default
   */
  protected List<Layer<?>> sublayers() {
    return List.of();
  }

  /**
   * The states of the random draws of this layer and of the layers inside: a seed and a counter
   * each. They are no weights; a training step moves the counters on.
   *
   * @return none for layers that draw nothing
   */
  List<Variable> seedStates() {
    List<Variable> all = new ArrayList<>();
    sublayers().forEach(layer -> all.addAll(layer.seedStates()));
    return all;
  }

  /**
   * The states of this layer and of the layers inside that last from batch to batch. They are no
   * weights.
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
                WeightsFromFile.first(this, weightName, shape, initializer),
                trainable && options.trainable())
            .regularizer(options.regularizer())
            .constraint(options.constraint());
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
   * The weights, in Keras's order: the layer's own, then those of the layers inside.
   *
   * @return a new list
   */
  public List<Variable> weights() {
    List<Variable> all = new ArrayList<>(weights);
    sublayers().forEach(layer -> all.addAll(layer.weights()));
    return all;
  }

  /**
   * Where the weights are in a file. A layer that has others inside says under which names Keras
   * has them.
   *
   * @return by default the layer's own weights, and no parts
   */
  protected WeightGroup weightGroup() {
    return new WeightGroup(toString(), name(), weights, Map.of());
  }

  /**
   * The values of the weights. Keras: {@code layer.get_weights()}.
   *
   * @return copies, in Keras's order
   */
  public List<FloatNdArray> getWeights() {
    return weights().stream().map(Variable::value).toList();
  }

  /**
   * Sets the values of the weights. Keras: {@code layer.set_weights(...)}.
   *
   * @param values one for each weight, in Keras's order
   * @throws IllegalArgumentException if the number or a shape does not fit
   */
  public void setWeights(List<? extends FloatNdArray> values) {
    WeightAssignment.assign(toString(), weights(), values);
  }

  /**
   * The number of numbers in all weights.
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
   * Calls the layer on a symbolic tensor, which makes its weights if there are none yet.
   *
   * @param input what goes in
   * @return what comes out
   */
  public KerasTensor call(KerasTensor input) {
    return callAll(List.of(input)).get(0);
  }

  /** Calls the layer on symbolic tensors. */
  List<KerasTensor> callAll(List<KerasTensor> inputs) {
    buildOnce(inputs.get(0).shape());
    List<KerasTensor> outputs =
        new Node(this, inputs, outputShapes(inputs.stream().map(KerasTensor::shape).toList()))
            .outputs();
    outputShape = outputs.get(0).shape();
    return outputs;
  }

  /** The shapes of all that the layer gives. */
  List<Shape> outputShapes(List<Shape> inputShapes) {
    return List.of(computeOutputShape(inputShapes.get(0)));
  }

  /**
   * Fixes the arguments and makes the weights, the first time it is called.
   *
   * @param inputShape the batch first; dimensions that are not known are -1
   */
  final void buildOnce(Shape inputShape) {
    freeze();
    if (!built) {
      build(inputShape);
      built = true;
      builtFor = inputShape;
      if (!trainable) {
        trainWeights(false);
      }
    }
  }

  /**
   * Makes the layer part of a model.
   *
   * @param model the model
   * @throws IllegalArgumentException if it is part of one already
   */
  final void joinModel(Layer<?> model) {
    if (owner != null) {
      throw Errors.in(model + ".add", "the layer " + this + " is part of a model already.")
          .expected("a layer that was not added before")
          .got("a layer of " + owner)
          .fix(
              "add that model as a whole, as a layer that shares its weights, or a new layer that"
                  + " takes a copy of them: layer.setWeights(other.getWeights())")
          .argument();
    }
    owner = model;
    freeze();
  }

  /** Takes the layer out of the model that it is part of. It stays built. */
  final void leaveModel() {
    owner = null;
  }

  /**
   * Does something with layers; if it fails, they are again as they were: part of no model, without
   * weights, open to chained calls.
   *
   * @param layers which
   * @param use what is done with them
   * @param <T> what comes out
   * @return what comes out
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
    Layer<?> wasOwner = owner;
    boolean wasFrozen = frozen;
    boolean wasBuilt = built;
    Shape wasOutput = outputShape;
    return () -> {
      owner = wasOwner;
      frozen = wasFrozen;
      outputShape = wasOutput;
      if (!wasBuilt) {
        built = false;
        weights.clear();
        neverTrained.clear();
      }
    };
  }

  /**
   * Whether a layer is this one, or inside of it at whatever depth.
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
   * Whether the weights are there.
   *
   * @return true once the layer was used or given an input shape
   */
  public boolean built() {
    return built;
  }

  /**
   * The shape of what the layer gave when it was last called on a symbolic tensor.
   *
   * @return the batch first; null before the first call
   */
  public Shape outputShape() {
    return outputShape;
  }

  /**
   * The layer's name.
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
   * Whether training may change the weights.
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

  /** The class that automatic names are made from. */
  String typeName() {
    return getClass().getSimpleName();
  }

  /**
   * The layer as messages name it.
   *
   * @return for example {@code LSTM "encoder"}
   */
  @Override
  public String toString() {
    return getClass().getSimpleName() + (name == null ? "" : " \"" + name + "\"");
  }
}
