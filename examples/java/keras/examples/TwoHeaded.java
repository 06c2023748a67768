package keras.examples;

import static keras.layers.Input.shape;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import keras.layers.Concatenate;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.KerasTensor;
import keras.layers.LSTM;
import keras.models.Model;
import keras.models.Predictions;
import keras.optimizers.Adam;
import keras.random.NumpyRandom;
import keras.utils.FloatArrays;

/**
 * A series of hourly loads and a calendar are read together; the model says the next load, and
 * whether it will be so high that somebody should know. Ported from {@code
 * examples/python/two-headed.py}.
 *
 * <p>Shows two inputs and two outputs by name, with a loss, a weight and a metric each.
 *
 * <p>Keras's figures from the script, seed 1: value error 0.1081, alarm accuracy 0.9539.
 */
final class TwoHeaded {

  static final String NAME = "two-headed";

  private static final int HOURS = 24 * 7 * 20;
  private static final int WINDOW = 24;
  private static final int UNSEEN = 24 * 7 * 4;
  private static final float ALARM = 0.75f;

  /** The figures on unseen weeks, beside those of saying the last value, and of never alarming. */
  record Result(
      String example,
      double seconds,
      int epochs,
      long seed,
      double valueError,
      double lastValueError,
      double alarmAccuracy,
      double noAlarmAccuracy) {}

  private TwoHeaded() {}

  /** Returns a load for each hour: a wave a day, lower at weekends, with some chance in it. */
  private static float[] loads() {
    double[] drawn = NumpyRandom.shared().rand(HOURS);
    float[] loads = new float[HOURS];
    double drift = 0;
    for (int hour = 0; hour < HOURS; hour++) {
      drift = 0.8 * drift + 0.4 * (drawn[hour] - 0.5);
      double wave = Math.sin(2 * Math.PI * (hour % 24) / 24.0);
      loads[hour] = (float) (wave - (isWeekend(hour) ? 0.6 : 0) + drift);
    }
    return loads;
  }

  private static boolean isWeekend(int hour) {
    return hour / 24 % 7 >= 5;
  }

  /** Windows of the series, what the calendar says of the hour after each, and that hour's load. */
  private static final class Data {
    private final float[][][] series;
    private final float[][] calendar;
    private final float[][] value;
    private final float[][] alarm;

    Data(float[] loads, int from, int to) {
      int count = to - from;
      series = new float[count][WINDOW][1];
      calendar = new float[count][3];
      value = new float[count][1];
      alarm = new float[count][1];
      for (int i = 0; i < count; i++) {
        int hour = from + i;
        for (int t = 0; t < WINDOW; t++) {
          series[i][t][0] = loads[hour - WINDOW + t];
        }
        double angle = 2 * Math.PI * (hour % 24) / 24.0;
        calendar[i][0] = (float) Math.sin(angle);
        calendar[i][1] = (float) Math.cos(angle);
        calendar[i][2] = isWeekend(hour) ? 1 : 0;
        value[i][0] = loads[hour];
        alarm[i][0] = loads[hour] > ALARM ? 1 : 0;
      }
    }

    Map<String, Object> inputs() {
      return Map.of("series", series, "calendar", calendar);
    }

    Map<String, Object> targets() {
      return Map.of("value", value, "alarm", alarm);
    }
  }

  static Result run(String... words) {
    Options options = Options.parse(NAME, 20, words);
    long start = System.nanoTime();
    float[] loads = loads();
    Data seen = new Data(loads, WINDOW, HOURS - UNSEEN);
    Data unseen = new Data(loads, HOURS - UNSEEN, HOURS);

    KerasTensor series = new Input(shape(WINDOW, 1)).name("series").tensor();
    KerasTensor calendar = new Input(shape(3)).name("calendar").tensor();
    KerasTensor read = new LSTM(32).call(series);
    KerasTensor known = new Dense(16).activation("relu").call(calendar);
    KerasTensor both = new Concatenate().call(List.of(read, known));
    KerasTensor mixed = new Dense(32).activation("relu").call(both);
    KerasTensor value = new Dense(1).name("value").call(mixed);
    KerasTensor alarm = new Dense(1).activation("sigmoid").name("alarm").call(mixed);
    try (Model model = new Model(List.of(series, calendar), List.of(value, alarm))) {
      model.compile(
          c ->
              c.optimizer(new Adam().learningRate(0.005))
                  .loss(Map.of("value", "mse", "alarm", "binary_crossentropy"))
                  .lossWeights(Map.of("value", 1.0, "alarm", 0.5))
                  .metrics(Map.of("value", "mae", "alarm", "acc")));
      model.fit(
          seen.inputs(),
          seen.targets(),
          f ->
              f.epochs(options.epochs())
                  .batchSize(64)
                  .verbose(2)
                  .validationData(unseen.inputs(), unseen.targets()));
      Map<String, Double> figures =
          model.evaluate(unseen.inputs(), unseen.targets(), e -> e.verbose(0));
      Predictions first = model.predictAll(unseen.inputs(), p -> p.verbose(0));
      print(unseen, FloatArrays.values(first.get("value")), FloatArrays.values(first.get("alarm")));
      double error = 0;
      double calm = 0;
      for (int i = 0; i < UNSEEN; i++) {
        error += Math.abs(unseen.value[i][0] - unseen.series[i][WINDOW - 1][0]);
        calm += 1 - unseen.alarm[i][0];
      }
      return ResultLine.print(
          new Result(
              NAME,
              ResultLine.secondsSince(start),
              options.epochs(),
              options.seed(),
              figures.get("value_mae"),
              error / UNSEEN,
              figures.get("alarm_acc"),
              calm / UNSEEN));
    }
  }

  /** Prints the first day. */
  private static void print(Data data, float[] values, float[] alarms) {
    for (int hour = 0; hour < 24; hour++) {
      System.out.printf(
          Locale.ROOT,
          "%02d:00  load %6.3f  predicted %6.3f  alarm %.0f  predicted %.2f%n",
          hour,
          data.value[hour][0],
          values[hour],
          data.alarm[hour][0],
          alarms[hour]);
    }
  }
}
