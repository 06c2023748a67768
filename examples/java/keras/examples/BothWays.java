package keras.examples;

import static keras.layers.Input.shape;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import keras.layers.Bidirectional;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.KerasTensor;
import keras.layers.LSTM;
import keras.models.Model;
import keras.ops.Ops;
import keras.optimizers.Adam;
import keras.random.NumpyRandom;
import org.tensorflow.ndarray.index.Indices;

/**
 * Where does the running sum of a sequence pass a threshold? Read forward, backward and both ways.
 * Ported from {@code examples/python/bidirectional.py}.
 *
 * <p>Shows {@link Bidirectional}, {@code goBackwards} and a slice of a tensor in a graph.
 *
 * <p>Keras's figures from the script, seed 1: forward 0.9933, backward 0.9038, both 0.9926.
 */
final class BothWays {

  static final String NAME = "bidirectional";

  private static final int TIMESTEPS = 10;
  private static final int UNITS = 20;
  private static final int SEQUENCES = 2000;
  private static final int TESTED = 1000;

  /** The figures: the share of timesteps of unseen sequences that is right. */
  record Result(
      String example,
      double seconds,
      int epochs,
      long seed,
      double forward,
      double backward,
      double both) {}

  /** Random sequences, and for each timestep whether their sum is above the threshold. */
  private static final class Data {
    private final float[][][] x;
    private final float[][][] y;

    Data(float[][][] x, float[][][] y) {
      this.x = x;
      this.y = y;
    }
  }

  private BothWays() {}

  private static Data sequences(int count) {
    float[][][] x = new float[count][TIMESTEPS][1];
    float[][][] y = new float[count][TIMESTEPS][1];
    double[] drawn = NumpyRandom.shared().rand(count * TIMESTEPS);
    for (int i = 0; i < count; i++) {
      double sum = 0;
      for (int t = 0; t < TIMESTEPS; t++) {
        x[i][t][0] = (float) drawn[i * TIMESTEPS + t];
        sum += drawn[i * TIMESTEPS + t];
        y[i][t][0] = sum > TIMESTEPS / 4.0 ? 1 : 0;
      }
    }
    return new Data(x, y);
  }

  private static KerasTensor forward(KerasTensor inputs) {
    return new LSTM(UNITS).returnSequences(true).call(inputs);
  }

  private static KerasTensor backward(KerasTensor inputs) {
    // The outputs come in the order in which they were computed.
    KerasTensor reversed = new LSTM(UNITS).returnSequences(true).goBackwards(true).call(inputs);
    return Ops.getItem(reversed, Indices.all(), Indices.slice(null, null, -1L));
  }

  private static KerasTensor both(KerasTensor inputs) {
    return new Bidirectional(new LSTM(UNITS).returnSequences(true)).call(inputs);
  }

  static Result run(String... words) {
    Options options = Options.parse(NAME, 30, words);
    long start = System.nanoTime();
    Data seen = sequences(SEQUENCES);
    Data unseen = sequences(TESTED);
    List<UnaryOperator<KerasTensor>> ways =
        List.of(BothWays::forward, BothWays::backward, BothWays::both);
    List<Double> right = new ArrayList<>();
    for (UnaryOperator<KerasTensor> read : ways) {
      KerasTensor inputs = new Input(shape(TIMESTEPS, 1)).tensor();
      KerasTensor outputs = new Dense(1).activation("sigmoid").call(read.apply(inputs));
      try (Model model = new Model(inputs, outputs)) {
        model.compile(
            c ->
                c.loss("binary_crossentropy")
                    .optimizer(new Adam().learningRate(0.01))
                    .metrics("acc"));
        model.fit(seen.x, seen.y, f -> f.epochs(options.epochs()).batchSize(32).verbose(0));
        right.add(model.evaluate(unseen.x, unseen.y, e -> e.verbose(0)).get("acc"));
      }
    }
    List<String> names = List.of("forward", "backward", "both");
    for (int i = 0; i < names.size(); i++) {
      System.out.printf(Locale.ROOT, "%-9s %.4f%n", names.get(i), right.get(i));
    }
    return ResultLine.print(
        new Result(
            NAME,
            ResultLine.secondsSince(start),
            options.epochs(),
            options.seed(),
            right.get(0),
            right.get(1),
            right.get(2)));
  }
}
