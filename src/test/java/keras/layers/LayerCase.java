package keras.layers;

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
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;

/** A case of {@code testdata/layer_cases.py} as a model, with data for its inputs. */
final class LayerCase implements AutoCloseable {

  /** The number that masked timesteps are set to, for a Masking in front of the layer. */
  private static final float MASKED = -9;

  private final Model model;
  private final List<FloatNdArray> given;

  /**
   * Makes the model.
   *
   * @param file the name of the file of cases, for messages
   * @param open whether sizes that the case leaves open are left open here, besides the batch
   */
  LayerCase(Golden golden, String file, boolean open) {
    String python = golden.text("layer");
    Map<String, Object> config = Json.read(file, golden.at("config").json().toString());
    Layer<?> layer =
        Layers.deserialize(
            Map.of("class_name", python.substring(0, python.indexOf('(')), "config", config));
    Golden run = golden.all("runs").get(0);
    given = new ArrayList<>(List.of(run.array("x")));
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
    model = new Model(inputs, outputs);
    layer.setWeights(golden.all("weights").stream().map(each -> each.array("value")).toList());
  }

  /** The files of cases, without their ends. */
  static List<String> files() {
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
  static boolean leavesOpen(Golden golden) {
    return opened(golden) > 1 && !golden.all("runs").get(0).has("others");
  }

  Model model() {
    return model;
  }

  List<FloatNdArray> given() {
    return given;
  }

  /** Returns what the model gives. */
  List<FloatNdArray> predicted() {
    return given.size() == 1
        ? model.predictOnBatchAll(given.get(0))
        : model.predictOnBatchAll(given);
  }

  @Override
  public void close() {
    model.close();
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
