package keras.examples;

import static keras.layers.Input.shape;

import java.util.Arrays;
import java.util.Map;
import keras.callbacks.History;
import keras.layers.Dense;
import keras.layers.Dropout;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.models.Sequential;
import keras.plots.Plot;
import keras.preprocessing.StandardScaler;
import keras.random.NumpyRandom;
import keras.utils.Batch;
import keras.utils.Batches;
import keras.utils.Utils;

/**
 * The temperature a day ahead from ten days of weather, after chapter 10 of "Deep Learning with
 * Python" (Chollet, 2021); the data are made by the script. Ported from {@code
 * examples/python/temperature.py}.
 *
 * <p>Shows {@link Utils#timeseriesDatasetFromArray} with a sampling rate, a delay and parts of the
 * series, and a naive forecast to be measured against.
 *
 * <p>Keras's figures from the script, seed 1: 1.306 degrees, against 1.302 of the naive forecast;
 * as in the book, it is hard to beat.
 */
final class Temperature {

  static final String NAME = "temperature";

  private static final int STEPS = 6000;
  private static final int A_DAY = 8;
  private static final int SEQUENCE = 40;
  private static final int SAMPLING = 2;
  private static final int DELAY = SAMPLING * (SEQUENCE + A_DAY / SAMPLING - 1);
  private static final int TRAIN = STEPS / 2;
  private static final int VAL = STEPS / 4;

  /** The figures: mean absolute errors in degrees on the last quarter. */
  record Result(
      String example,
      double seconds,
      int epochs,
      long seed,
      double testMae,
      double naiveMae,
      double loss) {}

  private final long seed;
  private final double degrees;
  private final float[][] inputs;

  private Temperature(long seed) {
    this.seed = seed;
    double[][] raw = climate();
    StandardScaler scaler = new StandardScaler().fit(Arrays.copyOf(raw, TRAIN));
    degrees = Math.sqrt(scaler.variance()[0]);
    inputs = new float[STEPS][3];
    for (int i = 0; i < STEPS; i++) {
      for (int column = 0; column < 3; column++) {
        inputs[i][column] =
            (float)
                ((raw[i][column] - scaler.mean()[column]) / Math.sqrt(scaler.variance()[column]));
      }
    }
  }

  static Result run(String... words) {
    PlotOptions options = PlotOptions.parse(NAME, 15, words);
    long start = System.nanoTime();
    Temperature script = new Temperature(options.seed());
    Batches train = script.dataset(0, TRAIN, true);
    Batches val = script.dataset(TRAIN, TRAIN + VAL, false);
    Batches test = script.dataset(TRAIN + VAL, null, false);

    try (Sequential model = new Sequential()) {
      model.add(new Input(shape(SEQUENCE, 3)));
      model.add(new LSTM(32));
      model.add(new Dropout(0.2));
      model.add(new Dense(1));
      model.compile(c -> c.optimizer("adam").loss("mse").metrics("mae"));
      History history =
          model.fit(train, f -> f.epochs(options.epochs()).validationData(val).verbose(2));
      Map<String, Double> scores = model.evaluate(test, e -> e.verbose(0));
      double naive = script.naive(test);
      System.out.printf("Naive test MAE: %.4f%n", naive);
      System.out.printf("Test MAE: %.4f%n", script.degrees * scores.get("mae"));
      options.save(
          new Plot("The temperature a day ahead", "epoch", "mean absolute error, scaled")
              .line("training", history.get("mae"))
              .line("validation", history.get("val_mae")));
      return ResultLine.print(
          new Result(
              NAME,
              ResultLine.secondsSince(start),
              options.epochs(),
              options.seed(),
              script.degrees * scores.get("mae"),
              naive,
              history.get("loss").get(options.epochs() - 1)));
    }
  }

  private Batches dataset(int start, Integer end, boolean shuffle) {
    return Utils.timeseriesDatasetFromArray(
        Arrays.copyOf(inputs, STEPS - DELAY),
        Arrays.stream(inputs, DELAY, STEPS).map(row -> row[0]).toList(),
        SEQUENCE,
        o -> {
          o.samplingRate(SAMPLING).shuffle(shuffle).seed(seed).batchSize(128).startIndex(start);
          if (end != null) {
            o.endIndex(end);
          }
        });
  }

  /** Returns the error in degrees of saying that it will be as warm as now. */
  private double naive(Batches data) {
    double total = 0;
    int seen = 0;
    for (Batch batch : data) {
      for (int i = 0; i < batch.size(); i++) {
        total += Math.abs(batch.x().getFloat(i, SEQUENCE - 1, 0) - batch.y().getFloat(i));
      }
      seen += batch.size();
    }
    return degrees * total / seen;
  }

  /** Returns temperature, pressure and humidity: the day, the year, and weather that goes by. */
  private static double[][] climate() {
    double[] noise = NumpyRandom.shared().rand(STEPS * 2);
    double[][] rows = new double[STEPS][];
    double front = 0;
    double pressure = 0;
    for (int i = 0; i < STEPS; i++) {
      if (i > 0) {
        front = 0.97 * front + 2 * (noise[2 * i] - 0.5);
        pressure = 0.9 * pressure - 0.3 * front + (noise[2 * i + 1] - 0.5);
      }
      double day = 4 * Math.sin(2 * Math.PI * i / A_DAY);
      double year = 12 * Math.sin(2 * Math.PI * i / (365 * A_DAY));
      rows[i] = new double[] {9 + day + year + front, 1000 + pressure, 70 - 2 * day + pressure};
    }
    return rows;
  }
}
