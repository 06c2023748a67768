package keras.examples;

import static keras.layers.Input.shape;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import keras.callbacks.History;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.SimpleRNN;
import keras.models.Sequential;
import keras.plots.Plot;
import keras.random.NumpyRandom;

/**
 * A small recurrent network learns which number follows three that grow by ten: 50, 60, 70 → 80.
 * Ported from {@code examples/python/next-number.py}.
 *
 * <p>Shows a {@link SimpleRNN}, {@code summary}, {@code validationSplit} and a plot of the losses.
 *
 * <p>Keras's answers from the script, seeds 1 to 5: 82.35, 79.12, 82.96, 83.75, 83.72; after 300
 * epochs, seed 1: 80.01.
 */
final class NextNumber {

  static final String NAME = "next-number";

  private static final int SEQUENCES = 1000;
  private static final long STEP = 10;
  private static final float SCALE = 100;

  /** The figures: what should be 80, and the losses of the first and the last epoch. */
  record Result(
      String example,
      double seconds,
      int epochs,
      long seed,
      double prediction,
      double firstLoss,
      double lastLoss,
      double valLoss) {}

  private NextNumber() {}

  static Result run(String... words) {
    PlotOptions options = PlotOptions.parse(NAME, 30, words);
    long start = System.nanoTime();

    float[][][] x = new float[SEQUENCES][3][1];
    float[][] y = new float[SEQUENCES][1];
    long[] first = NumpyRandom.shared().randint(0, 100, SEQUENCES);
    for (int i = 0; i < SEQUENCES; i++) {
      for (int step = 0; step < 3; step++) {
        x[i][step][0] = (first[i] + step * STEP) / SCALE;
      }
      y[i][0] = (first[i] + 3 * STEP) / SCALE;
    }

    try (Sequential model = new Sequential()) {
      model.add(new Input(shape(3, 1)));
      model.add(new SimpleRNN(5));
      model.add(new Dense(1));
      model.compile(c -> c.loss("mse").optimizer("adam"));
      model.summary();
      History history =
          model.fit(
              x, y, f -> f.epochs(options.epochs()).batchSize(32).validationSplit(0.2).verbose(2));
      Plot curves = new Plot("Next number: loss of each epoch", "epoch", "mean squared error");
      new TreeMap<>(history.history()).forEach(curves::line);
      options.save(curves.logarithmic());

      float[][][] asked = {{{0.5f}, {0.6f}, {0.7f}}};
      double prediction = model.predict(asked, p -> p.verbose(0)).getFloat(0, 0) * SCALE;
      System.out.println("[50, 60, 70] -> " + prediction);
      Map<String, List<Double>> logs = history.history();
      int last = options.epochs() - 1;
      return ResultLine.print(
          new Result(
              NAME,
              ResultLine.secondsSince(start),
              options.epochs(),
              options.seed(),
              prediction,
              logs.get("loss").get(0),
              logs.get("loss").get(last),
              logs.get("val_loss").get(last)));
    }
  }
}
