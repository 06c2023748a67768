package keras.optimizers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import keras.backend.Variable;
import keras.internal.graph.Engine;
import keras.internal.graph.Program;
import keras.internal.graph.ProgramBuilder;
import keras.testing.Golden;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/** Three variables that are changed by given gradients, as in {@code testdata/optimizers.py}. */
final class Training implements AutoCloseable {
  private static final Golden DATA = Golden.load("optimizers/data");

  private final Engine engine = new Engine();
  private final Map<String, Variable> variables = new LinkedHashMap<>();
  private final List<String> moved = new ArrayList<>();
  private Program program;
  private int done;

  Training() {
    Golden start = DATA.at("start");
    for (String name : start.keys()) {
      FloatNdArray value = start.array(name);
      variables.put(name, Variable.of(name, value.shape(), start.floats(name), true));
    }
  }

  Variable variable(String name) {
    return variables.get(name);
  }

  List<Variable> variables() {
    return List.copyOf(variables.values());
  }

  /** The difference to what a variable starts with. */
  static FloatNdArray way(String name, FloatNdArray value) {
    float[] start = DATA.at("start").floats(name);
    float[] way = new float[start.length];
    value.copyTo(DataBuffers.of(way));
    for (int i = 0; i < way.length; i++) {
      way[i] -= start[i];
    }
    return NdArrays.wrap(value.shape(), DataBuffers.of(way));
  }

  /** Prepares the steps; variables without a gradient are left out of what is fed. */
  Training with(Optimizer<?> optimizer, List<String> missing) {
    ProgramBuilder builder = engine.program();
    List<Operand<TFloat32>> gradients = new ArrayList<>();
    variables.forEach(
        (name, variable) -> {
          boolean found = !missing.contains(name);
          gradients.add(found ? builder.input(variable.shape()) : null);
          if (found) {
            moved.add(name);
          }
        });
    optimizer.apply(builder, gradients, variables());
    program = builder.build(Program.Threads.POOL);
    return this;
  }

  /** Does the next step. */
  void step() {
    Golden gradients = DATA.all("gradients").get(done++);
    program.run(moved.stream().map(gradients::array).toArray(FloatNdArray[]::new));
  }

  @Override
  public void close() {
    engine.close();
  }
}
