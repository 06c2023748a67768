package keras.models;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import keras.backend.Variable;
import keras.callbacks.History;
import keras.callbacks.RunObserver;
import keras.distribution.DataParallel;
import keras.internal.config.Json;
import keras.internal.config.Serialized;
import keras.internal.graph.Dims;
import keras.internal.graph.MaskedTensor;
import keras.internal.graph.Tape;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.messages.Names;
import keras.internal.naming.AutoNames;
import keras.internal.text.Output;
import keras.internal.trainers.OwnStep;
import keras.internal.trainers.Trainer;
import keras.internal.weights.WeightGroup;
import keras.layers.Input;
import keras.layers.KerasTensor;
import keras.layers.Layer;
import keras.layers.LayerAccess;
import keras.layers.Node;
import keras.optimizers.Optimizer;
import keras.utils.Batch;
import keras.utils.Config;
import keras.utils.TextDataset;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * Layers that were put together, with all that is needed to train and run them. Keras: {@code
 * keras.Model}.
 *
 * <pre>{@code
 * KerasTensor x = new Input(shape(5, 100)).tensor();
 * KerasTensor y = new Dense(10).call(new LSTM(20).call(x));
 * try (Model model = new Model(x, y)) {
 *   model.compile(c -> c.loss("mse").optimizer("adam"));
 *   model.fit(data, targets);
 * }
 * }</pre>
 *
 * <p>The graph between inputs and outputs may branch and merge, and models may share layers, which
 * then have the same weights. Inputs may be tensors between layers.
 *
 * <p>A model owns native memory. Close it, as in try-with-resources; one that is forgotten is
 * closed by a cleaner some time later.
 */
public class Model extends Layer<Model> implements AutoCloseable {

  private final TrainerView network = new TrainerView(this);
  private final Trainer trainer = new Trainer(network, new CallbacksView(this));
  private final List<KerasTensor> addedLosses = new ArrayList<>();
  private final boolean functional;
  private Structure inputs;
  private Structure outputs;
  private volatile LayerGraph graph;
  private OwnStep.Body ownStep;
  private volatile boolean closed;

  /**
   * A model whose layers are its fields, and whose graph {@link #describe} makes. Keras: {@code
   * class MyModel(keras.Model)}.
   *
   * <pre>{@code
   * class MyModel extends Model {
   *   private final LSTM reader = addLayer("reader", new LSTM(20));
   *   private final Dense result = addLayer("result", new Dense(10));
   *
   *   @Override
   *   protected KerasTensor describe(KerasTensor inputs) {
   *     return result.call(reader.call(inputs));
   *   }
   * }
   * }</pre>
   */
  protected Model() {
    functional = false;
  }

  /**
   * A model with one input and one output. Keras: {@code keras.Model(inputs, outputs)}.
   *
   * @param inputs the input
   * @param outputs the output
   * @throws IllegalArgumentException if the outputs depend on other inputs, or if two layers have
   *     one name
   */
  public Model(KerasTensor inputs, KerasTensor outputs) {
    this(Structure.of(inputs), Structure.of(outputs));
  }

  /**
   * A model with one input and several outputs. Keras: {@code keras.Model(inputs, outputs)}.
   *
   * @param inputs the input
   * @param outputs the outputs, in the order of the targets
   * @throws IllegalArgumentException if the outputs depend on other inputs, or if two layers have
   *     one name
   */
  public Model(KerasTensor inputs, List<KerasTensor> outputs) {
    this(Structure.of(inputs), Structure.of(outputs));
  }

  /**
   * A model with one input and outputs by name. Keras: {@code keras.Model(inputs, outputs)}.
   *
   * @param inputs the input
   * @param outputs the outputs, by the names of the targets
   * @throws IllegalArgumentException if the outputs depend on other inputs, or if two layers have
   *     one name
   */
  public Model(KerasTensor inputs, Map<String, KerasTensor> outputs) {
    this(Structure.of(inputs), Structure.of(outputs));
  }

  /**
   * A model with several inputs and one output. Keras: {@code keras.Model(inputs, outputs)}.
   *
   * @param inputs the inputs, in the order of the data
   * @param outputs the output
   * @throws IllegalArgumentException if the outputs depend on other inputs, or if two layers have
   *     one name
   */
  public Model(List<KerasTensor> inputs, KerasTensor outputs) {
    this(Structure.of(inputs), Structure.of(outputs));
  }

  /**
   * A model with several inputs and several outputs. Keras: {@code keras.Model(inputs, outputs)}.
   *
   * @param inputs the inputs, in the order of the data
   * @param outputs the outputs, in the order of the targets
   * @throws IllegalArgumentException if the outputs depend on other inputs, or if two layers have
   *     one name
   */
  public Model(List<KerasTensor> inputs, List<KerasTensor> outputs) {
    this(Structure.of(inputs), Structure.of(outputs));
  }

  /**
   * A model with several inputs and outputs by name. Keras: {@code keras.Model(inputs, outputs)}.
   *
   * @param inputs the inputs, in the order of the data
   * @param outputs the outputs, by the names of the targets
   * @throws IllegalArgumentException if the outputs depend on other inputs, or if two layers have
   *     one name
   */
  public Model(List<KerasTensor> inputs, Map<String, KerasTensor> outputs) {
    this(Structure.of(inputs), Structure.of(outputs));
  }

  /**
   * A model with inputs by name and one output. Keras: {@code keras.Model(inputs, outputs)}.
   *
   * @param inputs the inputs, by the names of the data
   * @param outputs the output
   * @throws IllegalArgumentException if the outputs depend on other inputs, or if two layers have
   *     one name
   */
  public Model(Map<String, KerasTensor> inputs, KerasTensor outputs) {
    this(Structure.of(inputs), Structure.of(outputs));
  }

  /**
   * A model with inputs by name and several outputs. Keras: {@code keras.Model(inputs, outputs)}.
   *
   * @param inputs the inputs, by the names of the data
   * @param outputs the outputs, in the order of the targets
   * @throws IllegalArgumentException if the outputs depend on other inputs, or if two layers have
   *     one name
   */
  public Model(Map<String, KerasTensor> inputs, List<KerasTensor> outputs) {
    this(Structure.of(inputs), Structure.of(outputs));
  }

