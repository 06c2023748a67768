package keras.examples;

import static keras.layers.Input.shape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.KerasTensor;
import keras.layers.LSTM;
import keras.models.Model;
import keras.models.Predictions;
import keras.optimizers.Adam;
import keras.optimizers.schedules.CosineDecay;
import keras.random.NumpyRandom;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * Translates numbers, character by character, from English into French words: "twenty one" → "vingt
 * et un". The form is that of Keras's example of sequence-to-sequence learning. Ported from {@code
 * examples/python/seq2seq.py}.
 *
 * <p>Shows two inputs, states that are handed from an encoder to a decoder, and two models for
 * prediction that are made of the layers of the trained one.
 */
final class Seq2Seq {

  static final String NAME = "seq2seq";

  private static final int NUMBERS = 4000;
  private static final int UNSEEN = 400;
  private static final int UNITS = 128;
  private static final int BATCH_SIZE = 64;
  private static final char START = '\t';
  private static final char END = '\n';

  /** The figures: the share of unseen numbers that are translated without a mistake. */
  record Result(String example, double seconds, int epochs, long seed, double loss, double exact) {}

  private Seq2Seq() {}

  static Result run(String... words) {
    Options options = Options.parse(NAME, 40, words);
    long start = System.nanoTime();
    int[] numbers = IntStream.range(0, NUMBERS).toArray();
    NumpyRandom.shared().shuffle(numbers);
    List<String> english = Arrays.stream(numbers).mapToObj(NumberWords::english).toList();
    List<String> french =
        Arrays.stream(numbers).mapToObj(n -> START + NumberWords.french(n) + END).toList();
    Characters source = new Characters(english);
    Characters target = new Characters(french);
    int seen = NUMBERS - UNSEEN;

    KerasTensor encoderInputs = new Input(shape(null, source.size())).tensor();
    KerasTensor decoderInputs = new Input(shape(null, target.size())).tensor();
    List<KerasTensor> encoded = new LSTM(UNITS).returnState(true).callAll(encoderInputs);
    List<KerasTensor> states = encoded.subList(1, 3);
    LSTM decoder = new LSTM(UNITS).returnSequences(true).returnState(true);
    Dense probabilities = new Dense(target.size()).activation("softmax");
    KerasTensor outputs = probabilities.call(decoder.callAll(decoderInputs, states).get(0));

    KerasTensor h = new Input(shape(UNITS)).tensor();
    KerasTensor c = new Input(shape(UNITS)).tensor();
    List<KerasTensor> next = decoder.callAll(decoderInputs, List.of(h, c));
    try (Model training = new Model(List.of(encoderInputs, decoderInputs), outputs);
        Model reader = new Model(encoderInputs, states);
        Model writer =
            new Model(
                List.of(decoderInputs, h, c),
                List.of(probabilities.call(next.get(0)), next.get(1), next.get(2)))) {
      int steps = options.epochs() * ((seen + BATCH_SIZE - 1) / BATCH_SIZE);
      training.compile(
          o ->
              o.optimizer(new Adam().learningRate(new CosineDecay(0.005, steps)).clipnorm(1))
                  .loss("categorical_crossentropy")
                  .metrics("accuracy"));
      // The targets are one step ahead of the decoder's inputs.
      List<String> said = french.subList(0, seen);
      List<String> ahead = said.stream().map(text -> text.substring(1)).toList();
      double loss =
          training
              .fit(
                  List.of(source.oneHotReversed(english.subList(0, seen)), target.oneHot(said)),
                  target.oneHot(ahead),
                  f -> f.batchSize(BATCH_SIZE).epochs(options.epochs()).verbose(2))
              .history()
              .get("loss")
              .get(options.epochs() - 1);

      List<String> asked = english.subList(seen, NUMBERS);
      List<String> answers = translate(reader, writer, source.oneHotReversed(asked), target);
      int exact = 0;
      for (int i = 0; i < UNSEEN; i++) {
        exact += (START + answers.get(i) + END).equals(french.get(seen + i)) ? 1 : 0;
      }
      for (int i = 0; i < 5; i++) {
        System.out.println(asked.get(i) + " -> " + answers.get(i));
      }
      return ResultLine.print(
          new Result(
              NAME,
              ResultLine.secondsSince(start),
              options.epochs(),
              options.seed(),
              loss,
              exact / (double) UNSEEN));
    }
  }

  /** Translates all texts at once, each character of all of them in one step. */
  private static List<String> translate(
      Model reader, Model writer, float[][][] texts, Characters target) {
    Predictions states = reader.predictOnBatchAll(texts);
    FloatNdArray h = states.get(0);
    FloatNdArray c = states.get(1);
    List<StringBuilder> said = new ArrayList<>();
    for (int i = 0; i < texts.length; i++) {
      said.add(new StringBuilder().append(START));
    }
    for (int t = 0; t < target.length(); t++) {
      float[][][] given = new float[texts.length][1][target.size()];
      for (int i = 0; i < texts.length; i++) {
        given[i][0][target.index(said.get(i).charAt(t))] = 1;
      }
      Predictions step = writer.predictOnBatchAll(List.of(given, h, c));
      h = step.get(1);
      c = step.get(2);
      List<String> next = target.likeliest(step.get(0));
      for (int i = 0; i < texts.length; i++) {
        said.get(i).append(next.get(i));
      }
    }
    return said.stream().map(Seq2Seq::untilTheEnd).toList();
  }

  private static String untilTheEnd(StringBuilder text) {
    int end = text.indexOf(String.valueOf(END));
    return text.substring(1, end < 0 ? text.length() : end);
  }
}
