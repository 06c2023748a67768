package keras.callbacks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RemoteMonitorTest {

  private final List<String> received = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          received.add(exchange.getRequestURI().getPath());
          received.add(exchange.getRequestHeaders().getFirst("Content-Type"));
          received.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-Run")));
          received.add(URLDecoder.decode(body, StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private String root() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Test
  void sendsAFormOrJson() {
    new RemoteMonitor().root(root()).onEpochEnd(2, Map.of("loss", 0.5));
    new RemoteMonitor()
        .root(root())
        .path("/logs")
        .sendAsJson(true)
        .headers(Map.of("X-Run", "seven"))
        .onEpochEnd(3, Map.of("loss", 0.25));
    new RemoteMonitor().root(root()).field("logs").onEpochEnd(4, Map.of());

    assertThat(received.stream().map(each -> each.replaceAll("\\s", "")))
        .containsExactly(
            "/publish/epoch/end/",
            "application/x-www-form-urlencoded",
            "null",
            "data={\"epoch\":2,\"loss\":0.5}",
            "/logs",
            "application/json",
            "seven",
            "{\"epoch\":3,\"loss\":0.25}",
            "/publish/epoch/end/",
            "application/x-www-form-urlencoded",
            "null",
            "logs={\"epoch\":4}");
  }

  @Test
  void goesOnWhereNobodyListens() {
    String root = root();
    server.stop(0);
    new RemoteMonitor().root(root).onEpochEnd(0, Map.of("loss", 0.5));
    assertThat(received).isEmpty();
  }
}
