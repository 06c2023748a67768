package keras.internal.files;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import keras.backend.Variable;
import keras.internal.weights.WeightGroup;

/**
 * A model, or only its weights, in the legacy format: one HDF5 file, in which Keras 2 kept models.
 * Configurations are attributes; arrays are at {@code model_weights/<layer>/<weight>}, and at
 * {@code optimizer_weights/<variable>}; lists of names say their order.
 */
public final class LegacyModel {

  private static final String WEIGHTS = "model_weights";
  private static final String OPTIMIZER = "optimizer_weights";
  private static final String TOP_LEVEL = "top_level_model_weights";

  private final Hdf5File file;
  private final String root;

  /**
   * A file that holds a model or weights.
   *
   * @param file the file
   * @throws IllegalArgumentException if it holds neither
   */
  public LegacyModel(Hdf5File file) {
    this.file = file;
    root = file.hasGroup(WEIGHTS) ? WEIGHTS : "";
    if (root.isEmpty() && file.texts("", "layer_names").isEmpty()) {
      throw file.wrong(
          "",
          "this is no model in the legacy format.",
          "a group " + WEIGHTS + ", or an attribute layer_names",
          file.names(""));
    }
  }

  /**
   * Returns the version of Keras that wrote the file.
   *
   * @return such as {@code "2.15.0"}
   * @throws IllegalArgumentException if it does not say, or says 1
   */
  public String kerasVersion() {
    Object version = writtenBy();
    if (!(version instanceof String text) || !text.matches("[23](\\..*)?")) {
      throw file.wrong(
          "attribute keras_version",
          "the file is not from a Keras that is known.",
          "version 2 or 3",
          version == null ? "nothing" : version);
    }
    return text;
  }

  /**
   * Returns the version of Keras that wrote the file, as the file says it.
   *
   * @return as a rule a text; null if it says nothing
   */
  public Object writtenBy() {
    Object version = file.attribute("", "keras_version");
    return version == null ? file.attribute(root, "keras_version") : version;
  }

  /**
   * Returns the layers.
   *
   * @return JSON
   * @throws IllegalArgumentException if the file holds weights only
   */
  public String modelConfig() {
    if (file.attribute("", "model_config") instanceof String text) {
      return text;
    }
    throw file.wrong(
        "attribute model_config",
        "it is missing: the file has no model.",
        "a file that model.save(path) wrote; model.loadWeights(path) reads weights alone",
        file.names(""));
  }

  /**
   * Returns the arguments that the model was compiled with.
   *
   * @return JSON, or null if it was not compiled
   */
  public String trainingConfig() {
    return file.attribute("", "training_config") instanceof String text ? text : null;
  }

  /**
   * Gives a model the weights of the file.
   *
   * @param model the model's weights
   * @param byName whether layers are found by their names, and not by their places
   * @param skipMismatch whether a layer that does not fit is left as it is
   * @throws IllegalArgumentException if something does not fit; nothing is changed then
   */
  public void load(WeightGroup model, boolean byName, boolean skipMismatch) {
    Assignment assignment = new Assignment(file.where(), skipMismatch);
    Map<String, List<String>> saved = new LinkedHashMap<>();
    for (String name : file.texts(root, "layer_names")) {
      List<String> places = places(joined(root, name));
      if (!places.isEmpty() || byName) {
        saved.put(name, places);
      }
    }
    List<WeightGroup> layers =
        model.parts().values().stream().filter(each -> byName || !all(each).isEmpty()).toList();
    if (byName) {
      for (WeightGroup layer : layers) {
        if (saved.containsKey(layer.name())) {
          assign(layer, layer.name(), saved.get(layer.name()), assignment);
        }
      }
    } else if (layers.size() != saved.size()) {
      assignment.mismatch(
          "the model",
          "layers with weights",
          layers.size() + " " + layers.stream().map(WeightGroup::name).toList(),
          saved.size() + " " + saved.keySet());
    } else {
      int next = 0;
      for (Map.Entry<String, List<String>> each : saved.entrySet()) {
        assign(layers.get(next++), each.getKey(), each.getValue(), assignment);
      }
    }
    List<String> topLevel = places(joined(root, TOP_LEVEL));
    if (!topLevel.isEmpty()) {
      assignment.mismatch("the model", "weights of its own", "none", topLevel.size());
    }
    assignment.apply();
  }

