package keras.bench;

import static keras.layers.Input.shape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.models.Sequential;
import keras.utils.FloatArrays;
import org.tensorflow.ndarray.FloatNdArray;

/** Asks a model for single samples in 1, 4 and 32 threads; prints a line for each. */
public final class Serve {

  private static final int TIMESTEPS = 50;
  private static final int FEATURES = 8;
  private static final int UNITS = 64;
  private static final double MILLIS = 1e-6;
  private static final double SECONDS = 1e-9;

  private Serve() {}

  /**
   * Measures.
   *
   * @param args for how many seconds each number of threads asks
   */
  public static void main(String[] args) throws Exception {
    long nanoseconds = (long) (Double.parseDouble(args[0]) / SECONDS);
    try (Sequential model =
        new Sequential(new Input(shape(TIMESTEPS, FEATURES)), new LSTM(UNITS), new Dense(1))) {
      for (int threads : new int[] {1, 4, 32}) {
        ask(model, threads, nanoseconds / 2);
        long[] times = ask(model, threads, nanoseconds);
        System.out.printf(
            "%2d threads: %6.0f requests a second, p50 %.3f ms, p99 %.3f ms%n",
            threads,
            times.length / (nanoseconds * SECONDS),
            times[times.length / 2] * MILLIS,
            times[(int) (times.length * 0.99)] * MILLIS);
      }
    }
  }

  /** How long each request took, sorted. */
  private static long[] ask(Sequential model, int threads, long nanoseconds) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      long end = System.nanoTime() + nanoseconds;
      List<Callable<List<Long>>> work = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        FloatNdArray sample = sample(i);
        work.add(
            () -> {
              List<Long> times = new ArrayList<>();
              while (System.nanoTime() < end) {
                long start = System.nanoTime();
                model.predictOnBatch(sample);
                times.add(System.nanoTime() - start);
              }
              return times;
            });
      }
      LongStream all = LongStream.empty();
      for (Future<List<Long>> each : pool.invokeAll(work)) {
        all = LongStream.concat(all, each.get().stream().mapToLong(Long::longValue));
      }
      long[] times = all.toArray();
      Arrays.sort(times);
      return times;
    } finally {
      pool.shutdown();
    }
  }

  private static FloatNdArray sample(int seed) {
    Random random = new Random(seed);
    float[] values = new float[TIMESTEPS * FEATURES];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return FloatArrays.wrap(values, 1, TIMESTEPS, FEATURES);
  }
}
