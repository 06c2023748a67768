package keras.models;

import static keras.layers.Input.batchShape;
import static keras.layers.Input.shape;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.layers.TimeDistributed;
import keras.utils.FloatArrays;
import org.bytedeco.javacpp.Pointer;
import org.tensorflow.ndarray.FloatNdArray;

/** Does something again and again, and prints how much memory the process holds. */
final class Work {

  /** The work that is done. */
  enum Kind {
    /** Trains the model of the echo, whose states last. */
    FITS,
    /** Predicts batches of all sizes and lengths. */
    PREDICTIONS,
    /** Makes models, and closes or forgets them. */
    MODELS,
    /** Loads a model, predicts and closes it. */
    LOADS
  }

  /** One piece of the work. */
  @FunctionalInterface
  private interface Piece {
    void run() throws IOException;
  }

  private static final Random RANDOM = new Random(3);

  private Work() {}

  /**
   * Prints, after a quarter of the work and after all of it, the resident kilobytes and how many
   * things in native memory Java holds on to.
   *
   * @param arguments the kind, how often, and a folder for files
   */
  public static void main(String[] arguments) throws IOException {
    int times = Integer.parseInt(arguments[1]);
    switch (Kind.valueOf(arguments[0])) {
      case FITS -> fits(times);
      case PREDICTIONS -> predictions(times);
      case MODELS -> repeat(times, Work::makeAndLeave);
      case LOADS -> loads(times, Path.of(arguments[2]).resolve("model.keras"));
    }
  }

  private static void repeat(int times, Piece piece) throws IOException {
    for (int i = 1; i <= times; i++) {
      piece.run();
      if (i == times / 4 || i == times) {
        System.gc(); // models that were forgotten are freed
        System.out.println(resident());
        System.out.println(Pointer.totalCount());
      }
    }
  }

  private static void fits(int times) throws IOException {
    try (Sequential model = new Sequential()) {
      model.add(new Input(batchShape(7, 5, 20)));
      model.add(new LSTM(20).returnSequences(true).stateful(true));
      model.add(new TimeDistributed(new Dense(20).activation("softmax")));
      model.compile(c -> c.loss("categorical_crossentropy").optimizer("adam").metrics("acc"));
      repeat(
          times,
          () -> {
            float[][][] x = new float[21][5][20];
            for (float[][] sample : x) {
              for (float[] step : sample) {
                step[RANDOM.nextInt(20)] = 1;
              }
            }
            model.fit(x, x, f -> f.epochs(1).batchSize(7).verbose(0).shuffle(false));
            model.resetStates();
          });
    }
  }

  private static void predictions(int times) throws IOException {
    try (Sequential model = new Sequential(new Input(shape(null, 3)), new LSTM(8), new Dense(1))) {
      repeat(times, () -> model.predictOnBatch(drawn(1 + RANDOM.nextInt(9), RANDOM.nextInt(20))));
    }
  }

  private static FloatNdArray drawn(int samples, int timesteps) {
    float[] values = new float[samples * (timesteps + 1) * 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = RANDOM.nextFloat();
    }
    return FloatArrays.wrap(values, samples, timesteps + 1, 3);
  }

  private static Sequential small() {
    Sequential model = new Sequential(new Input(shape(4, 3)), new LSTM(4), new Dense(1));
    model.compile(c -> c.loss("mse").optimizer("adam"));
    return model;
  }

  /** Every other model is forgotten. */
  private static void makeAndLeave() {
    Sequential model = small();
    model.predictOnBatch(drawn(2, 3));
    if (RANDOM.nextBoolean()) {
      model.close();
    } else {
      System.gc();
    }
  }

  private static void loads(int times, Path file) throws IOException {
    try (Sequential model = small()) {
      model.save(file);
    }
    repeat(
        times,
        () -> {
          try (Model model = Models.loadModel(file)) {
            model.predictOnBatch(drawn(2, 3));
          }
        });
  }

  private static long resident() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
