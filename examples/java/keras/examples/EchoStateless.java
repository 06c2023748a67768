package keras.examples;

import static keras.layers.Input.batchShape;
import static keras.layers.Input.shape;

import java.util.LinkedHashMap;
import java.util.Map;
import keras.examples.EchoRounds.Figures;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.layers.TimeDistributed;
import keras.models.Sequential;

/**
 * The echo without memory between batches: stateless, one window at a time, against the stateful
 * model of {@link EchoWhole}. Ported from {@code examples/python/echo-stateless.py}.
 *
 * <p>Shows that a stateless model takes batches of any size and needs no reset, and that the echo
 * of a window needs nothing from the windows before it: after as many rounds, the stateless models
 * are as good, and with batches of one, which update the weights seven times as often, sooner.
 */
final class EchoStateless {

  static final String NAME = "echo-stateless";

  private static final int BATCH = 7;
  private static final int UNITS = 20;

  /** The figures of each model. */
  record Result(
      String example,
      double seconds,
      int rounds,
      Figures stateful,
      Figures stateless,
      Figures statelessSingle) {}

  private EchoStateless() {}

  static Result run(String... words) {
    Options options = Options.parse(NAME, 500, words);
    long start = System.nanoTime();
    Figures stateful =
        figures(
            options,
            "Stateful, batches of 7",
            new Input(batchShape(BATCH, EchoData.STEPS, EchoData.CLASSES)),
            new LSTM(UNITS).returnSequences(true).stateful(true),
            BATCH);
    Figures stateless =
        figures(
            options,
            "Stateless, batches of 7",
            new Input(shape(EchoData.STEPS, EchoData.CLASSES)),
            new LSTM(UNITS).returnSequences(true),
            BATCH);
    Figures single =
        figures(
            options,
            "Stateless, batches of 1",
            new Input(shape(EchoData.STEPS, EchoData.CLASSES)),
            new LSTM(UNITS).returnSequences(true),
            1);
    Map<String, Figures> table = new LinkedHashMap<>();
    table.put("stateful, batches of 7", stateful);
    table.put("stateless, batches of 7", stateless);
    table.put("stateless, batches of 1", single);
    EchoRounds.print(table);
    return ResultLine.print(
        new Result(
            NAME, ResultLine.secondsSince(start), options.epochs(), stateful, stateless, single));
  }

  private static Figures figures(
      Options options, String title, Input input, LSTM lstm, int batchSize) {
    try (Sequential model = new Sequential()) {
      model.add(input);
      model.add(lstm);
      model.add(new TimeDistributed(new Dense(EchoData.CLASSES).activation("softmax")));
      model.compile(c -> c.loss("categorical_crossentropy").optimizer("adam").metrics("acc"));
      return new EchoRounds(
              options,
              batchSize,
              () -> EchoData.oneHotWindows(EchoData.STEPS),
              EchoData::oneHotDecode)
          .run(title, model);
    }
  }
}