  /**
   * A model with inputs by name and outputs by name. Keras: {@code keras.Model(inputs, outputs)}.
   *
   * @param inputs the inputs, by the names of the data
   * @param outputs the outputs, by the names of the targets
   * @throws IllegalArgumentException if the outputs depend on other inputs, or if two layers have
   *     one name
   */
  public Model(Map<String, KerasTensor> inputs, Map<String, KerasTensor> outputs) {
    this(Structure.of(inputs), Structure.of(outputs));
  }

  Model(Structure inputs, Structure outputs) {
    FunctionalConfig.check(inputs, outputs);
    Structure[] ends = beginningWithInputs(inputs, outputs);
    this.functional = true;
    this.inputs = ends[0];
    this.outputs = ends[1];
    this.graph = new LayerGraph(ends[0].tensors(), ends[1].tensors());
  }

  /** Puts an Input in the place of each tensor that comes from another layer, as Keras does. */
  private static Structure[] beginningWithInputs(Structure inputs, Structure outputs) {
    Map<KerasTensor, KerasTensor> copies = new HashMap<>();
    LayerGraph whole = new LayerGraph(inputs.tensors(), outputs.tensors());
    for (KerasTensor each : inputs.tensors()) {
      boolean isInput = each.node().layer() instanceof Input;
      copies.put(
          each,
          isInput ? each : new Input(each.shape()).name(AutoNames.next("KerasTensor")).tensor());
    }
    if (copies.keySet().equals(new HashSet<>(copies.values()))) {
      return new Structure[] {inputs, outputs};
    }
    for (Node node : whole.nodes()) {
      if (!copies.containsKey(node.outputs().get(0))) {
        List<KerasTensor> again = LayerAccess.again(node, copies::get);
        for (int i = 0; i < again.size(); i++) {
          copies.put(node.outputs().get(i), again.get(i));
        }
      }
    }
    return new Structure[] {
      inputs.with(inputs.tensors().stream().map(copies::get).toList()),
      outputs.with(outputs.tensors().stream().map(copies::get).toList())
    };
  }

  /** Tells whether the model is a graph that was given, and neither a chain nor described. */
  final boolean isFunctional() {
    return functional;
  }

  /**
   * Says what a model of a class of its own does with its input. It is called once, with a symbolic
   * tensor, when the shape of the data is known. Keras: {@code call(self, inputs)}.
   *
   * <p>Porting note: Python runs {@code call} each time; here it only makes the graph, so that what
   * depends on numbers is said by layers and by {@link keras.ops.Ops}.
   *
   * @param inputs the input
   * @return the output
   */
  protected KerasTensor describe(KerasTensor inputs) {
    throw Errors.in(this + ".describe", "the model does not say what it does.")
        .expected("a class that overrides describe(KerasTensor), or a model of tensors")
        .got(getClass().getSimpleName() + ", which does not")
        .fix("override describe, or new Model(inputs, outputs)")
        .state();
  }

  /**
   * Says what a model of a class of its own does with several inputs, or for several outputs.
   *
   * @param inputs one for each array of the data
   * @return the outputs, in the order of the targets
   */
  protected List<KerasTensor> describe(List<KerasTensor> inputs) {
    if (inputs.size() != 1) {
      throw Errors.in(this + ".describe", "the model takes one input.")
          .expected("one array, or a class that overrides describe(List<KerasTensor>)")
          .got(inputs.size() + " arrays")
          .fix("override describe(List<KerasTensor> inputs)")
          .argument();
    }
    return List.of(describe(inputs.get(0)));
  }

  /** The layer graph, made when it is first needed. */
  LayerGraph graph() {
    if (graph == null) {
      throw Errors.in(toString(), "the shape of the data is not known yet.")
          .expected("data, or a call on a tensor")
          .got("neither")
          .fix("model.call(new Input(shape(timesteps, features)).tensor()), or fit first")
          .state();
    }
    return graph;
  }

  /** Tells whether the layer graph is there, or could be made, and with it the weights. */
  boolean isGraphKnown() {
    return graph != null;
  }

  /** Tells whether {@link #buildFor} has nothing to do. */
  boolean isGraphMade() {
    return graph != null;
  }

  /**
   * Makes the layer graph for data of these shapes, if it is not there yet; for one thread at a
   * time.
   */
  void buildFor(List<Shape> batch) {
    if (graph != null) {
      return;
    }
    List<KerasTensor> begin = new ArrayList<>();
    for (Shape shape : batch) {
      long[] sizes = shape.asArray().clone();
      if (!LayerAccess.isStateful(this)) {
        sizes[0] = Shape.UNKNOWN_SIZE;
      }
      begin.add(new Input(Shape.of(sizes)).tensor());
    }
    LayerAccess.freeze(this);
    addedLosses.clear(); // Those of a description that failed.
    Structure end = Structure.of(LayerAccess.allOrNothing(layers(), () -> describe(begin)));
    Structure start = begin.size() == 1 ? Structure.of(begin.get(0)) : Structure.of(begin);
    FunctionalConfig.check(start, end);
    LayerGraph made = new LayerGraph(begin, end.tensors(), addedLosses);
    checkParts(made);
    inputs = start;
    outputs = end;
    graph = made;
  }

  /** Refuses layers that no file would have the weights of. */
  private void checkParts(LayerGraph made) {
    for (Layer<?> layer : made.layers()) {
      boolean own = layer instanceof Input || LayerAccess.isOperation(layer);
      if (!own && !LayerAccess.holds(this, layer)) {
        throw Errors.in(this + ".describe", layer + " is no part of the model.")
            .expected("layers that addLayer was given")
            .got(layer)
            .fix("a field: addLayer(\"" + layer.name() + "\", new ...)")
            .state();
      }
    }
  }

