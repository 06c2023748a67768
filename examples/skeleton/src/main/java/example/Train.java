package example;

import static keras.layers.Input.shape;

import java.nio.file.Path;
import keras.callbacks.History;
import keras.layers.Dense;
import keras.layers.Flatten;
import keras.layers.Input;
import keras.layers.KerasTensor;
import keras.layers.LSTM;
import keras.metrics.Scores;
import keras.models.Model;
import keras.ops.Ops;
import keras.optimizers.Adam;
import keras.plots.Plot;
import keras.preprocessing.DataFrame;
import keras.utils.FloatArrays;
import keras.utils.Utils;

/** Learns from ten years how many passengers there will be next month, and saves the model. */
public final class Train {
  static final int MONTHS = 12;
  private static final int TESTED = 24;

  private Train() {}

  /** Trains for 200 epochs, and writes to the folder {@code out}. */
  public static void main(String[] arguments) {
    double error = train(Path.of("data", "airline-passengers.csv"), Path.of("out"), 200);
    System.out.printf("off by %.1f thousand passengers a month%n", error);
  }

  /**
   * Trains, plots and saves.
   *
   * @param csv a column {@code Passengers}, a row a month
   * @param out the folder for {@code forecast.keras}, {@code loss.png} and {@code forecast.png}
   * @param epochs how often the data are gone through
   * @return the mean absolute error on the last two years, which are not trained on
   */
  static double train(Path csv, Path out, int epochs) {
    Utils.setRandomSeed(1);
    double[] passengers = DataFrame.readCsv(csv).numbers("Passengers");
    int trained = passengers.length - MONTHS - TESTED;
    // Numbers are scaled inside of the model, so that whoever loads it gives and gets passengers.
    KerasTensor year = new Input(shape(MONTHS, 1)).tensor();
    KerasTensor level = Ops.mean(year, true, 1);
    KerasTensor course = Ops.subtract(Ops.divide(year, level), 1);
    KerasTensor change = new Dense(1).call(new LSTM(32).call(course));
    KerasTensor next = Ops.multiply(Ops.add(change, 1), new Flatten().call(level));
    try (Model model = new Model(year, next)) {
      model.compile(c -> c.loss("mse").optimizer(new Adam().learningRate(0.005)).metrics("mae"));
      model.summary();
      History history =
          model.fit(
              windows(passengers, 0, trained),
              next(passengers, 0, trained),
              f -> f.epochs(epochs).batchSize(8).verbose(0));
      history.plot(out.resolve("loss.png"));

      double[] actual = FloatArrays.doubles(next(passengers, trained, TESTED), "actual");
      double[] predicted =
          FloatArrays.doubles(
              model.predict(windows(passengers, trained, TESTED), p -> p.verbose(0)), "predicted");
      new Plot("The last two years", "month", "thousand passengers")
          .pair("passengers", actual, predicted)
          .save(out.resolve("forecast.png"));
      model.save(out.resolve("forecast.keras"));
      return Scores.meanAbsoluteError(actual, predicted);
    }
  }

  /** Returns a year for each of some months, the one before it. */
  static float[][][] windows(double[] values, int first, int count) {
    float[][][] windows = new float[count][MONTHS][1];
    for (int i = 0; i < count; i++) {
      for (int month = 0; month < MONTHS; month++) {
        windows[i][month][0] = (float) values[first + i + month];
      }
    }
    return windows;
  }

  private static float[] next(double[] values, int first, int count) {
    float[] next = new float[count];
    for (int i = 0; i < count; i++) {
      next[i] = (float) values[first + i + MONTHS];
    }
    return next;
  }
}
