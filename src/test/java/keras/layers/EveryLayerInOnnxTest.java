package keras.layers;

import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import keras.internal.config.Json;
import keras.models.Model;
import keras.testing.Golden;
import keras.testing.OnnxSession;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;

/**
 * Every case of {@code testdata/layer_cases.py} in ONNX Runtime: what {@code predict} gives, which
 * other tests hold to Keras.
 */
class EveryLayerInOnnxTest {

  /** The number that masked timesteps are set to, for a Masking in front of the layer. */
  private static final float MASKED = -9;

  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> givesWhatPredictGives() {
    String only = System.getProperty("layers.only", "");
    List<DynamicTest> tests = new ArrayList<>();
    for (String file : files()) {
      Golden cases = Golden.load("layers/" + file).at("cases");
      if (file.contains(only)) {
        for (String name : cases.sample()) {
          Golden golden = cases.at(name);
          String test = file + ": " + name;
          tests.add(DynamicTest.dynamicTest(test, () -> check(golden, file, false)));
          if (leavesOpen(golden)) {
            String open = test + ", sizes open";
            tests.add(DynamicTest.dynamicTest(open, () -> check(golden, file, true)));
          }
        }
      }
    }
    assertThat(tests).isNotEmpty();
    return tests.stream();
  }

  private static List<String> files() {
    try (Stream<Path> files = Files.list(Path.of("testdata/layers"))) {
      return files
          .map(file -> file.getFileName().toString().replace(".json", ""))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the case has a single input with more sizes that are not known than the batch. */
  private static boolean leavesOpen(Golden golden) {
    return opened(golden) > 1 && !golden.all("runs").get(0).has("others");
  }

  /** Returns how many sizes in a row a case leaves open, the batch first. */
  private static int opened(Golden golden) {
    int count = 0;
    for (JsonNode size : golden.at("input_shape").json()) {
      if (!size.isNull()) {
        break;
      }
      count++;
    }
    return count;
  }

  private void check(Golden golden, String file, boolean open) {
    String python = golden.text("layer");
    Map<String, Object> config = Json.read(file, golden.at("config").json().toString());
    Layer<?> layer =
        Layers.deserialize(
            Map.of("class_name", python.substring(0, python.indexOf('(')), "config", config));
    Golden run = golden.all("runs").get(0);
    List<FloatNdArray> given = new ArrayList<>(List.of(run.array("x")));
    given.addAll(run.has("others") ? run.arrays("others") : List.of());
    Set<String> call = new TreeSet<>();
    if (run.has("call")) {
      run.at("call").json().forEach(name -> call.add(name.asText()));
    }
    boolean fixed = golden.at("config").json().toString().contains("\"stateful\":true");
    List<KerasTensor> inputs = new ArrayList<>();
    given.forEach(
        each ->
            inputs.add(
                new Input(fixed ? each.shape() : open(each, open ? opened(golden) : 1)).tensor()));
    List<KerasTensor> called = new ArrayList<>(inputs);
    KerasTensor mask = call.contains("attention_mask") ? called.remove(called.size() - 1) : null;
    KerasTensor counts = call.contains("count_weights") ? called.remove(called.size() - 1) : null;
    if (mask != null) {
      truths(given.get(given.size() - 1));
    }
    if (run.has("mask") && given.get(0).rank() == 3) {
      called.set(0, new Masking().maskValue(MASKED).call(called.get(0)));
      hide(given.get(0), run.array("mask"));
    }
    List<KerasTensor> outputs =
        layer.callAll(
            called,
            c ->
                c.attentionMask(mask)
                    .countWeights(counts)
                    .useCausalMask(call.contains("use_causal_mask"))
                    .returnAttentionScores(call.contains("return_attention_scores"))
                    .reverse(call.contains("reverse")));
    try (Model model = new Model(inputs, outputs)) {
      layer.setWeights(golden.all("weights").stream().map(each -> each.array("value")).toList());
      Path path = folder.resolve("layer.onnx");
      model.export(path, o -> o.format("onnx"));
      List<FloatNdArray> expected =
          given.size() == 1
              ? model.predictOnBatchAll(given.get(0))
              : model.predictOnBatchAll(given);
      try (OnnxSession session = OnnxSession.load(path)) {
        List<FloatNdArray> found = session.run(given);
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.size(); i++) {
          assertThatArray(found.get(i)).as("output %s", i).isCloseTo(expected.get(i));
        }
      }
    }
  }

  /** Returns a shape whose first sizes are not known. */
  private static Shape open(FloatNdArray array, int count) {
    long[] sizes = array.shape().asArray().clone();
    Arrays.fill(sizes, 0, count, Shape.UNKNOWN_SIZE);
    return Shape.of(sizes);
  }

  private static void truths(FloatNdArray array) {
    array.scalars().forEach(each -> each.setFloat(each.getFloat() > 0 ? 1 : 0));
  }

  private static void hide(FloatNdArray sequences, FloatNdArray mask) {
    mask.scalars()
        .forEachIndexed(
            (place, now) -> {
              if (now.getFloat() == 0) {
                sequences.get(place).scalars().forEach(each -> each.setFloat(MASKED));
              }
            });
  }
}