  /**
   * Adds a tensor of the graph to the loss that training minimises. Keras: {@code
   * self.add_loss(loss)}; Keras 2: {@code model.add_loss(loss)}.
   *
   * <p>It counts in {@code fit} and {@code evaluate}, besides what {@code compile} names. All
   * samples of a batch are seen together. A file has it as well; Keras reads the file without it.
   *
   * @param loss a scalar that depends on the model's inputs, as {@code Ops.mean(...)} gives; in
   *     {@link #describe}, on those that it was given
   * @throws IllegalArgumentException if it is no scalar, or depends on other inputs
   * @throws IllegalStateException if the model is a {@code Sequential}
   */
  public void addLoss(KerasTensor loss) {
    if (this instanceof Sequential) {
      throw Errors.in(this + ".addLoss", "a chain has no place for it.")
          .expected("a functional model, or a class of your own")
          .got("a Sequential")
          .fix("new Model(model.inputs(), model.outputs()).addLoss(loss)")
          .state();
    }
    if (loss == null || loss.shape().numDimensions() != 0) {
      throw Errors.in(this + ".addLoss", "a loss is one number.")
          .expected("a tensor of shape ()")
          .got(loss == null ? "null" : Errors.shape(loss.shape().asArray()))
          .fix("addLoss(Ops.mean(loss))")
          .argument();
    }
    List<KerasTensor> all = new ArrayList<>(addedLosses);
    all.add(loss);
    if (graph != null) {
      graph = new LayerGraph(inputs.tensors(), outputs.tensors(), all);
      forgetPrograms();
    }
    addedLosses.add(loss);
  }

  /** Returns the names of the inputs, which data by name goes by. */
  List<String> inputNames() {
    return inputs == null ? List.of() : inputs.names();
  }

  /** Returns the names of the outputs, which targets, losses and logs go by. */
  List<String> outputNames() {
    return outputs == null ? List.of() : outputs.names();
  }

  /** Tells whether the model gives a map, by names that it was given for its outputs. */
  final boolean namesOutputs() {
    return outputs != null && outputs.keys() != null;
  }

  /** Tells whether another number of timesteps than the input's is tried. */
  boolean takesAnyTimesteps() {
    return !functional;
  }

  @Override
  protected String typeName() {
    return getClass() == Model.class ? "Functional" : super.typeName();
  }

  @Override
  public Model name(String value) {
    super.name(value);
    return this;
  }

  // ---- layers and weights

  /**
   * Returns the layers. Keras: {@code model.layers}.
   *
   * @return in Keras's order, inputs too; those of a {@code Sequential} without the input
   */
  public List<Layer<?>> layers() {
    if (!functional) {
      return super.sublayers();
    }
    return graph().layers().stream().filter(layer -> !LayerAccess.isOperation(layer)).toList();
  }

  /**
   * A layer. Keras: {@code model.get_layer(name)}.
   *
   * @param name its name
   * @return the layer
   * @throws IllegalArgumentException if there is no such layer
   */
  public Layer<?> getLayer(String name) {
    return layers().stream()
        .filter(layer -> layer.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> Names.unknown("layer", name, layers().stream().map(Layer::name).toList()));
  }

  /**
   * Returns a layer. Keras: {@code model.get_layer(index=index)}.
   *
   * @param index its place in {@link #layers()}; -1 is the last, and so on backwards
   * @return the layer
   * @throws IllegalArgumentException if there is no such layer
   */
  public Layer<?> getLayer(int index) {
    List<Layer<?>> all = layers();
    int count = all.size();
    if (index < -count || index >= count) {
      throw Errors.in(this + ".getLayer", "there is no layer at place " + index + ".")
          .expected(
              count == 0
                  ? "a model with layers"
                  : "from 0 to " + (count - 1) + ", or from " + -count + " to -1")
          .got(index)
          .fix(count == 0 ? "add layers first" : "getLayer(-1) for the last one")
          .argument();
    }
    return all.get(index < 0 ? count + index : index);
  }

  @Override
  protected List<Layer<?>> sublayers() {
    return layers();
  }

  @Override
  public List<Variable> weights() {
    Set<Variable> all = new LinkedHashSet<>();
    layers().forEach(layer -> all.addAll(layer.weights()));
    return new ArrayList<>(all);
  }

  @Override
  protected WeightGroup weightGroup() {
    Map<String, WeightGroup> places = new LinkedHashMap<>();
    Map<Layer<?>, String> attributes = LayerAccess.attributes(this);
    Set<String> taken = new HashSet<>();
    for (Layer<?> layer : layers()) {
      String place = "layers/" + AutoNames.snakeCase(LayerAccess.typeName(layer));
      String unique = place;
      for (int i = 1; !taken.add(unique); i++) {
        unique = place + "_" + i;
      }
      // Keras goes through the attributes by name, and "layers" is one of them.
      String attribute = attributes.getOrDefault(layer, unique);
      places.put(
          attribute.compareTo("layers") < 0 ? attribute : unique, LayerAccess.weightGroup(layer));
    }
    return new WeightGroup(toString(), name(), List.of(), places);
  }

  /**
   * Tells whether the weights are there. Keras: {@code model.built}.
   *
   * @return true once the shape of the data is known
   */
  @Override
  public boolean built() {
    return isGraphKnown();
  }

  @Override
  public Model trainable(boolean value) {
    super.trainable(value);
    layers().forEach(layer -> layer.trainable(value));
    return this;
  }

  @Override
  public List<FloatNdArray> getWeights() {
    checkOpen("getWeights");
    return super.getWeights();
  }

  @Override
  public void setWeights(List<? extends FloatNdArray> values) {
    checkOpen("setWeights");
    super.setWeights(values);
  }

  /**
   * Sets the states of all stateful layers to zero. Keras 2: {@code model.reset_states()}.
   *
   * @throws IllegalStateException if another thread trains the model
   */
  public void resetStates() {
    checkOpen("resetStates");
    trainer.inTurn(
        "resetStates",
        () -> {
          layers().forEach(Layer::resetState);
          return null;
        });
  }

  @Override
  public void resetState() {
    resetStates();
  }

  /**
   * Returns the tensors that the model begins with. Keras: {@code model.inputs}.
   *
   * @return in the order of the data
   */
  public List<KerasTensor> inputs() {
    return graph().inputs();
  }

  /**
   * Returns the tensors that the model gives. Keras: {@code model.outputs}.
   *
   * @return in the order of the targets
   */
  public List<KerasTensor> outputs() {
    return graph().outputs();
  }

