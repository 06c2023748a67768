package keras.examples;

import static keras.layers.Input.batchShape;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.metrics.Scores;
import keras.models.Sequential;
import keras.plots.Plot;
import keras.preprocessing.DataFrame;
import keras.preprocessing.MinMaxScaler;
import keras.utils.FloatArrays;

/**
 * A stateful LSTM says the sales of the next month, month after month, from what each had more than
 * the one before. Ported from {@code examples/python/shampoo-sales.py}.
 *
 * <p>Shows {@code diff} and {@code shift} of a {@link DataFrame}, {@code resetStates} after each
 * epoch, and walking forward through months that were not trained on.
 *
 * <p>Keras's error from the script, seeds 1 to 3: 128.409, 100.398, 233.078. To say the month
 * before again: 136.761.
 */
final class ShampooSales {

  static final String NAME = "shampoo-sales";

  private static final int TESTED = 12;

  /** The figures: the root mean squared error of the last twelve months. */
  record Result(
      String example, double seconds, int epochs, long seed, double testScore, double loss) {}

  private ShampooSales() {}

  static Result run(String... words) {
    PlotOptions options = PlotOptions.parse(NAME, 300, words);
    long start = System.nanoTime();

    DataFrame frame = DataFrame.readCsv(Data.file("shampoo-sales.csv"), o -> o.usecols("Sales"));
    double[] sales = frame.numbers("Sales");
    // Changes from month to month, each to be told from the one before it.
    DataFrame changes = frame.diff(1);
    double[] change = changes.numbers("Sales");
    double[] before = changes.shift(1).fillna(0).numbers("Sales");
    double[][] pairs = new double[sales.length - 1][];
    Arrays.setAll(pairs, i -> new double[] {before[i + 1], change[i + 1]});
    double[][] known = Arrays.copyOf(pairs, pairs.length - TESTED);
    double[][] unknown = Arrays.copyOfRange(pairs, pairs.length - TESTED, pairs.length);
    MinMaxScaler scaler = new MinMaxScaler().featureRange(-1, 1).fit(known);
    float[][] train = FloatArrays.array2d(scaler.transform(known));
    float[][] test = FloatArrays.array2d(scaler.transform(unknown));
    float[][][] x = new float[train.length][][];
    float[][] y = new float[train.length][];
    for (int i = 0; i < train.length; i++) {
      x[i] = new float[][] {{train[i][0]}};
      y[i] = new float[] {train[i][1]};
    }

    try (Sequential model = new Sequential()) {
      model.add(new Input(batchShape(1, 1, 1)));
      model.add(new LSTM(4).stateful(true));
      model.add(new Dense(1));
      model.compile(c -> c.loss("mean_squared_error").optimizer("adam"));
      double loss = 0;
      for (int epoch = 0; epoch < options.epochs(); epoch++) {
        Map<String, List<Double>> logs =
            model.fit(x, y, f -> f.epochs(1).batchSize(1).verbose(0).shuffle(false)).history();
        loss = logs.get("loss").get(0);
        model.resetStates();
      }

      model.predict(x, p -> p.batchSize(1).verbose(0));
      double[] expected = Arrays.copyOfRange(sales, sales.length - TESTED, sales.length);
      double[] predicted = new double[TESTED];
      for (int i = 0; i < TESTED; i++) {
        float[][][] asked = {{{test[i][0]}}};
        float scaled = model.predict(asked, p -> p.verbose(0)).getFloat(0, 0);
        float[][] both = {{test[i][0], scaled}};
        predicted[i] =
            scaler.inverseTransform(both).getFloat(0, 1) + sales[sales.length - TESTED - 1 + i];
        System.out.printf(
            "Month=%d, Predicted=%f, Expected=%f%n", i + 1, predicted[i], expected[i]);
      }
      double score = Scores.rootMeanSquaredError(expected, predicted);
      System.out.printf("Test RMSE: %.3f%n", score);
      options.save(
          new Plot("Shampoo sales, a month ahead", "month of the third year", "sales")
              .pair("sales", expected, predicted));
      return ResultLine.print(
          new Result(
              NAME, ResultLine.secondsSince(start), options.epochs(), options.seed(), score, loss));
    }
  }
}
