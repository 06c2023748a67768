package keras.examples;

import static keras.layers.Input.shape;

import java.util.Arrays;
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
 * A household's power on each day of the next week, from two weeks; the data are made by the
 * script. Ported from {@code examples/python/household-power.py}.
 *
 * <p>Shows a forecast of several steps at once by an encoder and a decoder, walked forward week by
 * week, with an error for each day.
 *
 * <p>Keras's figures from the script, seed 1: an RMSE of 1.09, against 1.34 of the week before.
 */
final class HouseholdPower {

  static final String NAME = "household-power";

  private static final int WEEKS = 150;
  private static final int TESTED = 46;
  private static final int WEEK = 7;
  private static final int KNOWN = 14;
  private static final double SCALE = 5;

  /** From Monday on: people are at home on Saturday and Sunday. */
  private static final double[] WEEKEND = {0, -1, -1, 0, 1, 6, 5};

  /** The figures: errors on 46 weeks, and of saying that each week is as the one before. */
  record Result(
      String example,
      double seconds,
      int epochs,
      long seed,
      double rmse,
      double saturdayRmse,
      double weekBeforeRmse,
      double loss) {}

  private HouseholdPower() {}

  static Result run(String... words) {
    PlotOptions options = PlotOptions.parse(NAME, 60, words);
    long start = System.nanoTime();
    double[] kilowatts = kilowatts();
    int first = kilowatts.length - TESTED * WEEK;
    double mean = Arrays.stream(kilowatts, 0, first).average().orElseThrow();
    float[][] scaled = new float[kilowatts.length][1];
    for (int day = 0; day < scaled.length; day++) {
      scaled[day][0] = (float) ((kilowatts[day] - mean) / SCALE);
    }
    int windows = first - KNOWN - WEEK + 1;

    try (Sequential model = new Sequential()) {
      model.add(new Input(shape(KNOWN, 1)));
      model.add(new LSTM(32).activation("relu"));
      model.add(new RepeatVector(WEEK));
      model.add(new LSTM(32).activation("relu").returnSequences(true));
      model.add(new TimeDistributed(new Dense(16).activation("relu")));
      model.add(new TimeDistributed(new Dense(1)));
      model.compile(c -> c.loss("mse").optimizer("adam"));
      History history =
          model.fit(
              pieces(scaled, 0, windows, 1, KNOWN),
              pieces(scaled, KNOWN, windows, 1, WEEK),
              f -> f.epochs(options.epochs()).batchSize(16).verbose(2));

      // Each week is predicted from the two that were really before it.
      float[][][] known = pieces(scaled, first - KNOWN, TESTED, WEEK, KNOWN);
      double[] predicted =
          FloatArrays.doubles(model.predict(known, p -> p.verbose(0)), "predicted");
      Arrays.setAll(predicted, i -> predicted[i] * SCALE + mean);
      double[] actual = Arrays.copyOfRange(kilowatts, first, kilowatts.length);
      double[] before = Arrays.copyOfRange(kilowatts, first - WEEK, kilowatts.length - WEEK);
      double[] errors = new double[WEEK];
      for (int day = 0; day < WEEK; day++) {
        errors[day] = Scores.rootMeanSquaredError(each(actual, day), each(predicted, day));
      }
      double rmse = Scores.rootMeanSquaredError(actual, predicted);
      double weekBefore = Scores.rootMeanSquaredError(actual, before);
      System.out.println("Monday to Sunday: " + Arrays.toString(errors));
      System.out.printf("RMSE: %.3f%n", rmse);
      System.out.printf("RMSE of the week before: %.3f%n", weekBefore);
      options.save(
          new Plot("Power of a household, a week ahead", "day", "kilowatt hours")
              .pair("power", actual, predicted));
      return ResultLine.print(
          new Result(
              NAME,
              ResultLine.secondsSince(start),
              options.epochs(),
              options.seed(),
              rmse,
              errors[5],
              weekBefore,
              history.get("loss").get(options.epochs() - 1)));
    }
  }

  private static double[] kilowatts() {
    double[] days = NumpyRandom.shared().rand(WEEKS * WEEK);
    Arrays.setAll(
        days,
        day ->
            20
                + 6 * Math.cos(2 * Math.PI * day / 365)
                + 3 * (days[day] - 0.5)
                + WEEKEND[day % WEEK]);
    return days;
  }

  /** Returns so many pieces of a series, some steps apart. */
  private static float[][][] pieces(float[][] series, int first, int count, int apart, int steps) {
    float[][][] pieces = new float[count][][];
    Arrays.setAll(
        pieces, i -> Arrays.copyOfRange(series, first + i * apart, first + i * apart + steps));
    return pieces;
  }

  /** Returns the values of one day of all weeks. */
  private static double[] each(double[] values, int day) {
    double[] chosen = new double[values.length / WEEK];
    Arrays.setAll(chosen, week -> values[week * WEEK + day]);
    return chosen;
  }
}
