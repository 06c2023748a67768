package keras.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {

  private final List<String> calls = new ArrayList<>();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(written, true, StandardCharsets.UTF_8);
  private final Main main =
      new Main(
          Map.of(
              "second", options -> calls.add("second " + List.of(options)),
              "first", options -> calls.add("first " + List.of(options))));

  @Test
  void runsTheExampleThatTheFirstWordNamesWithTheWordsAfterIt() throws Exception {
    int status = main.run(err, "second", "--epochs", "50");

    assertThat(status).isZero();
    assertThat(calls).containsExactly("second [--epochs, 50]");
    assertThat(written.size()).isZero();
  }

  @Test
  void listsTheNamesWhenOneIsNotKnown() throws Exception {
    int status = main.run(err, "third");

    assertThat(status).isEqualTo(2);
    assertThat(calls).isEmpty();
    assertThat(written.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("Example \"third\" is not known.", "One of: first, second");
  }

  @Test
  void listsTheNamesWhenNoneIsGiven() throws Exception {
    int status = main.run(err);

    assertThat(status).isEqualTo(2);
    assertThat(written.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("No example was named.", "One of: first, second");
  }

  @ParameterizedTest
  @CsvSource({"echo-whole, --help, 500", "next-number, -h, 30"})
  void printsTheUsageWithRealDefaults(String example, String word, int epochs) throws Exception {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(shown, true, StandardCharsets.UTF_8));
    int status;
    try {
      status = new Main(Main.registry()).run(err, example, word);
    } finally {
      System.setOut(before);
    }

    assertThat(status).isZero();
    assertThat(written.size()).isZero();
    assertThat(shown.toString(StandardCharsets.UTF_8))
        .startsWith("Usage: " + example)
        .contains("(default: " + epochs + ")", "(default: 1)", "--help")
        .doesNotContain("null", "${");
  }

  @Test
  void saysWhatItExpectsWhenAnOptionIsNotUnderstood() throws Exception {
    int status = new Main(Main.registry()).run(err, "echo-whole", "--epochs", "0");

    assertThat(status).isEqualTo(2);
    assertThat(written.toString(StandardCharsets.UTF_8))
        .startsWith("--epochs: expected 1 or more, got 0")
        .contains("Usage: echo-whole");
  }
}
