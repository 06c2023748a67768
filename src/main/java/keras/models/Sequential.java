package keras.models;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import keras.backend.Variable;
import keras.backend.VariableAccess;
import keras.internal.config.Serialized;
import keras.internal.graph.Building;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.naming.NameScope;
import keras.layers.Input;
import keras.layers.KerasTensor;
import keras.layers.Layer;
import keras.layers.LayerAccess;
import keras.layers.Layers;
import keras.utils.Config;
import org.tensorflow.ndarray.Shape;

/**
 * A model whose layers follow one another. Keras: {@code keras.Sequential}.
 *
 * <pre>{@code
 * try (Sequential model = new Sequential()) {
 *   model.add(new Input(shape(3, 1)));
 *   model.add(new SimpleRNN(5));
 *   model.add(new Dense(1));
 *   model.compile(c -> c.loss("mse").optimizer("adam"));
 *   model.fit(x, y, f -> f.epochs(30));
 * }
 * }</pre>
 *
 * <p>Without an {@link Input}, and without {@code inputShape(...)} or the like on the first layer,
 * the weights are made when data first comes in.
 */
public final class Sequential extends Model {

  private final List<Layer<?>> added = new ArrayList<>();
  private volatile KerasTensor start;
  private volatile KerasTensor end;
  private volatile LayerGraph graph;

  /**
   * A model of these layers.
   *
   * @param layers none at first, perhaps; {@link #add} adds more
   */
  public Sequential(Layer<?>... layers) {
    Checks.notNull("Sequential", "layers", layers);
    Arrays.asList(layers).forEach(this::add);
  }

  /**
   * Names the model. Keras: {@code Sequential(name=...)}.
   *
   * @param value any text; {@code "sequential"}, numbered, by default
   * @return this model
   */
  @Override
  public Sequential name(String value) {
    List<Variable> built = weights();
    String before = built.isEmpty() ? null : name() + "/";
    super.name(value);
    for (Variable weight : built) {
      // Python names the model before it makes the weights.
      if (weight.path().startsWith(before)) {
        VariableAccess.setPath(weight, value + "/" + weight.path().substring(before.length()));
      }
    }
    return this;
  }

  @Override
  public Sequential trainable(boolean value) {
    super.trainable(value);
    return this;
  }

  /**
   * Adds a layer after the others. Keras: {@code model.add(layer)}.
   *
   * @param layer may be in other models too, which then share its weights
   * @return this model
   * @throws IllegalArgumentException if the layer does not fit what comes before it, or the model
   *     has one of its name
   */
  public Sequential add(Layer<?> layer) {
    if (layer == null) {
      throw Errors.in(this + ".add", "there is no layer.")
          .expected("a layer")
          .got("null")
          .fix("model.add(new Dense(1))")
          .argument();
    }
    if (layer instanceof Input && !added.isEmpty()) {
      throw Errors.in(this + ".add", "an Input comes before all other layers.")
          .expected("Input as the first layer")
          .got("Input after " + added.get(added.size() - 1))
          .fix("add the Input first")
          .argument();
    }
    if (LayerAccess.holds(layer, this)) {
      throw Errors.in(this + ".add", "a model cannot be a layer of itself.")
          .expected("another layer or model")
          .got(layer)
          .fix("make a second model, and add that one")
          .argument();
    }
    KerasTensor[] ends = LayerAccess.allOrNothing(List.of(layer), () -> joined(layer));
    start = ends[0];
    end = ends[1];
    added.add(layer);
    graph = null;
    forgetPrograms();
    return this;
  }

  /**
   * Takes the last layer out of the model. Keras: {@code model.pop()}.
   *
   * @return the layer, with its weights; it can be added to a model again
   * @throws IllegalStateException if there is none
   */
  public Layer<?> pop() {
    if (layers().isEmpty()) {
      throw Errors.in(this + ".pop", "there are no layers.")
          .expected("at least one layer")
          .got("none")
          .fix("call add before pop")
          .state();
    }
    Layer<?> last = added.remove(added.size() - 1);
    end = end == null || added.isEmpty() ? null : end.node().inputs().get(0);
    start = added.isEmpty() ? null : start;
    graph = null;
    forgetPrograms();
    return last;
  }

