package keras.examples;

import static keras.layers.Input.shape;

import java.util.Arrays;
import java.util.stream.IntStream;
import keras.callbacks.History;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.layers.RepeatVector;
import keras.layers.TimeDistributed;
import keras.metrics.Scores;
import keras.models.Sequential;
import keras.plots.Plot;
import keras.random.NumpyRandom;
import keras.utils.FloatArrays;

/**
 * An LSTM autoencoder learns what is usual in a series; windows that it cannot rebuild are strange.
 * Ported from {@code examples/python/anomalies.py}.
 *
 * <p>Shows an autoencoder whose targets are its inputs, and {@link Scores#classificationReport}.
 *
 * <p>Keras's figures from the script, share of the strange that was found and accuracy, seeds 1 to
 * 3: 1.0 and 1.0, 1.0 and 1.0, 0.98 and 0.99.
 */
final class Anomalies {

  static final String NAME = "anomalies";

  private static final int STEPS = 30;
  private static final int APART = 5;
  private static final int JUMPS = 8;
  private static final int JUMP_STEPS = 6;
  private static final double JUMP = 1.5;

  /** The figures: the greatest error of what is usual, and how well the strange was found. */
  record Result(
      String example,
      double seconds,
      int epochs,
      long seed,
      double threshold,
      double recall,
      double accuracy,
      double loss) {}

  private Anomalies() {}

  static Result run(String... words) {
    PlotOptions options = PlotOptions.parse(NAME, 20, words);
    long start = System.nanoTime();

    float[][][] train = windows(series(3000));
    double[] values = series(1500);
    double[] strange = new double[values.length];
    for (long first : NumpyRandom.shared().randint(0, values.length - STEPS, JUMPS)) {
      for (int i = (int) first; i < first + JUMP_STEPS; i++) {
        values[i] += JUMP;
        strange[i] = 1;
      }
    }
    float[][][] test = windows(values);
    int[] isStrange =
        Arrays.stream(windows(strange))
            .mapToInt(window -> Arrays.stream(window).anyMatch(step -> step[0] > 0) ? 1 : 0)
            .toArray();

    try (Sequential model = new Sequential()) {
      model.add(new Input(shape(STEPS, 1)));
      model.add(new LSTM(16));
      model.add(new RepeatVector(STEPS));
      model.add(new LSTM(16).returnSequences(true));
      model.add(new TimeDistributed(new Dense(1)));
      model.compile(c -> c.loss("mae").optimizer("adam"));
      History history =
          model.fit(train, train, f -> f.epochs(options.epochs()).batchSize(32).verbose(2));

      double threshold = Arrays.stream(errors(model, train)).max().orElseThrow();
      double[] errors = errors(model, test);
      int[] found = Arrays.stream(errors).mapToInt(error -> error > threshold ? 1 : 0).toArray();
      int[][] matrix = Scores.confusionMatrix(isStrange, found);
      System.out.printf("Threshold: %.4f%n", threshold);
      System.out.println(Arrays.deepToString(matrix));
      System.out.println(Scores.classificationReport(isStrange, found, "usual", "strange"));
      double[] limit = new double[errors.length];
      Arrays.fill(limit, threshold);
      options.save(
          new Plot("Error of each window; above the threshold it is strange", "window", "error")
              .line("error", errors)
              .line("threshold", limit));
      return ResultLine.print(
          new Result(
              NAME,
              ResultLine.secondsSince(start),
              options.epochs(),
              options.seed(),
              threshold,
              (double) matrix[1][1] / (matrix[1][0] + matrix[1][1]),
              Scores.accuracyScore(isStrange, found),
              history.get("loss").get(options.epochs() - 1)));
    }
  }

  /** Returns a sine with noise. */
  private static double[] series(int length) {
    double[] values = NumpyRandom.shared().rand(length);
    Arrays.setAll(values, i -> Math.sin(i / 5.0) + (values[i] - 0.5) * 0.2);
    return values;
  }

  private static float[][][] windows(double[] values) {
    int count = (values.length - STEPS + APART - 1) / APART;
    float[][][] windows = new float[count][STEPS][1];
    for (int i = 0; i < count; i++) {
      for (int step = 0; step < STEPS; step++) {
        windows[i][step][0] = (float) values[i * APART + step];
      }
    }
    return windows;
  }

  /** Returns how far each window is from what the model makes of it, on average. */
  private static double[] errors(Sequential model, float[][][] x) {
    float[][][] rebuilt = FloatArrays.array3d(model.predict(x, p -> p.verbose(0)));
    return IntStream.range(0, x.length)
        .mapToDouble(
            i ->
                IntStream.range(0, STEPS)
                    .mapToDouble(step -> Math.abs(rebuilt[i][step][0] - x[i][step][0]))
                    .average()
                    .orElseThrow())
        .toArray();
  }
}
