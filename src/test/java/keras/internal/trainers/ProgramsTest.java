package keras.internal.trainers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import keras.internal.graph.Engine;
import keras.internal.graph.Program;
import keras.internal.trainers.Programs.Mode;
import keras.utils.Batch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProgramsTest {

  private final Engine engine = new Engine();
  private final Programs programs =
      new Programs(new Doubling(engine, false, -1, -1, 3), null, null);

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void keepsTheProgramOfAShape() {
    assertThat(program(2, 5)).isSameAs(program(2, 5));
  }

  @Test
  void sharesOneProgramAmongTheBatchSizesThatComeAfterTheFirstFew() {
    List<Program> first = List.of(program(1, 5), program(2, 5), program(3, 5));
    Program shared = program(4, 5);
    assertThat(first).doesNotContain(shared).doesNotHaveDuplicates();
    assertThat(program(5, 5)).isSameAs(shared);
    assertThat(program(2, 5)).isSameAs(first.get(1));
  }

  @Test
  void sharesOneProgramAmongAllNumbersOfTimestepsOfAPredictionButTheFirst() {
    Program first = program(2, 5);
    Program shared = program(2, 6);
    assertThat(shared).isNotSameAs(first);
    assertThat(program(2, 7)).isSameAs(shared);
    assertThat(program(3, 8)).isSameAs(shared);
    assertThat(program(2, 5)).isSameAs(first);
  }

  @Test
  void leavesTheNumberOfSamplesOfAPredictionOpenWhenItIsLarge() {
    assertThat(program(129, 5)).isSameAs(program(500, 5)).isNotSameAs(program(128, 5));
  }

  private Program program(int batch, int timesteps) {
    return programs.step(Mode.PREDICT, Batch.of(new float[batch][timesteps][3])).program();
  }

  @Test
  void buildsAnewWhatTheEngineHasForgotten() {
    Programs programs = new Programs(new Doubling(engine, false, -1, -1, 3), null, null);
    Batch batch = Batch.of(new float[][] {{1, 2}});
    Program before = programs.step(Mode.PREDICT, batch).program();
    assertThat(before.isCurrent(engine)).isTrue();

    engine.forgetPrograms();

    assertThat(before.isCurrent(engine)).isFalse();
    Program after = programs.step(Mode.PREDICT, batch).program();
    assertThat(after).isNotSameAs(before);
    assertThat(after.run(batch.inputs().get(0)).get(0).getFloat(0, 1)).isEqualTo(4);
  }
}
