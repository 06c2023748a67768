package keras.models;

import static keras.layers.Input.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import keras.layers.Dense;
import keras.layers.Input;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Effects of an export on the place that it is written to. */
class ExportFolderTest {

  @TempDir private Path folder;

  private static Sequential model() {
    return new Sequential(new Input(shape(2)), new Dense(1));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void leavesNothingBesideTheModel() throws IOException {
    try (Sequential model = model()) {
      model.export(folder.resolve("1"));
      model.export(folder.resolve("1"));
    }
    assertThat(names(folder)).containsExactly("1");
    assertThat(names(folder.resolve("1"))).containsExactly("saved_model.pb", "variables");
    assertThat(names(folder.resolve("1/variables")))
        .containsExactly("variables.data-00000-of-00001", "variables.index");
  }

  @Test
  void replacesAnEarlierModelAsAWhole() throws IOException {
    Path earlier = folder.resolve("model");
    Files.createDirectories(earlier.resolve("assets"));
    Files.writeString(earlier.resolve("assets/words.txt"), "old");
    Files.writeString(earlier.resolve("saved_model.pb"), "old");
    try (Sequential model = model()) {
      model.export(earlier);
    }
    assertThat(names(earlier)).containsExactly("saved_model.pb", "variables");
  }

  @Test
  void leavesAloneAFolderThatIsNoSavedModel() throws IOException {
    Path mine = folder.resolve("mine");
    Files.createDirectories(mine);
    Files.writeString(mine.resolve("saved_model.pb"), "old");
    Files.writeString(mine.resolve("thesis.txt"), "dear");
    try (Sequential model = model()) {
      assertThatThrownBy(() -> model.export(mine))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "export: "
                  + mine
                  + " is there already, and is no SavedModel.\n"
                  + "  expected: a folder that is not there yet, is empty or has an earlier"
                  + " SavedModel\n"
                  + "  got:      a folder with thesis.txt\n"
                  + "  fix:      name another folder, or delete this one");
      assertThatThrownBy(() -> model.export(mine.resolve("thesis.txt")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("got:      a file");
    }
    assertThat(names(mine)).containsExactly("saved_model.pb", "thesis.txt");
    assertThat(Files.readString(mine.resolve("thesis.txt"))).isEqualTo("dear");
  }

  @Test
  void namesTheFolderThatCannotBeWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    try (Sequential model = model()) {
      assertThatThrownBy(() -> model.export(file.resolve("model")))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("export: cannot write " + file.resolve("model"));
    }
  }

  @Test
  void refusesAModelThatHasNoWeightsYetOrIsClosed() {
    Sequential closed = model();
    closed.close();
    try (Sequential shapeless = new Sequential(new Dense(1))) {
      assertThatThrownBy(() -> shapeless.export(folder.resolve("model")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("the shape of the data is not known yet");
      assertThatThrownBy(() -> closed.export(folder.resolve("model")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("the model is closed");
    }
    assertThat(folder.resolve("model")).doesNotExist();
  }
}
