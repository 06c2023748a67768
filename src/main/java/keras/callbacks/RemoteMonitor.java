package keras.callbacks;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import keras.internal.config.Json;
import keras.internal.messages.Checks;
import keras.internal.messages.Warnings;

/**
 * Sends the logs of each epoch to a server. Keras: {@code
 * keras.callbacks.RemoteMonitor(root="http://localhost:9000", path="/publish/epoch/end/",
 * field="data", headers=None, send_as_json=False)}.
 *
 * <p>A server that cannot be reached is a warning; training goes on.
 */
public final class RemoteMonitor extends Callback {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private String root = "http://localhost:9000";
  private String path = "/publish/epoch/end/";
  private String field = "data";
  private Map<String, String> headers = Map.of();
  private boolean sendAsJson;

  /** With Keras's defaults. */
  public RemoteMonitor() {}

  /**
   * Sets the server.
   *
   * @param value {@code "http://localhost:9000"} by default
   * @return this callback
   */
  public RemoteMonitor root(String value) {
    root = value;
    return this;
  }

  /**
   * Sets where on the server logs are sent.
   *
   * @param value {@code "/publish/epoch/end/"} by default
   * @return this callback
   */
  public RemoteMonitor path(String value) {
    path = value;
    return this;
  }

  /**
   * Sets the field of the form that has the logs.
   *
   * @param value {@code "data"} by default
   * @return this callback
   */
  public RemoteMonitor field(String value) {
    field = value;
    return this;
  }

  /**
   * Sets further headers of the request.
   *
   * @param value by name; none by default
   * @return this callback
   */
  public RemoteMonitor headers(Map<String, String> value) {
    Checks.notNull("RemoteMonitor", "headers", value);
    value.values().forEach(each -> Checks.notNull("RemoteMonitor", "headers", each));
    headers = Map.copyOf(value);
    return this;
  }

  /**
   * Sets whether logs are sent as JSON rather than as a form.
   *
   * @param value false by default
   * @return this callback
   */
  public RemoteMonitor sendAsJson(boolean value) {
    sendAsJson = value;
    return this;
  }

  @Override
  boolean writes() {
    return true;
  }

  @Override
  public void onEpochEnd(int epoch, Map<String, Double> logs) {
    Map<String, Object> sent = new LinkedHashMap<>();
    sent.put("epoch", epoch);
    sent.putAll(orNone(logs));
    String json = Json.write(sent);
    String body = sendAsJson ? json : field + "=" + URLEncoder.encode(json, StandardCharsets.UTF_8);
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(root + path))
              .timeout(PATIENCE)
              .header(
                  "Content-Type",
                  sendAsJson ? "application/json" : "application/x-www-form-urlencoded")
              .POST(HttpRequest.BodyPublishers.ofString(body));
      headers.forEach(request::header);
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .build()
          .send(request.build(), HttpResponse.BodyHandlers.discarding());
    } catch (IOException e) {
      Warnings.warn(
          RemoteMonitor.class,
          "RemoteMonitor: the server at {} cannot be reached: {}",
          root,
          e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
