package keras.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import keras.layers.Dense;
import keras.layers.GRU;
import keras.layers.Input;
import keras.models.Sequential;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeHttpTest {

  @TempDir Path folder;

  @Test
  void answersEveryClientRightWhileTheModelIsReplaced() throws Exception {
    JsonNode result = ExampleRun.of("serve-http", "--epochs", "2").result();

    assertThat(result.get("example").asText()).isEqualTo("serve-http");
    assertThat(result.get("requests").asInt()).isEqualTo(2000);
    assertThat(result.get("wrong").asInt()).isZero();
  }

  private static HttpResponse<String> post(URI address, String path, String body) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(address.resolve(path))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void saysWhatIsWrongWithARequest() throws Exception {
    Path file = folder.resolve("model.keras");
    try (Sequential model =
        new Sequential(new Input(Input.shape(null, 2)), new GRU(3), new Dense(1))) {
      model.save(file);
    }
    try (ModelServer server = new ModelServer(file, new float[4][2])) {
      HttpResponse<String> wrong = post(server.address(), "/predict", "[[1], [2]]");
      assertThat(wrong.statusCode()).isEqualTo(400);
      assertThat(wrong.body()).contains("(1, 2, 1)");
      assertThat(post(server.address(), "/predict", "no JSON").statusCode()).isEqualTo(400);
      assertThat(post(server.address(), "/predict", "[[1, 2], [3, 4]]").statusCode())
          .isEqualTo(200);
    }
  }
}
