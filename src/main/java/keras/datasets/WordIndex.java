package keras.datasets;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import keras.internal.messages.Errors;

/** The numbers of words, in a file of JSON. */
final class WordIndex {

  private WordIndex() {}

  static Map<String, Integer> read(Path file) {
    try {
      return new ObjectMapper().readValue(file.toFile(), new TypeReference<>() {});
    } catch (IOException e) {
      throw Errors.in(file.toString(), "these are no numbers of words, or the file is damaged.")
          .expected("JSON such as {\"the\": 1}")
          .got(e.getMessage())
          .fix("delete it, so that it is downloaded again")
          .argument();
    }
  }
}
