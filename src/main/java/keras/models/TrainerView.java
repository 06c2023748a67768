package keras.models;

import java.util.ArrayList;
import java.util.List;
import keras.backend.Variable;
import keras.internal.graph.Engine;
import keras.internal.graph.MaskedTensor;
import keras.internal.graph.Tape;
import keras.internal.trainers.Network;
import keras.internal.trainers.OwnStep;
import keras.layers.KerasTensor;
import keras.layers.LayerAccess;
import org.tensorflow.ndarray.Shape;

/** A model as its trainer sees it, with the engine that it runs in. */
final class TrainerView implements Network {

  private final Model model;
  private Engine engine;
  private Entries entries;

  TrainerView(Model model) {
    this.model = model;
  }

  @Override
  public String name() {
    return model.name();
  }

  @Override
  public synchronized void build(List<Shape> batch) {
    model.buildFor(batch);
  }

  @Override
  public boolean isBuilt() {
    return model.built();
  }

  /** Returns where data enter the model; a chain of layers may have grown. */
  synchronized Entries entries() {
    if (entries == null || !entries.isOf(model.graph())) {
      entries = new Entries(model.graph());
    }
    return entries;
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
  public List<Variable> weights() {
    return model.weights();
  }

  @Override
  public synchronized Engine engine() {
    if (engine == null || !engine.keepsAll()) {
      settle();
    }
    return engine;
  }

  /**
   * Chooses the engine: models that share layers run in one, so that no weight is copied from one
   * to the other when they take turns.
   */
  private void settle() {
    Engine there = Engine.commonTo(weights(), engine != null);
    if (engine != null && (there == null || there == engine)) {
      return;
    }
    Engine before = engine;
    engine = there == null ? new Engine() : there;
    engine.use(this, before);
    engine.attach(weights());
  }

  @Override
  public OwnStep.Body ownStep() {
    return model.ownStep();
  }

  @Override
  public synchronized void forgetPrograms() {
    if (engine != null) {
      engine.forgetPrograms();
    }
  }

  @Override
  public boolean needsWholeBatch() {
    return LayerAccess.needsWholeBatch(model);
  }

  @Override
  public boolean isStateful() {
    return LayerAccess.isStateful(model);
  }

  /** Frees the native memory, if there is any. Layers keep their weights and states. */
  synchronized void close() {
    if (engine != null) {
      List<Variable> kept = new ArrayList<>(weights());
      kept.addAll(LayerAccess.seedStates(model));
      kept.addAll(LayerAccess.lastingStates(model));
      engine.release(this, kept);
    }
  }
}
