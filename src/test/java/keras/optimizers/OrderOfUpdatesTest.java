package keras.optimizers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import keras.backend.Variable;
import keras.internal.graph.Engine;
import keras.internal.graph.Program;
import keras.internal.graph.ProgramBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Kernels change variables in place: no reader of the old value may come too late. */
class OrderOfUpdatesTest {
  private static final int SIZE = 1 << 16;
  private static final int VARIABLES = 6;

  /**
   * Gradients that are there at once, while the forward value, which they do not depend on, takes a
   * while: the update must wait for its read all the same.
   */
  @ParameterizedTest
  @ValueSource(strings = {"sgd", "rmsprop", "adam", "adamw", "adagrad", "adamax", "nadam"})
  void theForwardPassSeesTheValuesBeforeTheUpdate(String name) {
    try (Engine engine = new Engine()) {
      List<Variable> variables = new ArrayList<>();
      ProgramBuilder program = engine.program();
      Operand<TFloat32> input = program.input(Shape.of(SIZE));
      List<Operand<TFloat32>> gradients = new ArrayList<>();
      for (int i = 0; i < VARIABLES; i++) {
        Variable variable = Variable.of("w" + i, Shape.of(SIZE), new float[SIZE], true);
        variables.add(variable);
        program.output(slowly(program.tf(), input, program.value(variable)));
        gradients.add(input);
      }
      Optimizer<?> optimizer = Optimizers.get(name);
      optimizer.learningRate(0.5).apply(program, gradients, variables);
      Program compiled = program.build(Program.Threads.POOL);
      FloatNdArray ones = NdArrays.ofFloats(Shape.of(SIZE));
      ones.scalars().forEach(each -> each.setFloat(1));

      for (int step = 0; step < 20; step++) {
        List<Float> before = variables.stream().map(each -> each.floats()[0]).toList();
        List<FloatNdArray> seen = compiled.run(ones);
        for (int i = 0; i < VARIABLES; i++) {
          assertThat(seen.get(i).getFloat(0))
              .as("%s, step %s", name, step)
              .isEqualTo(before.get(i));
          assertThat(variables.get(i).floats()[0]).isLessThan(before.get(i));
        }
      }
    }
  }

  /** The value itself, after some work on it. */
  private static Operand<TFloat32> slowly(
      Ops tf, Operand<TFloat32> input, Operand<TFloat32> value) {
    Operand<TFloat32> zeros = tf.math.sub(input, tf.math.square(tf.math.square(input)));
    return tf.math.add(value, tf.math.mul(zeros, tf.math.sin(value)));
  }
}
