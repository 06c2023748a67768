package keras.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import keras.testing.Golden;
import keras.utils.FloatArrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.FloatNdArray;

class NpyTest {

  private static final Path NUMPY = Path.of("testdata", "npy");
  private static final Golden EXPECTED = Golden.load("npy/expected");

  @TempDir private Path folder;

  static List<String> arrays() {
    return EXPECTED.keys();
  }

  @ParameterizedTest
  @MethodSource("arrays")
  void readsWhatNumpyHasWritten(String name) {
    FloatNdArray array = Npz.load(NUMPY.resolve("arrays.npz")).get(name);

    Golden expected = EXPECTED.at(name);
    assertThat(array.shape().asArray()).containsExactly(expected.at("shape").longs());
    float[] values = FloatArrays.values(array);
    JsonNode data = expected.json().get("data");
    assertThat(values).hasSize(data.size());
    for (int i = 0; i < values.length; i++) {
      String text = data.get(i).asText().replace("inf", "Infinity").replace("nan", "NaN");
      assertThat(Float.valueOf(values[i])).isEqualTo(Float.valueOf(text));
    }
  }

  @Test
  void writesTheBytesThatNumpyWrites() throws IOException {
    FloatNdArray floats = Npy.load(NUMPY.resolve("floats.npy"));
    Path own = folder.resolve("own.npy");

    Npy.save(own, floats);

    assertThat(own).hasSameBinaryContentAs(NUMPY.resolve("floats.npy"));
    assertThat(FloatArrays.values(Npy.load(NUMPY.resolve("version2.npy"))))
        .containsExactly(FloatArrays.values(floats));
  }

  @Test
  void readsWhatItHasWritten() throws IOException {
    Map<String, Object> arrays = new LinkedHashMap<>();
    arrays.put("x", new float[][][] {{{1, Float.NaN}}, {{-3, 4}}});
    arrays.put("y", new int[] {7});
    arrays.put("scalar", FloatArrays.wrap(new float[] {2}, new long[0]));
    Path file = folder.resolve("own.npz");

    Npz.save(file, arrays);

    Map<String, FloatNdArray> read = Npz.load(file);
    assertThat(read.keySet()).containsExactly("x", "y", "scalar");
    assertThat(read.get("x").shape().asArray()).containsExactly(2, 1, 2);
    assertThat(FloatArrays.values(read.get("x"))).containsExactly(1, Float.NaN, -3, 4);
    assertThat(read.get("y").shape().asArray()).containsExactly(1);
    assertThat(read.get("scalar").rank()).isZero();
    byte[] first = Files.readAllBytes(file);
    Npz.save(file, arrays);
    assertThat(file).hasBinaryContent(first);
    assertThat(Npz.load(NUMPY.resolve("small.npz"))).containsOnlyKeys("a", "b");
  }

  @Test
  void readsNoObjectsAndNoTexts() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Npy.load(NUMPY.resolve("objects.npy")))
        .withMessageContaining("objects.npy: this kind of array cannot be read.")
        .withMessageContaining("arrays of objects are never read");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Npy.load(NUMPY.resolve("text.npy")))
        .withMessageContaining("'<U2'");
  }

  @Test
  void saysWhatIsWrongWithAFile() throws IOException {
    byte[] whole = Files.readAllBytes(NUMPY.resolve("floats.npy"));
    Path bad = folder.resolve("bad.npy");
    for (int length : new int[] {0, 5, 7, 9, 60, whole.length - 1}) {
      Files.write(bad, Arrays.copyOf(whole, length));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Npy.load(bad))
          .withMessageContaining("bad.npy");
    }
    String text = new String(whole, StandardCharsets.ISO_8859_1);
    for (String shape : List.of("(9999999999, 3)", "(65536, 65536, 65536)", "(2, 99)")) {
      String other = text.replace("(2, 3), }" + " ".repeat(shape.length() - 6), shape + ", }");
      assertThat(other).contains(shape);
      Files.write(bad, other.getBytes(StandardCharsets.ISO_8859_1));
      assertThatIllegalArgumentException().isThrownBy(() -> Npy.load(bad));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Npz.load(NUMPY.resolve("floats.npy")))
        .withMessageContaining("no .npz file");
    assertThatThrownBy(() -> Npy.load(folder.resolve("none.npy")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("none.npy");
  }

  @Test
  void refusesEveryMutantOrReadsIt() throws IOException {
    Random random = new Random(4);
    byte[] npz = Files.readAllBytes(NUMPY.resolve("small.npz"));
    byte[] npy = Files.readAllBytes(NUMPY.resolve("version2.npy"));
    int mutants = Integer.getInteger("fuzz.mutants", 600);
    int refused = 0;
    for (int i = 0; i < mutants; i++) {
      byte[] mutant = (i % 2 == 0 ? npz : npy).clone();
      for (int k = random.nextInt(4); k >= 0; k--) {
        mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
      }
      Path file = folder.resolve("mutant");
      Files.write(file, mutant);
      try {
        assertThat(i % 2 == 0 ? Npz.load(file) : Npy.load(file)).isNotNull();
      } catch (IllegalArgumentException | UncheckedIOException e) {
        assertThat(e).hasMessageContaining("mutant");
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void believesNoSizeOfAnEntry() throws IOException {
    Path file = folder.resolve("lies.npz");
    String header = "{'descr': '<f8', 'fortran_order': False, 'shape': (900000000,), }\n";
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("x.npy"));
      zip.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
      zip.write(new byte[] {(byte) header.length(), 0});
      zip.write(header.getBytes(StandardCharsets.ISO_8859_1));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Npz.load(file))
        .withMessageContaining("lies.npz, x.npy: the array is cut off.");
  }
}
