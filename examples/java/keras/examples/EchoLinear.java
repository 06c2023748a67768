package keras.examples;

import static keras.layers.Input.batchShape;

import java.util.LinkedHashMap;
import java.util.Map;
import keras.examples.EchoData.Windows;
import keras.examples.EchoRounds.Figures;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.layers.TimeDistributed;
import keras.models.Sequential;
import keras.optimizers.Adam;
import keras.optimizers.schedules.CosineDecay;
import keras.preprocessing.MinMaxScaler;
import keras.utils.FloatArrays;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * The echo as regression: integers scaled to 0..1 in, numbers to be rounded back to integers out.
 * Ported from {@code examples/python/echo-linear.py}.
 *
 * <p>Shows {@link MinMaxScaler} on the way in and out, and what the other coding costs: far fewer
 * weights than with one-hot integers, and far more rounds until the numbers are near enough for
 * rounding, as one integer is only a hundredth of the range.
 */
final class EchoLinear {

  static final String NAME = "echo-linear";

  private static final int BATCH = 7;
  private static final int UNITS = 20;
  private static final MinMaxScaler SCALER =
      new MinMaxScaler().fit(new double[][] {{0}, {EchoData.CLASSES - 1}});

  /** The figures of both codings. */
  record Result(String example, double seconds, int rounds, Figures linear, Figures oneHot) {}

  private EchoLinear() {}

  static Result run(String... words) {
    Options options = Options.parse(NAME, 4000, words);
    long start = System.nanoTime();
    int updates = options.epochs() * (EchoData.LENGTH - EchoData.STEPS + 1) / BATCH;
    Map<String, Figures> table = new LinkedHashMap<>();
    try (Sequential model = new Sequential()) {
      model.add(new Input(batchShape(BATCH, EchoData.STEPS, 1)));
      model.add(new LSTM(UNITS).returnSequences(true).stateful(true));
      model.add(new TimeDistributed(new Dense(1)));
      model.compile(
          c -> c.loss("mse").optimizer(new Adam().learningRate(new CosineDecay(0.01, updates))));
      table.put(
          "linear",
          new EchoRounds(options, BATCH, EchoLinear::scaledWindows, EchoLinear::unscaled)
              .run("Integers scaled to 0..1", model));
    }
    try (Sequential model = new Sequential()) {
      model.add(new Input(batchShape(BATCH, EchoData.STEPS, EchoData.CLASSES)));
      model.add(new LSTM(UNITS).returnSequences(true).stateful(true));
      model.add(new TimeDistributed(new Dense(EchoData.CLASSES).activation("softmax")));
      model.compile(c -> c.loss("categorical_crossentropy").optimizer("adam"));
      table.put(
          "one-hot",
          new EchoRounds(
                  options,
                  BATCH,
                  () -> EchoData.oneHotWindows(EchoData.STEPS),
                  EchoData::oneHotDecode)
              .run("One-hot integers", model));
    }
    EchoRounds.print(table);
    return ResultLine.print(
        new Result(
            NAME,
            ResultLine.secondsSince(start),
            options.epochs(),
            table.get("linear"),
            table.get("one-hot")));
  }

  /** The windows of a new random sequence, scaled to 0..1, to be answered with themselves. */
  static Windows scaledWindows() {
    int[] sequence = EchoData.sequence();
    float[][] column = new float[sequence.length][1];
    for (int i = 0; i < sequence.length; i++) {
      column[i][0] = sequence[i];
    }
    float[] scaled = FloatArrays.values(SCALER.transform(column));
    for (int i = 0; i < sequence.length; i++) {
      column[i][0] = scaled[i];
    }
    return EchoData.windows(column, EchoData.STEPS);
  }

  /** The nearest integers: (windows, steps, 1) or (windows, steps) to (windows, steps). */
  static int[][] unscaled(FloatNdArray scaled) {
    int windows = (int) scaled.shape().get(0);
    float[] values = FloatArrays.values(scaled);
    float[] numbers =
        FloatArrays.values(SCALER.inverseTransform(FloatArrays.wrap(values, values.length, 1)));
    int steps = values.length / windows;
    int[][] integers = new int[windows][steps];
    for (int i = 0; i < numbers.length; i++) {
      integers[i / steps][i % steps] = Math.round(numbers[i]);
    }
    return integers;
  }
}
