package keras.examples;

import static keras.layers.Input.shape;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.KerasTensor;
import keras.layers.RNN;
import keras.models.Model;
import keras.models.Models;
import keras.ops.Ops;
import keras.optimizers.Adam;
import keras.random.PythonRandom;
import keras.utils.CustomObjects;
import org.tensorflow.ndarray.index.Indices;

/**
 * A cell of one's own echoes what came two steps before, is saved, and answers the same once it is
 * loaded. Ported from {@code examples/python/own-cell.py}.
 *
 * <p>Shows {@link keras.layers.RNNCell}, {@link RNN} and {@link CustomObjects}.
 *
 * <p>Keras's figure from the script, seed 1: 1.0 before and after.
 */
final class OwnCell {

  static final String NAME = "own-cell";

  private static final int CLASSES = 10;
  private static final int TIMESTEPS = 12;
  private static final int DELAY = 2;
  private static final int UNITS = 48;
  private static final int SEQUENCES = 2000;
  private static final int UNSEEN = 500;

  /** The figures: the share of integers echoed rightly, before the model was saved and after. */
  record Result(
      String example,
      double seconds,
      int epochs,
      long seed,
      double loss,
      double accuracy,
      double loadedAccuracy) {}

  /** Sequences of one-hot integers, and each of them two steps later. */
  private static final class Data {
    private final float[][][] x;
    private final float[][][] y;

    Data(int count) {
      x = new float[count][TIMESTEPS][CLASSES];
      y = new float[count][TIMESTEPS - DELAY][CLASSES];
      for (int i = 0; i < count; i++) {
        for (int t = 0; t < TIMESTEPS; t++) {
          int drawn = (int) PythonRandom.shared().randint(0, CLASSES - 1);
          x[i][t][drawn] = 1;
          if (t < TIMESTEPS - DELAY) {
            y[i][t][drawn] = 1;
          }
        }
      }
    }
  }

  private OwnCell() {}

  static Result run(String... words) throws IOException {
    Options options = Options.parse(NAME, 15, words);
    long start = System.nanoTime();
    Data seen = new Data(SEQUENCES);
    Data unseen = new Data(UNSEEN);
    KerasTensor inputs = new Input(shape(TIMESTEPS, CLASSES)).tensor();
    KerasTensor read = new RNN(new MinimalGatedCell(UNITS)).returnSequences(true).call(inputs);
    KerasTensor late = Ops.getItem(read, Indices.all(), Indices.sliceFrom(DELAY));
    KerasTensor outputs = new Dense(CLASSES).activation("softmax").call(late);
    Path folder = Files.createTempDirectory("own-cell");
    Path file = folder.resolve("echo.keras");
    try (Model model = new Model(inputs, outputs)) {
      model.compile(
          c ->
              c.loss("categorical_crossentropy")
                  .optimizer(new Adam().learningRate(0.01))
                  .metrics("acc"));
      double loss =
          model
              .fit(seen.x, seen.y, f -> f.epochs(options.epochs()).batchSize(32).verbose(2))
              .history()
              .get("loss")
              .get(options.epochs() - 1);
      double accuracy = accuracy(model, unseen);
      model.save(file);
      CustomObjects custom =
          new CustomObjects().add("MinimalGatedCell", MinimalGatedCell::fromConfig);
      try (Model loaded = Models.loadModel(file, o -> o.customObjects(custom))) {
        return ResultLine.print(
            new Result(
                NAME,
                ResultLine.secondsSince(start),
                options.epochs(),
                options.seed(),
                loss,
                accuracy,
                accuracy(loaded, unseen)));
      }
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  private static double accuracy(Model model, Data data) {
    return model.evaluate(data.x, data.y, e -> e.verbose(0)).get("acc");
  }
}
