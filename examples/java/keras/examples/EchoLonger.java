package keras.examples;

import static keras.layers.Input.batchShape;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import keras.examples.EchoData.Windows;
import keras.examples.EchoRounds.Figures;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.layers.RepeatVector;
import keras.layers.TimeDistributed;
import keras.models.Sequential;
import keras.optimizers.Adam;
import keras.optimizers.schedules.CosineDecay;
import keras.utils.FloatArrays;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * The encoder-decoder of {@link EchoPartial}, asked for more than two of the five integers. Ported
 * from {@code examples/python/echo-longer.py}.
 *
 * <p>Shows that only {@link RepeatVector} decides how long the answer is, and what each further
 * integer costs, as the vector between the two layers has to carry it: here four sequences make a
 * batch, and the learning rate is five times as high at first and falls along a {@link
 * CosineDecay}.
 */
final class EchoLonger {

  static final String NAME = "echo-longer";

  private static final int SEQUENCES = 4;
  private static final int BATCH = SEQUENCES * (EchoData.LENGTH - EchoData.STEPS + 1);
  private static final int UNITS = 150;
  private static final double LEARNING_RATE = 0.005;

  /** The figures of each length of the answer. */
  record Result(String example, double seconds, int rounds, Figures three, Figures four) {}

  private EchoLonger() {}

  static Result run(String... words) {
    Options options = Options.parse(NAME, 2500, words);
    long start = System.nanoTime();
    Figures three = figures(options, 3);
    Figures four = figures(options, 4);
    Map<String, Figures> table = new LinkedHashMap<>();
    table.put("3 of 5 integers", three);
    table.put("4 of 5 integers", four);
    EchoRounds.print(table);
    return ResultLine.print(
        new Result(NAME, ResultLine.secondsSince(start), options.epochs(), three, four));
  }

  private static Figures figures(Options options, int echoed) {
    try (Sequential model = new Sequential()) {
      model.add(new Input(batchShape(BATCH, EchoData.STEPS, EchoData.CLASSES)));
      model.add(new LSTM(UNITS).stateful(true));
      model.add(new RepeatVector(echoed));
      model.add(new LSTM(UNITS).returnSequences(true).stateful(true));
      model.add(new TimeDistributed(new Dense(EchoData.CLASSES).activation("softmax")));
      model.compile(
          c ->
              c.loss("categorical_crossentropy")
                  .optimizer(
                      new Adam().learningRate(new CosineDecay(LEARNING_RATE, options.epochs())))
                  .metrics("acc"));
      return new EchoRounds(options, BATCH, () -> severalSequences(echoed), EchoData::oneHotDecode)
          .run(echoed + " of 5 integers", model);
    }
  }

  /** The windows of several random sequences as one batch. */
  private static Windows severalSequences(int echoed) {
    List<Windows> sequences =
        Stream.generate(() -> EchoData.oneHotWindows(echoed)).limit(SEQUENCES).toList();
    return new Windows(
        joined(sequences.stream().map(Windows::x).toList()),
        joined(sequences.stream().map(Windows::y).toList()));
  }

  private static FloatNdArray joined(List<FloatNdArray> parts) {
    int size = (int) parts.get(0).size();
    float[] values = new float[size * parts.size()];
    for (int i = 0; i < parts.size(); i++) {
      System.arraycopy(FloatArrays.values(parts.get(i)), 0, values, i * size, size);
    }
    long[] shape = FloatArrays.shape(parts.get(0)).clone();
    shape[0] *= parts.size();
    return FloatArrays.wrap(values, shape);
  }
}
