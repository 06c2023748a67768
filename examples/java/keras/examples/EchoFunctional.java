package keras.examples;

import static keras.layers.Input.shape;

import java.util.List;
import keras.layers.Concatenate;
import keras.layers.Dense;
import keras.layers.Dot;
import keras.layers.Input;
import keras.layers.KerasTensor;
import keras.layers.LSTM;
import keras.layers.RepeatVector;
import keras.layers.Softmax;
import keras.models.Model;
import keras.optimizers.Adam;

/**
 * An encoder and a decoder echo five random integers; the decoder starts from the encoder's states
 * and looks back at each step of it. Ported from {@code examples/python/echo-functional.py}.
 *
 * <p>Shows states that are handed over, and attention made of {@link Dot} and {@link Softmax}.
 *
 * <p>Keras's figure from the script, seed 1: accuracy 1.0.
 */
final class EchoFunctional {

  static final String NAME = "echo-functional";

  private static final int BATCH_SIZE = 21;
  private static final int UNITS = 100;

  /** The figures: loss of the first and the last round, share of integers echoed rightly. */
  record Result(
      String example,
      double seconds,
      int rounds,
      long seed,
      double firstLoss,
      double lastLoss,
      double accuracy) {}

  private EchoFunctional() {}

  static Result run(String... words) {
    Options options = Options.parse(NAME, 4000, words);
    long start = System.nanoTime();
    KerasTensor inputs = new Input(shape(EchoData.STEPS, EchoData.CLASSES)).tensor();
    List<KerasTensor> encoder =
        new LSTM(UNITS).returnSequences(true).returnState(true).callAll(inputs);
    KerasTensor encoded = encoder.get(0);
    List<KerasTensor> states = encoder.subList(1, 3);
    KerasTensor asked = new RepeatVector(EchoData.STEPS).call(states.get(0));
    KerasTensor decoded = new LSTM(UNITS).returnSequences(true).call(asked, states);
    KerasTensor scores = new Dot(2).call(List.of(decoded, encoded));
    KerasTensor weights = new Softmax().call(scores);
    KerasTensor seen = new Dot(2, 1).call(List.of(weights, encoded));
    KerasTensor both = new Concatenate().call(List.of(decoded, seen));
    KerasTensor outputs = new Dense(EchoData.CLASSES).activation("softmax").call(both);
    try (Model model = new Model(inputs, outputs)) {
      model.compile(
          c ->
              c.loss("categorical_crossentropy")
                  .optimizer(new Adam().learningRate(0.01))
                  .metrics("acc"));
      EchoRounds rounds =
          new EchoRounds(
              options,
              BATCH_SIZE,
              () -> EchoData.oneHotWindows(EchoData.STEPS),
              EchoData::oneHotDecode);
      double[] losses = rounds.train(model);
      double accuracy = rounds.accuracy(model);
      return ResultLine.print(
          new Result(
              NAME,
              ResultLine.secondsSince(start),
              losses.length,
              options.seed(),
              losses[0],
              losses[losses.length - 1],
              accuracy));
    }
  }
}
