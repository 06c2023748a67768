package keras.models;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import keras.internal.messages.Errors;
import keras.layers.CallOptions;
import keras.layers.Input;
import keras.layers.KerasTensor;
import keras.layers.Layer;
import keras.layers.LayerAccess;
import keras.layers.Layers;
import keras.layers.Masking;
import keras.layers.Node;
import keras.utils.Config;
import org.tensorflow.ndarray.Shape;

/**
 * The configuration of a graph of layers: its layers, each with the calls of it. Keras: {@code
 * Functional.get_config} and {@code functional_from_config}.
 */
final class FunctionalConfig {

  private static final String TENSOR = "__keras_tensor__";

  /** The key of the losses of {@code addLoss}, which Keras does not read. */
  private static final String ADDED_LOSSES = "added_losses";

  /**
   * The number of a functional model's first call where it is an end of another model. Keras counts
   * a call of the model's own, which is in no file; in the arguments of calls only Keras 2 did so.
   */
  private static final int FIRST_CALL_OF_A_MODEL = 1;

  private FunctionalConfig() {}

  // ---- writing

  /** Adds layers, calls, inputs, outputs and added losses of a model. */
  static void write(
      Map<String, Object> config,
      LayerGraph graph,
      Structure in,
      Structure out,
      List<KerasTensor> losses) {
    Map<KerasTensor, List<Object>> places = new HashMap<>();
    for (Layer<?> layer : graph.layers()) {
      List<Node> calls = graph.nodes(layer);
      for (int i = 0; i < calls.size(); i++) {
        List<KerasTensor> outputs = calls.get(i).outputs();
        for (int k = 0; k < outputs.size(); k++) {
          places.put(outputs.get(k), List.of(layer.name(), i, k));
        }
      }
    }
    List<Object> layers = new ArrayList<>();
    for (Layer<?> layer : graph.layers()) {
      Map<String, Object> written = new LinkedHashMap<>(Layers.serialize(layer));
      written.put("name", layer.name());
      List<Object> calls = new ArrayList<>();
      for (Node node : graph.nodes(layer)) {
        if (!(layer instanceof Input)) {
          calls.add(LayerAccess.serializeCall(node, each -> tensor(each, places.get(each))));
        }
      }
      written.put("inbound_nodes", calls);
      layers.add(written);
    }
    config.put("layers", layers);
    config.put("input_layers", in.map(each -> end(each, places.get(each))));
    config.put("output_layers", out.map(each -> end(each, places.get(each))));
    if (!losses.isEmpty()) {
      config.put(ADDED_LOSSES, losses.stream().map(each -> end(each, places.get(each))).toList());
    }
  }

  private static List<Object> end(KerasTensor tensor, List<Object> place) {
    int call = (Integer) place.get(1) + firstCall(tensor.node().layer());
    return List.of(place.get(0), call, place.get(2));
  }

  private static int firstCall(Layer<?> layer) {
    return layer instanceof Model model && model.isFunctional() ? FIRST_CALL_OF_A_MODEL : 0;
  }

  private static Map<String, Object> tensor(KerasTensor tensor, List<Object> place) {
    Map<String, Object> config = new LinkedHashMap<>();
    List<Object> shape = new ArrayList<>();
    for (long size : tensor.shape().asArray()) {
      shape.add(size == Shape.UNKNOWN_SIZE ? null : (Object) size);
    }
    config.put("shape", shape);
    config.put("dtype", LayerAccess.outputDtype(tensor.node().layer()));
    config.put("keras_history", place);
    Map<String, Object> written = new LinkedHashMap<>();
    written.put("class_name", TENSOR);
    written.put("config", config);
    return written;
  }

  // ---- reading

