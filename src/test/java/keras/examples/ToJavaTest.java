package keras.examples;

import static keras.layers.Input.shape;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import keras.internal.code.JavaSource;
import keras.layers.Dense;
import keras.layers.Input;
import keras.models.Sequential;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToJavaTest {

  @TempDir private Path folder;

  @Test
  void printsTheCodeOfAModelInAFile() throws Exception {
    Path whole = folder.resolve("model.keras");
    Path text = folder.resolve("model.json");
    String expected;
    try (Sequential model = new Sequential(new Input(shape(3)), new Dense(2)).name("two")) {
      model.compile(c -> c.loss("mse"));
      expected = JavaSource.of(model);
      model.save(whole);
      Files.writeString(text, model.toJson());
    }
    assertThat(expected).contains("class TwoModel", "c.loss(\"mse\")");
    assertThat(printed("to-java", whole.toString())).isEqualTo(expected);
    assertThat(printed("to-java", text.toString())).isEqualTo(expected);
    assertThat(printed("to-java", text.toString(), "--class", "Two"))
        .isEqualTo(expected.replace("TwoModel", "Two"));
  }

  private static String printed(String... words) throws Exception {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(shown, true, StandardCharsets.UTF_8));
    try {
      assertThat(new Main(Main.registry()).run(System.err, words)).isZero();
    } finally {
      System.setOut(before);
    }
    return shown.toString(StandardCharsets.UTF_8);
  }
}
