package keras.layers;

import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import keras.models.Sequential;
import keras.testing.Golden;
import keras.utils.FloatArrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.NdArray;

/** Layers that read strings and whole numbers, against what Keras makes of the same data. */
class PreprocessingTest {

  private static final Golden CASES = Golden.load("preprocessing/cases");
  private static final Golden MOMENTS = Golden.load("preprocessing/moments");
  private static final ObjectMapper JSON = new ObjectMapper();

  private static List<String> cases() {
    return CASES.keys();
  }

  private static DataLayer<?> layer(Golden each) {
    String text = each.text("layer");
    Map<?, ?> config = JSON.convertValue(each.at("config").json(), Map.class);
    return (DataLayer<?>)
        Layers.deserialize(
            Map.of("class_name", text.substring(0, text.indexOf('(')), "config", config));
  }

  /** The arrays of a case: of strings, or of whole numbers of any size. */
  private static Object data(JsonNode given) {
    if (given.isTextual()) {
      return given.asText();
    }
    if (given.isNumber()) {
      return given.asLong();
    }
    List<Object> all = new ArrayList<>();
    given.forEach(each -> all.add(data(each)));
    return all.toArray();
  }

  private static void adapt(DataLayer<?> layer, Object data) {
    if (layer instanceof TextVectorization text) {
      text.adapt(data);
    } else {
      ((IndexLookup<?, ?>) layer).adapt(data);
    }
  }

