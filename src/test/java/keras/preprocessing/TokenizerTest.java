package keras.preprocessing;

import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import keras.testing.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TokenizerTest {

  private static final Golden KERAS = Golden.load("helpers/tokenizers");

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(each -> texts.add(each.textValue()));
    return texts;
  }

  private static List<String> fitted() {
    return texts(KERAS.json().get("texts"));
  }

  private static List<String> all() {
    List<String> all = new ArrayList<>(fitted());
    all.addAll(texts(KERAS.json().get("other_texts")));
    return all;
  }

  private static Map<String, Integer> counts(JsonNode pairs) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    pairs.forEach(pair -> counts.put(pair.get(0).textValue(), pair.get(1).intValue()));
    return counts;
  }

  private static List<Golden> cases() {
    return KERAS.all("cases");
  }

  private static Tokenizer tokenizer(Golden arguments) {
    Tokenizer tokenizer = new Tokenizer();
    if (arguments.has("num_words")) {
      tokenizer.numWords((int) arguments.integer("num_words"));
    }
    if (arguments.has("oov_token")) {
      tokenizer.oovToken(arguments.text("oov_token"));
    }
    if (arguments.has("lower")) {
      tokenizer.lower(arguments.bool("lower"));
    }
    if (arguments.has("char_level")) {
      tokenizer.charLevel(arguments.bool("char_level"));
    }
    if (arguments.has("filters")) {
      tokenizer.filters(arguments.text("filters"));
    }
    if (arguments.has("split")) {
      tokenizer.split(arguments.text("split"));
    }
    tokenizer.fitOnTexts(fitted());
    return tokenizer;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void countsAndNumbersAsKerasDoes(Golden expected) {
    Tokenizer tokenizer = tokenizer(expected.at("arguments"));

    assertThat(tokenizer.wordIndex()).isEqualTo(counts(expected.json().get("word_index")));
    assertThat(tokenizer.wordCounts().entrySet())
        .containsExactlyElementsOf(counts(expected.json().get("word_counts")).entrySet());
    assertThat(tokenizer.wordDocs()).isEqualTo(counts(expected.json().get("word_docs")));
    List<int[]> sequences = tokenizer.textsToSequences(all());
    JsonNode wanted = expected.json().get("sequences");
    assertThat(sequences).hasSize(wanted.size());
    for (int i = 0; i < sequences.size(); i++) {
      JsonNode row = wanted.get(i);
      assertThat(sequences.get(i))
          .containsExactly(
              IntStream.range(0, row.size()).map(k -> row.get(k).intValue()).toArray());
    }
    for (String mode : List.of("binary", "count", "freq", "tfidf")) {
      assertThatArray(tokenizer.textsToMatrix(all(), mode)).isCloseTo(expected.array(mode));
    }
    sequences.add(new int[] {0, 999});
    assertThat(tokenizer.sequencesToTexts(sequences))
        .isEqualTo(texts(expected.json().get("texts")));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void readsKerassFormAndWritesIt(Golden expected) throws Exception {
    Tokenizer own = tokenizer(expected.at("arguments"));
    Tokenizer read = Tokenizer.fromJson(expected.text("json"));

    assertThat(read.wordIndex()).isEqualTo(own.wordIndex());
    assertThat(read.indexWord()).isEqualTo(own.indexWord());
    assertThat(read.documentCount()).isEqualTo(own.documentCount());
    assertThat(read.textsToSequences(all()).stream().map(int[]::clone).toList())
        .usingRecursiveComparison()
        .isEqualTo(own.textsToSequences(all()));
    assertThatArray(read.textsToMatrix(all(), "tfidf"))
        .isCloseTo(own.textsToMatrix(all(), "tfidf"));
    ObjectMapper mapper = new ObjectMapper();
    JsonNode written = mapper.readTree(own.toJson());
    JsonNode keras = mapper.readTree(expected.text("json"));
    keras
        .get("config")
        .properties()
        .forEach(
            entry -> {
              JsonNode found = written.get("config").get(entry.getKey());
              if (List.of("word_counts", "word_index").contains(entry.getKey())) {
                assertThat(json(found)).isEqualTo(json(entry.getValue()));
              } else if (!entry.getValue().isTextual() || !entry.getKey().contains("_")) {
                assertThat(found).as(entry.getKey()).isEqualTo(entry.getValue());
              }
            });
  }

  private static JsonNode json(JsonNode text) {
    try {
      return new ObjectMapper().readTree(text.textValue());
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void takesTextsApartAsKerasDoes() {
    List<String> texts = fitted();
    for (int i = 0; i < texts.size(); i++) {
      assertThat(Tokenizer.textToWordSequence(texts.get(i)))
          .isEqualTo(texts(KERAS.json().get("words").get(i)));
      JsonNode hashed = KERAS.json().get("hashed").get(i);
      assertThat(Tokenizer.hashingTrick(texts.get(i), 50))
          .containsExactly(
              IntStream.range(0, hashed.size()).map(k -> hashed.get(k).intValue()).toArray());
    }
  }

  @Test
  void countsDocumentsOfNumbers() {
    Tokenizer tokenizer = new Tokenizer().numWords(5);
    tokenizer.fitOnSequences(List.of(new int[] {1, 2, 2}, new int[] {2, 4}, new int[] {1}));

    assertThatArray(
            tokenizer.sequencesToMatrix(
                List.of(new int[] {1, 2, 2, 7}, new int[] {4}, new int[0]), "tfidf"))
        .isCloseTo(KERAS.array("tfidf_of_sequences"));
  }

  @Test
  void usesAnAnalyzerInPlaceOfItsOwn() {
    Tokenizer tokenizer = new Tokenizer().analyzer(text -> List.of(text.split("\\|")));
    tokenizer.fitOnTexts(List.of("New York|Rome", "Rome"));

    assertThat(tokenizer.wordIndex()).containsEntry("Rome", 1).containsEntry("New York", 2);
  }

  @Test
  void saysWhatIsWrong() {
    Tokenizer empty = new Tokenizer();
    assertThatThrownBy(() -> empty.textsToMatrix(List.of("a"), "binary"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("call fitOnTexts, or set numWords");
    assertThatThrownBy(() -> empty.textsToMatrix(List.of("a"), "tf-idf"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[binary, count, freq, tfidf]");
    assertThatThrownBy(() -> new Tokenizer().numWords(9).textsToMatrix(List.of("a"), "tfidf"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("in how many documents");
    assertThatThrownBy(() -> Tokenizer.fromJson("{\"class_name\": \"Tokenizer\"}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("config");
    assertThatThrownBy(() -> new Tokenizer().split("")).hasMessageContaining("charLevel(true)");
  }
}