  @Override
  public KerasTensor input() {
    return only("input", inputs());
  }

  @Override
  public KerasTensor output() {
    return only("output", outputs());
  }

  /**
   * The shape of what comes out. Keras: {@code model.output_shape}.
   *
   * @return the batch first; dimensions that are not known are -1
   */
  @Override
  public Shape outputShape() {
    return output().shape();
  }

  /** Its layers say it for themselves. */
  @Override
  protected boolean needsWholeBatch() {
    return !addedLosses.isEmpty();
  }

  @Override
  protected List<MaskedTensor> forward(Tape tape, List<MaskedTensor> inputs) {
    return graph().forward(List.of(tape), List.of(inputs)).get(0);
  }

  @Override
  protected List<List<MaskedTensor>> forward(List<Tape> tapes, List<List<MaskedTensor>> inputs) {
    return LayerAccess.joinsParts(this)
        ? graph().forward(tapes, inputs)
        : super.forward(tapes, inputs);
  }

  @Override
  protected final boolean passesPartsOn() {
    return true;
  }

  @Override
  protected void build(Shape inputShape) {
    buildFor(List.of(inputShape));
  }

  @Override
  protected void build(List<Shape> inputShapes) {
    if (functional) {
      checkShapes(inputShapes);
    } else {
      buildFor(inputShapes);
    }
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    return only("computeOutputShape", computeOutputShape(List.of(inputShape)));
  }

  @Override
  public List<Shape> computeOutputShape(List<Shape> inputShapes) {
    Checks.list(toString(), "shapes", inputShapes);
    checkShapes(inputShapes);
    return graph().outputShapes(inputShapes);
  }

  private void checkShapes(List<Shape> given) {
    List<Shape> expected = graph().inputShapes();
    boolean fits = given.size() == expected.size();
    for (int i = 0; fits && i < given.size(); i++) {
      fits = Dims.agree(given.get(i), expected.get(i));
    }
    if (!fits) {
      throw Errors.in(this + ".call", "the tensors do not go with the model's inputs.")
          .expected(Errors.shapes(expected.stream().map(Shape::asArray).toList()))
          .got(Errors.shapes(given.stream().map(Shape::asArray).toList()))
          .fix("give one tensor for each input, in the order of " + inputNames())
          .argument();
    }
  }

  /**
   * Calls the model on tensors by the names of its inputs. Keras: {@code model({"a": a, "b": b})}.
   *
   * @param inputs one for each input
   * @return the output
   * @throws IllegalArgumentException if a name is missing or not known, or if there are several
   *     outputs
   */
  public KerasTensor call(Map<String, KerasTensor> inputs) {
    return call(inOrder(inputs));
  }

  /**
   * Calls a model of several outputs on tensors by the names of its inputs.
   *
   * @param inputs one for each input
   * @return the outputs
   * @throws IllegalArgumentException if a name is missing or not known
   */
  public List<KerasTensor> callAll(Map<String, KerasTensor> inputs) {
    return callAll(inOrder(inputs));
  }

  private List<KerasTensor> inOrder(Map<String, KerasTensor> named) {
    Checks.notNull(this + ".call", "inputs", named);
    if (!named.keySet().equals(new HashSet<>(inputNames()))) {
      throw Errors.in(this + ".call", "the names are not those of the model's inputs.")
          .expected(inputNames())
          .got(named.keySet())
          .fix("give one tensor for each of these names")
          .argument();
    }
    return inputNames().stream().<KerasTensor>map(named::get).toList();
  }

  @Override
  protected Map<String, Object> serializeCall(List<?> tensors) {
    return isFunctional() && inputs.keys() == null
        ? super.serializeCall(tensors)
        : Serialized.call(isFunctional() ? inputs.arranged(tensors) : tensors.get(0));
  }

  @Override
  public Map<String, Object> getConfig() {
    if (!isFunctional()) {
      return super.getConfig();
    }
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("name", name());
    config.put("trainable", trainable());
    FunctionalConfig.write(config, graph, inputs, outputs, addedLosses);
    return config;
  }

  /**
   * Returns a model of its configuration. Keras: {@code keras.Model.from_config}.
   *
   * @param config the result of {@link #getConfig}
   * @return a new model
   * @throws IllegalArgumentException if something is missing or wrong
   */
  public static Model fromConfig(Map<String, ?> config) {
    return fromConfig(Config.of("Model.fromConfig", config));
  }

  /**
   * Returns a model of its configuration, within a larger one. Keras: {@code
   * keras.Model.from_config}.
   *
   * <p>As in Keras, the layers are constructed one after the other, so that those which were given
   * no seed draw one, in their order.
   *
   * @param config {@code name}, {@code layers}, {@code input_layers} and {@code output_layers}
   * @return a new model
   * @throws IllegalArgumentException if something is missing or wrong
   */
  public static Model fromConfig(Config config) {
    Checks.notNull("Model.fromConfig", "config", config);
    return config.given("input_layers")
        ? FunctionalConfig.read(config)
        : Sequential.fromConfig(config);
  }

