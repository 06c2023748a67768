package keras.distribution;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import keras.callbacks.BackupAndRestore;
import keras.callbacks.Callback;
import keras.layers.Dense;
import keras.layers.Dropout;
import keras.layers.GRU;
import keras.models.FitOptions;
import keras.models.Sequential;
import keras.random.GlobalSeed;
import keras.utils.FloatArrays;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * A process that trains with others, and may do something bad on the way; run by {@link
 * WorkersTest}. Prints what it came to in one line.
 */
final class Worker {

  static final int SAMPLES = 50;
  static final int TIMESTEPS = 5;
  static final int FEATURES = 3;
  static final int EPOCHS = 4;
  private static final int BATCH = 12;

  /** An event that may happen to a worker. */
  enum Event {
    NOTHING,
    ALONE,
    KILLED_BEFORE,
    KILLED,
    FROZEN,
    THROWS,
    OUT_OF_MEMORY,
    OTHER_MODEL
  }

  private Worker() {}

  /**
   * Takes part.
   *
   * @param args the addresses; the rank; what happens to it; a folder of backups, or nothing; the
   *     batch before which it happens
   */
  @SuppressWarnings("CatchAndPrintStackTrace")
  public static void main(String[] args) {
    int rank = Integer.parseInt(args[1]);
    Event event = Event.valueOf(args[2]);
    try (Collective workers =
        Distribution.initialize(
            o ->
                o.jobAddresses(args[0])
                    .processId(rank)
                    .startTimeout(Duration.ofSeconds(event == Event.ALONE ? 2 : 20))
                    .timeout(Duration.ofSeconds(4)))) {
      if (event == Event.KILLED_BEFORE) {
        Runtime.getRuntime().halt(1);
      }
      System.out.println(trained(workers, event, args[3], Integer.parseInt(args[4])));
    } catch (RuntimeException | Error e) {
      System.out.println(e.getClass().getSimpleName() + " " + oneLine(e.getMessage()));
    }
    System.exit(0);
  }

  private static String oneLine(String message) {
    return String.valueOf(message).replaceAll("\\s+", " ");
  }

  /** Trains, alone or with others, and returns the weights as text. */
  static String trained(Collective workers, Event event, String backups, int batch) {
    GlobalSeed.set(5);
    try (Sequential model = model(event == Event.OTHER_MODEL ? 7 : 6)) {
      if (workers != null) {
        model.distribute(new DataParallel(workers));
      }
      model.fit(inputs(), targets(), o -> options(o, event, backups, batch));
      List<String> all = new ArrayList<>();
      for (FloatNdArray weight : model.getWeights()) {
        all.add(Arrays.toString(FloatArrays.values(weight)));
      }
      return "trained " + String.join(" ", all);
    }
  }

  private static Sequential model(int units) {
    Sequential model = new Sequential();
    model
        .add(new GRU(units).inputShape(TIMESTEPS, FEATURES))
        .add(new Dropout(0.2))
        .add(new Dense(2));
    model.compile(c -> c.loss("mse").optimizer("adam"));
    return model;
  }

  private static void options(FitOptions o, Event event, String backups, int batch) {
    List<Callback> callbacks = new ArrayList<>();
    if (event != Event.NOTHING && event != Event.OTHER_MODEL) {
      callbacks.add(new Accident(event, batch));
    }
    if (!backups.isEmpty()) {
      callbacks.add(new BackupAndRestore(backups).saveFreq(1));
    }
    o.epochs(EPOCHS).batchSize(BATCH).verbose(0).callbacks(callbacks.toArray(Callback[]::new));
  }

  private static FloatNdArray inputs() {
    return wave(1, SAMPLES, TIMESTEPS, FEATURES);
  }

  private static FloatNdArray targets() {
    return wave(2, SAMPLES, 2);
  }

  private static FloatNdArray wave(int factor, int... shape) {
    int size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) Math.sin(factor * i * i % 100);
    }
    return FloatArrays.wrap(values, Arrays.stream(shape).asLongStream().toArray());
  }

  /** Does something bad before a batch of the second epoch. */
  private static final class Accident extends Callback {
    private final Event event;
    private final int batch;
    private int epoch;

    Accident(Event event, int batch) {
      this.event = event;
      this.batch = batch;
    }

    @Override
    public void onEpochBegin(int epoch, Map<String, Double> logs) {
      this.epoch = epoch;
    }

    @Override
    public void onTrainBatchBegin(int index, Map<String, Double> logs) {
      if (epoch == 1 && index == batch) {
        happen();
      }
    }

    private void happen() {
      switch (event) {
        case KILLED -> Runtime.getRuntime().halt(1);
        case FROZEN -> freeze();
        case THROWS -> throw new IllegalStateException("row 17 is broken");
        case OUT_OF_MEMORY -> fillTheHeap();
        default -> throw new AssertionError(event);
      }
    }

    /** Ends with the error that Java throws when there is no more room. */
    private static void fillTheHeap() {
      List<long[]> all = new ArrayList<>();
      while (all.size() < Integer.MAX_VALUE) {
        all.add(new long[1 << 16]);
      }
    }

    private static void freeze() {
      try {
        String pid = String.valueOf(ProcessHandle.current().pid());
        new ProcessBuilder("kill", "-STOP", pid).inheritIO().start().waitFor();
      } catch (java.io.IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Tells whether a folder has no file that was not finished. */
  static boolean isTidy(Path folder) throws java.io.IOException {
    try (var files = Files.walk(folder)) {
      return files.noneMatch(file -> file.toString().contains(".tmp"));
    }
  }
}