  /** Returns a model of its configuration. */
  static Model read(Config config) {
    Reader reader = new Reader();
    Config known = Models.withModels(config);
    for (Config each : known.inners("layers")) {
      reader.add(each);
    }
    reader.call();
    Structure inputs = reader.structure(config, "input_layers");
    Structure outputs = reader.structure(config, "output_layers");
    Model model = config.placed(() -> new Model(inputs, outputs));
    config.text("name", model::name);
    if (config.given(ADDED_LOSSES)) {
      reader.structure(config, ADDED_LOSSES).tensors().forEach(model::addLoss);
    }
    config.bool("trainable", value -> reader.freeze(model, value));
    config.ignore("dtype");
    return model;
  }

  /** A layer that was read, and the calls of it. */
  private static final class Read {
    private final Config config;
    private final Layer<?> layer;
    private final List<Object> calls;
    private final List<List<KerasTensor>> made = new ArrayList<>();

    Read(Config config, Layer<?> layer, List<Object> calls) {
      this.config = config;
      this.layer = layer;
      this.calls = calls;
    }

    boolean isDone() {
      return made.size() == calls.size();
    }
  }

  /** The arguments of a call. */
  private static final class Call {
    private final List<KerasTensor> tensors = new ArrayList<>();
    private final Map<String, KerasTensor> namedMasks = new HashMap<>();
    private final List<KerasTensor> masks = new ArrayList<>();
    private final List<KerasTensor> attentionMask = new ArrayList<>();
    private final List<KerasTensor> countWeights = new ArrayList<>();
    private final Set<Object> flags = new HashSet<>();

    void set(CallOptions options) {
      options.mask(masks);
      options.queryMask(namedMasks.get("query_mask"));
      options.valueMask(namedMasks.get("value_mask"));
      options.keyMask(namedMasks.get("key_mask"));
      attentionMask.forEach(options::attentionMask);
      countWeights.forEach(options::countWeights);
      options.useCausalMask(flags.contains("use_causal_mask"));
      options.returnAttentionScores(flags.contains("return_attention_scores"));
      options.reverse(flags.contains("reverse"));
    }
  }

  private static final class Reader {
    private final Map<String, Read> layers = new LinkedHashMap<>();

    /** The places of tensors that a layer gives masks of. */
    private final Set<List<?>> maskedPlaces = new HashSet<>();

    private boolean takesMasksOff;

    void add(Config config) {
      List<Object> calls = new ArrayList<>();
      if (config.value("inbound_nodes") instanceof List<?> list) {
        calls.addAll(list);
      }
      Layer<?> layer = LayerAccess.unbuilt(config, calls.isEmpty() ? null : calls.get(0));
      String name = config.given("name") ? config.text("name") : layer.name();
      Read read = new Read(config, layer, calls);
      takesMasksOff |= LayerAccess.takesMasksOff(layer);
      if (layer instanceof Masking && !calls.isEmpty() && calls.get(0) instanceof Map<?, ?> call) {
        maskedPlaces.add(history(call.get("args")));
      }
      if (layer instanceof Input input) {
        calls.clear();
        calls.add(List.of());
        read.made.add(List.of(input.tensor()));
      }
      if (layers.put(name, read) != null) {
        throw config.wrong("name", "a name that no other layer of the model has");
      }
    }

    /** Makes the calls, each once the tensors are there that it needs, in Keras's order. */
    void call() {
      boolean more = true;
      while (more) {
        more = false;
        for (Read read : layers.values()) {
          while (!read.isDone() && callNext(read)) {
            more = true;
          }
        }
      }
      for (Read read : layers.values()) {
        if (!read.isDone()) {
          throw read.config.wrong(
              "inbound_nodes", "calls on tensors that other calls give, without a loop");
        }
        LayerAccess.build(read.layer, read.config);
      }
    }

    /** Makes the next call of a layer; tells whether its tensors are there. */
    private boolean callNext(Read read) {
      Call call = new Call();
      if (!collect(read, read.calls.get(read.made.size()), call)) {
        return false;
      }
      if (call.tensors.isEmpty()) {
        throw read.config.wrong("inbound_nodes", "a list of calls, each with tensors");
      }
      read.made.add(read.config.placed(() -> read.layer.callAll(call.tensors, call::set)));
      return true;
    }

