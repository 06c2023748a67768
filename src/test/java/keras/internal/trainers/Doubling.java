package keras.internal.trainers;

import java.util.List;
import keras.backend.Variable;
import keras.internal.graph.Engine;
import keras.internal.graph.MaskedTensor;
import keras.internal.graph.Tape;
import org.tensorflow.ndarray.Shape;

/** A model without weights that gives twice what it is given. */
final class Doubling implements Network {

  private final Engine engine;
  private final Shape shape;
  private final boolean stateful;

  Doubling(Engine engine, boolean stateful, long... shape) {
    this.engine = engine;
    this.stateful = stateful;
    this.shape = Shape.of(shape);
  }

  @Override
  public String name() {
    return "doubling";
  }

  @Override
  public List<Shape> inputShapes() {
    return List.of(shape);
  }

  @Override
  public List<Shape> outputShapes() {
    return inputShapes();
  }

  @Override
  public List<MaskedTensor> forward(Tape tape, List<MaskedTensor> inputs) {
    return List.of(
        tape.op(inputs.get(0).tensor(), (context, own) -> context.tf().math.add(own, own)));
  }

  @Override
  public List<Variable> weights() {
    return List.of();
  }

  @Override
  public void forgetPrograms() {
    engine.forgetPrograms();
  }

  @Override
  public Engine engine() {
    return engine;
  }

  @Override
  public boolean needsWholeBatch() {
    return false;
  }

  @Override
  public boolean isStateful() {
    return stateful;
  }
}
