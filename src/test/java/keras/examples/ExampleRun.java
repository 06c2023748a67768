package keras.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The lines that an example printed when a test ran it. */
record ExampleRun(List<String> lines) {

  private static final String RESULT = "RESULT ";

  /** Runs an example by its name, as from the command line. */
  static ExampleRun of(String name, String... options) throws Exception {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
    try {
      Main.registry().get(name).run(options);
    } finally {
      System.setOut(before);
    }
    return new ExampleRun(written.toString(StandardCharsets.UTF_8).lines().toList());
  }

  /** The figures of the last line. */
  JsonNode result() throws Exception {
    String last = lines.get(lines.size() - 1);
    if (!last.startsWith(RESULT)) {
      throw new AssertionError("The last line is no RESULT: " + last);
    }
    return new ObjectMapper().readTree(last.substring(RESULT.length()));
  }

  /** How many lines begin like this. */
  long count(String start) {
    return lines.stream().filter(line -> line.startsWith(start)).count();
  }
}
