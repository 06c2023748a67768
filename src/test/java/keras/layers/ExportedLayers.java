package keras.layers;

import java.io.IOException;
import java.nio.file.Path;
import keras.testing.Golden;
import keras.testing.OnnxAnswers;

/**
 * Exports the cases of {@code testdata/layer_cases.py} to ONNX, for {@code testdata/export.py}: a
 * share of them, or all with {@code golden.share} 1.
 */
final class ExportedLayers {

  private ExportedLayers() {}

  /**
   * Writes models and their answers.
   *
   * @param args a folder
   */
  public static void main(String... args) throws IOException {
    OnnxAnswers answers = new OnnxAnswers(Path.of(args[0]));
    for (String file : LayerCase.files()) {
      Golden cases = Golden.load("layers/" + file).at("cases");
      for (String name : cases.sample()) {
        try (LayerCase each = new LayerCase(cases.at(name), file, false)) {
          answers.add(file + ": " + name, each.model(), each.given(), each.predicted());
        }
      }
    }
    answers.write();
  }
}
