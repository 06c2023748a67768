package keras.examples;

import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import keras.examples.EchoData.Windows;
import keras.models.Model;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * How the echo examples train and judge a model: each round is one epoch on a fresh sequence, after
 * which the states are reset; the judgement is on fresh sequences, too.
 */
final class EchoRounds {

  private static final int FRESH_SEQUENCES = 50;

  /** The result of one model: its weights, losses, share of integers echoed rightly, and time. */
  record Figures(
      int parameters, double firstLoss, double lastLoss, double accuracy, double seconds) {}

  private final Options options;
  private final int batchSize;
  private final Supplier<Windows> data;
  private final Function<FloatNdArray, int[][]> decode;

  /**
   * One way to train and judge.
   *
   * @param data gives a new sequence's windows
   * @param decode makes integers of targets and predictions
   */
  EchoRounds(
      Options options,
      int batchSize,
      Supplier<Windows> data,
      Function<FloatNdArray, int[][]> decode) {
    this.options = options;
    this.batchSize = batchSize;
    this.data = data;
    this.decode = decode;
  }

  /** Trains and judges, and prints what {@code fit} prints and the first of the predictions. */
  Figures run(String title, Model model) {
    System.out.println(title);
    long start = System.nanoTime();
    double[] losses = train(model);
    double accuracy = accuracy(model);
    return new Figures(
        Math.toIntExact(model.countParams()),
        losses[0],
        losses[losses.length - 1],
        accuracy,
        ResultLine.secondsSince(start));
  }

  /** The loss of each round. */
  double[] train(Model model) {
    double[] losses = new double[options.epochs()];
    for (int i = 0; i < losses.length; i++) {
      Windows windows = data.get();
      int verbose = options.verbose(i);
      losses[i] =
          model
              .fit(
                  windows.x(),
                  windows.y(),
                  f -> f.epochs(1).batchSize(batchSize).verbose(verbose).shuffle(false))
              .history()
              .get("loss")
              .get(0);
      model.resetStates();
    }
    return losses;
  }

  /** The share of integers echoed rightly over fresh sequences; prints the first of them. */
  double accuracy(Model model) {
    double sum = 0;
    for (int i = 0; i < FRESH_SEQUENCES; i++) {
      Windows windows = data.get();
      int[][] expected = decode.apply(windows.y());
      int[][] predicted =
          decode.apply(model.predict(windows.x(), p -> p.batchSize(batchSize).verbose(0)));
      model.resetStates();
      if (i == 0) {
        EchoData.print(expected, predicted);
      }
      sum += EchoData.accuracy(expected, predicted);
    }
    return sum / FRESH_SEQUENCES;
  }

  /** Prints the figures of several models, one below the other. */
  static void print(Map<String, Figures> models) {
    System.out.printf(
        "%-44s %10s %10s %10s %10s %8s%n",
        "model", "parameters", "first loss", "last loss", "accuracy", "seconds");
    models.forEach(
        (model, figures) ->
            System.out.printf(
                "%-44s %10d %10.5f %10.5f %10.4f %8.1f%n",
                model,
                figures.parameters(),
                figures.firstLoss(),
                figures.lastLoss(),
                figures.accuracy(),
                figures.seconds()));
  }
}
