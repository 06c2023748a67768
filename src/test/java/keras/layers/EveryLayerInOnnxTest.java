package keras.layers;

import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import keras.testing.Golden;
import keras.testing.OnnxSession;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * Every case of {@code testdata/layer_cases.py} in ONNX Runtime: what {@code predict} gives, which
 * other tests hold to Keras.
 */
class EveryLayerInOnnxTest {

  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> givesWhatPredictGives() {
    String only = System.getProperty("layers.only", "");
    List<DynamicTest> tests = new ArrayList<>();
    for (String file : LayerCase.files()) {
      Golden cases = Golden.load("layers/" + file).at("cases");
      if (file.contains(only)) {
        for (String name : cases.sample()) {
          Golden golden = cases.at(name);
          String test = file + ": " + name;
          tests.add(DynamicTest.dynamicTest(test, () -> check(golden, file, false)));
          if (LayerCase.leavesOpen(golden)) {
            String open = test + ", sizes open";
            tests.add(DynamicTest.dynamicTest(open, () -> check(golden, file, true)));
          }
        }
      }
    }
    assertThat(tests).isNotEmpty();
    return tests.stream();
  }

  private void check(Golden golden, String file, boolean open) {
    try (LayerCase each = new LayerCase(golden, file, open)) {
      Path path = folder.resolve("layer.onnx");
      each.model().export(path, o -> o.format("onnx"));
      List<FloatNdArray> expected = each.predicted();
      try (OnnxSession session = OnnxSession.load(path)) {
        List<FloatNdArray> found = session.run(each.given());
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.size(); i++) {
          assertThatArray(found.get(i)).as("output %s", i).isCloseTo(expected.get(i));
        }
      }
    }
  }
}