  private static List<?> vocabulary(DataLayer<?> layer, boolean special) {
    return layer instanceof TextVectorization text
        ? text.getVocabulary(special)
        : ((IndexLookup<?, ?>) layer).getVocabulary(special);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void readsWhatKerasReads(String name) {
    Golden each = CASES.at(name);
    DataLayer<?> layer = layer(each);
    if (each.has("adapted")) {
      adapt(layer, data(each.json().get("adapted")));
    }
    if (each.has("vocabulary")) {
      assertThat(JSON.<JsonNode>valueToTree(vocabulary(layer, true)).toString())
          .isEqualTo(each.json().get("vocabulary").toString());
      assertThat(JSON.<JsonNode>valueToTree(vocabulary(layer, false)).toString())
          .isEqualTo(each.json().get("tokens").toString());
    }
    assertThat(JSON.<JsonNode>valueToTree(layer.getConfig()).toString())
        .isEqualTo(each.json().get("config").toString());
    Object data = data(each.json().get("data"));
    Object given = layer instanceof HashedCrossing ? Arrays.asList((Object[]) data) : data;
    if (each.has("error")) {
      assertThatThrownBy(() -> layer.apply(given)).isInstanceOf(IllegalArgumentException.class);
    } else {
      assertThatArray(layer.apply(given)).isCloseTo(each.array("y"));
    }
  }

  @Test
  void goesBackFromPlacesToTokens() {
    Golden golden = Golden.load("preprocessing/inverted");
    int[][] places = {{0, 1}, {2, 3}, {4, 0}};
    StringLookup words = new StringLookup().invert(true).vocabulary("b", "a");
    StringLookup masked = new StringLookup().maskToken("").invert(true).vocabulary("b", "a");
    IntegerLookup numbers = new IntegerLookup().numOovIndices(2).invert(true).vocabulary(10, -3);
    assertThat(scalars(words.applyInverted(places)).toString())
        .isEqualTo(golden.json().get("strings").toString());
    assertThat(scalars(masked.applyInverted(places)).toString())
        .isEqualTo(golden.json().get("masked").toString());
    assertThat(scalars(numbers.applyInverted(places)).toString())
        .isEqualTo(golden.json().get("numbers").toString());
    assertThatThrownBy(() -> words.apply("a"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("applyInverted");
    assertThatThrownBy(() -> new StringLookup().vocabulary("a").applyInverted(places))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("invert(true)");
  }

  private static JsonNode scalars(NdArray<?> array) {
    List<Object> values = new ArrayList<>();
    array.scalars().forEach(scalar -> values.add(scalar.getObject()));
    return JSON.valueToTree(values);
  }

  @Test
  void normalizesByMeansAndVariancesOfArraysAndOfBatches() {
    FloatNdArray data = MOMENTS.array("data");
    List<FloatNdArray> batches = batches(data, 4, 2, 3);
    Golden all = MOMENTS.at("normalization");
    for (String key : all.keys()) {
      Golden each = all.at(key);
      int[] axis = Arrays.stream(each.longs("axis")).mapToInt(Math::toIntExact).toArray();
      Normalization whole = new Normalization().axis(axis);
      Normalization parts = new Normalization().axis(axis);
      whole.adapt(data);
      parts.adapt(batches);
      for (int i = 0; i < 2; i++) {
        assertThatArray(whole.getWeights().get(i)).isCloseTo(each.arrays("weights").get(i));
        assertThatArray(parts.getWeights().get(i)).isCloseTo(each.arrays("parts").get(i));
      }
      try (Sequential model = new Sequential(new Input(Input.shape(2, 3)), whole)) {
        assertThatArray(model.predict(FloatArrays.gather(data, 0, 1))).isCloseTo(each.array("y"));
      }
    }
  }

  private static List<FloatNdArray> batches(FloatNdArray data, int... sizes) {
    List<FloatNdArray> batches = new ArrayList<>();
    int from = 0;
    for (int size : sizes) {
      int start = from;
      int[] rows = new int[size];
      Arrays.setAll(rows, i -> start + i);
      batches.add(FloatArrays.gather(data, rows));
      from += size;
    }
    return batches;
  }

  @Test
  void findsBinsThatHoldAboutAsManyNumbersEach() {
    FloatNdArray many = MOMENTS.array("many");
    Golden all = MOMENTS.at("discretization");
    for (String key : all.keys()) {
      Golden each = all.at(key);
      int bins = each.json().get("bins").asInt();
      double epsilon = each.json().get("epsilon").asDouble();
      Discretization whole = new Discretization().numBins(bins).epsilon(epsilon);
      Discretization parts = new Discretization().numBins(bins).epsilon(epsilon);
      Discretization few = new Discretization().numBins(bins).epsilon(epsilon);
      whole.adapt(many);
      parts.adapt(batches(many, 700, 1300, 1000));
      few.adapt(MOMENTS.array("data"));
      assertBoundaries(whole, each, "whole");
      assertBoundaries(parts, each, "parts");
      assertBoundaries(few, each, "few");
    }
  }

  private static void assertBoundaries(Discretization layer, Golden each, String key) {
    List<?> found = (List<?>) layer.getConfig().get("bin_boundaries");
    float[] boundaries = new float[found.size()];
    for (int i = 0; i < boundaries.length; i++) {
      boundaries[i] = ((Double) found.get(i)).floatValue();
    }
    if (boundaries.length == 0) {
      assertThat(each.json().get(key)).isEmpty();
    } else {
      assertThatArray(boundaries).as(key).isCloseTo(each.floats(key));
    }
  }

  @Test
  void takesFunctionsForStandardizeAndSplit() {
    TextVectorization text =
        new TextVectorization()
            .standardize(given -> given.replace("<br />", " ").toUpperCase(java.util.Locale.ROOT))
            .split(given -> List.of(given.split("[ -]")));
    text.adapt(List.of("a-b<br />c", "B A"));
    assertThat(text.getVocabulary()).containsExactly("", "[UNK]", "B", "A", "C");
    assertThatArray(text.apply("c-a d")).isCloseTo(4, 3, 1);
    assertThatThrownBy(() -> TextVectorization.fromConfig(config(text.getConfig())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a function of Python");
  }

  private static keras.utils.Config config(Map<String, Object> arguments) {
    return keras.utils.Config.of("TextVectorization", arguments);
  }

  @Test
  void saysWhatIsWrongWithAVocabulary() {
    assertThatThrownBy(() -> new StringLookup().vocabulary("a", "b", "a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("twice", "a");
    assertThatThrownBy(() -> new StringLookup().maskToken("").vocabulary("a", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("out of place");
    assertThatThrownBy(() -> new StringLookup().maxTokens(2).vocabulary("a", "b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("at most 2", "3");
    assertThatThrownBy(() -> new StringLookup().vocabulary())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("empty");
    assertThatThrownBy(() -> new StringLookup().outputMode("tf_idf").vocabulary("a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("weight");
    StringLookup given = new StringLookup().vocabulary("a");
    assertThatThrownBy(() -> given.adapt(List.of("b")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("vocabulary");
    assertThatThrownBy(() -> new StringLookup().outputMode("count").apply("a"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("adapt");
    assertThatThrownBy(() -> new StringLookup().numOovIndices(0).vocabulary("a").apply("b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("numOovIndices(1)");
  }

  @Test
  void saysWhatItCannotRead() {
    assertThatThrownBy(() -> new Hashing(3).apply(new double[] {0.5}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("whole number");
    assertThatThrownBy(() -> new StringLookup().vocabulary("a").apply(new int[] {1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("IntegerLookup");
    assertThatThrownBy(() -> new IntegerLookup().vocabulary(3).apply("a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("StringLookup");
    assertThatThrownBy(() -> new Hashing(3).apply(new String[][] {{"a"}, {"b", "c"}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ragged");
    assertThatThrownBy(() -> new TextVectorization().apply(new String[][] {{"a", "b"}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one text");
    assertThatThrownBy(() -> new HashedCrossing(3).apply(List.of("a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two or more");
    assertThatThrownBy(() -> new HashedCrossing(3).apply(List.of(new int[] {1, 2}, new int[] {1})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("same shape");
  }
}
