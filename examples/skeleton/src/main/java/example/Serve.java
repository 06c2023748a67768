package example;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import keras.models.Model;
import keras.models.Models;

/** Answers how many passengers there will be after the twelve months that a request tells of. */
public final class Serve implements AutoCloseable {
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;

  private final ObjectMapper json = new ObjectMapper();
  private final Model model;
  private final ExecutorService threads = Executors.newFixedThreadPool(8);
  private final HttpServer server;

  /**
   * A server on this computer alone.
   *
   * @param file what {@link Train} has saved
   * @param port 0 for any that is free
   */
  Serve(Path file, int port) throws IOException {
    System.setProperty("sun.net.httpserver.nodelay", "true"); // Else small answers wait 40 ms.
    model = Models.loadModel(file);
    model.predictOnBatch(new float[1][Train.MONTHS][1]); // The first answer takes longest.
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    server.createContext("/predict", this::predict);
    server.start();
  }

  /** Serves {@code out/forecast.keras} until it is ended. */
  public static void main(String[] arguments) throws IOException {
    Serve serve = new Serve(Path.of("out", "forecast.keras"), 8080);
    System.out.println("ask http://localhost:" + serve.port() + "/predict");
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void predict(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        double[] year = json.readValue(exchange.getRequestBody(), double[].class);
        float[][][] window = {new float[year.length][1]};
        for (int month = 0; month < year.length; month++) {
          window[0][month][0] = (float) year[month];
        }
        float next = model.predictOnBatch(window).getFloat(0, 0);
        answer(exchange, OK, Map.of("passengers", next));
      } catch (JsonProcessingException | IllegalArgumentException bad) {
        answer(exchange, BAD_REQUEST, Map.of("error", String.valueOf(bad.getMessage())));
      }
    }
  }

  private void answer(HttpExchange exchange, int status, Map<String, ?> content)
      throws IOException {
    byte[] bytes = json.writeValueAsBytes(content);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
    model.close();
  }
}