  private void assign(WeightGroup layer, String name, List<String> places, Assignment assignment) {
    List<Variable> variables = inOrder(layer);
    if (variables.size() == places.size()) {
      assignment.layer(layer.owner(), variables, file, places);
    } else {
      assignment.mismatch(
          layer.owner(),
          "all weights",
          variables.isEmpty() ? "none" : variables.size(),
          places.isEmpty() ? "none at " + name : places.size() + " at " + name);
    }
  }

  private List<String> places(String group) {
    List<String> names = file.texts(group, "weight_names");
    return names.stream().map(name -> joined(group, name)).toList();
  }

  /**
   * Tells how many variables of an optimizer the file has.
   *
   * @return 0 if the model was not trained
   */
  public int optimizerVariables() {
    return places(OPTIMIZER).size();
  }

  /**
   * Gives an optimizer its variables.
   *
   * @param owner the optimizer, for messages
   * @param variables in the order of the file, which may have more
   * @throws IllegalArgumentException if a shape does not fit; nothing is changed then
   */
  public void loadOptimizer(String owner, List<Variable> variables) {
    Assignment assignment = new Assignment(file.where(), false);
    List<String> places = places(OPTIMIZER).subList(0, variables.size());
    assignment.layer(owner, variables, file, places);
    assignment.apply();
  }

  /** Returns all weights in a group, in the order that the format has: frozen ones come last. */
  private static List<Variable> inOrder(WeightGroup layer) {
    return all(layer).stream()
        .sorted(Comparator.comparing(variable -> !variable.trainable()))
        .toList();
  }

  private static List<Variable> all(WeightGroup group) {
    // A weight may be one of a layer and of the layer inside.
    Set<Variable> all = new LinkedHashSet<>(group.weights());
    group.parts().values().forEach(part -> all.addAll(all(part)));
    return new ArrayList<>(all);
  }

  /**
   * Puts a model into a file.
   *
   * @param version the version of Keras that the file says
   * @param modelConfig JSON
   * @param trainingConfig JSON, or null for a model that is not compiled
   * @param model the model's weights
   * @param optimizer the optimizer's variables, or null
   * @return the file, to be written
   * @throws IllegalArgumentException if a configuration is longer than the format allows
   */
  public static Hdf5Writer written(
      String version,
      String modelConfig,
      String trainingConfig,
      WeightGroup model,
      WeightGroup optimizer) {
    Hdf5Writer file = new Hdf5Writer();
    for (String place : List.of("", WEIGHTS)) {
      file.attribute(place, "keras_version", version);
      file.attribute(place, "backend", "tensorflow");
    }
    file.attribute("", "model_config", modelConfig);
    if (trainingConfig != null) {
      file.attribute("", "training_config", trainingConfig);
    }
    List<String> layers = model.parts().values().stream().map(WeightGroup::name).toList();
    if (!layers.isEmpty()) {
      file.attribute(WEIGHTS, "layer_names", layers);
    }
    for (WeightGroup layer : model.parts().values()) {
      Map<Variable, String> names = new LinkedHashMap<>();
      addNames(names, model.name(), layer);
      write(file, joined(WEIGHTS, layer.name()), inOrder(layer), names);
    }
    file.group(joined(WEIGHTS, TOP_LEVEL));
    if (optimizer != null) {
      write(file, OPTIMIZER, optimizer.weights(), numbered(optimizer));
    }
    return file;
  }

  private static void write(
      Hdf5Writer file, String place, List<Variable> variables, Map<Variable, String> names) {
    file.group(place);
    if (!variables.isEmpty()) {
      file.attribute(place, "weight_names", variables.stream().map(names::get).toList());
      variables.forEach(variable -> file.put(joined(place, names.get(variable)), variable));
    }
  }

  /** Names as Keras's paths: a model inside of another one starts anew. */
  private static void addNames(Map<Variable, String> names, String path, WeightGroup group) {
    boolean model = group.parts().keySet().stream().anyMatch(key -> key.startsWith("layers/"));
    String own = model ? group.name() : joined(path, group.name());
    group.weights().forEach(weight -> names.put(weight, joined(own, weight.name())));
    group.parts().values().forEach(part -> addNames(names, own, part));
  }

  private static Map<Variable, String> numbered(WeightGroup optimizer) {
    Map<Variable, String> names = new LinkedHashMap<>();
    Set<String> taken = new HashSet<>();
    for (Variable variable : optimizer.weights()) {
      String name = joined(optimizer.name(), variable.name());
      String unique = name;
      for (int i = 1; !taken.add(unique); i++) {
        unique = name + "_" + i;
      }
      names.put(variable, unique);
    }
    return names;
  }

  private static String joined(String place, String name) {
    return place.isEmpty() ? name : place + "/" + name;
  }
}
