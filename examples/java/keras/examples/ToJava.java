package keras.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import keras.internal.code.JavaSource;
import keras.models.Model;
import keras.models.Models;
import keras.saving.Saving;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Prints the Java code of a model that a file has: {@code mvn -q test-compile exec:java
 * -Dexec.args="to-java model.keras --output Model.java"}. The file is what {@code model.save}
 * writes, or the text of {@code model.to_json()}.
 */
final class ToJava {

  static final String NAME = "to-java";

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "A model in a .keras or .h5 file, or its configuration in a .json file.")
  private Path file;

  @Option(
      names = "--class",
      paramLabel = "NAME",
      description = "What the class is called (default: as the model is).")
  private String className;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Where the code goes (default: standard output).")
  private Path output;

  private ToJava() {}

  static void run(String... words) throws IOException {
    ToJava options = new ToJava();
    CommandLine command = new CommandLine(options).setCommandName(NAME);
    command.parseArgs(words);
    try (Model model = model(options.file)) {
      String code =
          options.className == null
              ? JavaSource.of(model)
              : JavaSource.of(model, options.className);
      if (options.output == null) {
        System.out.print(code);
      } else {
        Files.writeString(options.output, code);
      }
    }
  }

  private static Model model(Path file) throws IOException {
    return file.toString().endsWith(".json")
        ? Models.modelFromJson(Files.readString(file))
        : Saving.loadModel(file);
  }
}
