package keras.internal.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import keras.backend.Variable;
import keras.utils.FloatArrays;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.AssignVariableOp;
import org.tensorflow.types.TFloat32;

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
  void letsGoOfVariablesThatNoProgramHasUsedYet() {
    Variable weight = Variable.of("weight", Shape.of(2), new float[] {1, 2}, true);
    Variable unused = Variable.of("unused", Shape.of(1), new float[] {3}, true);
    Variable counter = Variable.ofLongs("counter", Shape.scalar(), 5);
    try (Engine engine = new Engine()) {
      doubling(engine, weight, counter).run();
      engine.attach(List.of(unused));

      engine.forgetPrograms();

      doubling(engine, weight, counter).run();
      assertThat(weight.floats()).containsExactly(4, 8);
      assertThat(unused.floats()).containsExactly(3);
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

  /** Derived values are drawn at random, so that a test sees whether it was computed anew. */
  @Test
  void keepsWhatIsDerivedOfVariablesUntilOneOfThemChanges() {
    Variable weight = Variable.of("weight", Shape.of(1), new float[] {1}, true);
    Variable other = Variable.of("other", Shape.of(1), new float[] {1}, true);
    Variable counter = Variable.ofLongs("counter", Shape.scalar(), 5);
    try (Engine engine = new Engine()) {
      Program reading = derived(engine, weight, false);
      Program readingToo = derived(engine, weight, false);
      Program ofOther = derived(engine, other, false);
      Program doubling = doubling(engine, weight, counter);
      float first = only(reading);

      assertThat(only(reading)).isEqualTo(first);
      assertThat(only(readingToo)).isEqualTo(first);
      assertThat(only(ofOther)).isNotEqualTo(first);
      other.assign(2);
      assertThat(only(reading)).isEqualTo(first);

      weight.assign(1);
      float second = only(reading);
      assertThat(second).isNotEqualTo(first);
      doubling.run();
      float third = only(readingToo);
      assertThat(third).isNotEqualTo(second);
      assertThat(only(reading)).isEqualTo(third);
    }
  }

  @Test
  void derivesAnewWhenItHasForgottenPrograms() {
    Variable weight = Variable.of("weight", Shape.of(1), new float[] {3}, true);
    try (Engine engine = new Engine()) {
      assertThat(only(derived(engine, weight, true))).isEqualTo(3);
      engine.forgetPrograms();
      assertThat(only(derived(engine, weight, true))).isEqualTo(3);
    }
  }

  @Test
  void derivesAnewWhatAnotherEngineHasChanged() {
    Variable weight = Variable.of("weight", Shape.of(1), new float[] {3}, true);
    Variable counter = Variable.ofLongs("counter", Shape.scalar(), 5);
    try (Engine one = new Engine();
        Engine two = new Engine()) {
      Program reading = derived(one, weight, true);
      assertThat(only(reading)).isEqualTo(3);
      Program doubling = doubling(two, weight, counter);
      doubling.run();
      assertThat(only(reading)).isEqualTo(6);
      doubling.run();
      assertThat(only(reading)).isEqualTo(12);
    }
  }

  @Test
  void bringsBackWhatIsFedAndWhatIsAskedForTwice() {
    try (Engine engine = new Engine()) {
      ProgramBuilder program = engine.program();
      Operand<TFloat32> fed = program.input(Shape.of(-1));
      Operand<TFloat32> negative = program.tf().math.neg(fed);
      List.of(fed, negative, fed, negative).forEach(program::output);

      List<FloatNdArray> values =
          program.build(Program.Threads.CALLER).run(FloatArrays.wrap(new float[] {3}, 1));

      assertThat(values).extracting(value -> value.getFloat(0)).containsExactly(3f, -3f, 3f, -3f);
    }
  }

  /** A run may fail after it has changed a variable. */
  @Test
  void derivesAnewAfterARunThatFailed() {
    Variable weight = Variable.of("weight", Shape.of(1), new float[] {3}, true);
    try (Engine engine = new Engine()) {
      Program reading = derived(engine, weight, true);
      assertThat(only(reading)).isEqualTo(3);
      ProgramBuilder failing = engine.program();
      Ops tf = failing.tf();
      Operand<TFloat32> fed = failing.input(Shape.of(-1));
      AssignVariableOp assigned =
          tf.assignVariableOp(failing.handle(weight), tf.constant(new float[] {4}));
      failing.output(tf.withControlDependencies(assigned).ensureShape(fed, Shape.of(2)));
      Program program = failing.build(Program.Threads.CALLER);
      assertThatThrownBy(() -> program.run(FloatArrays.wrap(new float[] {1}, 1)))
          .hasMessageContaining("[1]");

      assertThat(weight.floats()).containsExactly(4);
      assertThat(only(reading)).isEqualTo(4);
    }
  }

  private static Program derived(Engine engine, Variable variable, boolean same) {
    ProgramBuilder program = engine.program();
    Ops tf = program.tf();
    program.output(
        program
            .derived(
                same ? "the same" : "noise",
                List.of(variable),
                values ->
                    List.of(
                        same
                            ? tf.identity(values.get(0))
                            : tf.random.randomUniform(tf.constant(new int[] {1}), TFloat32.class)))
            .get(0));
    return program.build(Program.Threads.CALLER);
  }

  private static float only(Program program) {
    return program.run().get(0).getFloat(0);
  }

  private static Program doubling(Engine engine, Variable weight, Variable counter) {
    ProgramBuilder program = engine.program();
    Ops tf = program.tf();
    program.assign(weight, tf.math.add(program.value(weight), program.value(weight)));
    program.assign(counter, tf.math.add(program.longValue(counter), tf.constant(1L)));
    return program.build(Program.Threads.CALLER);
  }
}