  /** Returns the start and the end of the chain with this layer. */
  private KerasTensor[] joined(Layer<?> layer) {
    LayerAccess.freeze(layer);
    checkName(layer);
    if (layer instanceof Input input) {
      KerasTensor first = input.tensor();
      return new KerasTensor[] {first, first};
    }
    KerasTensor first = start;
    KerasTensor last = end;
    if (first == null && added.isEmpty() && LayerAccess.givenInputShape(layer) != null) {
      first = new Input(LayerAccess.givenInputShape(layer)).tensor();
      last = first;
    }
    if (first == null
        && added.size() == 1
        && added.get(0) instanceof Model model
        && model.isGraphKnown()
        && model.inputs().size() == 1) {
      first = new Input(model.inputs().get(0).shape()).tensor();
      last = called(model, first);
    }
    return new KerasTensor[] {first, last == null ? null : called(layer, last)};
  }

  private void checkName(Layer<?> layer) {
    for (Layer<?> other : added) {
      if (other.name().equals(layer.name())) {
        throw Errors.in(this + ".add", "a layer named \"" + layer.name() + "\" is there already.")
            .expected("a name for each layer that no other layer of the model has")
            .got(layer + " after " + other)
            .fix("name(\"" + layer.name() + "_2\") on the new layer")
            .argument();
      }
    }
  }

  /**
   * Makes the weights of a model that does not know the shape of its data yet. Keras: {@code
   * model.build(input_shape)}.
   *
   * @param dimensions the batch first; null for what is not known
   */
  public void build(Integer... dimensions) {
    if (dimensions == null || dimensions.length == 0) {
      throw Errors.in(this + ".build", "the shape of a batch is missing.")
          .expected("its dimensions, the batch first; null for what is not known")
          .got(dimensions == null ? "null" : "no dimensions")
          .fix("model.build(null, timesteps, features)")
          .argument();
    }
    buildFor(List.of(Input.batchShape(dimensions)));
  }

  @Override
  boolean isGraphKnown() {
    return start != null;
  }

  @Override
  boolean isGraphMade() {
    return graph != null;
  }

  @Override
  void buildFor(List<Shape> batch) {
    if (added.isEmpty()) {
      throw Errors.in(toString(), "there are no layers.")
          .expected("at least one layer")
          .got("none")
          .fix("model.add(new Dense(1))")
          .state();
    }
    if (start == null && batch != null) {
      boolean stateful = added.stream().anyMatch(LayerAccess::isStateful);
      LayerAccess.checkHasBatch(this, batch.get(0));
      long[] sizes = batch.get(0).asArray().clone();
      if (!stateful) {
        sizes[0] = Shape.UNKNOWN_SIZE;
      }
      KerasTensor first = new Input(Shape.of(sizes)).tensor();
      end =
          LayerAccess.allOrNothing(
              added,
              () -> {
                KerasTensor last = first;
                for (Layer<?> layer : added) {
                  last = called(layer, last);
                }
                return last;
              });
      start = first;
    }
    graph();
  }

  private KerasTensor called(Layer<?> layer, KerasTensor input) {
    List<KerasTensor> outputs = NameScope.in(name(), () -> layer.callAll(input));
    if (outputs.size() > 1) {
      throw Errors.in(this + ".add", layer + " has several outputs.")
          .expected("layers with one output: each takes what the one before it gives")
          .got(outputs.size() + " outputs, as returnState(true) gives")
          .fix("leave returnState(true) out")
          .argument();
    }
    return outputs.get(0);
  }

  @Override
  List<String> inputNames() {
    return start == null ? List.of() : List.of(start.node().layer().name());
  }

  @Override
  List<String> outputNames() {
    return added.isEmpty() ? List.of(name()) : List.of(added.get(added.size() - 1).name());
  }

  @Override
  boolean takesAnyTimesteps() {
    return true;
  }

