package keras.examples;

import static keras.layers.Input.shape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.models.Sequential;
import keras.optimizers.Adam;
import keras.plots.Plot;
import keras.utils.TimeseriesGenerator;

/**
 * A network tells whether the next value of 1 1 0 0 0 1 1 0 0 0 ... is a pulse. Ported from {@code
 * examples/python/pulse.py}.
 *
 * <p>The script trains on windows of five values, answering at the end. It is perfect on those, and
 * out of phase on longer ones: it may as well count its steps as read them, for all windows are
 * equally long. The remedy answers after each value of windows of ten, so that every length is
 * trained for at once; what comes before the third value does not count, as two zeros leave the
 * answer open. Its weights then go to a model that answers at the end, as the script's does.
 *
 * <p>Shows an {@link Input} of any number of timesteps, {@link TimeseriesGenerator}, {@code
 * evaluate} and weights that move between models of different forms.
 *
 * <p>Keras's accuracies from the script, seed 1, lengths 5 to 19: 1.0, 0.8, 0.6, 0.6, 0.8, 0.4,
 * 0.4, 0.6, 0.6, 0.8, 1.0, 0.8, 0.6, 0.8, 0.6 as written, 1.0 throughout with the remedy.
 */
final class Pulse {

  static final String NAME = "pulse";

  private static final int[] PULSE = {1, 1, 0, 0, 0};
  private static final int VALUES = 200;
  private static final int WINDOW = 5;
  private static final int LENGTHS = 15;
  private static final int REMEDY_WINDOW = 2 * WINDOW;
  private static final int REMEDY_UNITS = 16;
  private static final int READ_BEFORE_ANSWER = 3;

  /**
   * The figures: accuracies at window lengths 5 to 19, windows of all phases; losses of the
   * remedy's first and last epoch.
   */
  record Result(
      String example,
      double seconds,
      int epochs,
      long seed,
      List<Double> accuraciesAsWritten,
      List<Double> accuraciesRemedy,
      double worstAsWritten,
      double worstRemedy,
      double firstLoss,
      double lastLoss) {}

  private Pulse() {}

  static Result run(String... words) {
    PlotOptions options = PlotOptions.parse(NAME, 50, words);
    long start = System.nanoTime();
    float[][] series = new float[VALUES][1];
    for (int i = 0; i < VALUES; i++) {
      series[i][0] = PULSE[i % PULSE.length];
    }

    try (Sequential written = atTheEnd(4);
        Sequential remedy = afterEachValue();
        Sequential answering = atTheEnd(REMEDY_UNITS)) {
      written.summary();
      written.fit(
          new TimeseriesGenerator(series, series, WINDOW).batchSize(8),
          f -> f.epochs(options.epochs()).verbose(2));
      List<Double> before = accuracies(written, series);

      List<Double> losses = train(remedy, series, options.epochs());
      answering.setWeights(remedy.getWeights());
      List<Double> after = accuracies(answering, series);

      System.out.println("window  as written  remedy");
      for (int i = 0; i < LENGTHS; i++) {
        System.out.printf("%6d  %10.3f  %6.3f%n", WINDOW + i, before.get(i), after.get(i));
      }
      options.save(
          new Plot("Pulse: accuracy at window lengths it was not trained on", "window", "accuracy")
              .from(WINDOW)
              .line("as written", before)
              .line("remedy", after));
      return ResultLine.print(
          new Result(
              NAME,
              ResultLine.secondsSince(start),
              options.epochs(),
              options.seed(),
              before,
              after,
              before.stream().min(Double::compare).orElseThrow(),
              after.stream().min(Double::compare).orElseThrow(),
              losses.get(0),
              losses.get(losses.size() - 1)));
    }
  }

  private static Sequential atTheEnd(int units) {
    Sequential model = new Sequential();
    model.add(new Input(shape(null, 1)));
    model.add(new LSTM(units));
    model.add(new Dense(1).activation("sigmoid"));
    model.compile(c -> c.loss("binary_crossentropy").optimizer("adam").metrics("accuracy"));
    return model;
  }

  private static Sequential afterEachValue() {
    Sequential model = new Sequential();
    model.add(new Input(shape(REMEDY_WINDOW, 1)));
    model.add(new LSTM(REMEDY_UNITS).returnSequences(true));
    model.add(new Dense(1).activation("sigmoid"));
    model.compile(c -> c.loss("binary_crossentropy").optimizer(new Adam().learningRate(0.01)));
    return model;
  }

  private static List<Double> train(Sequential remedy, float[][] series, int epochs) {
    int windows = VALUES - REMEDY_WINDOW;
    float[][][] x = new float[windows][][];
    float[][][] y = new float[windows][][];
    float[][] counts = new float[windows][REMEDY_WINDOW];
    for (int i = 0; i < windows; i++) {
      x[i] = Arrays.copyOfRange(series, i, i + REMEDY_WINDOW);
      y[i] = Arrays.copyOfRange(series, i + 1, i + 1 + REMEDY_WINDOW);
      Arrays.fill(counts[i], READ_BEFORE_ANSWER - 1, REMEDY_WINDOW, 1);
    }
    return remedy
        .fit(x, y, f -> f.sampleWeight(counts).epochs(epochs).batchSize(8).verbose(2))
        .history()
        .get("loss");
  }

  private static List<Double> accuracies(Sequential model, float[][] series) {
    List<Double> accuracies = new ArrayList<>();
    for (int i = 0; i < LENGTHS; i++) {
      TimeseriesGenerator windows =
          new TimeseriesGenerator(series, series, WINDOW + i).batchSize(VALUES);
      accuracies.add(model.evaluate(windows, e -> e.verbose(0)).get("accuracy"));
    }
    return accuracies;
  }
}