    /** Collects the tensors of a call; tells whether all are there. */
    private boolean collect(Read read, Object value, Call call) {
      if (isPlace(value)) {
        List<?> place = (List<?>) value;
        return add(read, place, true, call.tensors)
            && (place.size() < 4 || collectNamed(read, place.get(3), call));
      }
      if (value instanceof List<?> list) {
        for (Object each : list) {
          if (!collect(read, each, call)) {
            return false;
          }
        }
      } else if (value instanceof Map<?, ?> map) {
        if (TENSOR.equals(map.get("class_name"))) {
          return map.get("config") instanceof Map<?, ?> config
              && isPlace(config.get("keras_history"))
              && add(read, (List<?>) config.get("keras_history"), false, call.tensors);
        }
        if (map.containsKey("args") && map.containsKey("kwargs")) {
          return collect(read, map.get("args"), call)
              && collectNamed(read, map.get("kwargs"), call);
        }
        Map<String, Object> sorted = new TreeMap<>();
        map.forEach((key, each) -> sorted.put(String.valueOf(key), each));
        return collect(read, new ArrayList<>(sorted.values()), call);
      }
      return true;
    }

    private boolean collect(Read read, Object value, List<KerasTensor> found) {
      Call given = new Call();
      boolean isThere = collect(read, value, given);
      found.addAll(given.tensors);
      return isThere;
    }

    /** Collects the arguments by name. */
    private boolean collectNamed(Read read, Object arguments, Call call) {
      if (!(arguments instanceof Map<?, ?> map)) {
        return true;
      }
      Map<String, Object> rest = new LinkedHashMap<>();
      map.forEach((key, value) -> rest.put(String.valueOf(key), value));
      rest.remove("training"); // Keras notes it, and overrides it in fit and predict.
      Object mask = rest.remove("mask");
      List<?> masks = mask instanceof List<?> list ? list : Arrays.asList(mask);
      boolean isGiven = masks.stream().anyMatch(this::isGiven);
      for (Object each : masks) {
        List<KerasTensor> found = new ArrayList<>();
        if (isGiven && each instanceof Map<?, ?> && !collect(read, each, found)) {
          return false;
        }
        call.masks.add(found.isEmpty() ? null : found.get(0));
      }
      for (String name : LayerAccess.namedMasks(read.layer)) {
        Object named = rest.remove(name);
        List<KerasTensor> found = new ArrayList<>();
        if (isGiven(named) && !collect(read, named, found)) {
          return false;
        }
        found.forEach(each -> call.namedMasks.put(name, each));
      }
      if (!collect(read, rest.remove("attention_mask"), call.attentionMask)
          || !collect(read, rest.remove("count_weights"), call.countWeights)) {
        return false;
      }
      rest.forEach(
          (key, value) -> {
            if (Boolean.TRUE.equals(value)) {
              call.flags.add(key);
            }
          });
      rest.keySet().removeIf(key -> key.endsWith("_mask"));
      for (String key : List.of("query", "value", "key")) {
        if (!collect(read, rest.remove(key), call)) {
          return false;
        }
      }
      return collect(read, rest, call);
    }

    /**
     * Tells whether a mask is one to give to the layer.
     *
     * <p>Keras notes the masks that it has found, too. Tensors bring them here, unless a layer
     * takes them off: what was called before that layer keeps them.
     */
    private boolean isGiven(Object mask) {
      return mask instanceof Map<?, ?> && (takesMasksOff || !isOfMasking(mask));
    }

    /** Tells whether a mask is one that Keras has computed of the input of a masking layer. */
    private boolean isOfMasking(Object mask) {
      List<?> place = history(mask);
      Read from = place == null ? null : layers.get(String.valueOf(place.get(0)));
      if (from == null || from.calls.isEmpty() || !(from.calls.get(0) instanceof Map<?, ?> call)) {
        return false;
      }
      List<?> source = history(call.get("args"));
      boolean masked = source != null && maskedPlaces.contains(source);
      return masked || (source != null && isOfMasking(call.get("args")));
    }

