package keras.examples;

import static keras.layers.Input.batchShape;

import java.util.Arrays;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.metrics.Scores;
import keras.models.Sequential;
import keras.plots.Plot;
import keras.random.NumpyRandom;
import keras.utils.FloatArrays;

/**
 * A moving average of numbers that come one at a time: a stateful LSTM remembers the number before,
 * a stateless one cannot. Ported from {@code examples/python/lstm-stateful.py}, which follows
 * Keras's {@code lstm_stateful}.
 *
 * <p>Shows {@code stateful} with a batch of one, and states reset after each epoch.
 *
 * <p>Keras's figures from the script, seed 1: 0.000234 stateful, 0.000822 stateless.
 */
final class LstmStateful {

  static final String NAME = "lstm-stateful";

  private static final int LENGTH = 400;
  private static final int WINDOW = 2;

  /** The figures: mean squared errors on the last fifth of the series. */
  record Result(
      String example,
      double seconds,
      int epochs,
      long seed,
      double mseStateful,
      double mseStateless) {}

  private final PlotOptions options;
  private final float[][][] x;
  private final float[][] y;
  private final int train;

  private LstmStateful(PlotOptions options) {
    this.options = options;
    double[] numbers = NumpyRandom.shared().rand(LENGTH);
    Arrays.setAll(numbers, i -> (numbers[i] - 0.5) * 0.2);
    x = new float[LENGTH - WINDOW + 1][1][1];
    y = new float[x.length][1];
    for (int i = 0; i < x.length; i++) {
      x[i][0][0] = (float) numbers[i + WINDOW - 1];
      y[i][0] = (float) Arrays.stream(numbers, i, i + WINDOW).average().orElseThrow();
    }
    train = (int) (x.length * 0.8);
  }

  static Result run(String... words) {
    PlotOptions options = PlotOptions.parse(NAME, 10, words);
    long start = System.nanoTime();
    LstmStateful script = new LstmStateful(options);
    float[][] expected = Arrays.copyOfRange(script.y, script.train, script.y.length);
    float[][] stateful = script.predictions(true);
    float[][] stateless = script.predictions(false);
    double mseStateful = Scores.meanSquaredError(expected, stateful);
    double mseStateless = Scores.meanSquaredError(expected, stateless);
    System.out.printf("Mean squared error, stateful:  %.10f%n", mseStateful);
    System.out.printf("Mean squared error, stateless: %.10f%n", mseStateless);
    options.save(
        new Plot("The average of two numbers, seen one at a time", "step", "average")
            .pair(
                "stateful",
                FloatArrays.doubles(expected, NAME),
                FloatArrays.doubles(stateful, NAME))
            .line("stateless", FloatArrays.doubles(stateless, NAME)));
    return ResultLine.print(
        new Result(
            NAME,
            ResultLine.secondsSince(start),
            options.epochs(),
            options.seed(),
            mseStateful,
            mseStateless));
  }

  /** Returns what a model that was trained on the first part says of the rest. */
  private float[][] predictions(boolean stateful) {
    float[][][] xTrain = Arrays.copyOf(x, train);
    try (Sequential model = new Sequential()) {
      model.add(new Input(batchShape(1, 1, 1)));
      model.add(new LSTM(20).stateful(stateful));
      model.add(new Dense(1));
      model.compile(c -> c.loss("mse").optimizer("adam"));
      for (int epoch = 0; epoch < options.epochs(); epoch++) {
        model.fit(
            xTrain,
            Arrays.copyOf(y, train),
            f -> f.batchSize(1).epochs(1).shuffle(false).verbose(0));
        model.resetStates();
      }
      // The states after the training series are those before the test series.
      model.predict(xTrain, p -> p.batchSize(1).verbose(0));
      float[][][] xTest = Arrays.copyOfRange(x, train, x.length);
      return FloatArrays.array2d(model.predict(xTest, p -> p.batchSize(1).verbose(0)));
    }
  }
}
