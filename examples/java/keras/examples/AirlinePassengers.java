package keras.examples;

import static keras.layers.Input.batchShape;
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
 * and 66.38, 24.38 and 49.55. {@code airline-stateful}, from {@code
 * examples/python/airline-stateful.py}, stacks two LSTMs that remember the whole series: 29.45 and
 * 82.20 with seed 1.
 */
final class AirlinePassengers {

  static final String NAME = "airline-passengers";
  static final String STATEFUL = "airline-stateful";

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

  private final PlotOptions options;
  private final boolean stateful;
  private final double[] passengers;
  private final MinMaxScaler scaler = new MinMaxScaler();
  private final float[][] train;
  private final float[][] test;

  private AirlinePassengers(PlotOptions options, boolean stateful) {
    this.options = options;
    this.stateful = stateful;
    DataFrame frame =
        DataFrame.readCsv(Data.file("airline-passengers.csv"), o -> o.usecols("Passengers"));
    passengers = frame.numbers("Passengers");
    float[][] dataset = FloatArrays.array2d(scaler.fitTransform(frame.values()));
    int trainSize = (int) (dataset.length * TRAINED);
    train = Arrays.copyOf(dataset, trainSize);
    test = Arrays.copyOfRange(dataset, trainSize, dataset.length);
  }

  static Result run(String... words) {
    return new AirlinePassengers(PlotOptions.parse(NAME, 100, words), false).run(NAME);
  }

  static Result runStateful(String... words) {
    return new AirlinePassengers(PlotOptions.parse(STATEFUL, 50, words), true).run(STATEFUL);
  }

  private Result run(String name) {
    long start = System.nanoTime();
    try (Sequential model = model()) {
      model.compile(c -> c.loss("mean_squared_error").optimizer("adam"));
      double loss = stateful ? fitEpochByEpoch(model) : fit(model);

      FloatNdArray trainPredicted = predicted(model, train);
      FloatNdArray testPredicted = predicted(model, test);
      double trainScore =
          Scores.rootMeanSquaredError(scaler.inverseTransform(next(train)), trainPredicted);
      double testScore =
          Scores.rootMeanSquaredError(scaler.inverseTransform(next(test)), testPredicted);
      System.out.printf("Train score: %.2f RMSE%n", trainScore);
      System.out.printf("Test score: %.2f RMSE%n", testScore);

      double[] both = new double[passengers.length];
      Arrays.fill(both, Double.NaN);
      copy(trainPredicted, both, LOOK_BACK);
      copy(testPredicted, both, train.length + LOOK_BACK);
      options.save(
          new Plot("Airline passengers; trained up to the line", "month", "thousands")
              .pair("passengers", passengers, both)
              .mark(train.length));
      return ResultLine.print(
          new Result(
              name,
              ResultLine.secondsSince(start),
              options.epochs(),
              options.seed(),
              trainScore,
              testScore,
              loss));
    }
  }

  private Sequential model() {
    Sequential model = new Sequential();
    if (stateful) {
      model.add(new Input(batchShape(1, LOOK_BACK, 1)));
      model.add(new LSTM(4).stateful(true).returnSequences(true));
      model.add(new LSTM(4).stateful(true));
    } else {
      model.add(new Input(shape(LOOK_BACK, 1)));
      model.add(new LSTM(4));
    }
    model.add(new Dense(1));
    return model;
  }

  private double fit(Sequential model) {
    History history =
        model.fit(
            windows(train), next(train), f -> f.epochs(options.epochs()).batchSize(1).verbose(2));
    return history.get("loss").get(options.epochs() - 1);
  }

  /** Trains with the memory of the whole series, which begins anew with each epoch. */
  private double fitEpochByEpoch(Sequential model) {
    double loss = 0;
    for (int epoch = 0; epoch < options.epochs(); epoch++) {
      History history =
          model.fit(
              windows(train), next(train), f -> f.epochs(1).batchSize(1).verbose(2).shuffle(false));
      loss = history.get("loss").get(0);
      model.resetStates();
    }
    return loss;
  }

  private FloatNdArray predicted(Sequential model, float[][] values) {
    return scaler.inverseTransform(
        model.predict(windows(values), p -> p.batchSize(stateful ? 1 : 32).verbose(0)));
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
