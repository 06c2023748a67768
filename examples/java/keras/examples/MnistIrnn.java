package keras.examples;

import static keras.layers.Input.shape;

import java.util.Map;
import keras.callbacks.History;
import keras.initializers.Identity;
import keras.initializers.RandomNormal;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.SimpleRNN;
import keras.models.Sequential;
import keras.optimizers.RMSprop;
import keras.plots.Plot;
import keras.random.NumpyRandom;
import keras.utils.Batch;
import keras.utils.FloatArrays;

/**
 * Digits are read pixel by pixel by a {@code SimpleRNN} that starts as the identity. Ported from
 * {@code examples/python/mnist-irnn.py}, which follows Keras's {@code mnist_irnn} on small digits
 * that it draws.
 *
 * <p>Shows initializers with arguments, ReLU in a recurrent layer, and class numbers as targets.
 *
 * <p>Keras's figures from the script, seed 1: 1.77 and 44 % after 30 epochs.
 */
final class MnistIrnn {

  static final String NAME = "mnist-irnn";

  private static final int SIDE = 6;
  private static final int PLACES_ACROSS = 3;
  private static final int DIGIT_WIDTH = 4;
  private static final String[] FONT = {
    ".##. ..#. .##. ###. #..# #### .##. #### .##. .##.",
    "#..# .##. #..# ...# #..# #... #... ...# #..# #..#",
    "#..# ..#. ..#. .##. #### ###. ###. ..#. .##. .###",
    "#..# ..#. .#.. ...# ...# ...# #..# .#.. #..# ...#",
    ".##. ..#. #### ###. ...# ###. .##. .#.. .##. .##."
  };

  /** The figures: loss and accuracy on digits that were not trained on. */
  record Result(
      String example,
      double seconds,
      int epochs,
      long seed,
      double testScore,
      double testAccuracy,
      double loss) {}

  private MnistIrnn() {}

  static Result run(String... words) {
    PlotOptions options = PlotOptions.parse(NAME, 30, words);
    long start = System.nanoTime();
    Batch train = digits(2000);
    Batch test = digits(500);

    try (Sequential model = new Sequential()) {
      model.add(new Input(shape(SIDE * SIDE, 1)));
      model.add(
          new SimpleRNN(64)
              .kernelInitializer(new RandomNormal().stddev(0.001))
              .recurrentInitializer(new Identity().gain(1.0))
              .activation("relu"));
      model.add(new Dense(10).activation("softmax"));
      model.compile(
          c ->
              c.loss("sparse_categorical_crossentropy")
                  .optimizer(new RMSprop().learningRate(0.002))
                  .metrics("accuracy"));
      History history =
          model.fit(
              train.x(),
              train.y(),
              f ->
                  f.batchSize(32)
                      .epochs(options.epochs())
                      .verbose(2)
                      .validationData(test.x(), test.y()));
      Map<String, Double> scores = model.evaluate(test.x(), test.y(), e -> e.verbose(0));
      System.out.println("IRNN test score: " + scores.get("loss"));
      System.out.println("IRNN test accuracy: " + scores.get("accuracy"));
      options.save(
          new Plot("Digits, read pixel by pixel", "epoch", "accuracy")
              .line("train", history.get("accuracy"))
              .line("test", history.get("val_accuracy")));
      return ResultLine.print(
          new Result(
              NAME,
              ResultLine.secondsSince(start),
              options.epochs(),
              options.seed(),
              scores.get("loss"),
              scores.get("accuracy"),
              history.get("loss").get(options.epochs() - 1)));
    }
  }

  /** Returns digits of 4 by 5 pixels somewhere in 6 by 6, with noise. */
  private static Batch digits(int count) {
    NumpyRandom random = NumpyRandom.shared();
    long[] labels = random.randint(0, 10, count);
    long[] places = random.randint(0, 2 * PLACES_ACROSS, count);
    double[] noise = random.rand(count * SIDE * SIDE);
    float[] pixels = new float[noise.length];
    float[] y = new float[count];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) (0.3 * noise[i]);
    }
    for (int i = 0; i < count; i++) {
      y[i] = labels[i];
      int left = (int) (places[i] % PLACES_ACROSS);
      int top = (int) (places[i] / PLACES_ACROSS);
      for (int row = 0; row < FONT.length; row++) {
        int first = (int) labels[i] * (DIGIT_WIDTH + 1);
        for (int column = 0; column < DIGIT_WIDTH; column++) {
          if (FONT[row].charAt(first + column) == '#') {
            pixels[(i * SIDE + top + row) * SIDE + left + column] = 1;
          }
        }
      }
    }
    return Batch.of(FloatArrays.wrap(pixels, count, SIDE * SIDE, 1), y);
  }
}
