package keras.models;

import static keras.layers.Input.shape;
import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.layers.Masking;
import keras.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.FloatNdArray;

/** A model that nobody has used yet, asked by several threads at once. */
@Timeout(120) // a deadlock would never end
class ThreadsTest {

  private static final int THREADS = 8;

  @TempDir private Path folder;

  private static Sequential model() {
    Utils.setRandomSeed(1);
    Sequential model = new Sequential();
    model.add(new Input(shape(null, 2)));
    model.add(new Masking());
    model.add(new LSTM(4).activation("relu").returnSequences(true));
    model.add(new LSTM(4));
    model.add(new Dense(3).activation("softmax"));
    return model;
  }

  /** Of another size, and with other numbers, for each thread and turn. */
  private static float[][][] batch(int thread, int turn) {
    float[][][] x = new float[1 + (thread + turn) % 4][5 + thread % 2][2];
    for (int i = 0; i < x.length; i++) {
      for (int t = 0; t < x[i].length; t++) {
        x[i][t][0] = (i + thread) / 10f;
        x[i][t][1] = (t - turn) / 5f;
      }
    }
    return x;
  }

  private static List<FloatNdArray> predictions(Model model, int thread) {
    return IntStream.range(0, 6)
        .mapToObj(turn -> model.predict(batch(thread, turn), p -> p.verbose(0)))
        .toList();
  }

  private static List<List<FloatNdArray>> atOnce(Model model) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      CountDownLatch start = new CountDownLatch(THREADS);
      List<Future<List<FloatNdArray>>> futures = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int thread = i;
        futures.add(
            pool.submit(
                () -> {
                  start.countDown();
                  start.await();
                  if (thread == 0) {
                    assertThat(model.getWeights()).hasSize(model.weights().size());
                  }
                  return predictions(model, thread);
                }));
      }
      List<List<FloatNdArray>> all = new ArrayList<>();
      for (Future<List<FloatNdArray>> future : futures) {
        all.add(future.get());
      }
      return all;
    } finally {
      pool.shutdownNow();
      assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static void same(List<List<FloatNdArray>> actual, List<List<FloatNdArray>> expected) {
    for (int thread = 0; thread < THREADS; thread++) {
      for (int turn = 0; turn < expected.get(thread).size(); turn++) {
        assertThatArray(actual.get(thread).get(turn))
            .as("thread %s, turn %s", thread, turn)
            .isCloseTo(expected.get(thread).get(turn));
      }
    }
  }

  @Test
  void predictsAsOneThreadDoes() throws Exception {
    try (Model one = model()) {
      List<List<FloatNdArray>> expected = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        expected.add(predictions(one, thread));
      }
      for (int i = 0; i < 5; i++) {
        try (Model fresh = model()) {
          same(atOnce(fresh), expected);
          same(atOnce(fresh), expected); // and now that there are programs
        }
      }
      Path file = folder.resolve("model.keras");
      one.save(file);
      for (int i = 0; i < 5; i++) {
        try (Model loaded = Models.loadModel(file)) {
          same(atOnce(loaded), expected);
        }
      }
    }
  }
}
