package keras.backend;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;

class EngineTest {

  @Test
  void keepsTheValuesOfVariablesWhenItForgetsPrograms() {
    Variable weight = Variable.of("weight", Shape.of(2), new float[] {1, 2}, true);
    Variable counter = Variable.ofLongs("counter", Shape.scalar(), 5);
    try (Engine engine = new Engine()) {
      doubling(engine, weight, counter).run();

      engine.forgetPrograms();

      assertThat(weight.floats()).containsExactly(2, 4);
      assertThat(counter.longs()).containsExactly(6);
      doubling(engine, weight, counter).run();
      assertThat(weight.floats()).containsExactly(4, 8);
      assertThat(counter.longs()).containsExactly(7);
    }
  }

  @Test
  void letsGoOfVariablesThatNoProgramUsesAnyMore() {
    Variable weight = Variable.of("weight", Shape.of(2), new float[] {1, 2}, true);
    Variable counter = Variable.ofLongs("counter", Shape.scalar(), 5);
    try (Engine one = new Engine();
        Engine two = new Engine()) {
      doubling(one, weight, counter).run();
      one.forgetPrograms();
      doubling(two, weight, counter).run();
      assertThat(weight.floats()).containsExactly(4, 8);
    }
  }

  private static Program doubling(Engine engine, Variable weight, Variable counter) {
    ProgramBuilder program = engine.program();
    Ops tf = program.tf();
    program.assign(weight, tf.math.add(program.value(weight), program.value(weight)));
    program.assign(counter, tf.math.add(program.longValue(counter), tf.constant(1L)));
    return program.build(Threads.CALLER);
  }
}
