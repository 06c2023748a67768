package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForecastTest {
  private static final String YEAR = "[417,391,419,461,472,535,622,606,508,461,390,432]";

  @TempDir private Path out;

  @Test
  void trainsSavesAndServes() throws Exception {
    double error = Train.train(Path.of("data", "airline-passengers.csv"), out, 60);

    assertTrue(error < 60, "off by " + error);
    assertTrue(Files.exists(out.resolve("loss.png")));
    assertTrue(Files.exists(out.resolve("forecast.png")));
    try (Serve serve = new Serve(out.resolve("forecast.keras"), 0)) {
      String answer = Ask.ask(serve.port(), YEAR);
      double passengers = Double.parseDouble(answer.replaceAll("[^0-9.]", ""));
      assertEquals(430, passengers, 120);
      assertTrue(Ask.ask(serve.port(), "[1, 2]").contains("error"));
    }
  }
}
