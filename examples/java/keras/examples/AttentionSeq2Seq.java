package keras.examples;

import static keras.layers.Input.shape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import keras.layers.Attention;
import keras.layers.Concatenate;
import keras.layers.Dense;
import keras.layers.Embedding;
import keras.layers.Input;
import keras.layers.KerasTensor;
import keras.layers.LSTM;
import keras.models.Model;
import keras.optimizers.Adam;
import keras.random.PythonRandom;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * Rewrites dates: "12 march 1987" becomes "1987-03-12". Ported from {@code
 * examples/python/attention-seq2seq.py}.
 *
 * <p>Shows a decoder that begins with the states of an encoder, and looks back at all that it has
 * read with {@link Attention}.
 *
 * <p>Keras's figure from the script, seed 1: all dates exact.
 */
final class AttentionSeq2Seq {

  static final String NAME = "attention-seq2seq";

  private static final int SEEN = 6000;
  private static final int UNSEEN = 500;
  private static final int UNITS = 48;
  private static final int WRITTEN = 10;
  private static final List<String> MONTHS =
      List.of(
          "january february march april may june july august september october november december"
              .split(" "));

  /** The figure: the share of unseen dates that are written without an error. */
  record Result(String example, double seconds, int epochs, long seed, double exact) {}

  private final List<String> said = new ArrayList<>();
  private final List<String> written = new ArrayList<>();

  private AttentionSeq2Seq() {
    for (int i = 0; i < SEEN + UNSEEN; i++) {
      addDate();
    }
  }

  private void addDate() {
    PythonRandom random = PythonRandom.shared();
    long day = random.randint(1, 28);
    long month = random.randint(1, 12);
    long year = random.randint(1900, 2099);
    String name = MONTHS.get((int) month - 1);
    int form = (int) random.randint(0, 2);
    said.add(
        switch (form) {
          case 0 -> day + " " + name + " " + year;
          case 1 -> name + " " + day + ", " + year;
          default -> day + ". " + month + ". " + year;
        });
    written.add(String.format(Locale.ROOT, "%d-%02d-%02d", year, month, day));
  }

  private static List<Character> characters(List<String> texts) {
    TreeSet<Character> all = new TreeSet<>();
    texts.forEach(text -> text.chars().forEach(each -> all.add((char) each)));
    return List.copyOf(all);
  }

  /** Codes of characters, from a first one on; 0 fills up. */
  private static float[][] codes(
      List<String> texts, List<Character> characters, int length, int first) {
    float[][] codes = new float[texts.size()][length];
    for (int i = 0; i < codes.length; i++) {
      for (int t = 0; t < texts.get(i).length(); t++) {
        codes[i][t] = characters.indexOf(texts.get(i).charAt(t)) + first;
      }
    }
    return codes;
  }

  /** Shifts answers by one character; code 1 begins. */
  private static float[][] before(float[][] answers) {
    float[][] before = new float[answers.length][WRITTEN];
    for (int i = 0; i < before.length; i++) {
      before[i][0] = 1;
      System.arraycopy(answers[i], 0, before[i], 1, WRITTEN - 1);
    }
    return before;
  }

  private static Model model(int length, int letters, int digits) {
    KerasTensor question = new Input(shape(length)).name("question").tensor();
    KerasTensor before = new Input(shape((Integer) null)).name("before").tensor();
    KerasTensor read = new Embedding(letters + 1, 24).call(question);
    List<KerasTensor> encoded =
        new LSTM(UNITS).returnSequences(true).returnState(true).callAll(read);
    KerasTensor begun = new Embedding(digits + 2, 24).call(before);
    KerasTensor decoded =
        new LSTM(UNITS).returnSequences(true).call(List.of(begun, encoded.get(1), encoded.get(2)));
    KerasTensor seen = new Attention().call(List.of(decoded, encoded.get(0)));
    KerasTensor joined = new Concatenate().call(List.of(decoded, seen));
    KerasTensor hidden = new Dense(UNITS).activation("tanh").call(joined);
    KerasTensor next = new Dense(digits + 2).activation("softmax").call(hidden);
    return new Model(List.of(question, before), next);
  }

  /** Writes character by character, each from those that were written before. */
  private static float[][] answer(Model model, float[][] asked) {
    float[][] given = new float[asked.length][1];
    Arrays.stream(given).forEach(row -> row[0] = 1);
    for (int t = 0; t < WRITTEN; t++) {
      FloatNdArray next = model.predict(List.of(asked, given), p -> p.batchSize(UNSEEN).verbose(0));
      for (int i = 0; i < given.length; i++) {
        given[i] = Arrays.copyOf(given[i], t + 2);
        given[i][t + 1] = likeliest(next, i, t);
      }
    }
    return given;
  }

  private static int likeliest(FloatNdArray probabilities, int sample, int timestep) {
    int best = 0;
    for (int k = 1; k < probabilities.shape().get(2); k++) {
      boolean likelier =
          probabilities.getFloat(sample, timestep, k)
              > probabilities.getFloat(sample, timestep, best);
      best = likelier ? k : best;
    }
    return best;
  }

  static Result run(String... words) {
    Options options = Options.parse(NAME, 12, words);
    long start = System.nanoTime();
    AttentionSeq2Seq dates = new AttentionSeq2Seq();
    List<Character> letters = characters(dates.said);
    List<Character> digits = characters(dates.written);
    int length = dates.said.stream().mapToInt(String::length).max().orElse(0);
    float[][] asked = codes(dates.said, letters, length, 1);
    float[][] answers = codes(dates.written, digits, WRITTEN, 2);
    float[][] before = before(answers);
    try (Model model = model(length, letters.size(), digits.size())) {
      model.compile(
          c -> c.loss("sparse_categorical_crossentropy").optimizer(new Adam(0.005)).metrics("acc"));
      model.fit(
          List.of(Arrays.copyOf(asked, SEEN), Arrays.copyOf(before, SEEN)),
          Arrays.copyOf(answers, SEEN),
          f -> f.batchSize(64).epochs(options.epochs()).verbose(2));
      float[][] given = answer(model, Arrays.copyOfRange(asked, SEEN, SEEN + UNSEEN));
      int exact = 0;
      for (int i = 0; i < UNSEEN; i++) {
        StringBuilder text = new StringBuilder();
        for (int t = 1; t <= WRITTEN; t++) {
          text.append(given[i][t] > 1 ? digits.get((int) given[i][t] - 2) : "");
        }
        exact += text.toString().equals(dates.written.get(SEEN + i)) ? 1 : 0;
        if (i < 3) {
          System.out.println(dates.said.get(SEEN + i) + " => " + text);
        }
      }
      return ResultLine.print(
          new Result(
              NAME,
              ResultLine.secondsSince(start),
              options.epochs(),
              options.seed(),
              exact / (double) UNSEEN));
    }
  }
}
