package keras.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import keras.models.Model;
import keras.models.Models;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * Answers requests with a model of a file, on the loopback address: {@code POST /predict} with the
 * timesteps of one sample as JSON, {@code POST /reload} after the file was replaced, {@code GET
 * /health}. All of its threads share the model.
 */
final class ModelServer implements AutoCloseable {

  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int UNAVAILABLE = 503;

  private final ObjectMapper json = new ObjectMapper();
  private final Path file;
  private final float[][] sample;
  private final ExecutorService threads;
  private final HttpServer server;

  /** Held for reading by requests, and for writing while another model takes the place. */
  private final ReadWriteLock use = new ReentrantReadWriteLock();

  private Model model;

  /**
   * A server that runs.
   *
   * @param file a model that {@code save} wrote
   * @param sample something to predict from before the first request
   */
  ModelServer(Path file, float[][] sample) throws IOException {
    this.file = file;
    this.sample = sample;
    model = loaded();
    System.setProperty("sun.net.httpserver.nodelay", "true"); // Else small answers wait 40 ms.
    threads = Executors.newFixedThreadPool(2 * Runtime.getRuntime().availableProcessors());
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/predict", this::predict);
    server.createContext("/reload", this::reload);
    server.createContext("/health", exchange -> answer(exchange, OK, Map.of("status", "up")));
    server.start();
  }

  /** Where the server is. */
  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Loads the model, and has it build the program for single samples. */
  private Model loaded() {
    Model fresh = Models.loadModel(file);
    fresh.predictOnBatch(new float[][][] {sample});
    return fresh;
  }

  private void predict(HttpExchange exchange) throws IOException {
    try {
      float[][] timesteps = json.readValue(exchange.getRequestBody(), float[][].class);
      FloatNdArray prediction;
      use.readLock().lock();
      try {
        prediction = model.predictOnBatch(new float[][][] {timesteps});
      } finally {
        use.readLock().unlock();
      }
      answer(exchange, OK, Map.of("prediction", prediction.getFloat(0, 0)));
    } catch (JsonProcessingException | IllegalArgumentException bad) {
      answer(exchange, BAD_REQUEST, Map.of("error", String.valueOf(bad.getMessage())));
    }
  }

  /** Takes the new model once it is ready; requests that are being answered keep the old one. */
  private void reload(HttpExchange exchange) throws IOException {
    Model fresh;
    try {
      fresh = loaded();
    } catch (RuntimeException broken) {
      answer(exchange, UNAVAILABLE, Map.of("error", String.valueOf(broken.getMessage())));
      return;
    }
    Model old;
    use.writeLock().lock();
    try {
      old = model;
      model = fresh;
    } finally {
      use.writeLock().unlock();
    }
    old.close();
    answer(exchange, OK, Map.of("status", "reloaded"));
  }

  private void answer(HttpExchange exchange, int status, Map<String, ?> content)
      throws IOException {
    byte[] bytes = json.writeValueAsString(content).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** Ends the server, then its threads, then the model. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
    model.close();
  }
}
