package keras.bench;

import static keras.layers.Input.shape;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.TensorFunction;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/**
 * Asks a model for single samples in 1, 4 and 32 threads, and for 10,000 in one call, and in the
 * same process ONNX Runtime and TensorFlow-Java alone for the same with the exported model, in
 * turns; prints a line for each.
 */
public final class Serve {

  private static final int TIMESTEPS = 50;
  private static final int FEATURES = 8;
  private static final int UNITS = 64;
  private static final int MANY = 10_000;
  private static final double MILLIS = 1e-6;
  private static final double SECONDS = 1e-9;

  /** Answers a request for some samples, one after another in an array, with a number for each. */
  @FunctionalInterface
  private interface Server {
    float[] answer(float[] samples, int count) throws Exception;
  }

  private Serve() {}

  /**
   * Measures.
   *
   * @param args for how many seconds each number of threads asks, and how many rounds there are
   */
  public static void main(String[] args) throws Exception {
    long nanoseconds = (long) (Double.parseDouble(args[0]) / SECONDS);
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 1;
    Path folder = Files.createTempDirectory("serve");
    OrtEnvironment onnx = OrtEnvironment.getEnvironment();
    try (Sequential model =
        new Sequential(
            new Input(shape(TIMESTEPS, FEATURES)).name("x"), new LSTM(UNITS), new Dense(1))) {
      model.export(folder.resolve("bundle"));
      model.export(folder.resolve("model.onnx"), o -> o.format("onnx"));
      // One request has one thread, as in the other two: by default a request alone takes all.
      OrtSession.SessionOptions options = new OrtSession.SessionOptions();
      options.setIntraOpNumThreads(1);
      try (OrtSession session =
              onnx.createSession(folder.resolve("model.onnx").toString(), options);
          SavedModelBundle bundle =
              SavedModelBundle.load(folder.resolve("bundle").toString(), "serve")) {
        Map<String, Server> servers = new LinkedHashMap<>();
        servers.put("keras-java", (samples, count) -> ask(model, samples, count));
        servers.put("ONNX Runtime", (samples, count) -> ask(onnx, session, samples, count));
        TensorFunction function = bundle.function("serving_default");
        servers.put("SavedModelBundle", (samples, count) -> ask(function, samples, count));
        checkSame(servers);
        for (int round = 0; round < rounds; round++) {
          for (int threads : new int[] {1, 4, 32}) {
            for (Map.Entry<String, Server> server : servers.entrySet()) {
              measure(server.getKey(), server.getValue(), threads, nanoseconds);
            }
          }
          servers.put("keras-java", (samples, count) -> predict(model, samples, count));
          for (Map.Entry<String, Server> server : servers.entrySet()) {
            measureMany(server.getKey(), server.getValue());
          }
          servers.put("keras-java", (samples, count) -> ask(model, samples, count));
        }
      }
    } finally {
      delete(folder);
    }
  }

  private static float[] ask(Sequential model, float[] samples, int count) {
    return FloatArrays.values(
        model.predictOnBatch(FloatArrays.wrap(samples, count, TIMESTEPS, FEATURES)));
  }

  private static float[] predict(Sequential model, float[] samples, int count) {
    FloatNdArray x = FloatArrays.wrap(samples, count, TIMESTEPS, FEATURES);
    return FloatArrays.values(model.predict(x, p -> p.verbose(0)));
  }

  private static float[] ask(
      OrtEnvironment environment, OrtSession session, float[] samples, int count)
      throws OrtException {
    long[] shape = {count, TIMESTEPS, FEATURES};
    try (OnnxTensor x = OnnxTensor.createTensor(environment, FloatBuffer.wrap(samples), shape);
        OrtSession.Result result = session.run(Map.of("x", x))) {
      float[] answers = new float[count];
      ((OnnxTensor) result.get(0)).getFloatBuffer().get(answers);
      return answers;
    }
  }

  private static float[] ask(TensorFunction function, float[] samples, int count) {
    try (TFloat32 x =
            TFloat32.tensorOf(Shape.of(count, TIMESTEPS, FEATURES), DataBuffers.of(samples));
        Result result = function.call(Map.of("x", x))) {
      float[] answers = new float[count];
      ((TFloat32) result.get(0)).copyTo(DataBuffers.of(answers));
      return answers;
    }
  }

  private static void checkSame(Map<String, Server> servers) throws Exception {
    float[] expected = null;
    for (Map.Entry<String, Server> server : servers.entrySet()) {
      float[] answers = server.getValue().answer(samples(1, 3), 3);
      expected = expected == null ? answers : expected;
      for (int i = 0; i < expected.length; i++) {
        if (Math.abs(answers[i] - expected[i]) > 1e-5) {
          throw new IllegalStateException(server.getKey() + " answers " + answers[i]);
        }
      }
    }
  }

  private static void measure(String name, Server server, int threads, long nanoseconds)
      throws Exception {
    ask(server, threads, nanoseconds / 2);
    long[] times = ask(server, threads, nanoseconds);
    System.out.printf(
        "%-16s %2d threads: %6.0f requests a second, p50 %.3f ms, p99 %.3f ms%n",
        name,
        threads,
        times.length / (nanoseconds * SECONDS),
        times[times.length / 2] * MILLIS,
        times[(int) (times.length * 0.99)] * MILLIS);
  }

  private static void measureMany(String name, Server server) throws Exception {
    float[] samples = samples(1, MANY);
    double best = Double.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long start = System.nanoTime();
      server.answer(samples, MANY);
      best = Math.min(best, (System.nanoTime() - start) * SECONDS);
    }
    System.out.printf("%-16s %d in one call: %.3f s%n", name, MANY, best);
  }

  /** How long each request took, sorted. */
  private static long[] ask(Server server, int threads, long nanoseconds) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      long end = System.nanoTime() + nanoseconds;
      List<Callable<List<Long>>> work = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        float[] sample = samples(i, 1);
        work.add(
            () -> {
              List<Long> times = new ArrayList<>();
              while (System.nanoTime() < end) {
                long start = System.nanoTime();
                server.answer(sample, 1);
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

  private static float[] samples(int seed, int count) {
    Random random = new Random(seed);
    float[] values = new float[count * TIMESTEPS * FEATURES];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return values;
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
