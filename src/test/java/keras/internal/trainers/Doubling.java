package keras.internal.trainers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import keras.backend.Variable;
import keras.internal.graph.Engine;
import keras.internal.graph.MaskedTensor;
import keras.internal.graph.Tape;
import org.tensorflow.ndarray.Shape;

/** A model without weights that gives twice what it is given, at each of its outputs. */
final class Doubling implements Network {

  private final Engine engine;
  private final Shape shape;
  private final boolean stateful;
  private int outputs = 1;

  Doubling(Engine engine, boolean stateful, long... shape) {
    this.engine = engine;
    this.stateful = stateful;
    this.shape = Shape.of(shape);
  }

  Doubling withOutputs(int count) {
    outputs = count;
    return this;
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
    return Collections.nCopies(outputs, shape);
  }

  @Override
  public List<List<MaskedTensor>> forward(List<Tape> tapes, List<List<MaskedTensor>> inputs) {
    List<List<MaskedTensor>> all = new ArrayList<>();
    for (int t = 0; t < tapes.size(); t++) {
      List<MaskedTensor> doubled = new ArrayList<>();
      for (int i = 0; i < outputs; i++) {
        doubled.add(
            tapes
                .get(t)
                .op(
                    inputs.get(t).get(0).tensor(),
                    (context, own) -> context.tf().math.add(own, own)));
      }
      all.add(doubled);
    }
    return all;
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
