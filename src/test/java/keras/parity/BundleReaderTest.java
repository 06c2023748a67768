package keras.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BundleReaderTest {

  private static final Path FOLDER = Path.of("testdata", "parity");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no_version | attribute keras_version: it is missing. | the version of Keras",
        "no_config | config: it is missing. | a dataset",
        "config_no_json | config: this is no JSON. | model.to_json()",
        "config_other | config: this is no model of layers. | model.to_json()",
        "no_output | layers/dense/outputs/0: it is missing. | the output of the layer",
        "no_losses | logs/loss: it is missing. | a dataset",
        "no_weight | layers/dense/weights/0: it is missing. | numbers from 0 without a gap",
        "no_batches | x/0: it is missing. | at least one batch",
        "no_targets | y/1/0: it is missing. | an array",
        "losses_short | logs/loss: its shape is not that of the batches. | (2,), one value",
        "target_shape | y/1/0: its shape is not that of the batch. | 4 samples, as in x",
        "output_shape | layers/dense/outputs/0: its shape is not that of the batch. | 4 samples",
        "text | x/0/0: these are no numbers. | an array of numbers",
        "squeezed | x/0/0: the array is stored in chunks | an array stored in one piece",
        "claimed | x/1/0: the file is too small for its arrays. | at most ",
        "soft_link | x/0/0: this is a link to somewhere else. | the data itself",
        "external_link | x/0/0: this is a link to somewhere else. | the data itself",
      })
  void refusesABundleThatIsNotWhole(String name, String what, String expected) {
    Path file = FOLDER.resolve("bad").resolve(name + ".h5");
    assertThatThrownBy(() -> Parity.of(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(file + ", " + what)
        .hasMessageContaining("\n  expected: " + expected)
        .hasMessageContaining("\n  got:      ")
        .hasMessageContaining("\n  fix:      write the bundle anew with write_bundle");
  }

  @Test
  void refusesABundleOfKeras2() {
    Path file = FOLDER.resolve("bad/keras_2.h5");
    assertThatThrownBy(() -> Parity.of(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            %s, attribute keras_version: this is no bundle of Keras 3.
              expected: a version 3, best 3.15.1
              got:      2.15.0
              fix:      run the script with keras==3.15.1 and write the bundle anew""",
            file);
  }

  @Test
  void refusesAFileThatIsNotThere() {
    assertThatThrownBy(() -> Parity.of(folder.resolve("none.h5")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(folder.resolve("none.h5") + ": there is no such file.");
  }

  @Test
  void refusesAFileThatIsNoHdf5() throws IOException {
    Path file = Files.writeString(folder.resolve("text.h5"), "keras_version: 3.15.1\n".repeat(99));
    assertThatThrownBy(() -> Parity.of(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(file + ", as a whole: this cannot be read.")
        .hasMessageContaining("expected: an HDF5 file");
  }

  @Test
  void refusesAFileThatIsCutOffAnywhere() throws IOException {
    byte[] whole = Files.readAllBytes(FOLDER.resolve("small.h5"));
    Path file = folder.resolve("cut.h5");
    for (int size = 0; size < whole.length * 3 / 4; size += 97) {
      Files.write(file, java.util.Arrays.copyOf(whole, size));
      assertThatThrownBy(() -> Parity.of(file))
          .as("%s of %s bytes", size, whole.length)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(file.toString());
    }
  }

  @Test
  void readsOrRefusesAFileWithWrongBytes() throws IOException {
    byte[] whole = Files.readAllBytes(FOLDER.resolve("small.h5"));
    Random random = new Random(1);
    Path file = folder.resolve("wrong.h5");
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      byte[] wrong = whole.clone();
      for (int k = 0; k < 20; k++) {
        wrong[random.nextInt(whole.length)] = (byte) random.nextInt(256);
      }
      Files.write(file, wrong);
      try {
        assertThat(Parity.of(file)).isNotNull();
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageStartingWith(file.toString());
        refused++;
      }
    }
    assertThat(refused).isBetween(30, 299);
  }
}
