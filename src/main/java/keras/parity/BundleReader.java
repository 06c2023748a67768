package keras.parity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import keras.internal.files.Hdf5File;
import keras.internal.messages.Errors;
import keras.parity.Bundle.KerasLayer;
import keras.utils.Batch;
import org.tensorflow.ndarray.FloatNdArray;

/** Reads a bundle and refuses one that is not whole. */
final class BundleReader {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String FIX =
      "write the bundle anew with write_bundle from docs/porting-from-keras.md";
  private static final Pattern VERSION_3 = Pattern.compile("3\\.\\d+(\\.\\w+)*");

  private final Path path;
  private final Hdf5File file;

  private BundleReader(Path path, Hdf5File file) {
    this.path = path;
    this.file = file;
  }

  static Bundle read(Path path) {
    try (Hdf5File file = Hdf5File.open(path, FIX)) {
      return new BundleReader(path, file).read();
    }
  }

  private Bundle read() {
    String version = version();
    long iterations =
        file.attribute("", "iterations") instanceof Number number ? number.longValue() : 0;
    JsonNode model = config();
    List<Batch> batches = batches();
    return new Bundle(
        path,
        version,
        iterations,
        model.path("compile_config"),
        layers(model, "", batches.get(0).size()),
        batches,
        logs(batches.size()));
  }

  private String version() {
    Object version = file.attribute("", "keras_version");
    if (!(version instanceof String text)) {
      throw file.wrong(
          "attribute keras_version",
          "it is missing.",
          "the version of Keras, such as \"3.15.1\"",
          version == null ? "nothing" : version.getClass().getSimpleName());
    }
    if (!VERSION_3.matcher(text).matches()) {
      throw Errors.in(path + ", attribute keras_version", "this is no bundle of Keras 3.")
          .expected("a version 3, best " + Parity.KERAS_VERSION)
          .got(text)
          .fix("run the script with keras==" + Parity.KERAS_VERSION + " and write the bundle anew")
          .argument();
    }
    return text;
  }

  private JsonNode config() {
    String text = file.text("config");
    try {
      JsonNode model = JSON.readTree(text);
      if (model.path("config").path("layers").size() > 0) {
        return model;
      }
    } catch (JsonProcessingException e) {
      throw file.wrong("config", "this is no JSON.", "model.to_json()", e.getOriginalMessage());
    }
    throw file.wrong(
        "config",
        "this is no model of layers.",
        "model.to_json() of a model with layers",
        "others");
  }

  /** Returns the layers of a model, those of a model inside before it. */
  private List<KerasLayer> layers(JsonNode model, String path, int batchSize) {
    List<KerasLayer> layers = new ArrayList<>();
    for (JsonNode each : model.path("config").path("layers")) {
      String className = each.path("class_name").asText();
      JsonNode config = each.path("config");
      if (className.equals("InputLayer") || isOperation(each)) {
        continue;
      }
      String name = path + config.path("name").asText();
      String place = "layers/" + name.replace("/", "/layers/") + "/";
      if (!file.names(place + "layers").isEmpty()) {
        layers.addAll(layers(each, name + "/", batchSize));
      }
      List<FloatNdArray> outputs = all(place + "outputs", file::floats);
      if (outputs.isEmpty()) {
        throw file.wrong(
            place + "outputs/0", "it is missing.", "the output of the layer", "nothing");
      }
      for (int i = 0; i < outputs.size(); i++) {
        checkSamples(place + "outputs/" + i, outputs.get(i), batchSize);
      }
      layers.add(
          new KerasLayer(
              name,
              className,
              config,
              all(place + "weights", file::floats),
              all(place + "seeds", file::longs),
              outputs));
    }
    return layers;
  }

  /** Tells whether an entry is a function of keras.ops, which Keras does not call a layer. */
  private static boolean isOperation(JsonNode layer) {
    return layer.path("module").asText().startsWith("keras.src.ops");
  }

  private List<Batch> batches() {
    int count = count("x");
    if (count == 0) {
      throw file.wrong("x/0", "it is missing.", "at least one batch", "none");
    }
    List<Batch> batches = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<FloatNdArray> x = some("x/" + i);
      List<FloatNdArray> y = some("y/" + i);
      long samples = x.get(0).rank() == 0 ? -1 : x.get(0).shape().get(0);
      for (int k = 0; k < x.size(); k++) {
        checkSamples("x/" + i + "/" + k, x.get(k), samples);
      }
      for (int k = 0; k < y.size(); k++) {
        checkSamples("y/" + i + "/" + k, y.get(k), samples);
      }
      batches.add(new Batch(x, y, List.of()));
    }
    return batches;
  }

  private List<FloatNdArray> some(String place) {
    List<FloatNdArray> arrays = all(place, file::floats);
    if (arrays.isEmpty()) {
      throw file.wrong(place + "/0", "it is missing.", "an array", "nothing");
    }
    return arrays;
  }

  private Map<String, float[]> logs(int steps) {
    Map<String, float[]> logs = new LinkedHashMap<>();
    logs.put("loss", log("loss", steps));
    for (String name : file.names("logs")) {
      logs.computeIfAbsent(name, key -> log(key, steps));
    }
    return logs;
  }

  private float[] log(String name, int steps) {
    FloatNdArray log = file.floats("logs/" + name);
    if (log.rank() != 1 || log.size() != steps) {
      throw file.wrong(
          "logs/" + name,
          "its shape is not that of the batches.",
          Errors.shape(steps) + ", one value for each of x",
          Errors.shape(log.shape().asArray()));
    }
    return keras.utils.FloatArrays.values(log);
  }

  private void checkSamples(String place, FloatNdArray array, long samples) {
    if (array.rank() == 0 || array.shape().get(0) != samples || samples == 0) {
      throw file.wrong(
          place,
          "its shape is not that of the batch.",
          samples > 0 ? samples + " samples, as in x" : "(samples, ...)",
          Errors.shape(array.shape().asArray()));
    }
  }

  /** Returns the datasets of a group that are numbered from 0. */
  private <T> List<T> all(String place, Function<String, T> read) {
    List<T> all = new ArrayList<>();
    int count = count(place);
    for (int i = 0; i < count; i++) {
      all.add(read.apply(place + "/" + i));
    }
    return all;
  }

  private int count(String place) {
    List<String> names = file.names(place);
    for (int i = 0; i < names.size(); i++) {
      if (!names.contains(Integer.toString(i))) {
        throw file.wrong(place + "/" + i, "it is missing.", "numbers from 0 without a gap", names);
      }
    }
    return names.size();
  }
}
