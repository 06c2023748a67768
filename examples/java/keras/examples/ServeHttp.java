package keras.examples;

import static keras.layers.Input.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.models.Model;
import keras.models.Models;
import keras.models.Sequential;
import keras.random.NumpyRandom;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * A model behind HTTP, asked by eight clients at once, and replaced while they ask.
 *
 * <p>The model continues a rising sequence. It is trained, saved, and loaded by {@link
 * ModelServer}; the clients check every answer against the model's own.
 */
final class ServeHttp {

  static final String NAME = "serve-http";

  private static final int CLIENTS = 8;
  private static final int REQUESTS = 250;
  private static final int SAMPLES = 50;
  private static final int STEPS = 10;
  private static final long MOST_SECONDS = 120;
  private static final double CLOSE = 1e-5;
  private static final double MILLIS = 1e-6;
  private static final int OK = 200;

  /** The figures: how many requests were answered, rightly or not, and how quickly. */
  record Result(
      String example,
      double seconds,
      int epochs,
      int requests,
      int wrong,
      int reloads,
      double requestsPerSecond,
      double p50Ms,
      double p99Ms) {}

  /** The answers that one client got. */
  private record Seen(int wrong, List<Long> nanoseconds) {}

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http = HttpClient.newHttpClient();
  private final float[][][] samples;
  private final float[] expected;

  private ServeHttp(float[][][] samples, FloatNdArray expected) {
    this.samples = samples;
    this.expected = new float[samples.length];
    for (int i = 0; i < samples.length; i++) {
      this.expected[i] = expected.getFloat(i, 0);
    }
  }

  static Result run(String... words) throws Exception {
    Options options = Options.parse(NAME, 5, words);
    long start = System.nanoTime();
    Path file = Path.of("target", NAME, "model.keras");
    Files.createDirectories(file.getParent());
    train(options, file);
    float[][][] samples = samples(SAMPLES);
    ServeHttp clients;
    try (Model model = Models.loadModel(file)) {
      clients = new ServeHttp(samples, model.predict(samples, p -> p.verbose(0)));
    }
    try (ModelServer server = new ModelServer(file, samples[0])) {
      return clients.askAll(options, start, server.address());
    }
  }

  private static void train(Options options, Path file) {
    try (Sequential model = new Sequential()) {
      model.add(new Input(shape(STEPS, 1)));
      model.add(new LSTM(16));
      model.add(new Dense(1));
      model.compile(c -> c.loss("mse").optimizer("adam"));
      float[][][] x = samples(500);
      float[] y = new float[x.length];
      for (int i = 0; i < y.length; i++) {
        y[i] = 2 * x[i][STEPS - 1][0] - x[i][STEPS - 2][0];
      }
      model.fit(x, y, f -> f.epochs(options.epochs()).verbose(2));
      model.save(file);
    }
  }

  /** Sequences that rise evenly. */
  private static float[][][] samples(int count) {
    double[] drawn = NumpyRandom.shared().rand(2 * count);
    float[][][] samples = new float[count][STEPS][1];
    for (int i = 0; i < count; i++) {
      for (int t = 0; t < STEPS; t++) {
        samples[i][t][0] = (float) (drawn[2 * i] + drawn[2 * i + 1] * t / STEPS);
      }
    }
    return samples;
  }

  private Result askAll(Options options, long start, URI address) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    try {
      long begun = System.nanoTime();
      List<Callable<Seen>> work = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        int client = i;
        work.add(() -> ask(address, client));
      }
      int wrong = 0;
      List<Long> times = new ArrayList<>();
      for (Future<Seen> each : threads.invokeAll(work, MOST_SECONDS, TimeUnit.SECONDS)) {
        wrong += each.get().wrong;
        times.addAll(each.get().nanoseconds);
      }
      double seconds = ResultLine.secondsSince(begun);
      long[] sorted = times.stream().mapToLong(Long::longValue).sorted().toArray();
      System.out.println(
          sorted.length + " requests by " + CLIENTS + " clients, " + wrong + " answered wrongly");
      return ResultLine.print(
          new Result(
              NAME,
              ResultLine.secondsSince(start),
              options.epochs(),
              sorted.length,
              wrong,
              CLIENTS,
              sorted.length / seconds,
              sorted[sorted.length / 2] * MILLIS,
              sorted[sorted.length * 99 / 100] * MILLIS));
    } finally {
      threads.shutdownNow();
    }
  }

  /** Sends requests one after the other, and has the model replaced in the middle. */
  private Seen ask(URI address, int client) throws IOException, InterruptedException {
    int wrong = 0;
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      if (i == REQUESTS / 2) {
        post(address.resolve("/reload"), "");
      }
      int sample = (client + i) % samples.length;
      String body = json.writeValueAsString(samples[sample]);
      long sent = System.nanoTime();
      HttpResponse<String> response = post(address.resolve("/predict"), body);
      times.add(System.nanoTime() - sent);
      wrong += isRight(response, expected[sample]) ? 0 : 1;
    }
    return new Seen(wrong, times);
  }

  private boolean isRight(HttpResponse<String> response, float wanted) throws IOException {
    if (response.statusCode() != OK) {
      return false;
    }
    JsonNode answer = json.readTree(response.body());
    return Math.abs(answer.get("prediction").floatValue() - wanted) < CLOSE;
  }

  private HttpResponse<String> post(URI address, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(Duration.ofSeconds(MOST_SECONDS))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