  @Override
  protected Map<String, Object> serialize() {
    if (!isFunctional()) {
      Map<String, Object> map = super.serialize();
      if (graph != null) {
        List<Object> shapes = new ArrayList<>();
        inputs().forEach(each -> shapes.add(each.node().layer().getConfig().get("batch_shape")));
        map.put("build_config", Map.of("input_shape", inputs.arranged(shapes)));
      }
      map.put("compile_config", getCompileConfig());
      return map;
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("module", "keras.src.models.functional");
    map.put("class_name", "Functional");
    map.put("config", getConfig());
    map.put("registered_name", "Functional");
    map.put("build_config", Collections.singletonMap("input_shape", null));
    map.put("compile_config", getCompileConfig());
    return map;
  }

  /**
   * Returns the model as text, without its weights. Keras: {@code model.to_json()}.
   *
   * @return JSON that {@link Models#modelFromJson} reads, and so does Keras's {@code
   *     model_from_json}
   */
  public String toJson() {
    return Json.write(serialize());
  }

  // ---- training

  /**
   * Says how to train. Keras: {@code model.compile(...)}.
   *
   * <pre>{@code
   * model.compile(c -> c.loss("categorical_crossentropy").optimizer("adam").metrics("acc"));
   * }</pre>
   *
   * @param options sets the arguments
   * @throws IllegalArgumentException if a name is not known
   */
  public void compile(Consumer<CompileOptions> options) {
    checkOpen("compile");
    trainer.compile(Checks.set("compile", new CompileOptions(), options).arguments);
  }

  /**
   * Trains and tests together with other processes from now on. Keras: {@code
   * keras.distribution.set_distribution}.
   *
   * <pre>{@code
   * try (Collective workers = Distribution.initialize()) {
   *   model.distribute(new DataParallel(workers));
   *   model.fit(x, y, o -> o.batchSize(64).epochs(3));
   * }
   * }</pre>
   *
   * <p>All workers make and compile the same model and make the same calls of {@code fit}, {@code
   * evaluate}, {@code trainOnBatch} and {@code testOnBatch}, from one thread. The one of rank 0
   * gives the others its weights when {@code fit} or {@code evaluate} begins; it alone prints, and
   * callbacks that write run there alone. {@code predict} is done by each worker for itself. A
   * layer of one's own sees the rows of its worker.
   *
   * @param distribution who trains, and whose data; null for this process alone, the default
   * @throws IllegalStateException if another thread trains the model
   */
  public void distribute(DataParallel distribution) {
    checkOpen("distribute");
    trainer.distribute(distribution);
  }

  /**
   * Trains in a way of one's own: {@code fit} and {@code trainOnBatch} do this with each batch.
   * Keras: a subclass that overrides {@code train_step(self, data)}.
   *
   * <pre>{@code
   * model.trainStep(
   *     step -> {
   *       List<Operand<TFloat32>> predictions = step.call(model, step.x());
   *       Operand<TFloat32> loss = step.computeLoss(predictions);
   *       step.apply(step.gradients(loss, model.trainableWeights()), model.trainableWeights());
   *       return Map.of("loss", loss);
   *     });
   * }</pre>
   *
   * @param step makes the ops of a step; returns scalars by their names in the logs, which have the
   *     mean of each over the samples of an epoch. Null for the usual step.
   */
  public void trainStep(Function<StepContext, Map<String, Operand<TFloat32>>> step) {
    ownStep = step == null ? null : own -> step.apply(new StepContext(own));
    forgetPrograms();
  }

  final OwnStep.Body ownStep() {
    return ownStep;
  }

  /**
   * Returns the arguments of the last {@code compile}. Keras: {@code model.get_compile_config()}.
   *
   * @return optimizer, loss, metrics and the rest, as Keras writes them; empty before {@code
   *     compile}
   */
  public Map<String, Object> getCompileConfig() {
    return trainer.compileConfig();
  }

  /**
   * Says how to train, as a configuration has it. Keras: {@code model.compile_from_config(config)}.
   *
   * @param config the result of {@link #getCompileConfig}, or Keras's {@code get_compile_config()}
   * @throws IllegalArgumentException if something is wrong, or not known
   */
  public void compileFromConfig(Map<String, ?> config) {
    Checks.notNull(this + ".compileFromConfig", "config", config);
    compileFromConfig(Config.of(this + ".compileFromConfig", config));
  }

  /**
   * Says how to train, as a configuration in a file has it.
   *
   * @param config a view of what Keras's {@code get_compile_config()} gives
   * @throws IllegalArgumentException if something is wrong, or not known
   */
  public void compileFromConfig(Config config) {
    Checks.notNull(this + ".compileFromConfig", "config", config);
    checkOpen("compileFromConfig");
    trainer.compileFromConfig(config);
    if (isGraphKnown()) {
      trainer.buildOptimizer();
    }
  }

  @Override
  protected void completeFrom(Config layer) {
    if (layer.value("compile_config") instanceof Map<?, ?> map && !map.isEmpty()) {
      compileFromConfig(layer.inner("compile_config"));
    }
  }

  /**
   * Trains. Keras: {@code model.fit(x, y, ...)}.
   *
   * @param x the inputs: a Java array or an {@code NdArray}, one row a sample
   * @param y the targets, likewise
   * @param options sets the arguments
   * @return the logs of each epoch
   * @throws IllegalStateException if the model is not compiled, or closed
   * @throws IllegalArgumentException if the data does not fit the model
   */
  public History fit(Object x, Object y, Consumer<FitOptions> options) {
    checkOpen("fit");
    return trainer.fit(x, y, Checks.set("fit", new FitOptions(), options).arguments);
  }

  /**
   * Trains, with Keras's defaults.
   *
   * @param x the inputs
   * @param y the targets
   * @return the logs of each epoch
   */
  public History fit(Object x, Object y) {
    return fit(x, y, options -> {});
  }

  /**
   * Trains on batches that something yields.
   *
   * @param batches gone through once an epoch
   * @param options sets the arguments
   * @return the logs of each epoch
   */
  public History fit(Iterable<Batch> batches, Consumer<FitOptions> options) {
    checkOpen("fit");
    return trainer.fit(batches, null, Checks.set("fit", new FitOptions(), options).arguments);
  }

  /**
   * Trains on batches that something yields, with Keras's defaults.
   *
   * @param batches gone through once an epoch
   * @return the logs of each epoch
   */
  public History fit(Iterable<Batch> batches) {
    return fit(batches, options -> {});
  }

  /**
   * Trains a model of strings on the texts of a folder, as they are.
   *
   * @param texts with labels
   * @param options sets the arguments
   * @return loss and metrics of each epoch
   */
  public History fit(TextDataset texts, Consumer<FitOptions> options) {
    checkOpen("fit");
    return trainer.fit(texts, null, Checks.set("fit", new FitOptions(), options).arguments);
  }

  /**
   * Trains a model of strings for one epoch on the texts of a folder, as they are.
   *
   * @param texts with labels
   * @return loss and metrics
   */
  public History fit(TextDataset texts) {
    return fit(texts, options -> {});
  }

  /**
   * Trains on batches that something yields, once or endlessly.
   *
   * @param batches gone on with from epoch to epoch; needs {@code stepsPerEpoch} where endless
   * @param options sets the arguments
   * @return the logs of each epoch
   */
  public History fit(Iterator<Batch> batches, Consumer<FitOptions> options) {
    checkOpen("fit");
    return trainer.fit(batches, null, Checks.set("fit", new FitOptions(), options).arguments);
  }

  /**
   * Trains on batches that something yields, once, with Keras's defaults.
   *
   * @param batches gone through once
   * @return the logs of each epoch
   */
  public History fit(Iterator<Batch> batches) {
    return fit(batches, options -> {});
  }

  /**
   * Trains on batches that a stream yields, once or endlessly.
   *
   * @param batches gone on with from epoch to epoch; needs {@code stepsPerEpoch} where endless
   * @param options sets the arguments
   * @return the logs of each epoch
   */
  public History fit(Stream<Batch> batches, Consumer<FitOptions> options) {
    Checks.notNull("fit", "batches", batches);
    return fit(batches.iterator(), options);
  }

  /**
   * Trains on batches that a stream yields, with Keras's defaults.
   *
   * @param batches gone through once
   * @return the logs of each epoch
   */
  public History fit(Stream<Batch> batches) {
    return fit(batches, options -> {});
  }

  /**
   * Measures loss and metrics. Keras: {@code model.evaluate(x, y, ..., return_dict=True)}.
   *
   * @param x the inputs
   * @param y the targets
   * @param options sets the arguments
   * @return the loss and the metrics, sorted by name as Keras sorts them
   */
  public Map<String, Double> evaluate(Object x, Object y, Consumer<EvaluateOptions> options) {
    checkOpen("evaluate");
    return trainer.evaluate(x, y, Checks.set("evaluate", new EvaluateOptions(), options).arguments);
  }

  /**
   * Measures loss and metrics, with Keras's defaults.
   *
   * @param x the inputs
   * @param y the targets
   * @return the loss and the metrics, sorted by name as Keras sorts them
   */
  public Map<String, Double> evaluate(Object x, Object y) {
    return evaluate(x, y, options -> {});
  }

  /**
   * Measures loss and metrics on batches that something yields.
   *
   * @param batches gone through once
   * @param options sets the arguments
   * @return the loss and the metrics, sorted by name as Keras sorts them
   */
  public Map<String, Double> evaluate(Iterable<Batch> batches, Consumer<EvaluateOptions> options) {
    checkOpen("evaluate");
    return trainer.evaluate(
        batches, null, Checks.set("evaluate", new EvaluateOptions(), options).arguments);
  }

  /**
   * Measures loss and metrics on batches that something yields, with Keras's defaults.
   *
   * @param batches gone through once
   * @return the loss and the metrics, sorted by name as Keras sorts them
   */
  public Map<String, Double> evaluate(Iterable<Batch> batches) {
    return evaluate(batches, options -> {});
  }

  /**
   * Measures loss and metrics of a model of strings on the texts of a folder, as they are.
   *
   * @param texts with labels
   * @param options sets the arguments
   * @return the loss, then the metrics in their order
   */
  public Map<String, Double> evaluate(TextDataset texts, Consumer<EvaluateOptions> options) {
    checkOpen("evaluate");
    return trainer.evaluate(
        texts, null, Checks.set("evaluate", new EvaluateOptions(), options).arguments);
  }

  /**
   * Measures loss and metrics of a model of strings on the texts of a folder, as they are.
   *
   * @param texts with labels
   * @return the loss, then the metrics in their order
   */
  public Map<String, Double> evaluate(TextDataset texts) {
    return evaluate(texts, options -> {});
  }

  /**
   * Measures loss and metrics on batches that something yields, once or endlessly.
   *
   * @param batches gone on with; needs {@code steps} where endless
   * @param options sets the arguments
   * @return the loss and the metrics, sorted by name as Keras sorts them
   */
  public Map<String, Double> evaluate(Iterator<Batch> batches, Consumer<EvaluateOptions> options) {
    checkOpen("evaluate");
    return trainer.evaluate(
        batches, null, Checks.set("evaluate", new EvaluateOptions(), options).arguments);
  }

  /**
   * Measures loss and metrics on batches that something yields, once, with Keras's defaults.
   *
   * @param batches gone through once
   * @return the loss and the metrics, sorted by name as Keras sorts them
   */
  public Map<String, Double> evaluate(Iterator<Batch> batches) {
    return evaluate(batches, options -> {});
  }

  /**
   * Measures loss and metrics on batches that a stream yields, once or endlessly.
   *
   * @param batches gone on with; needs {@code steps} where endless
   * @param options sets the arguments
   * @return the loss and the metrics, sorted by name as Keras sorts them
   */
  public Map<String, Double> evaluate(Stream<Batch> batches, Consumer<EvaluateOptions> options) {
    Checks.notNull("evaluate", "batches", batches);
    return evaluate(batches.iterator(), options);
  }

  /**
   * Measures loss and metrics on batches that a stream yields, with Keras's defaults.
   *
   * @param batches gone through once
   * @return the loss and the metrics, sorted by name as Keras sorts them
   */
  public Map<String, Double> evaluate(Stream<Batch> batches) {
    return evaluate(batches, options -> {});
  }

  /**
   * Runs the model. Keras: {@code model.predict(x, ...)}.
   *
   * @param x the inputs; or an {@code Iterable}, {@code Iterator} or {@code Stream} of batches,
   *     which needs {@code steps} where it is endless
   * @param options sets the arguments
   * @return one row a sample
   */
  public FloatNdArray predict(Object x, Consumer<PredictOptions> options) {
    checkOpen("predict");
    return only(
        "predict",
        trainer.predict(x, Checks.set("predict", new PredictOptions(), options).arguments));
  }

  /**
   * Runs the model, with Keras's defaults.
   *
   * @param x the inputs; or an {@code Iterable}, {@code Iterator} or {@code Stream} of batches
   * @return one row a sample
   */
  public FloatNdArray predict(Object x) {
    return predict(x, options -> {});
  }

  /**
   * Runs a model of several outputs. Keras: {@code model.predict(x, ...)}, which returns a list or
   * a dictionary then.
   *
   * @param x the inputs: a list in their order, a map by their names, or batches
   * @param options sets the arguments
   * @return one array for each output, one row a sample
   */
  public Predictions predictAll(Object x, Consumer<PredictOptions> options) {
    checkOpen("predictAll");
    return new Predictions(
        outputNames(),
        trainer.predict(x, Checks.set("predict", new PredictOptions(), options).arguments));
  }

  /**
   * Runs a model of several outputs, with Keras's defaults.
   *
   * @param x the inputs: a list in their order, a map by their names, or batches
   * @return one array for each output, one row a sample
   */
  public Predictions predictAll(Object x) {
    return predictAll(x, options -> {});
  }

  private <T> T only(String where, List<T> several) {
    if (several.size() != 1) {
      boolean predicts = where.startsWith("predict");
      throw Errors.in(this + "." + where, "there is not just one.")
          .expected(predicts ? "a model with one output" : "a model with one")
          .got(several.size())
          .fix(
              predicts
                  ? where + "All(...), which returns all outputs"
                  : "inputs() or outputs(), which have all of them")
          .state();
    }
    return several.get(0);
  }

  /**
   * Trains on one batch. Keras: {@code model.train_on_batch(x, y, return_dict=True)}.
   *
   * @param x the inputs
   * @param y the targets
   * @return the loss and the metrics of this batch, sorted by name as Keras sorts them
   */
  public Map<String, Double> trainOnBatch(Object x, Object y) {
    return trainOnBatch(x, y, null);
  }

  /**
   * Trains on one weighted batch.
   *
   * @param x the inputs
   * @param y the targets
   * @param sampleWeight how much each sample or timestep counts, or null
   * @return the loss and the metrics of this batch, sorted by name as Keras sorts them
   */
  public Map<String, Double> trainOnBatch(Object x, Object y, Object sampleWeight) {
    checkOpen("trainOnBatch");
    return trainer.trainOnBatch(batch("trainOnBatch", x, y, sampleWeight), null);
  }

  /**
   * Trains on one batch whose samples count by their class.
   *
   * @param x the inputs
   * @param y the targets: labels or one-hot rows
   * @param classWeight weights by class; classes left out count 1
   * @return the loss and the metrics of this batch, sorted by name as Keras sorts them
   */
  public Map<String, Double> trainOnBatch(
      Object x, Object y, Map<Integer, ? extends Number> classWeight) {
    checkOpen("trainOnBatch");
    return trainer.trainOnBatch(batch("trainOnBatch", x, y, null), classWeight);
  }

  /**
   * Tests on one batch. Keras: {@code model.test_on_batch(x, y, return_dict=True)}.
   *
   * @param x the inputs
   * @param y the targets
   * @return the loss and the metrics of this batch, sorted by name as Keras sorts them
   */
  public Map<String, Double> testOnBatch(Object x, Object y) {
    return testOnBatch(x, y, null);
  }

  /**
   * Tests on one weighted batch.
   *
   * @param x the inputs
   * @param y the targets
   * @param sampleWeight how much each sample or timestep counts, or null
   * @return the loss and the metrics of this batch, sorted by name as Keras sorts them
   */
  public Map<String, Double> testOnBatch(Object x, Object y, Object sampleWeight) {
    checkOpen("testOnBatch");
    return trainer.testOnBatch(batch("testOnBatch", x, y, sampleWeight));
  }

  /**
   * Runs the model on one batch. Keras: {@code model.predict_on_batch(x)}.
   *
   * @param x the inputs
   * @return one row a sample
   */
  public FloatNdArray predictOnBatch(Object x) {
    checkOpen("predictOnBatch");
    return only("predictOnBatch", trainer.predictOnBatch(x));
  }

  /**
   * Runs a model of several outputs on one batch.
   *
   * @param x the inputs: a list in their order, or a map by their names
   * @return one array for each output, one row a sample
   */
  public Predictions predictOnBatchAll(Object x) {
    checkOpen("predictOnBatchAll");
    return new Predictions(outputNames(), trainer.predictOnBatch(x));
  }

  /**
   * Gives the outputs of every layer for one batch, as {@code predictOnBatch} computes it. Keras:
   * {@code keras.Model(model.inputs, [layer.output for layer in model.layers])}.
   *
   * <p>For finding out where a model goes astray: each call makes a program of its own, which stays
   * until the model is closed. Stateful layers move on, as in prediction.
   *
   * @param x the inputs
   * @return by the layers' names, in the order of the calls; those of a model inside by their path,
   *     as {@code encoder/lstm}; where a layer gives more than one tensor, or is called more than
   *     once, the further ones are under {@code name:1}, {@code name:2} and so on
   * @throws IllegalArgumentException if the data does not fit the model
   */
  public Map<String, FloatNdArray> layerOutputs(Object x) {
    checkOpen("layerOutputs");
    Batch batch = batch("layerOutputs", x, null, null);
    network.build(batch.inputs().stream().map(FloatNdArray::shape).toList());
    return trainer.layerOutputs(batch);
  }

  private Batch batch(String where, Object x, Object y, Object sampleWeight) {
    return Batch.of(where, network.read(where, x), y, sampleWeight);
  }

  /**
   * Tells whether the {@code fit} at hand shall stop after its batch. Keras: {@code
   * model.stop_training}.
   *
   * @return true once a callback asked for it, until the next {@code fit}
   */
  public boolean stopTraining() {
    return trainer.stopTraining();
  }

  /**
   * Makes the {@code fit} at hand stop after its batch. Keras: {@code model.stop_training = True}.
   *
   * @param value true to stop
   */
  public void stopTraining(boolean value) {
    trainer.stopTraining(value);
  }

  /**
   * Has something be told of each run of the model, for counters and timers: how many samples, and
   * how long it took.
   *
   * @param observer called after each run; null for none
   */
  public void observeRuns(RunObserver observer) {
    trainer.observeRuns(observer);
  }

  /** Forgets the sums of loss and metrics. Keras: {@code model.reset_metrics()}. */
  public void resetMetrics() {
    trainer.resetMetrics();
  }

  /**
   * The optimizer, which changes the weights.
   *
   * @return the optimizer that the model was compiled with, or null
   */
  public Optimizer<?> optimizer() {
    return trainer.optimizer();
  }

  /**
   * Writes the model for serving, as a TensorFlow SavedModel, or with {@code format("onnx")} as a
   * file for ONNX Runtime. Keras: {@code model.export(path)}.
   *
   * <p>Python loads it with {@code tf.saved_model.load}, other JVMs with {@code SavedModelBundle};
   * TensorFlow Serving serves it. It has the weights and what is computed from an input, dropout
   * and noise left out; it cannot be trained, nor be read back as a {@code Model}.
   *
   * <p>The signature {@code serving_default} takes a batch of any size and, where the model's input
   * leaves their number open, of any number of timesteps. The input has the name of the model's
   * {@link Input} if it was given one, else {@code keras_tensor}; the output is {@code output_0},
   * or has the name that a map of outputs gave it. {@code serve} is another name of the same.
   * Layers with {@code stateful(true)} start each call with states of zero.
   *
   * <p>A model with recurrent layers gets a signature {@code step} as well, unless it needs several
   * timesteps at once: one timestep in, (batch, features), with the states before it, and out come
   * the output, without the axis of the timesteps, and the states after it under the names that
   * they have as inputs: {@code lstm_h} and {@code lstm_c} for the layer {@code lstm}. A stream
   * begins with zeros. {@link Exported#signatures} says what was written, {@link
   * Exported#whyNoStep} what stood against {@code step}.
   *
   * <p>Porting note: Keras prints the signatures; here they are returned. {@code step} is ours.
   *
   * @param folder where to; an earlier SavedModel there is replaced as a whole, anything else is
   *     left alone. A file of ONNX replaces what was there
   * @param options sets the arguments
   * @return the signatures that were written
   * @throws IllegalArgumentException if a {@code step} was asked for that cannot be had
   * @throws IllegalStateException if the weights are not made yet, if the model is closed, or if
   *     there is something at that place that is no SavedModel
   * @throws java.io.UncheckedIOException if the folder cannot be written
   */
  public Exported export(Path folder, Consumer<ExportOptions> options) {
    checkOpen("export");
    ExportOptions set = new ExportOptions();
    Checks.notNull("export", "options", options);
    options.accept(set);
    return new Export(this, set).to(folder);
  }

  /**
   * Writes the model for serving, with a {@code step} where that makes sense.
   *
   * @param folder where to; an earlier SavedModel there is replaced as a whole
   * @return the signatures that were written
   */
  public Exported export(Path folder) {
    return export(folder, options -> {});
  }

  /** Prints the table of layers. Keras: {@code model.summary()}. */
  public void summary() {
    summary(Output.standard()::print);
  }

  /**
   * Gives the table of layers.
   *
   * @param printer takes the whole table, its last line ended
   */
  public void summary(Consumer<String> printer) {
    Checks.notNull("summary", "printer", printer);
    printer.accept(Summary.of(this));
  }

  /** Makes training start from the layers as they are now. */
  final void forgetPrograms() {
    trainer.forgetPrograms();
  }

  // ---- files

  /**
   * Writes the whole model: its layers, its weights, what it was compiled with, and what the
   * optimizer remembers. Keras: {@code model.save(path)}. The file is replaced as a whole or not at
   * all.
   *
   * <p>{@link Models#loadModel} reads it, and so does Keras. The states of stateful layers are not
   * in the file, as in Keras.
   *
   * @param path a name that ends with {@code .keras}; or with {@code .h5} or {@code .hdf5}, for the
   *     legacy format
   * @throws IllegalArgumentException if the name ends otherwise, if its folder does not exist, or
   *     if the model has functions that cannot be written
   * @throws IllegalStateException if the model is closed
   * @throws java.io.UncheckedIOException if the file cannot be written
   */
  public void save(Path path) {
    checkOpen("save");
    new ModelFiles(this).save(path);
  }

  /**
   * Writes the weights, and the optimizer's variables if there is one. Keras: {@code
   * model.save_weights(path)}. The file is replaced as a whole or not at all.
   *
   * @param path a name that ends with {@code .weights.h5}
   * @throws IllegalArgumentException if the name ends otherwise, or if its folder does not exist
   * @throws IllegalStateException if the model is closed or not built
   * @throws java.io.UncheckedIOException if the file cannot be written
   */
  public void saveWeights(Path path) {
    checkOpen("saveWeights");
    new ModelFiles(this).saveWeights(path);
  }

  /**
   * Reads weights from a file that this library or Keras has written. Keras: {@code
   * model.load_weights(path)}.
   *
   * @param path a file that ends with {@code .weights.h5}, {@code .keras}, or {@code .h5} as Keras
   *     2 wrote it
   * @throws IllegalArgumentException if the file is not whole or does not fit the model; the
   *     message lists each weight that does not fit, and none is changed
   * @throws IllegalStateException if the model is closed or not built
   */
  public void loadWeights(Path path) {
    loadWeights(path, options -> {});
  }

  /**
   * Reads weights from a file, perhaps only those that fit.
   *
   * @param path a file that ends with {@code .weights.h5}, {@code .keras} or {@code .h5}
   * @param options sets the arguments
   * @throws IllegalArgumentException if the file is not whole or does not fit the model
   * @throws IllegalStateException if the model is closed or not built
   */
  public void loadWeights(Path path, Consumer<LoadWeightsOptions> options) {
    checkOpen("loadWeights");
    LoadWeightsOptions o = new LoadWeightsOptions();
    Checks.notNull("loadWeights", "options", options);
    options.accept(o);
    new ModelFiles(this).loadWeights(path, o);
  }

  // ---- life

  private void checkOpen(String where) {
    if (closed) {
      throw Errors.in(this + "." + where, "the model is closed.")
          .expected("an open model")
          .got("a call after close()")
          .fix("call " + where + " inside of the try block that the model is opened in")
          .state();
    }
  }

  /** Frees the model's native memory. A second call does nothing. */
  @Override
  public void close() {
    closed = true;
    network.close();
  }

  final Trainer trainer() {
    return trainer;
  }

  final TrainerView network() {
    return network;
  }
}
