package keras.internal.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import keras.backend.Variable;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class SnapshotTest {

  private final Variable weight = Variable.of("weight", Shape.of(1), new float[] {3}, true);
  private final Variable counter = Variable.ofLongs("counter", Shape.scalar(), 5);

  /** Gives the weight, and twice the weight from what is derived of it; counts the runs. */
  private Program program(Engine engine, boolean counts) {
    ProgramBuilder program = engine.program();
    Ops tf = program.tf();
    program.output(program.value(weight));
    program.output(
        program
            .derived("twice", List.of(weight), w -> List.of(tf.math.add(w.get(0), w.get(0))))
            .get(0));
    if (counts) {
      program.output(tf.dtypes.cast(program.longValue(counter), TFloat32.class));
      program.assign(counter, tf.math.add(program.longValue(counter), tf.constant(1L)));
    }
    return program.build(Program.Threads.CALLER);
  }

  private Program tripling(Engine engine) {
    ProgramBuilder program = engine.program();
    Ops tf = program.tf();
    program.update(
        tf.withControlDependencies(program.readersOf(weight).toArray(Op[]::new))
            .assignAddVariableOp(
                program.handle(weight), tf.math.mul(program.value(weight), tf.constant(2f))));
    return program.build(Program.Threads.CALLER);
  }

  private static List<Float> values(Program program, Snapshot snapshot) {
    return program.tryRun(snapshot).orElseThrow().stream()
        .map(each -> each.shape().numDimensions() == 0 ? each.getFloat() : each.getFloat(0))
        .toList();
  }

  private static void elsewhere(Runnable work) {
    CompletableFuture.runAsync(work).join();
  }

  @Test
  void seesWhatItsFirstRunHasSeen() {
    try (Engine engine = new Engine();
        Snapshot snapshot = new Snapshot()) {
      Program reading = program(engine, false);
      Program tripling = tripling(engine);
      elsewhere(tripling::run);
      assertThat(values(reading, snapshot)).containsExactly(9f, 18f);

      elsewhere(tripling::run);
      assertThat(values(reading, snapshot)).containsExactly(9f, 18f);
      elsewhere(() -> weight.assign(1));
      assertThat(values(reading, snapshot)).containsExactly(9f, 18f);

      assertThat(values(reading, null)).containsExactly(1f, 2f);
      assertThat(weight.floats()).containsExactly(1);
    }
  }

  @Test
  void seesWhatItsOwnThreadChanges() {
    try (Engine engine = new Engine();
        Snapshot snapshot = new Snapshot()) {
      Program reading = program(engine, false);
      assertThat(values(reading, snapshot)).containsExactly(3f, 6f);
      elsewhere(() -> weight.assign(5));
      assertThat(values(reading, snapshot)).containsExactly(3f, 6f);

      weight.assign(7);

      assertThat(values(reading, snapshot)).containsExactly(7f, 14f);
      elsewhere(() -> weight.assign(9));
      assertThat(values(reading, snapshot)).containsExactly(7f, 14f);
    }
  }

  @Test
  void goesOnWithWhatTheRunsThemselvesChange() {
    try (Engine engine = new Engine();
        Snapshot snapshot = new Snapshot()) {
      Program counting = program(engine, true);
      assertThat(values(counting, snapshot)).containsExactly(3f, 6f, 5f);

      elsewhere(() -> weight.assign(5));

      assertThat(values(counting, snapshot)).containsExactly(3f, 6f, 6f);
      assertThat(values(counting, null)).containsExactly(5f, 10f, 7f);
      assertThat(values(counting, snapshot)).containsExactly(3f, 6f, 8f);
      assertThat(counter.longs()).containsExactly(9);
      assertThat(weight.floats()).containsExactly(5);
    }
  }

  @Test
  void outlivesAnEngineThatStartsOver() {
    try (Engine engine = new Engine();
        Snapshot snapshot = new Snapshot()) {
      assertThat(values(program(engine, false), snapshot)).containsExactly(3f, 6f);
      elsewhere(
          () -> {
            engine.forgetPrograms();
            weight.assign(5);
          });
      assertThat(values(program(engine, false), snapshot)).containsExactly(3f, 6f);
      elsewhere(engine::forgetPrograms);
      assertThat(values(program(engine, false), snapshot)).containsExactly(3f, 6f);
      assertThat(values(program(engine, false), null)).containsExactly(5f, 10f);
    }
  }

  @Test
  void goesAlongToAnotherEngine() {
    try (Engine one = new Engine();
        Engine two = new Engine();
        Snapshot snapshot = new Snapshot()) {
      Program here = program(one, false);
      assertThat(values(here, snapshot)).containsExactly(3f, 6f);
      Program tripling = tripling(two);
      elsewhere(tripling::run);
      assertThat(values(here, snapshot)).containsExactly(3f, 6f);
      assertThat(values(program(two, false), snapshot)).containsExactly(3f, 6f);
      elsewhere(tripling::run);
      assertThat(values(here, snapshot)).containsExactly(3f, 6f);
      assertThat(values(here, null)).containsExactly(27f, 54f);
    }
  }

  @Test
  void goesToAnotherEngineBeforeAnythingHasChanged() {
    try (Engine one = new Engine();
        Engine two = new Engine();
        Snapshot snapshot = new Snapshot()) {
      assertThat(values(program(one, false), snapshot)).containsExactly(3f, 6f);
      Program tripling = tripling(two);
      Program there = program(two, false);
      elsewhere(tripling::run);
      assertThat(values(there, snapshot)).containsExactly(3f, 6f);
      assertThat(values(there, null)).containsExactly(9f, 18f);
    }
  }

  @Test
  void seesWhatItsOwnThreadChangesWhereverTheWeightIs() {
    try (Engine one = new Engine();
        Engine two = new Engine();
        Snapshot snapshot = new Snapshot()) {
      assertThat(values(program(one, false), snapshot)).containsExactly(3f, 6f);
      elsewhere(one::forgetPrograms);
      weight.assign(7); // Of no engine.
      assertThat(values(program(one, false), snapshot)).containsExactly(7f, 14f);

      tripling(two).run(); // Of another one.
      assertThat(values(program(one, false), snapshot)).containsExactly(21f, 42f);
    }
  }

  @Test
  void outlivesItsEngine() {
    try (Engine two = new Engine();
        Snapshot snapshot = new Snapshot()) {
      try (Engine one = new Engine()) {
        assertThat(values(program(one, false), snapshot)).containsExactly(3f, 6f);
        elsewhere(() -> two.attach(List.of(weight)));
      }
      elsewhere(() -> weight.assign(9));
      assertThat(values(program(two, false), snapshot)).containsExactly(3f, 6f);
      assertThat(values(program(two, false), null)).containsExactly(9f, 18f);
    }
  }

  @Test
  void sharesItsSessionWithThoseThatSawTheSame() {
    try (Engine engine = new Engine();
        Snapshot two = new Snapshot()) {
      Program reading = program(engine, false);
      values(reading, two);
      try (Snapshot one = new Snapshot()) {
        values(reading, one);
        elsewhere(() -> weight.assign(5));
        assertThat(values(reading, one)).containsExactly(3f, 6f);
      }
      assertThat(values(reading, two)).containsExactly(3f, 6f);
      assertThat(engine.sessions()).isEqualTo(2);
    }
  }

  @Test
  void leavesItsSessionToTheNext() {
    try (Engine engine = new Engine()) {
      Program reading = program(engine, false);
      for (int i = 0; i < 5; i++) {
        int next = i;
        try (Snapshot snapshot = new Snapshot()) {
          List<Float> first = values(reading, snapshot);
          elsewhere(() -> weight.assign(next));
          assertThat(values(reading, snapshot)).isEqualTo(first);
        }
      }
      assertThat(engine.sessions()).isEqualTo(2);
    }
  }

  @Test
  void closesAfterItsEngine() {
    Snapshot snapshot = new Snapshot();
    try (Engine engine = new Engine()) {
      Program reading = program(engine, false);
      values(reading, snapshot);
      elsewhere(() -> weight.assign(5));
      values(reading, snapshot);
    }
    snapshot.close();
    snapshot.close();
    assertThat(snapshot.kept()).isNull();
  }
}
