package keras.parity;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import keras.backend.Variable;
import keras.internal.messages.Errors;
import keras.layers.Input;
import keras.layers.Layer;
import keras.layers.LayerAccess;
import keras.models.Model;
import keras.parity.Bundle.KerasLayer;
import keras.parity.Difference.Kind;
import keras.utils.Batch;
import keras.utils.FloatArrays;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;

/** One comparison of a model with a bundle. */
final class Check {

  private final Bundle bundle;
  private final Model model;
  private final Closeness closeness;
  private final boolean keepWeights;

  /** The Java layers, in the order of the bundle's. */
  private List<Layer<?>> layers;

  /** The paths of the Java layers, in the same order. */
  private List<String> paths;

  private final List<String> notes = new ArrayList<>();
  private int agreedLayers;
  private int agreedSteps;
  private boolean optimizerMoved;

  Check(Bundle bundle, Model model, Closeness closeness, boolean keepWeights) {
    this.bundle = bundle;
    this.model = model;
    this.closeness = closeness;
    this.keepWeights = keepWeights;
  }

  ParityReport run() {
    noteCircumstances();
    Map<String, Layer<?>> paired = paired();
    paths = List.copyOf(paired.keySet());
    layers = List.copyOf(paired.values());
    Difference difference = numberOfLayers();
    if (difference == null) {
      difference = inputShape();
    }
    if (difference == null && layers.stream().anyMatch(layer -> !layer.built())) {
      model.layerOutputs(data(bundle.batches().get(0).inputs()));
    }
    for (int i = 0; difference == null && i < layers.size(); i++) {
      difference = weightShapes(i);
    }
    if (difference == null) {
      difference = numbers();
    }
    return new ParityReport(
        bundle.version(),
        agreedLayers,
        agreedSteps,
        Optional.ofNullable(difference),
        closeness.furthest(),
        difference == null
            ? List.of()
            : new Hints(bundle, model, layers, closeness, keepWeights).of(difference),
        notes);
  }

  private void noteCircumstances() {
    if (!bundle.version().startsWith(minor(Parity.KERAS_VERSION))) {
      notes.add(
          "the bundle is of Keras "
              + bundle.version()
              + "; this library does as "
              + Parity.KERAS_VERSION);
    }
    if (bundle.iterations() > 0) {
      notes.add(
          "Keras's optimizer had made "
              + bundle.iterations()
              + " steps when the bundle was written; write it before fit");
    }
    if (model.optimizer().iterations() > 0) {
      notes.add(
          "the optimizer had made "
              + model.optimizer().iterations()
              + " steps before the check; compile the model anew before it");
    }
  }

  private static String minor(String version) {
    return version.substring(0, version.lastIndexOf('.') + 1);
  }

  // ---- structure

  /** By name if the names are the same, else by order. */
  private Map<String, Layer<?>> paired() {
    Map<String, Layer<?>> named = new LinkedHashMap<>();
    boolean nested = bundle.layers().stream().anyMatch(layer -> layer.name().contains("/"));
    addLayers(model, "", nested, named);
    List<String> names = bundle.layers().stream().map(KerasLayer::name).toList();
    if (named.size() != names.size() || !named.keySet().equals(new HashSet<>(names))) {
      return named;
    }
    Map<String, Layer<?>> ordered = new LinkedHashMap<>();
    names.forEach(name -> ordered.put(name, named.get(name)));
    return ordered;
  }

  /** Adds the layers of a model by their paths, those of models inside before these. */
  private static void addLayers(
      Model model, String place, boolean nested, Map<String, Layer<?>> named) {
    for (Layer<?> layer : model.layers()) {
      if (nested && layer instanceof Model inner && inner.built()) {
        addLayers(inner, place + inner.name() + "/", true, named);
      }
      if (!(layer instanceof Input)) {
        named.put(place + layer.name(), layer);
      }
    }
  }

  private Difference numberOfLayers() {
    List<String> keras = bundle.layers().stream().map(KerasLayer::className).toList();
    List<String> java = layers.stream().map(LayerAccess::typeName).toList();
    if (keras.size() == java.size()) {
      return null;
    }
    int first = 0;
    while (first < Math.min(keras.size(), java.size())
        && keras.get(first).equals(java.get(first))) {
      first++;
    }
    return Difference.structure(
        first,
        first < keras.size() ? bundle.layers().get(first).toString() : "which Keras does not have",
        "number of layers",
        keras.size() + ": " + String.join(", ", keras),
        java.size() + ": " + String.join(", ", java));
  }

  private Difference inputShape() {
    if (!layers.get(0).built()) {
      return null;
    }
    List<long[]> given = bundle.batches().get(0).inputs().stream().map(FloatArrays::shape).toList();
    List<long[]> wanted = model.inputs().stream().map(input -> input.shape().asArray()).toList();
    boolean fits = given.size() == wanted.size();
    for (int i = 0; fits && i < given.size(); i++) {
      fits = fits(given.get(i), wanted.get(i));
    }
    return fits
        ? null
        : Difference.structure(
            -1, "the input", "shape of a batch", Errors.shapes(given), Errors.shapes(wanted));
  }

