package keras.examples;

import static keras.layers.Input.batchShape;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import keras.examples.EchoData.Windows;
import keras.examples.EchoRounds.Figures;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.layers.Masking;
import keras.layers.TimeDistributed;
import keras.models.Sequential;

/**
 * The echo with windows that are not full: the first four of a sequence lack the integers before
 * its start. Ported from {@code examples/python/echo-masked.py}.
 *
 * <p>Shows {@link Masking}: what is missing is filled with -1, and the steps that are nothing but
 * -1 count neither for the {@link LSTM}'s states nor for the loss. Compared with a model that takes
 * the -1 as values, whose loss looks smaller at first because steps without a target add nothing to
 * it, and with one that never saw the four windows in training. All three learn the echo: the
 * answer to a step needs that step alone.
 */
final class EchoMasked {

  static final String NAME = "echo-masked";

  private static final int UNITS = 20;
  private static final float MISSING = -1;
  private static final int KEPT_BATCH = 5;
  private static final int DROPPED_BATCH = 7;

  /** The figures over all 25 windows of a sequence, whatever the model was trained on. */
  record Result(
      String example,
      double seconds,
      int rounds,
      Figures masked,
      Figures unmasked,
      Figures dropped) {}

  private EchoMasked() {}

  static Result run(String... words) {
    Options options = Options.parse(NAME, 500, words);
    long start = System.nanoTime();
    EchoRounds kept =
        new EchoRounds(options, KEPT_BATCH, EchoMasked::keptWindows, EchoData::oneHotDecode);
    Map<String, Figures> table = new LinkedHashMap<>();
    try (Sequential model = model(KEPT_BATCH, true)) {
      table.put("kept and masked", kept.run("Kept and masked", model));
    }
    try (Sequential model = model(KEPT_BATCH, false)) {
      table.put("kept as they are", kept.run("Kept as they are", model));
    }
    table.put("dropped in training", dropped(options, kept));
    EchoRounds.print(table);
    return ResultLine.print(
        new Result(
            NAME,
            ResultLine.secondsSince(start),
            options.epochs(),
            table.get("kept and masked"),
            table.get("kept as they are"),
            table.get("dropped in training")));
  }

  /** Trains on full windows, then asks about all of them a model with the same weights. */
  private static Figures dropped(Options options, EchoRounds kept) {
    EchoRounds full =
        new EchoRounds(
            options,
            DROPPED_BATCH,
            () -> EchoData.oneHotWindows(EchoData.STEPS),
            EchoData::oneHotDecode);
    try (Sequential model = model(DROPPED_BATCH, true);
        Sequential asked = model(KEPT_BATCH, true)) {
      Figures figures = full.run("Dropped in training", model);
      asked.setWeights(model.getWeights());
      return new Figures(
          figures.parameters(),
          figures.firstLoss(),
          figures.lastLoss(),
          kept.accuracy(asked),
          figures.seconds());
    }
  }

  private static Sequential model(int batchSize, boolean masked) {
    Sequential model = new Sequential();
    model.add(new Input(batchShape(batchSize, EchoData.STEPS, EchoData.CLASSES)));
    if (masked) {
      model.add(new Masking().maskValue(MISSING));
    }
    model.add(new LSTM(UNITS).returnSequences(true).stateful(true));
    model.add(new TimeDistributed(new Dense(EchoData.CLASSES).activation("softmax")));
    model.compile(c -> c.loss("categorical_crossentropy").optimizer("adam"));
    return model;
  }

  /** All 25 windows of a new random sequence, those that begin before its start included. */
  private static Windows keptWindows() {
    float[][] rows = EchoData.oneHotEncode(EchoData.sequence());
    int before = EchoData.STEPS - 1;
    float[][] x = new float[before + rows.length][];
    float[][] y = new float[before + rows.length][];
    for (int i = 0; i < before; i++) {
      x[i] = new float[EchoData.CLASSES];
      Arrays.fill(x[i], MISSING);
      y[i] = new float[EchoData.CLASSES];
    }
    System.arraycopy(rows, 0, x, before, rows.length);
    System.arraycopy(rows, 0, y, before, rows.length);
    return new Windows(
        EchoData.windows(x, EchoData.STEPS).x(), EchoData.windows(y, EchoData.STEPS).y());
  }
}
