package keras.examples;

import static keras.layers.Input.batchShape;

import keras.examples.EchoData.Windows;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.layers.RepeatVector;
import keras.layers.TimeDistributed;
import keras.models.Sequential;

/**
 * An encoder-decoder learns to repeat the first two of five random integers. Ported from {@code
 * examples/python/echo-partial.py}.
 *
 * <p>Shows answers of another length than the questions: one {@link LSTM} reads the five steps into
 * a vector, {@link RepeatVector} hands it to a second one twice, and that one answers in two steps.
 * It needs ten times the rounds of {@link EchoWhole}: the vector has to carry what was read.
 */
final class EchoPartial {

  static final String NAME = "echo-partial";

  private static final int BATCH = 21;
  private static final int UNITS = 150;
  private static final int ECHOED = 2;

  /** The figures: loss of the first and the last round, share of integers echoed rightly. */
  record Result(
      String example,
      double seconds,
      int rounds,
      double firstLoss,
      double lastLoss,
      double accuracy) {}

  private EchoPartial() {}

  static Result run(String... words) {
    Options options = Options.parse(NAME, 5000, words);
    long start = System.nanoTime();
    try (Sequential model = new Sequential()) {
      model.add(new Input(batchShape(BATCH, EchoData.STEPS, EchoData.CLASSES)));
      model.add(new LSTM(UNITS).stateful(true));
      model.add(new RepeatVector(ECHOED));
      model.add(new LSTM(UNITS).returnSequences(true).stateful(true));
      model.add(new TimeDistributed(new Dense(EchoData.CLASSES).activation("softmax")));
      model.compile(c -> c.loss("categorical_crossentropy").optimizer("adam").metrics("acc"));

      double[] losses = new double[options.epochs()];
      for (int i = 0; i < losses.length; i++) {
        Windows data = EchoData.oneHotWindows(ECHOED);
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
                  options, BATCH, () -> EchoData.oneHotWindows(ECHOED), EchoData::oneHotDecode)
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
