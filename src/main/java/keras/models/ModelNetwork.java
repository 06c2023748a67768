package keras.models;

import java.util.List;
import keras.backend.Engine;
import keras.backend.Tape;
import keras.backend.Value;
import keras.backend.Variable;
import keras.layers.KerasTensor;
import keras.trainers.Network;
import org.tensorflow.ndarray.Shape;

/** A model as its trainer sees it, with the engine that it runs in. */
final class ModelNetwork implements Network {

  private final Model model;
  private Engine engine;

  ModelNetwork(Model model) {
    this.model = model;
  }

  @Override
  public String name() {
    return model.name();
  }

  @Override
  public synchronized void build(Shape batch) {
    model.buildFor(batch);
  }

  @Override
  public boolean isBuilt() {
    return model.built();
  }

  @Override
  public List<Shape> inputShapes() {
    return model.graph().inputShapes();
  }

  @Override
  public List<Shape> outputShapes() {
    return model.graph().outputs().stream().map(KerasTensor::shape).toList();
  }

  @Override
  public Shape outputShape(Shape input) {
    Shape known = model.outputShape();
    boolean asKnown = input.tail().equals(inputShapes().get(0).tail());
    return known.tail().hasUnknownDimension() || !asKnown ? model.computeOutputShape(input) : known;
  }

  @Override
  public List<Value> forward(Tape tape, List<Value> inputs) {
    return model.forward(tape, inputs);
  }

  @Override
  public List<Variable> weights() {
    return model.weights();
  }

  @Override
  public synchronized Engine engine() {
    if (engine == null) {
      engine = new Engine();
      engine.attach(weights());
    }
    return engine;
  }

  @Override
  public synchronized void forgetPrograms() {
    if (engine != null) {
      engine.forgetPrograms();
    }
  }

  @Override
  public boolean isStateful() {
    return model.isStateful();
  }

  /** Frees the native memory, if there is any. */
  synchronized void close() {
    if (engine != null) {
      engine.close();
    }
  }
}
