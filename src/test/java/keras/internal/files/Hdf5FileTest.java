package keras.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import keras.backend.Variable;
import keras.utils.FloatArrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;

/** Reads what was written, and says what is not there. */
class Hdf5FileTest {

  /** Where the first superblock has the address of the tree of the root's names. */
  private static final int ROOT_TREE = 80;

  @TempDir Path folder;

  private Hdf5File written(Hdf5Writer writer) throws IOException {
    Path path = folder.resolve("f.h5");
    writer.writeTo(path);
    return Hdf5File.open(path, "write it anew");
  }

  private static Variable cube() {
    float[] values = new float[24];
    for (int i = 0; i < values.length; i++) {
      values[i] = i / 7f - 1;
    }
    return Variable.of("cube", Shape.of(2, 3, 4), values, true);
  }

  @Test
  void readsWhatItWrites() throws IOException {
    Hdf5Writer writer = new Hdf5Writer();
    writer.group("empty/inside");
    writer.put("a/b/0", cube());
    writer.put("a/b/1", Variable.ofLongs("count", Shape.scalar(), 7));
    writer.put("a/b/2", Variable.of("one", Shape.scalar(), new float[] {0.5f}, true));
    writer.put("a/b/3", Variable.ofLongs("seed", Shape.of(2), -1, 1L << 40));
    writer.attribute("a/b", "name", "größer");
    writer.attribute("a", "names", List.of("x", "longer"));
    writer.group("last");
    try (Hdf5File file = written(writer)) {
      FloatNdArray read = file.floats("a/b/0");
      assertThat(read.shape()).isEqualTo(Shape.of(2, 3, 4));
      assertThat(FloatArrays.values(read)).containsExactly(cube().floats());
      assertThat(file.longs("a/b/1")).containsExactly(7);
      assertThat(FloatArrays.values(file.floats("a/b/2"))).containsExactly(0.5f);
      assertThat(file.longs("a/b/3")).containsExactly(-1, 1L << 40);
      assertThat(file.attribute("a/b", "name")).isEqualTo("größer");
      assertThat(file.texts("a", "names")).containsExactly("x", "longer");
      assertThat(file.names("")).containsExactlyInAnyOrder("empty", "a", "last");
      assertThat(file.hasGroup("empty/inside")).isTrue();
      assertThat(file.hasGroup("a/b/0")).isFalse();
      assertThat(file.names("nowhere/at/all")).isEmpty();
    }
  }

  @Test
  void cutsListsThatAreTooLongForOneAttribute() throws IOException {
    List<String> names = Collections.nCopies(3000, "a name of some forty letters, more or less");
    Hdf5Writer writer = new Hdf5Writer();
    writer.attribute("g", "names", names);
    try (Hdf5File file = written(writer)) {
      assertThat(file.attribute("g", "names0")).isNull();
      assertThat(file.texts("g", "names")).isEqualTo(names);
    }
  }

  @Test
  void refusesATextThatTheFormatCannotHold() {
    assertThatThrownBy(() -> new Hdf5Writer().attribute("g", "config", "x".repeat(70_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("g, attribute config: the text is too long for an HDF5 file.")
        .hasMessageContaining("save as .keras");
  }

  @Test
  void namesThePlaceOfWhatIsMissing() throws IOException {
    Hdf5Writer writer = new Hdf5Writer();
    writer.put("a/0", cube());
    try (Hdf5File file = written(writer)) {
      assertThatThrownBy(() -> file.floats("a/1"))
          .hasMessage(
              folder.resolve("f.h5")
                  + ", a/1: it is missing.\n"
                  + "  expected: a dataset\n"
                  + "  got:      nothing\n"
                  + "  fix:      write it anew");
      assertThatThrownBy(() -> file.floats("a")).hasMessageContaining("a: this is a group.");
      assertThatThrownBy(() -> file.longs("a/0")).hasMessageContaining("no long integers");
      assertThatThrownBy(() -> file.text("a/0")).hasMessageContaining("this is no text");
    }
  }

  @Test
  void doesNotReadMoreThanTheFileHolds() throws IOException {
    Hdf5Writer writer = new Hdf5Writer();
    writer.put("a", Variable.of("a", Shape.of(1000), new float[1000], true));
    try (Hdf5File file = written(writer)) {
      file.floats("a");
      assertThatThrownBy(() -> file.floats("a"))
          .hasMessageContaining("the file is too small for its arrays.");
    }
  }

  /** Each node of the root's tree has the next one twice: 2 to the power of 60 ways through it. */
  /** The library that reads it warns of the padding after each text. */
  @Test
  void logsNothing() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try (Hdf5File read = Hdf5File.open(Path.of("testdata/keras2/adam.h5"), "write it anew")) {
      assertThat(new LegacyModel(read).modelConfig()).contains("hard_sigmoid");
    } finally {
      System.setErr(before);
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void givesUpOnAFileWhosePartsReferToEachOtherAgainAndAgain() throws IOException {
    byte[] file = Files.readAllBytes(Path.of("testdata/legacy/keras_2_2.h5"));
    int levels = 60;
    int size = 128;
    ByteBuffer made = ByteBuffer.allocate(file.length + levels * size);
    made.order(ByteOrder.LITTLE_ENDIAN).put(file);
    long tree = made.getLong(ROOT_TREE);
    for (int at = 0; at < file.length - 7; at += 8) {
      if (made.getLong(at) == tree) {
        made.putLong(at, file.length);
      }
    }
    for (int level = levels; level > 0; level--) {
      int at = file.length + (levels - level) * size;
      long next = level == 1 ? tree : at + size;
      made.position(at);
      made.put("TREE".getBytes(StandardCharsets.US_ASCII)).put((byte) 0).put((byte) level);
      made.putShort((short) 2).putLong(-1).putLong(-1);
      made.putLong(0).putLong(next).putLong(0).putLong(next).putLong(0);
    }
    Path path = Files.write(folder.resolve("f.h5"), made.array());

    try (Hdf5File read = Hdf5File.open(path, "write it anew")) {
      assertThatThrownBy(() -> read.hasGroup("model_weights"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("f.h5, model_weights: this cannot be read.")
          .hasMessageContaining("its parts refer to each other again and again");
    }
  }
}
