package keras.models;

import static keras.layers.Input.shape;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.utils.Batch;

/** Runs out of heap in the middle of a fit, and goes on. See {@link HeapExhaustedTest}. */
final class HeapExhausted {

  private static final float[][][] X = {{{1}, {2}}, {{3}, {4}}};
  private static final float[][] Y = {{1}, {2}};

  private HeapExhausted() {}

  private static Sequential model() {
    Sequential model = new Sequential(new Input(shape(2, 1)), new LSTM(4), new Dense(1));
    model.compile(c -> c.loss("mse").optimizer("adam"));
    return model;
  }

  /** Batches of which the fourth fills the heap. */
  private static Stream<Batch> batches() {
    return Stream.iterate(0, i -> i + 1)
        .map(
            i -> {
              if (i == 3) {
                List<byte[]> all = new ArrayList<>();
                while (all.size() < 1000) {
                  all.add(new byte[1 << 22]);
                }
              }
              return Batch.of(X, Y);
            });
  }

  /** Prints what still works. */
  public static void main(String[] arguments) {
    try (Sequential model = model();
        Sequential another = model()) {
      try {
        model.fit(batches(), f -> f.stepsPerEpoch(10).verbose(0));
      } catch (OutOfMemoryError e) {
        System.out.print("exhausted");
      }
      model.predict(X, p -> p.verbose(0));
      System.out.print(", predicts");
      model.fit(X, Y, f -> f.verbose(0));
      System.out.print(", trains");
      another.fit(X, Y, f -> f.verbose(0));
      System.out.print(", another trains");
    }
    System.out.print(", closed");
  }
}