    /** Returns the place of the first tensor in the arguments of a call, or null. */
    private static List<?> history(Object value) {
      if (value instanceof List<?> list) {
        return list.isEmpty() ? null : history(list.get(0));
      }
      return value instanceof Map<?, ?> map
              && map.get("config") instanceof Map<?, ?> config
              && config.get("keras_history") instanceof List<?> place
          ? place
          : null;
    }

    /** Tells whether something is a layer's name, the number of a call and of an output. */
    private static boolean isPlace(Object value) {
      return value instanceof List<?> list
          && list.size() >= 3
          && list.size() <= 4
          && list.get(0) instanceof String
          && list.get(1) instanceof Number
          && list.get(2) instanceof Number;
    }

    private boolean add(Read read, List<?> place, boolean countsOwnCall, List<KerasTensor> found) {
      KerasTensor tensor = tensor(read.config, "inbound_nodes", place, countsOwnCall);
      if (tensor != null) {
        found.add(tensor);
      }
      return tensor != null;
    }

    /** Returns the tensor at a place, or null if the call is not made yet. */
    private KerasTensor tensor(Config config, String key, List<?> place, boolean countsOwnCall) {
      Read from = layers.get(String.valueOf(place.get(0)));
      if (from == null) {
        throw config.wrong(
            key, "names of the model's layers, which \"" + place.get(0) + "\" is not");
      }
      int first = countsOwnCall ? firstCall(from.layer) : 0;
      int call = ((Number) place.get(1)).intValue() - first;
      int output = ((Number) place.get(2)).intValue();
      boolean exists = call >= 0 && call < from.calls.size() && output >= 0;
      if (exists && call >= from.made.size()) {
        return null;
      }
      if (!exists || output >= from.made.get(call).size()) {
        throw config.wrong(key, "calls and outputs that " + from.layer + " has");
      }
      return from.made.get(call).get(output);
    }

    Structure structure(Config config, String key) {
      Object value = config.value(key);
      if (isPlace(value)) {
        return Structure.of(end(config, key, value));
      }
      if (value instanceof List<?> list && !list.isEmpty()) {
        return Structure.of(list.stream().map(each -> end(config, key, each)).toList());
      }
      if (value instanceof Map<?, ?> map && !map.isEmpty()) {
        Map<String, KerasTensor> named = new LinkedHashMap<>();
        map.forEach((name, each) -> named.put(String.valueOf(name), end(config, key, each)));
        return Structure.of(named);
      }
      throw config.wrong(key, "[layer, call, output], a list or a map of these");
    }

    private KerasTensor end(Config config, String key, Object place) {
      if (!isPlace(place)) {
        throw config.wrong(key, "[layer, call, output], a list or a map of these");
      }
      KerasTensor tensor = tensor(config, key, (List<?>) place, true);
      if (tensor == null) {
        throw config.wrong(key, "tensors of calls that are there");
      }
      return tensor;
    }

    /** Freezes a model that says so of itself; its layers say it for themselves. */
    void freeze(Model model, boolean trainable) {
      if (!trainable) {
        model.trainable(false);
      }
    }
  }

  /** Refuses tensors that a model cannot begin with or give. */
  static void check(Structure inputs, Structure outputs) {
    check("inputs", inputs.tensors());
    check("outputs", outputs.tensors());
    long different = inputs.tensors().stream().distinct().count();
    if (different != inputs.tensors().size()) {
      throw Errors.in("Model", "an input is there twice.")
          .expected("each input once")
          .got(inputs.tensors().size() + " inputs, " + different + " of them different")
          .fix("name each tensor once")
          .argument();
    }
  }

  private static void check(String argument, List<KerasTensor> tensors) {
    if (tensors.isEmpty() || tensors.contains(null)) {
      throw Errors.in("Model", argument + " are missing.")
          .expected("one tensor or more")
          .got(tensors.isEmpty() ? "none" : "null")
          .fix("new Model(inputs, outputs), with tensors that layer.call(...) returns")
          .argument();
    }
  }
}
