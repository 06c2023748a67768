package keras.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import keras.callbacks.Callback;
import keras.models.KilledTraining.Kind;
import keras.models.KilledTraining.Outcome;
import keras.random.GlobalSeed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process that trains is killed; the next one goes on, and nobody can tell. */
class KilledTrainingTest {

  @TempDir private Path folder;

  @AfterEach
  void forgetSeed() {
    GlobalSeed.clear();
  }

  /** Which batches there are, as callbacks are told of them. */
  private static final class Steps extends Callback {
    private final List<String> seen = new ArrayList<>();
    private int epoch;

    @Override
    public void onEpochBegin(int epoch, Map<String, Double> logs) {
      this.epoch = epoch;
    }

    @Override
    public void onTrainBatchBegin(int batch, Map<String, Double> logs) {
      seen.add(epoch + "." + batch);
    }
  }

  @ParameterizedTest(name = "{0}, backed up each {1}, killed in epoch {2} after batch {3}")
  @CsvSource({
    "RANDOM, epoch, 2, 3, 2.0",
    "RANDOM, 4, 2, 4, 2.4",
    "STATEFUL, 6, 2, 1, 2.0", // Backed up after the last batch of an epoch, before it was
    // validated.
    "GENERATED, 5, 2, 4, 2.3"
  })
  void endsWithTheWeightsOfATrainingThatWasNotCutOff(
      Kind kind, String frequency, int epoch, int batch, String goesOnAt) throws Exception {
    Path backup = folder.resolve("backup");
    kill(kind, backup, frequency, epoch, batch);
    assertThat(backup.resolve("latest.weights.h5")).exists();

    Steps steps = new Steps();
    Outcome resumed = KilledTraining.train(kind, steps, KilledTraining.backup(backup, frequency));
    Outcome whole = KilledTraining.train(kind);

    assertThat(steps.seen.get(0)).isEqualTo(goesOnAt);
    assertThat(resumed.weights()).usingRecursiveComparison().isEqualTo(whole.weights());
    List<Integer> epochs = resumed.history().epoch();
    whole
        .history()
        .history()
        .forEach(
            (name, values) ->
                assertThat(resumed.history().history().get(name))
                    .as(name)
                    .isEqualTo(values.subList(epochs.get(0), KilledTraining.EPOCHS)));
    assertThat(backup).doesNotExist();
  }

  /** Some places drawn at random; profile {@code fuzz} draws 50. */
  @Test
  void endsTheSameWhereverItIsKilled() throws Exception {
    int kills = Integer.getInteger("kill.trainings", 2);
    Random random = new Random(kills);
    List<Kind> kinds = List.of(Kind.values());
    for (int i = 0; i < kills; i++) {
      Kind kind = kinds.get(random.nextInt(kinds.size()));
      String frequency = String.valueOf(1 + random.nextInt(KilledTraining.BATCHES));
      int epoch = random.nextInt(KilledTraining.EPOCHS);
      int batch = random.nextInt(KilledTraining.BATCHES);
      Path backup = folder.resolve("backup" + i);
      kill(kind, backup, frequency, epoch, batch);

      Outcome resumed = KilledTraining.train(kind, KilledTraining.backup(backup, frequency));

      assertThat(resumed.weights())
          .as("%s, backed up each %s, killed in %s.%s", kind, frequency, epoch, batch)
          .usingRecursiveComparison()
          .isEqualTo(KilledTraining.train(kind).weights());
      assertThat(backup).doesNotExist();
    }
  }

  private void kill(Kind kind, Path backup, String frequency, int epoch, int batch)
      throws IOException, InterruptedException {
    Path messages = folder.resolve("messages");
    int status =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                KilledTraining.class.getName(),
                kind.name(),
                backup.toString(),
                frequency,
                Integer.toString(epoch),
                Integer.toString(batch))
            .redirectErrorStream(true)
            .redirectOutput(messages.toFile())
            .start()
            .waitFor();
    assertThat(status).as(() -> read(messages)).isEqualTo(KilledTraining.KILLED);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
