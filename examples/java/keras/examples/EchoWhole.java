package keras.examples;

import static keras.layers.Input.batchShape;

import keras.examples.EchoData.Windows;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.layers.TimeDistributed;
import keras.models.Sequential;

/**
 * An LSTM learns to repeat what it has just read: windows of five random integers, each to be
 * answered with itself. Ported from {@code examples/python/echo-whole.py}.
 *
 * <p>Shows the shortest recurrent model there is: one-hot input in batches of a fixed size, a
 * stateful {@link LSTM} that answers at every step, the same softmax at each of them ({@link
 * TimeDistributed}), and states that are reset after each sequence.
 */
final class EchoWhole {

  static final String NAME = "echo-whole";

  private static final int BATCH = 7;
  private static final int UNITS = 20;

  /** The figures: loss of the first and the last round, share of integers echoed rightly. */
  record Result(
      String example,
      double seconds,
      int rounds,
      double firstLoss,
      double lastLoss,
      double accuracy) {}

  private EchoWhole() {}

  static Result run(String... words) {
    Options options = Options.parse(NAME, 500, words);
    long start = System.nanoTime();
    try (Sequential model = new Sequential()) {
      model.add(new Input(batchShape(BATCH, EchoData.STEPS, EchoData.CLASSES)));
      model.add(new LSTM(UNITS).returnSequences(true).stateful(true));
      model.add(new TimeDistributed(new Dense(EchoData.CLASSES).activation("softmax")));
      model.compile(c -> c.loss("categorical_crossentropy").optimizer("adam").metrics("acc"));

      double[] losses = new double[options.epochs()];
      for (int i = 0; i < losses.length; i++) {
        Windows data = EchoData.oneHotWindows(EchoData.STEPS);
        int verbose = options.verbose(i);
        losses[i] =
            model
                .fit(
                    data.x(),
                    data.y(),
                    f -> f.epochs(1).batchSize(BATCH).verbose(verbose).shuffle(false))
                .history()
                .get("loss")
                .get(0);
        model.resetStates();
      }

      double accuracy =
          new EchoRounds(
                  options,
                  BATCH,
                  () -> EchoData.oneHotWindows(EchoData.STEPS),
                  EchoData::oneHotDecode)
              .accuracy(model);
      return ResultLine.print(
          new Result(
              NAME,
              ResultLine.secondsSince(start),
              losses.length,
              losses[0],
              losses[losses.length - 1],
              accuracy));
    }
  }
}
