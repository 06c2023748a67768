package keras.models;

import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import keras.layers.KerasTensor;
import keras.random.GlobalSeed;
import keras.testing.OnnxSession;
import keras.utils.Utils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.FloatNdArray;

/** The models of the scripts of {@code testdata/same_seed.py} in ONNX Runtime. */
class ScriptsInOnnxTest {

  @TempDir private Path folder;

  static Stream<SameSeedModels> scripts() {
    return Stream.concat(SameSeedModels.ALL.stream(), SameSeedGraphs.ALL.stream());
  }

  @AfterEach
  void forgetSeed() {
    GlobalSeed.unset();
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void giveWhatPredictGives(SameSeedModels script) {
    Utils.setRandomSeed(7);
    Path path = folder.resolve("model.onnx");
    try (Model model = script.build().get()) {
      List<FloatNdArray> given = given(model);
      model.export(path, o -> o.format("onnx"));
      List<FloatNdArray> expected = model.predictOnBatchAll(given);
      try (OnnxSession session = OnnxSession.load(path)) {
        List<FloatNdArray> found = session.run(given);
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.size(); i++) {
          assertThatArray(found.get(i)).as("output %s", i).isCloseTo(expected.get(i));
        }
      }
    }
  }

  /** Returns data for the inputs of a script's model. */
  static List<FloatNdArray> given(Model model) {
    List<FloatNdArray> given = new ArrayList<>();
    for (KerasTensor input : model.inputs()) {
      given.add(SameSeedModels.values(known(input.shape().asArray())));
    }
    return given;
  }

  /** Puts sizes where the shape leaves them open. */
  private static long[] known(long[] sizes) {
    long[] known = sizes.clone();
    for (int i = 0; i < known.length; i++) {
      known[i] = known[i] < 0 ? 4 : known[i];
    }
    return known;
  }
}
