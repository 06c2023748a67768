package example;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;

/** Asks {@link Serve}; {@code java Ask.java 112 118 ...} needs no build. */
public final class Ask {

  private Ask() {}

  /** Prints the answer. */
  public static void main(String[] passengers) throws Exception {
    System.out.println(ask(8080, Arrays.toString(passengers)));
  }

  static String ask(int port, String year) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/predict"))
            .POST(BodyPublishers.ofString(year))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }
}
