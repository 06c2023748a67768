package keras.models;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import keras.backend.Variable;
import keras.internal.graph.Building;
import keras.internal.graph.Engine;
import keras.internal.graph.MaskedTensor;
import keras.internal.graph.Tape;
import keras.internal.trainers.Network;
import keras.internal.trainers.OwnStep;
import keras.layers.KerasTensor;
import keras.layers.LayerAccess;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TType;

/** A model as its trainer sees it, with the engine that it runs in. */
final class TrainerView implements Network {

  private static final String NAME = "name";

  private final Model model;
  private volatile Engine engine;
  private volatile Entries entries;

  TrainerView(Model model) {
    this.model = model;
  }

  @Override
  public String name() {
    return model.name();
  }

  @Override
  public void build(List<Shape> batch) {
    if (!model.isGraphMade()) {
      Building.alone(() -> model.buildFor(batch));
    }
  }

  @Override
  public boolean isBuilt() {
    return model.built();
  }

  /** Returns where data enter the model; a chain of layers may have grown. */
  Entries entries() {
    Entries now = entries;
    if (now == null || !now.isOf(model.graph())) {
      now = new Entries(model.graph());
      entries = now;
    }
    return now;
  }

  @Override
  public Object read(String where, Object x) {
    return model.built() ? entries().read(where, x) : x;
  }

  @Override
  public List<String> inputNames() {
    return model.built() && entries().readsData() ? entries().names() : model.inputNames();
  }

  @Override
  public List<String> outputNames() {
    return model.outputNames();
  }

  @Override
  public boolean namesOutputs() {
    return model.isFunctional();
  }

  @Override
  public boolean takesAnyTimesteps() {
    return model.takesAnyTimesteps();
  }

  @Override
  public List<Shape> inputShapes() {
    return entries().graph().inputShapes();
  }

  @Override
  public Class<? extends TType> inputType(int input) {
    return entries().type(input).tensor();
  }

  @Override
  public FloatNdArray entered(String where, int input, FloatNdArray array) {
    return entries().entered(where, input, array);
  }

  @Override
  public List<Shape> outputShapes() {
    return model.graph().outputs().stream().map(KerasTensor::shape).toList();
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    boolean asKnown = true;
    for (int i = 0; i < inputs.size(); i++) {
      asKnown &= inputs.get(i).tail().equals(inputShapes().get(i).tail());
    }
    List<Shape> known = outputShapes();
    boolean open = known.stream().anyMatch(shape -> shape.tail().hasUnknownDimension());
    if (!open && asKnown) {
      return known;
    }
    return entries().readsData()
        ? entries().graph().outputShapes(inputs)
        : model.computeOutputShape(inputs);
  }

  @Override
  public List<List<MaskedTensor>> forward(List<Tape> tapes, List<List<MaskedTensor>> inputs) {
    return entries().readsData()
        ? entries().graph().forward(tapes, inputs)
        : LayerAccess.forward(model, tapes, inputs);
  }

  @Override
  public Map<String, MaskedTensor> layerOutputs(Tape tape, List<MaskedTensor> inputs) {
    return entries().graph().layerOutputs(tape, inputs);
  }

  @Override
  public List<Variable> weights() {
    return model.weights();
  }

  @Override
  public String layout() {
    Map<String, Object> config = model.getConfig();
    Set<Object> names = new HashSet<>();
    collectNames(config, names);
    return Network.super.layout() + unnamed(config, names);
  }

  private static void collectNames(Object config, Set<Object> names) {
    if (config instanceof List<?> list) {
      list.forEach(each -> collectNames(each, names));
    } else if (config instanceof Map<?, ?> map) {
      if (map.get(NAME) != null) {
        names.add(map.get(NAME));
      }
      map.values().forEach(each -> collectNames(each, names));
    }
  }

  /** Leaves names of layers out of a configuration: each process may give others. */
  private static Object unnamed(Object config, Set<Object> names) {
    if (config instanceof List<?> list) {
      return list.stream().map(each -> unnamed(each, names)).toList();
    }
    if (!(config instanceof Map<?, ?> map)) {
      return names.contains(config) ? "" : String.valueOf(config);
    }
    Map<String, Object> left = new TreeMap<>();
    map.forEach((key, value) -> left.put(String.valueOf(key), unnamed(value, names)));
    return left;
  }

  @Override
  public List<Variable> variables() {
    List<Variable> all = new ArrayList<>(weights());
    all.addAll(LayerAccess.seedStates(model));
    return all;
  }

  @Override
  public Engine engine() {
    Engine now = engine;
    return now != null && now.keepsAll() ? now : Building.alone(this::settled);
  }

  /**
   * Chooses the engine: models that share layers run in one, so that no weight is copied from one
   * to the other when they take turns.
   */
  private Engine settled() {
    Engine before = engine;
    Engine there = Engine.commonTo(weights(), before != null);
    if (before != null && (there == null || there == before)) {
      return before;
    }
    Engine now = there == null ? new Engine() : there;
    now.use(this, before);
    now.attach(weights());
    engine = now;
    return now;
  }

  @Override
  public OwnStep.Body ownStep() {
    return model.ownStep();
  }

  @Override
  public void forgetPrograms() {
    Building.alone(
        () -> {
          if (engine != null) {
            engine.forgetPrograms();
          }
        });
  }

  @Override
  public boolean needsWholeBatch() {
    return LayerAccess.needsWholeBatch(model);
  }

  @Override
  public List<String> wholeBatchLayers() {
    return model.layers().stream()
        .filter(LayerAccess::needsWholeBatch)
        .map(layer -> layer.name())
        .toList();
  }

  @Override
  public boolean isStateful() {
    return LayerAccess.isStateful(model);
  }

  /** Frees the native memory, if there is any. Layers keep their weights and states. */
  void close() {
    Building.alone(
        () -> {
          if (engine != null) {
            List<Variable> kept = new ArrayList<>(variables());
            kept.addAll(LayerAccess.lastingStates(model));
            engine.release(this, kept);
          }
        });
  }
}
