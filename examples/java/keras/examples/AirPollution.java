package keras.examples;

import static keras.layers.Input.shape;

import java.util.Arrays;
import java.util.List;
import keras.callbacks.History;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.metrics.Scores;
import keras.models.Sequential;
import keras.plots.Plot;
import keras.preprocessing.LabelEncoder;
import keras.preprocessing.MinMaxScaler;
import keras.random.NumpyRandom;
import keras.utils.FloatArrays;

/**
 * The next hour's air pollution from this hour's weather; the data are made by the script. Ported
 * from {@code examples/python/air-pollution.py}.
 *
 * <p>Shows several columns scaled together of which one is predicted and scaled back, {@link
 * LabelEncoder} for words among them, and training in the order of time.
 *
 * <p>Keras's figures from the script, seed 1: an RMSE of 10.4, against 12.8 of the hour before.
 */
final class AirPollution {

  static final String NAME = "air-pollution";

  private static final int HOURS = 2000;
  private static final int TRAINED = 1500;
  private static final int COLUMNS = 4;
  private static final List<String> DIRECTIONS = List.of("NE", "NW", "SE", "calm");

  /** The figures: errors on the last 499 hours, and of saying that nothing changes. */
  record Result(
      String example,
      double seconds,
      int epochs,
      long seed,
      double testRmse,
      double persistenceRmse,
      double valLoss) {}

  private AirPollution() {}

  static Result run(String... words) {
    PlotOptions options = PlotOptions.parse(NAME, 30, words);
    long start = System.nanoTime();
    float[][] values = weather();
    MinMaxScaler scaler = new MinMaxScaler();
    float[][] scaled = FloatArrays.array2d(scaler.fitTransform(values));
    float[][][] x = new float[HOURS - 1][1][];
    float[] y = new float[HOURS - 1];
    for (int hour = 0; hour < HOURS - 1; hour++) {
      x[hour][0] = scaled[hour];
      y[hour] = scaled[hour + 1][0];
    }
    float[][][] xTest = Arrays.copyOfRange(x, TRAINED, x.length);
    float[] yTest = Arrays.copyOfRange(y, TRAINED, y.length);

    try (Sequential model = new Sequential()) {
      model.add(new Input(shape(1, COLUMNS)));
      model.add(new LSTM(50));
      model.add(new Dense(1));
      model.compile(c -> c.loss("mae").optimizer("adam"));
      History history =
          model.fit(
              Arrays.copyOf(x, TRAINED),
              Arrays.copyOf(y, TRAINED),
              f ->
                  f.epochs(options.epochs())
                      .batchSize(72)
                      .validationData(xTest, yTest)
                      .verbose(2)
                      .shuffle(false));

      float[][] answers = FloatArrays.array2d(model.predict(xTest, p -> p.verbose(0)));
      float[][] rows = Arrays.copyOfRange(scaled, TRAINED + 1, HOURS);
      for (int i = 0; i < rows.length; i++) {
        rows[i] = rows[i].clone();
        rows[i][0] = answers[i][0];
      }
      double[] predicted = first(FloatArrays.array2d(scaler.inverseTransform(rows)));
      double[] actual = first(Arrays.copyOfRange(values, TRAINED + 1, HOURS));
      double[] before = first(Arrays.copyOfRange(values, TRAINED, HOURS - 1));
      double rmse = Scores.rootMeanSquaredError(actual, predicted);
      double persistence = Scores.rootMeanSquaredError(actual, before);
      System.out.printf("Test RMSE: %.3f%n", rmse);
      System.out.printf("RMSE of the hour before: %.3f%n", persistence);
      options.save(
          new Plot("Air pollution, an hour ahead", "hour", "pollution")
              .pair("pollution", actual, predicted));
      return ResultLine.print(
          new Result(
              NAME,
              ResultLine.secondsSince(start),
              options.epochs(),
              options.seed(),
              rmse,
              persistence,
              history.get("val_loss").get(options.epochs() - 1)));
    }
  }

  private static double[] first(float[][] rows) {
    return Arrays.stream(rows).mapToDouble(row -> row[0]).toArray();
  }

  /** Returns pollution, temperature, wind and its direction. Wind carries the dirt away. */
  private static float[][] weather() {
    NumpyRandom random = NumpyRandom.shared();
    double[] noise = random.rand(HOURS);
    double[] wind = random.rand(HOURS);
    List<String> directions =
        Arrays.stream(random.rand(HOURS))
            .mapToObj(each -> DIRECTIONS.get((int) (each * DIRECTIONS.size())))
            .toList();
    int[] codes = new LabelEncoder<String>().fitTransform(directions);
    float[][] rows = new float[HOURS][];
    double before = 100;
    for (int hour = 0; hour < HOURS; hour++) {
      double blows = 1 + 7 * wind[hour];
      double temperature = 10 * Math.sin(hour * Math.PI / 12) + 5 * Math.sin(hour * Math.PI / 120);
      double carried = 3 * blows * (directions.get(hour).equals("NW") ? 2 : 1);
      before = 0.8 * before + 40 - temperature - carried + 10 * (noise[hour] - 0.5);
      rows[hour] =
          new float[] {
            (float) Math.max(before, 0), (float) temperature, (float) blows, codes[hour]
          };
    }
    return rows;
  }
}
