package keras.examples;

import static keras.layers.Input.batchShape;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import keras.examples.EchoData.Windows;
import keras.examples.EchoRounds.Figures;
import keras.layers.Activation;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.layers.Layer;
import keras.layers.Reshape;
import keras.layers.TimeDistributed;
import keras.models.Sequential;
import keras.optimizers.Adam;
import keras.optimizers.schedules.CosineDecay;
import keras.utils.FloatArrays;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * The whole echo with layers put together in other ways. Ported from {@code
 * examples/python/echo-topologies.py}.
 *
 * <p>Shows what the echo needs. An answer at each step, {@link TimeDistributed}, needs no memory
 * and is learned soonest. One vector at the end has to carry all five integers, and is learned only
 * in part. Timesteps taken as features, one step of all five integers, leave the LSTM nothing to
 * remember either, in one-hot coding as well as with the integers scaled to 0..1.
 */
final class EchoTopologies {

  static final String NAME = "echo-topologies";

  private static final int BATCH = 7;
  private static final int UNITS = 150;
  private static final int STEPS = EchoData.STEPS;
  private static final int CLASSES = EchoData.CLASSES;

  /** The figures of each topology. */
  record Result(
      String example,
      double seconds,
      int rounds,
      Figures timeDistributed,
      Figures oneVector,
      Figures timestepsAsFeatures,
      Figures scaledTimestepsAsFeatures) {}

  private EchoTopologies() {}

  static Result run(String... words) {
    Options options = Options.parse(NAME, 2000, words);
    long start = System.nanoTime();
    Map<String, Figures> table = new LinkedHashMap<>();
    table.put(
        "answer at each step (7, 5, 100)",
        oneHot(
            options,
            STEPS,
            new LSTM(UNITS).returnSequences(true).stateful(true),
            new TimeDistributed(new Dense(CLASSES).activation("softmax"))));
    table.put(
        "one vector (7, 5, 100)",
        oneHot(
            options,
            STEPS,
            new LSTM(UNITS).stateful(true),
            new Dense(STEPS * CLASSES),
            new Reshape(STEPS, CLASSES),
            new Activation("softmax")));
    table.put(
        "timesteps as features (7, 1, 500)",
        oneHot(
            options,
            1,
            new LSTM(UNITS).stateful(true),
            new Dense(STEPS * CLASSES),
            new Reshape(STEPS, CLASSES),
            new Activation("softmax")));
    table.put("timesteps as features, scaled (7, 1, 5)", scaled(options));
    EchoRounds.print(table);
    Figures[] figures = table.values().toArray(Figures[]::new);
    return ResultLine.print(
        new Result(
            NAME,
            ResultLine.secondsSince(start),
            options.epochs(),
            figures[0],
            figures[1],
            figures[2],
            figures[3]));
  }

  private static Figures oneHot(Options options, int timesteps, Layer<?>... layers) {
    return figures(
        options,
        new int[] {timesteps, STEPS * CLASSES / timesteps},
        "categorical_crossentropy",
        () -> EchoData.oneHotWindows(STEPS),
        EchoData::oneHotDecode,
        layers);
  }

  private static Figures scaled(Options options) {
    return figures(
        options,
        new int[] {1, STEPS},
        "mse",
        () -> {
          Windows windows = EchoLinear.scaledWindows();
          return new Windows(windows.x(), reshaped(windows.y(), STEPS));
        },
        EchoLinear::unscaled,
        new LSTM(UNITS).stateful(true),
        new Dense(STEPS));
  }

  private static Figures figures(
      Options options,
      int[] sample,
      String loss,
      Supplier<Windows> data,
      Function<FloatNdArray, int[][]> decode,
      Layer<?>... layers) {
    int updates = options.epochs() * (EchoData.LENGTH - STEPS + 1) / BATCH;
    try (Sequential model = new Sequential()) {
      model.add(new Input(batchShape(BATCH, sample[0], sample[1])));
      for (Layer<?> layer : layers) {
        model.add(layer);
      }
      model.compile(
          c -> c.loss(loss).optimizer(new Adam().learningRate(new CosineDecay(0.003, updates))));
      return new EchoRounds(
              options,
              BATCH,
              () -> {
                Windows windows = data.get();
                return new Windows(reshaped(windows.x(), sample), windows.y());
              },
              decode)
          .run(model.layers().toString(), model);
    }
  }

  /** The same values, (windows, ...) with other dimensions after the first. */
  private static FloatNdArray reshaped(FloatNdArray windows, int... sample) {
    long[] shape = new long[sample.length + 1];
    shape[0] = windows.shape().get(0);
    for (int i = 0; i < sample.length; i++) {
      shape[i + 1] = sample[i];
    }
    return FloatArrays.wrap(FloatArrays.values(windows), shape);
  }
}
