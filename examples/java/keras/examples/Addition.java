package keras.examples;

import static keras.layers.Input.shape;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.layers.RepeatVector;
import keras.models.Sequential;
import keras.optimizers.Adam;
import keras.optimizers.schedules.CosineDecay;
import keras.random.PythonRandom;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * Adds numbers that are written in digits: "12+345" → "357". The form is that of Keras's example of
 * addition. Ported from {@code examples/python/addition.py}.
 *
 * <p>Shows an encoder that reads a question, character by character from its end, into a vector,
 * and a decoder that writes the answer.
 */
final class Addition {

  static final String NAME = "addition";

  private static final int DIGITS = 3;
  private static final int SUMS = 50000;
  private static final int UNSEEN = 5000;
  private static final int UNITS = 128;
  private static final int BATCH_SIZE = 128;

  /** The figures: the share of unseen sums, and of their digits, that are right. */
  record Result(
      String example, double seconds, int epochs, long seed, double exact, double digits) {}

  private Addition() {}

  /** Returns answers by their questions, which are all different; a + b is the same as b + a. */
  private static Map<String, String> sums() {
    Map<String, String> sums = new LinkedHashMap<>();
    boolean[] seen = new boolean[1_000_000];
    while (sums.size() < SUMS) {
      int a = number();
      int b = number();
      int pair = Math.min(a, b) * 1000 + Math.max(a, b);
      if (!seen[pair]) {
        seen[pair] = true;
        sums.put(a + "+" + b, String.valueOf(a + b));
      }
    }
    return sums;
  }

  /** Returns a number of one to three digits, each length as likely as the others. */
  private static int number() {
    int length = (int) PythonRandom.shared().randint(1, DIGITS);
    return (int) PythonRandom.shared().randint(0, (long) Math.pow(10, length) - 1);
  }

  static Result run(String... words) {
    Options options = Options.parse(NAME, 20, words);
    long start = System.nanoTime();
    Map<String, String> sums = sums();
    List<String> questions = List.copyOf(sums.keySet());
    List<String> answers = List.copyOf(sums.values());
    Characters asked = new Characters(questions);
    Characters answered = new Characters(answers);
    int seen = SUMS - UNSEEN;
    try (Sequential model = new Sequential()) {
      model.add(new Input(shape(asked.length(), asked.size())));
      model.add(new LSTM(UNITS));
      model.add(new RepeatVector(answered.length()));
      model.add(new LSTM(UNITS).returnSequences(true));
      model.add(new Dense(answered.size()).activation("softmax"));
      int steps = options.epochs() * ((seen + BATCH_SIZE - 1) / BATCH_SIZE);
      model.compile(
          c ->
              c.loss("categorical_crossentropy")
                  .optimizer(new Adam().learningRate(new CosineDecay(0.005, steps)).clipnorm(1))
                  .metrics("accuracy"));
      model.fit(
          asked.oneHotReversed(questions.subList(0, seen)),
          answered.oneHot(answers.subList(0, seen)),
          f -> f.batchSize(BATCH_SIZE).epochs(options.epochs()).verbose(2));

      List<String> unseen = questions.subList(seen, SUMS);
      FloatNdArray probabilities =
          model.predict(asked.oneHotReversed(unseen), p -> p.batchSize(1000).verbose(0));
      List<String> written = answered.likeliest(probabilities);
      int exact = 0;
      int digits = 0;
      int all = 0;
      for (int i = 0; i < UNSEEN; i++) {
        String right = answers.get(seen + i);
        exact += written.get(i).strip().equals(right) ? 1 : 0;
        for (int k = 0; k < right.length(); k++) {
          digits += written.get(i).charAt(k) == right.charAt(k) ? 1 : 0;
          all++;
        }
        if (i < 5) {
          System.out.println(unseen.get(i) + " = " + written.get(i));
        }
      }
      return ResultLine.print(
          new Result(
              NAME,
              ResultLine.secondsSince(start),
              options.epochs(),
              options.seed(),
              exact / (double) UNSEEN,
              digits / (double) all));
    }
  }
}
