package keras.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import keras.distribution.Worker.Event;
import keras.random.GlobalSeed;
import keras.testing.JavaProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that train together over TensorFlow's servers, and what happens to them. */
class WorkersTest {

  private static final int SECONDS = 60;
  private static final float TOLERANCE = 1e-5f;

  /** A batch in the middle of an epoch. */
  private static final int MIDDLE = 2;

  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void leaveNothing() {
    GlobalSeed.unset();
    processes.forEach(Process::destroyForcibly);
  }

  private static String addresses(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sockets.add(new ServerSocket(0));
    }
    String addresses =
        sockets.stream()
            .map(socket -> "127.0.0.1:" + socket.getLocalPort())
            .collect(Collectors.joining(","));
    for (ServerSocket socket : sockets) {
      socket.close();
    }
    return addresses;
  }

  private CompletableFuture<String> start(
      String addresses, int rank, Event event, String backups, int batch) throws IOException {
    List<String> command =
        JavaProcess.command(
            Worker.class, List.of("-Xmx512m"), addresses, rank, event, backups, batch);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(Map.of("TF_CPP_MIN_LOG_LEVEL", "3"));
    Process process = builder.start();
    processes.add(process);
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .strip();
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
  }

  /** Starts workers, one of which something happens to, and returns what they printed. */
  private List<String> outcomes(int workers, int victim, Event event, String backups, int batch)
      throws Exception {
    String addresses = addresses(workers);
    List<CompletableFuture<String>> all = new ArrayList<>();
    for (int rank = 0; rank < workers; rank++) {
      all.add(start(addresses, rank, rank == victim ? event : Event.NOTHING, backups, batch));
    }
    List<String> outcomes = new ArrayList<>();
    for (int rank = 0; rank < workers; rank++) {
      boolean hangs = rank == victim && event == Event.FROZEN;
      outcomes.add(hangs ? "" : all.get(rank).get(SECONDS, TimeUnit.SECONDS));
    }
    return outcomes;
  }

  private static List<Float> numbers(String outcome) {
    assertThat(outcome).startsWith("trained ");
    return Stream.of(outcome.substring("trained ".length()).split("[^-+0-9.E]+"))
        .filter(text -> !text.isEmpty())
        .map(Float::valueOf)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void processesComeToTheSameWeightsAsOne(int workers) throws Exception {
    List<Float> alone = numbers(Worker.trained(null, Event.NOTHING, "", 0));

    List<String> outcomes = outcomes(workers, -1, Event.NOTHING, "", 0);

    assertThat(outcomes).allMatch(outcome -> outcome.equals(outcomes.get(0)));
    List<Float> together = numbers(outcomes.get(0));
    assertThat(together).hasSameSizeAs(alone);
    for (int i = 0; i < alone.size(); i++) {
      assertThat(together.get(i)).isCloseTo(alone.get(i), within(TOLERANCE));
    }
  }

  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "nobody freezes a process there by a signal")
  @ParameterizedTest
  @EnumSource(
      value = Event.class,
      names = {"KILLED_BEFORE", "KILLED", "FROZEN", "THROWS", "OUT_OF_MEMORY"})
  void theLeaderHearsOfWhatHappensToAnotherWorker(Event event) throws Exception {
    List<String> outcomes = outcomes(2, 1, event, "", MIDDLE);

    assertThat(outcomes.get(0))
        .startsWith("DistributionException Worker 0 of 2: ")
        .contains(
            switch (event) {
              case THROWS ->
                  "another worker gave up. expected: all 2 workers got: worker 1:"
                      + " java.lang.IllegalStateException: row 17 is broken";
              case OUT_OF_MEMORY -> "got: worker 1: java.lang.OutOfMemoryError";
              case FROZEN -> "got: no answer in time from a worker that is still there";
              default -> "got: worker 1 at 127.0.0.1";
            });
  }

  @ParameterizedTest
  @EnumSource(
      value = Event.class,
      names = {"KILLED_BEFORE", "KILLED", "THROWS"})
  void othersHearOfWhatHappensToTheLeader(Event event) throws Exception {
    List<String> outcomes = outcomes(2, 0, event, "", MIDDLE);

    assertThat(outcomes.get(1)).startsWith("DistributionException Worker 1 of 2: ");
  }

  @Test
  void differentModelsAreToldApart() throws Exception {
    List<String> outcomes = outcomes(2, 1, Event.OTHER_MODEL, "", 0);

    assertThat(outcomes)
        .allSatisfy(
            outcome ->
                assertThat(outcome)
                    .contains("worker 1 has another model or other data than worker 0."));
  }

  @Test
  void aPortThatIsTakenIsReported() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      String address = "127.0.0.1:" + taken.getLocalPort();

      String outcome =
          start(addresses(1) + "," + address, 1, Event.NOTHING, "", 0)
              .get(SECONDS, TimeUnit.SECONDS);

      assertThat(outcome)
          .startsWith("DistributionException Worker 1 of 2: port " + taken.getLocalPort())
          .contains("cannot be listened on");
    }
  }

  @Test
  void aWorkerThatNeverComesIsReported() throws Exception {
    String addresses = addresses(2);

    String outcome = start(addresses, 0, Event.ALONE, "", 0).get(SECONDS, TimeUnit.SECONDS);

    assertThat(outcome)
        .isEqualTo(
            "DistributionException Worker 0 of 2: worker 1 does not answer. expected: a connection"
                + " to "
                + addresses.substring(addresses.indexOf(",") + 1)
                + " within 2.0 s got: none fix: start it, look at its output, and see that no"
                + " firewall is between");
  }

  @Test
  void trainingGoesOnAfterAWorkerWasKilledAsIfNothingHadHappened(@TempDir Path folder)
      throws Exception {
    List<String> undisturbed = outcomes(2, -1, Event.NOTHING, "", 0);
    for (int victim = 0; victim < 2; victim++) {
      String backups = folder.resolve("backup" + victim).toString();

      List<String> first = outcomes(2, victim, Event.KILLED, backups, MIDDLE);
      boolean tidy = Worker.isTidy(folder);
      List<String> second = outcomes(2, -1, Event.NOTHING, backups, 0);

      assertThat(first).noneMatch(outcome -> outcome.startsWith("trained"));
      assertThat(tidy).isTrue();
      assertThat(second).isEqualTo(undisturbed);
    }
  }
}
