package keras.examples;

import static keras.layers.Input.shape;

import java.util.Arrays;
import keras.callbacks.History;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.metrics.Scores;
import keras.models.Sequential;
import keras.plots.Plot;
import keras.preprocessing.DataFrame;
import keras.preprocessing.MinMaxScaler;
import keras.utils.FloatArrays;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * An LSTM learns from three months how many passengers airlines have in the next: from a CSV file
 * to a plot. Ported from {@code examples/python/airline-passengers.py}.
 *
 * <p>Shows {@link DataFrame}, {@link MinMaxScaler} there and back, and {@link Plot#pair}.
 *
 * <p>Keras's scores from the script, training and test, seeds 7, 1 and 2: 23.41 and 57.45, 26.77
 * and 66.38, 24.38 and 49.55.
 */
final class AirlinePassengers {

  static final String NAME = "airline-passengers";

  private static final int LOOK_BACK = 3;
  private static final double TRAINED = 0.67;

  /** The figures: root mean squared errors in thousands of passengers. */
  record Result(
      String example,
      double seconds,
      int epochs,
      long seed,
      double trainScore,
      double testScore,
      double loss) {}

  private AirlinePassengers() {}

  static Result run(String... words) {
    PlotOptions options = PlotOptions.parse(NAME, 100, words);
    long start = System.nanoTime();

    DataFrame frame =
        DataFrame.readCsv(Data.file("airline-passengers.csv"), o -> o.usecols("Passengers"));
    MinMaxScaler scaler = new MinMaxScaler();
    float[][] dataset = FloatArrays.array2d(scaler.fitTransform(frame.values()));
    int trainSize = (int) (dataset.length * TRAINED);
    float[][] train = Arrays.copyOf(dataset, trainSize);
    float[][] test = Arrays.copyOfRange(dataset, trainSize, dataset.length);

    try (Sequential model = new Sequential()) {
      model.add(new Input(shape(LOOK_BACK, 1)));
      model.add(new LSTM(4));
      model.add(new Dense(1));
      model.compile(c -> c.loss("mean_squared_error").optimizer("adam"));
      History history =
          model.fit(
              windows(train), next(train), f -> f.epochs(options.epochs()).batchSize(1).verbose(2));

      FloatNdArray trainPredicted = predicted(model, scaler, train);
      FloatNdArray testPredicted = predicted(model, scaler, test);
      double trainScore =
          Scores.rootMeanSquaredError(scaler.inverseTransform(next(train)), trainPredicted);
      double testScore =
          Scores.rootMeanSquaredError(scaler.inverseTransform(next(test)), testPredicted);
      System.out.printf("Train score: %.2f RMSE%n", trainScore);
      System.out.printf("Test score: %.2f RMSE%n", testScore);

      double[] both = new double[dataset.length];
      Arrays.fill(both, Double.NaN);
      copy(trainPredicted, both, LOOK_BACK);
      copy(testPredicted, both, trainSize + LOOK_BACK);
      options.save(
          new Plot("Airline passengers; trained up to the line", "month", "thousands")
              .pair("passengers", frame.numbers("Passengers"), both)
              .mark(trainSize));
      return ResultLine.print(
          new Result(
              NAME,
              ResultLine.secondsSince(start),
              options.epochs(),
              options.seed(),
              trainScore,
              testScore,
              history.get("loss").get(options.epochs() - 1)));
    }
  }

  private static FloatNdArray predicted(Sequential model, MinMaxScaler scaler, float[][] values) {
    return scaler.inverseTransform(model.predict(windows(values), p -> p.verbose(0)));
  }

  /** Returns all windows that have a value behind them. */
  private static float[][][] windows(float[][] values) {
    float[][][] windows = new float[values.length - LOOK_BACK][][];
    Arrays.setAll(windows, i -> Arrays.copyOfRange(values, i, i + LOOK_BACK));
    return windows;
  }

  /** Returns the values behind the windows. */
  private static float[][] next(float[][] values) {
    return Arrays.copyOfRange(values, LOOK_BACK, values.length);
  }

  private static void copy(FloatNdArray from, double[] to, int first) {
    float[] values = FloatArrays.values(from);
    for (int i = 0; i < values.length; i++) {
      to[first + i] = values[i];
    }
  }
}