  /** Batches of another rank than the input's are taken where they can be. */
  private static boolean fits(long[] given, long[] wanted) {
    boolean fits = true;
    for (int i = 0; i < given.length && given.length == wanted.length; i++) {
      fits &= wanted[i] == Shape.UNKNOWN_SIZE || wanted[i] == given[i];
    }
    return fits;
  }

  private Difference weightShapes(int index) {
    KerasLayer keras = bundle.layers().get(index);
    List<Variable> weights = layers.get(index).weights();
    List<String> theirs =
        keras.weights().stream().map(weight -> Errors.shape(weight.shape().asArray())).toList();
    List<String> ours =
        weights.stream().map(weight -> Errors.shape(weight.shape().asArray())).toList();
    return theirs.equals(ours)
        ? null
        : Difference.structure(
            index,
            keras.toString(),
            "shapes of the weights "
                + weights.stream().map(Variable::name).collect(Collectors.joining(", ")),
            String.join(", ", theirs),
            String.join(", ", ours));
  }

  // ---- numbers

  private Difference numbers() {
    List<FloatNdArray> weights = model.getWeights();
    List<Variable> seeds = LayerAccess.seedStates(model);
    List<long[]> states = seeds.stream().map(Variable::longs).toList();
    try {
      start();
      Difference difference = outputs();
      for (int i = 0; difference == null && keepWeights && i < layers.size(); i++) {
        difference = weightDifference(i);
      }
      if (difference == null) {
        start();
        difference = steps();
      }
      return difference;
    } finally {
      if (optimizerMoved) {
        notes.add("the optimizer has made steps; compile the model again before you train it");
      }
      model.setWeights(weights);
      for (int i = 0; i < seeds.size(); i++) {
        seeds.get(i).assign(states.get(i));
      }
      model.resetStates();
      model.resetMetrics();
    }
  }

  /** Weights, states and seeds as they were in Keras. */
  private void start() {
    for (int i = 0; i < layers.size(); i++) {
      KerasLayer keras = bundle.layers().get(i);
      if (!keepWeights) {
        layers.get(i).setWeights(keras.weights());
      }
      List<Variable> seeds = LayerAccess.seedStates(layers.get(i));
      for (int k = 0; k < Math.min(seeds.size(), keras.seeds().size()); k++) {
        seeds.get(k).assign(keras.seeds().get(k));
      }
    }
    model.resetStates();
  }

  private Difference outputs() {
    Map<String, FloatNdArray> made = model.layerOutputs(data(bundle.batches().get(0).inputs()));
    for (int i = 0; i < layers.size(); i++) {
      KerasLayer keras = bundle.layers().get(i);
      for (int k = 0; k < keras.outputs().size(); k++) {
        String name = paths.get(i) + (k == 0 ? "" : ":" + k);
        Difference difference =
            output(i, k == 0 ? "output" : "output " + k, keras.outputs().get(k), made.get(name));
        if (difference != null) {
          return difference;
        }
      }
      agreedLayers++;
    }
    return null;
  }

  private Difference output(int index, String what, FloatNdArray keras, FloatNdArray java) {
    long[] shape = FloatArrays.shape(keras);
    String name = bundle.layers().get(index).toString();
    if (java == null || !java.shape().equals(keras.shape())) {
      return Difference.structure(
          index,
          name,
          "shape of the " + what,
          Errors.shape(shape),
          java == null ? "none" : Errors.shape(FloatArrays.shape(java)));
    }
    return closeness.compare(
        Kind.LAYER, index, name, what, shape, FloatArrays.values(keras), FloatArrays.values(java));
  }

  private Difference weightDifference(int index) {
    KerasLayer keras = bundle.layers().get(index);
    List<Variable> weights = layers.get(index).weights();
    for (int k = 0; k < weights.size(); k++) {
      FloatNdArray theirs = keras.weights().get(k);
      Difference difference =
          closeness.compare(
              Kind.WEIGHT,
              index,
              keras.toString(),
              weights.get(k).name(),
              FloatArrays.shape(theirs),
              FloatArrays.values(theirs),
              weights.get(k).floats());
      if (difference != null) {
        return difference;
      }
    }
    return null;
  }

  private Difference steps() {
    for (int step = 0; step < bundle.batches().size(); step++) {
      Batch batch = bundle.batches().get(step);
      model.resetMetrics();
      optimizerMoved = true;
      Map<String, Double> logs = model.trainOnBatch(data(batch.inputs()), data(batch.targets()));
      for (Map.Entry<String, float[]> log : bundle.logs().entrySet()) {
        Double made = logs.get(log.getKey());
        if (made == null) {
          if (step == 0) {
            notes.add("Keras has the metric " + log.getKey() + ", Java has not");
          }
          continue;
        }
        Difference difference =
            closeness.compareStep(step, log.getKey(), log.getValue(), made.floatValue());
        if (difference != null) {
          return difference;
        }
      }
      agreedSteps++;
    }
    return null;
  }

  /** Returns one array as itself, several as a list. */
  private static Object data(List<FloatNdArray> arrays) {
    return arrays.size() == 1 ? arrays.get(0) : arrays;
  }
}
