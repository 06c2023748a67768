package keras.examples;

import static keras.layers.Input.shape;

import java.util.Arrays;
import keras.layers.Conv1D;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.layers.MaxPooling1D;
import keras.models.Sequential;
import keras.optimizers.Adam;
import keras.random.NumpyRandom;

/**
 * Forecasts a day of a series that repeats by day and by week. Ported from {@code
 * examples/python/forecast-cnn-lstm.py}.
 *
 * <p>Shows causal convolutions and pooling, which make a week short enough for an LSTM.
 *
 * <p>Keras's figures from the script, seed 1: error 0.0776, of the day before 0.2765.
 */
final class ForecastCnnLstm {

  static final String NAME = "forecast-cnn-lstm";

  private static final int DAY = 24;
  private static final int WEEK = DAY * 7;
  private static final int HOURS = WEEK * 16;
  private static final int UNSEEN = WEEK * 3;

  /** The figures: the mean absolute error on unseen weeks, beside that of saying the day before. */
  record Result(
      String example, double seconds, int epochs, long seed, double error, double lastDayError) {}

  private ForecastCnnLstm() {}

  private static float[] series() {
    double[] chance = NumpyRandom.shared().rand(HOURS);
    float[] series = new float[HOURS];
    for (int hour = 0; hour < HOURS; hour++) {
      series[hour] =
          (float)
              (Math.sin(2 * Math.PI * hour / DAY)
                  + 0.5 * Math.sin(2 * Math.PI * hour / WEEK)
                  + 0.3 * (chance[hour] - 0.5));
    }
    return series;
  }

  /** Weeks, and the day after each. */
  private static final class Data {
    private final float[][][] x;
    private final float[][] y;

    Data(float[] series, int first, int last) {
      int count = last - first - WEEK - DAY;
      x = new float[count][WEEK][1];
      y = new float[count][];
      for (int i = 0; i < count; i++) {
        for (int t = 0; t < WEEK; t++) {
          x[i][t][0] = series[first + i + t];
        }
        y[i] = Arrays.copyOfRange(series, first + i + WEEK, first + i + WEEK + DAY);
      }
    }

    /** How far the day before is from the day. */
    double lastDayError() {
      double sum = 0;
      for (int i = 0; i < x.length; i++) {
        for (int t = 0; t < DAY; t++) {
          sum += Math.abs(x[i][WEEK - DAY + t][0] - y[i][t]);
        }
      }
      return sum / (x.length * DAY);
    }
  }

  static Result run(String... words) {
    Options options = Options.parse(NAME, 15, words);
    long start = System.nanoTime();
    float[] series = series();
    Data seen = new Data(series, 0, HOURS - UNSEEN);
    Data unseen = new Data(series, HOURS - UNSEEN, HOURS);
    try (Sequential model = new Sequential()) {
      model.add(new Input(shape(WEEK, 1)));
      model.add(new Conv1D(32, 5).activation("relu").padding("causal"));
      model.add(new MaxPooling1D(4));
      model.add(new Conv1D(32, 3).activation("relu").padding("causal"));
      model.add(new MaxPooling1D(2));
      model.add(new LSTM(32));
      model.add(new Dense(DAY));
      model.compile(c -> c.loss("mse").optimizer(new Adam(0.003)).metrics("mae"));
      model.fit(seen.x, seen.y, f -> f.batchSize(32).epochs(options.epochs()).verbose(2));
      double error = model.evaluate(unseen.x, unseen.y, e -> e.verbose(0)).get("mae");
      return ResultLine.print(
          new Result(
              NAME,
              ResultLine.secondsSince(start),
              options.epochs(),
              options.seed(),
              error,
              unseen.lastDayError()));
    }
  }
}