  @Override
  LayerGraph graph() {
    if (start == null) {
      throw Errors.in(toString(), "the shape of the data is not known yet.")
          .expected("an Input, or data")
          .got("neither")
          .fix("model.add(new Input(shape(timesteps, features))) first, or model.build(...)")
          .state();
    }
    LayerGraph made = graph;
    return made != null ? made : Building.alone(this::made);
  }

  private LayerGraph made() {
    if (graph == null) {
      graph = new LayerGraph(List.of(start), List.of(end));
    }
    return graph;
  }

  @Override
  public List<Layer<?>> layers() {
    return added.stream().filter(layer -> !(layer instanceof Input)).toList();
  }

  @Override
  public List<Shape> computeOutputShape(List<Shape> inputShapes) {
    if (Checks.list(toString(), "shapes", inputShapes).size() != 1) {
      throw Errors.in(toString(), "it takes one input.")
          .expected("one shape")
          .got(inputShapes.size() + " shapes")
          .fix("use a Model for several inputs")
          .argument();
    }
    return List.of(computeOutputShape(inputShapes.get(0)));
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    Checks.notNull(toString(), "a shape", inputShape);
    Shape shape = inputShape;
    for (Layer<?> layer : layers()) {
      shape = layer.computeOutputShape(shape);
    }
    return shape;
  }

  /**
   * Returns a model of its configuration. Keras: {@code Sequential.from_config}.
   *
   * @param config the result of {@link #getConfig}
   * @return a new model
   * @throws IllegalArgumentException if something is missing or wrong
   */
  public static Sequential fromConfig(Map<String, ?> config) {
    return fromConfig(Config.of("Sequential.fromConfig", config));
  }

  /**
   * A model of its configuration, within a larger one. Keras: {@code Sequential.from_config}.
   *
   * <p>As in Keras, the layers are constructed and added one after the other, so that those which
   * were given no seed draw one, in their order; and {@code trainable} of the model itself is not
   * read, for that of its layers says it all.
   *
   * @param config {@code name}, {@code layers} and perhaps {@code build_input_shape}
   * @return a new model
   * @throws IllegalArgumentException if something is missing or wrong
   */
  public static Sequential fromConfig(Config config) {
    Checks.notNull("Sequential.fromConfig", "config", config);
    Sequential model = new Sequential().name(config.text("name"));
    try {
      List<Config> layers = Models.withModels(config).inners("layers");
      for (Config each : layers) {
        Layer<?> layer = NameScope.in(model.name(), () -> LayerAccess.unbuilt(each));
        each.placed(() -> model.add(layer));
      }
      if (!model.isGraphKnown() && config.given("build_input_shape")) {
        config.placed(
            () -> {
              model.build(config.dimensions("build_input_shape"));
              return model;
            });
      }
      for (int i = 0; i < layers.size(); i++) {
        LayerAccess.build(model.added.get(i), layers.get(i));
      }
    } catch (RuntimeException | Error failed) {
      model.close();
      throw failed;
    }
    config.ignore("trainable", "dtype", "build_input_shape");
    return model;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Each of {@code layers} is written in full, the {@link Input} first where the shape of the
   * data is known; {@code build_input_shape} is that shape.
   */
  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    List<Object> layers = new ArrayList<>();
    if (start != null && added.get(0) != start.node().layer()) {
      layers.add(Layers.serialize(start.node().layer()));
    }
    added.forEach(layer -> layers.add(Layers.serialize(layer)));
    config.put("layers", layers);
    if (start != null && layers.size() > 1) {
      config.put("build_input_shape", start.node().layer().getConfig().get("batch_shape"));
    }
    return config;
  }

  @Override
  protected Map<String, Object> serialize() {
    Map<String, Object> map = Serialized.known("keras", "Sequential", getConfig());
    if (start != null && !layers().isEmpty()) {
      map.put(
          "build_config",
          Map.of("input_shape", start.node().layer().getConfig().get("batch_shape")));
    }
    map.put("compile_config", getCompileConfig());
    return map;
  }
}
