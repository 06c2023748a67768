package keras.examples;

import static keras.layers.Input.shape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import keras.callbacks.Callback;
import keras.callbacks.History;
import keras.layers.Dense;
import keras.layers.Embedding;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.models.Sequential;
import keras.optimizers.Adam;
import keras.random.PythonRandom;
import keras.utils.FloatArrays;

/**
 * Writes text character by character, after each epoch at several temperatures. Ported from {@code
 * examples/python/text-generation.py}.
 *
 * <p>Shows an embedding, a callback that asks the model while it is trained, and sampling.
 *
 * <p>Keras's figures from the script, seed 1: last loss 0.2808, all words known at temperature 0.2.
 * There it takes eight minutes, as each character is a call of {@code predict}.
 */
final class TextGeneration {

  static final String NAME = "text-generation";

  private static final int SENTENCES = 1200;
  private static final int WINDOW = 20;
  private static final int WRITTEN = 200;
  private static final int UNITS = 64;
  private static final double[] TEMPERATURES = {0.2, 0.7, 1.2};
  private static final String[][] WORDS = {
    {"the", "a", "every", "some"},
    {"old", "small", "hungry", "quiet", "red"},
    {"cat", "bird", "sailor", "child", "horse"},
    {"sees", "follows", "finds", "forgets"},
    {"the", "a", "every", "some"},
    {"river", "garden", "window", "letter", "moon"}
  };

  /** The figures: the last loss, and the share of written words that the text has too. */
  record Result(
      String example, double seconds, int epochs, long seed, double lastLoss, double words) {}

  private final String text = text();
  private final List<Character> alphabet;
  private final int[] codes;
  private final Sequential model = new Sequential();

  private TextGeneration() {
    Set<Character> characters = new TreeSet<>();
    text.chars().forEach(each -> characters.add((char) each));
    alphabet = List.copyOf(characters);
    codes = text.chars().map(each -> alphabet.indexOf((char) each)).toArray();
  }

  private static String text() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < SENTENCES; i++) {
      List<String> sentence = new ArrayList<>();
      for (String[] words : WORDS) {
        sentence.add(words[(int) PythonRandom.shared().randint(0, words.length - 1)]);
      }
      text.append(String.join(" ", sentence)).append(". ");
    }
    return text.toString();
  }

  private History train(int epochs) {
    int count = (text.length() - WINDOW + 2) / 3;
    int[][] x = new int[count][];
    int[] y = new int[count];
    for (int i = 0; i < count; i++) {
      x[i] = Arrays.copyOfRange(codes, 3 * i, 3 * i + WINDOW);
      y[i] = codes[3 * i + WINDOW];
    }
    model.add(new Input(shape(WINDOW)));
    model.add(new Embedding(alphabet.size(), 16));
    model.add(new LSTM(UNITS));
    model.add(new Dense(alphabet.size()).activation("softmax"));
    model.compile(c -> c.loss("sparse_categorical_crossentropy").optimizer(new Adam(0.01)));
    return model.fit(x, y, f -> f.batchSize(64).epochs(epochs).verbose(2).callbacks(new Writer()));
  }

  /** Writes after each epoch. */
  private final class Writer extends Callback {
    @Override
    public void onEpochEnd(int epoch, Map<String, Double> logs) {
      for (double temperature : TEMPERATURES) {
        String written = write(temperature);
        System.out.printf(
            "%d, %s: %.2f %s%n", epoch + 1, temperature, share(written), written.substring(0, 60));
      }
    }
  }

  private String write(double temperature) {
    int[] window = Arrays.copyOf(codes, WINDOW);
    StringBuilder written = new StringBuilder();
    for (int i = 0; i < WRITTEN; i++) {
      float[] probabilities =
          FloatArrays.values(model.predict(new int[][] {window}, p -> p.verbose(0)));
      int code = sample(probabilities, temperature);
      written.append(alphabet.get(code));
      System.arraycopy(window, 1, window, 0, WINDOW - 1);
      window[WINDOW - 1] = code;
    }
    return written.toString();
  }

  /** Draws a character: the lower the temperature, the more often it is the likeliest. */
  private static int sample(float[] probabilities, double temperature) {
    double[] weights = new double[probabilities.length];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.exp(Math.log(probabilities[i] + 1e-12) / temperature);
      sum += weights[i];
    }
    double left = PythonRandom.shared().random() * sum;
    for (int i = 0; i < weights.length; i++) {
      left -= weights[i];
      if (left < 0) {
        return i;
      }
    }
    return weights.length - 1;
  }

  /** Returns the share of whole words that the text has too. */
  private static double share(String written) {
    Set<String> known = new HashSet<>();
    for (String[] words : WORDS) {
      known.addAll(Arrays.asList(words));
    }
    List<String> words = List.of(written.replace('.', ' ').strip().split("\\s+"));
    List<String> whole = words.size() < 3 ? List.of() : words.subList(1, words.size() - 1);
    return whole.stream().filter(known::contains).count() / Math.max(1.0, whole.size());
  }

  static Result run(String... words) {
    Options options = Options.parse(NAME, 6, words);
    long start = System.nanoTime();
    TextGeneration example = new TextGeneration();
    try (Sequential model = example.model) {
      List<Double> losses = example.train(options.epochs()).get("loss");
      String written = example.write(TEMPERATURES[0]);
      System.out.println(model.name() + " writes: " + written);
      return ResultLine.print(
          new Result(
              NAME,
              ResultLine.secondsSince(start),
              options.epochs(),
              options.seed(),
              losses.get(losses.size() - 1),
              share(written)));
    }
  }
}
