package keras.examples;

import static keras.layers.Input.shape;

import java.util.ArrayList;
import java.util.List;
import keras.layers.Bidirectional;
import keras.layers.Dense;
import keras.layers.Embedding;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.layers.TextVectorization;
import keras.models.Sequential;
import keras.optimizers.Adam;
import keras.random.PythonRandom;

/**
 * Is a review kind or not? "Not" turns what follows around, however far it stands before it. Ported
 * from {@code examples/python/sentiment.py}.
 *
 * <p>Shows a model that is given texts: a vocabulary, an embedding with a mask, an LSTM both ways.
 *
 * <p>Keras's figures from the script, seed 1: last loss 1.042e-4, unseen accuracy 1.
 */
final class Sentiment {

  static final String NAME = "sentiment";

  private static final int SEEN = 2000;
  private static final int UNSEEN = 500;
  private static final int LENGTH = 12;
  private static final String[] GOOD = {"good", "great", "moving", "funny", "brilliant"};
  private static final String[] BAD = {"bad", "dull", "awful", "boring", "silly"};
  private static final String[] THINGS = {"film", "plot", "music", "acting", "ending"};
  private static final String[] BETWEEN = {"really", "at all", "in my view", "to be honest"};

  /** The figures: the last loss, and the share of unseen reviews that are understood. */
  record Result(
      String example,
      double seconds,
      int epochs,
      long seed,
      double lastLoss,
      double unseenAccuracy) {}

  private Sentiment() {}

  private static String one(String... words) {
    return words[(int) PythonRandom.shared().randint(0, words.length - 1)];
  }

  /** Adds a sentence; returns 1 if it is kind. */
  private static float review(List<String> texts) {
    long kind = PythonRandom.shared().randint(0, 1);
    long turned = PythonRandom.shared().randint(0, 1);
    String thing = one(THINGS);
    String between = one(BETWEEN);
    String word = one(kind == 1 ? GOOD : BAD);
    String not = turned == 1 ? "not " : "";
    texts.add("The " + thing + " was " + not + between + " " + word + "!");
    return kind ^ turned;
  }

  static Result run(String... words) {
    Options options = Options.parse(NAME, 4, words);
    long start = System.nanoTime();
    List<String> texts = new ArrayList<>();
    float[] labels = new float[SEEN];
    float[] unseenLabels = new float[UNSEEN];
    for (int i = 0; i < SEEN; i++) {
      labels[i] = review(texts);
    }
    for (int i = 0; i < UNSEEN; i++) {
      unseenLabels[i] = review(texts);
    }
    String[] seen = texts.subList(0, SEEN).toArray(String[]::new);
    String[] unseen = texts.subList(SEEN, SEEN + UNSEEN).toArray(String[]::new);

    TextVectorization vectorization =
        new TextVectorization().maxTokens(100).outputSequenceLength(LENGTH);
    vectorization.adapt(seen);
    try (Sequential model = new Sequential()) {
      model.add(new Input(shape(1)).dtype("string"));
      model.add(vectorization);
      model.add(new Embedding(100, 16).maskZero(true));
      model.add(new Bidirectional(new LSTM(16)));
      model.add(new Dense(1).activation("sigmoid"));
      model.compile(
          c -> c.loss("binary_crossentropy").optimizer(new Adam(0.01)).metrics("accuracy"));
      List<Double> losses =
          model
              .fit(seen, labels, f -> f.batchSize(32).epochs(options.epochs()).verbose(2))
              .get("loss");
      double accuracy = model.evaluate(unseen, unseenLabels, e -> e.verbose(0)).get("accuracy");
      for (String text : List.of("The plot was to be honest brilliant", "not at all funny")) {
        float kind = model.predict(new String[] {text}, p -> p.verbose(0)).getFloat(0, 0);
        System.out.println(text + ": " + (kind > 0.5 ? "kind" : "unkind"));
      }
      return ResultLine.print(
          new Result(
              NAME,
              ResultLine.secondsSince(start),
              options.epochs(),
              options.seed(),
              losses.get(losses.size() - 1),
              accuracy));
    }
  }
}
