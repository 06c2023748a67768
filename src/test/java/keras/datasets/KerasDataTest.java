package keras.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import keras.testing.Golden;
import keras.utils.FloatArrays;
import keras.utils.TrainTestSplit;
import keras.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.FloatNdArray;

class KerasDataTest {
  private static final Path FILES = Path.of("testdata", "keras_data");
  private static final Golden EXPECTED = Golden.load("keras_data/expected");

  @TempDir private Path folder;

  static List<String> imdb() {
    return EXPECTED.at("imdb").keys();
  }

  static List<String> reuters() {
    return EXPECTED.at("reuters").keys();
  }

  @ParameterizedTest
  @MethodSource("imdb")
  void reviewsAreKerass(String name) {
    Golden expected = EXPECTED.at("imdb").at(name);
    ImdbOptions options = set(new ImdbOptions(), expected.at("options").json());

    WordSequences data = Imdb.load(FILES.resolve("imdb.npz"), options);

    assertTexts(data, expected);
  }

  @ParameterizedTest
  @MethodSource("reuters")
  void newswiresAreKerass(String name) {
    Golden expected = EXPECTED.at("reuters").at(name);
    JsonNode given = expected.at("options").json();
    ReutersOptions options = set(new ReutersOptions(), given);
    if (given.has("test_split")) {
      options.testSplit(given.get("test_split").asDouble());
    }

    WordSequences data = Reuters.load(FILES.resolve("reuters.npz"), options);

    assertTexts(data, expected);
  }

  private static <S extends WordSequencesOptions<S>> S set(S options, JsonNode given) {
    if (given.has("num_words")) {
      options.numWords(given.get("num_words").asInt());
    }
    if (given.has("skip_top")) {
      options.skipTop(given.get("skip_top").asInt());
    }
    if (given.has("maxlen")) {
      options.maxlen(given.get("maxlen").asInt());
    }
    if (given.has("seed")) {
      options.seed(given.get("seed").asLong());
    }
    if (given.has("index_from")) {
      options.indexFrom(given.get("index_from").asInt());
    }
    if (given.has("oov_char")) {
      options.oovChar(integer(given.get("oov_char")));
    }
    if (given.has("start_char")) {
      options.startChar(integer(given.get("start_char")));
    }
    return options;
  }

  private static Integer integer(JsonNode value) {
    return value.isNull() ? null : Integer.valueOf(value.asInt());
  }

  private static void assertTexts(WordSequences data, Golden expected) {
    assertThat(data.xTrain()).containsExactly(rows(expected.json().get("x_train")));
    assertThat(data.xTest()).containsExactly(rows(expected.json().get("x_test")));
    assertThat(FloatArrays.values(data.yTrain())).containsExactly(expected.floats("y_train"));
    assertThat(FloatArrays.values(data.yTest())).containsExactly(expected.floats("y_test"));
  }

  private static int[][] rows(JsonNode lists) {
    int[][] rows = new int[lists.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new int[lists.get(i).size()];
      for (int j = 0; j < rows[i].length; j++) {
        rows[i][j] = lists.get(i).get(j).asInt();
      }
    }
    return rows;
  }

  @Test
  void textsBecomeArraysByPadding() {
    WordSequences data = Imdb.load(FILES.resolve("imdb.npz"), new ImdbOptions());

    FloatNdArray x = Utils.padSequences(data.xTrain(), o -> o.maxlen(5));

    assertThat(x.shape().asArray()).containsExactly(data.xTrain().size(), 5);
    int[] first = data.xTrain().get(0);
    assertThat(x.getFloat(0, 4)).isEqualTo(first[first.length - 1]);
  }

  @Test
  void digitsAndClothesAreKerass() {
    assertArrays(Mnist.load(FILES.resolve("mnist.npz")), "mnist");
    assertArrays(FashionMnist.load(FILES::resolve), "fashion_mnist");
  }

  @Test
  void housesAreKerass() {
    Path boston = FILES.resolve("boston_housing.npz");
    assertArrays(new HousingOptions("any").testSplit(0.3).seed(9).load(boston), "boston_housing");
    Path california = FILES.resolve("california_housing.npz");
    assertArrays(new HousingOptions("any").load(california), "california_housing");
    assertArrays(
        new HousingOptions("any").version("small").testSplit(0).load(california),
        "california_small");
  }

  private static void assertArrays(TrainTestSplit data, String name) {
    Golden expected = EXPECTED.at(name);
    assertArray(data.xTrain(), expected.at("x_train"));
    assertArray(data.xTest(), expected.at("x_test"));
    assertThat(FloatArrays.values(data.yTrain())).containsExactly(expected.floats("y_train"));
    assertThat(FloatArrays.values(data.yTest())).containsExactly(expected.floats("y_test"));
  }

  private static void assertArray(FloatNdArray array, Golden expected) {
    assertThat(array.shape().asArray()).containsExactly(expected.at("shape").longs());
    float[] values = FloatArrays.values(array);
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    assertThat(sum).isEqualTo(expected.number("sum"));
    float[] first = expected.floats("first");
    assertThat(Arrays.copyOf(values, first.length)).containsExactly(first);
  }

  @Test
  void topicsHaveKerassNames() {
    assertThat(Reuters.getLabelNames())
        .containsExactlyElementsOf(
            EXPECTED.all("reuters_labels").stream().map(each -> each.json().asText()).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"harm.npz", "harm2.npz"})
  void runsNothingFromAFile(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Reuters.load(FILES.resolve(name), new ReutersOptions()))
        .withMessageContaining("x.npy: the file asks for a class that no array needs.")
        .withMessageContaining("posix.mkdir");
    assertThat(Path.of("harm")).doesNotExist();
  }

  @Test
  void refusesOtherObjects() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Reuters.load(FILES.resolve("floats.npz"), new ReutersOptions()))
        .withMessageContaining("which no array needs");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Reuters.load(FILES.resolve("dictionary.npz"), new ReutersOptions()))
        .withMessageContaining("which no array needs");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Imdb.load(FILES.resolve("reuters.npz"), new ImdbOptions()))
        .withMessageContaining("there is no array \"x_train\"")
        .withMessageContaining("[x, y]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Imdb.load(FILES.resolve("mnist.npz"), new ImdbOptions()))
        .withMessageContaining("these are no lists");
  }

  @Test
  void saysThatNoTextIsLeft() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Imdb.load(FILES.resolve("imdb.npz"), new ImdbOptions().maxlen(2)))
        .withMessageContaining("no text is left")
        .withMessageContaining("maxlen 2");
  }

  @Test
  void doesNotFillTheHeapWithOneListInManyPlaces() throws IOException {
    // A list of 100 numbers, appended again and again by two bytes each time.
    byte[] start = {(byte) 0x80, 4, ']', (byte) 0x94, '('};
    byte[] pickle = Arrays.copyOf(start, 100_000);
    int at = start.length;
    for (int i = 0; i < 100; i++) {
      pickle[at++] = 'K';
      pickle[at++] = 7;
    }
    pickle[at++] = 'e';
    pickle[at] = '.';
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new ListsReader("lists.npz, x.npy", 50).read(new ByteArrayInputStream(pickle)))
        .withMessageContaining("lists.npz, x.npy: the lists do not fit into the memory.");
  }

  @Test
  void refusesEveryMutantOrReadsIt() throws IOException {
    Random random = new Random(4);
    // Without compression, so that what changes is what is read.
    byte[] pickle = pickle();
    int mutants = Integer.getInteger("fuzz.mutants", 600);
    int refused = 0;
    for (int i = 0; i < mutants; i++) {
      byte[] mutant = pickle.clone();
      for (int k = random.nextInt(4); k >= 0; k--) {
        mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(NpyFormat.readLists("mutant", new ByteArrayInputStream(mutant))).isNotNull();
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageStartingWith("mutant: ");
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  private static byte[] pickle() throws IOException {
    return Npz.read(FILES.resolve("reuters.npz"), (where, content, size) -> content.readAllBytes())
        .get("x");
  }

  @Test
  void readsTheNumbersOfWords() throws IOException {
    Path file = folder.resolve("words.json");
    Files.writeString(file, "{\"the\": 1, \"and\": 2}");
    assertThat(WordIndex.read(file)).isEqualTo(Map.of("the", 1, "and", 2));
    Files.writeString(file, "{\"the\": [1]}");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WordIndex.read(file))
        .withMessageContaining("words.json: these are no numbers of words");
  }

  @Test
  void saysWhatIsWrongWithPicturesOfClothes() throws IOException {
    byte[] whole = Files.readAllBytes(FILES.resolve("train-images-idx3-ubyte.gz"));
    Path bad = folder.resolve("bad.gz");
    for (int length : new int[] {0, 8, 60, whole.length / 2, whole.length - 9}) {
      Files.write(bad, Arrays.copyOf(whole, length));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> FashionMnist.load(name -> bad))
          .withMessageContaining("bad.gz: this is not a file of Fashion-MNIST");
    }
    Path labels = FILES.resolve("train-labels-idx1-ubyte.gz");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FashionMnist.load(name -> labels))
        .withMessageContaining("another beginning");
  }
}
