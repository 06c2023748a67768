package keras.parity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import keras.backend.Variable;
import keras.layers.Layer;
import keras.layers.LayerAccess;
import keras.models.Model;
import keras.parity.Bundle.KerasLayer;
import keras.parity.Difference.Kind;
import keras.utils.FloatArrays;
import org.tensorflow.ndarray.FloatNdArray;

/** Likely reasons of a difference. */
final class Hints {

  private final Bundle bundle;
  private final Model model;
  private final List<Layer<?>> layers;
  private final Closeness closeness;
  private final boolean keepWeights;

  Hints(
      Bundle bundle, Model model, List<Layer<?>> layers, Closeness closeness, boolean keepWeights) {
    this.bundle = bundle;
    this.model = model;
    this.layers = layers;
    this.closeness = closeness;
    this.keepWeights = keepWeights;
  }

  List<String> of(Difference difference) {
    List<String> hints = new ArrayList<>();
    if (difference.kind() == Kind.STEP) {
      hints.add(
          difference.index() == 0
              ? "nothing was trained before step 0: look at the loss, at regularizers, and at"
                  + " layers that do otherwise in training"
              : "step 0 agrees: look at the optimizer, at what is trainable, and at states");
      hints.addAll(compiledHints());
      allLayers(hints);
    } else if (difference.index() >= 0 && difference.index() < layers.size()) {
      hints.addAll(layerHints(difference.index()));
      if (hints.isEmpty() && difference.kind() != Kind.STRUCTURE) {
        allLayers(hints);
      }
    }
    return hints;
  }

  private void allLayers(List<String> hints) {
    for (int i = 0; i < layers.size(); i++) {
      for (String hint : layerHints(i)) {
        hints.add("layer " + i + ", " + bundle.layers().get(i) + ": " + hint);
      }
    }
  }

  private List<String> layerHints(int index) {
    KerasLayer keras = bundle.layers().get(index);
    Layer<?> java = layers.get(index);
    List<String> hints = new ArrayList<>();
    String className = LayerAccess.typeName(java);
    if (!className.equals(keras.className())) {
      hints.add("the layer is " + keras.className() + " in Keras, " + className + " in Java");
      return hints;
    }
    hints.addAll(ConfigHints.of(keras.config(), java.getConfig(), keepWeights));
    if (keras.seeds().size() != LayerAccess.seedStates(java).size()) {
      hints.add("its random numbers could not be made those of Keras");
    }
    if (keepWeights && keras.weights().size() == java.weights().size()) {
      for (int k = 0; k < java.weights().size(); k++) {
        Variable weight = java.weights().get(k);
        FloatNdArray theirs = keras.weights().get(k);
        if (weight.shape().equals(theirs.shape())) {
          hints.addAll(weightHints(keras.className(), weight, theirs));
        }
      }
    }
    return hints;
  }

  private List<String> weightHints(String className, Variable weight, FloatNdArray keras) {
    float[] theirs = FloatArrays.values(keras);
    double scale = Closeness.scale(theirs);
    float[] ours = weight.floats();
    int wrong = 0;
    for (int i = 0; i < ours.length; i++) {
      wrong += closeness.close(theirs[i], ours[i], scale) ? 0 : 1;
    }
    if (wrong == 0) {
      return List.of();
    }
    String gates = GateHints.of(className, keras, weight.value(), closeness);
    return List.of(
        weight.name()
            + ": "
            + (gates == null ? wrong + " of " + ours.length + " values are not Keras's" : gates));
  }

  private List<String> compiledHints() {
    List<String> hints = new ArrayList<>();
    JsonNode optimizer = bundle.compiled().path("optimizer");
    String className = model.optimizer().getClass().getSimpleName();
    String theirs = optimizer.path("class_name").asText(className);
    if (!theirs.equals(className)) {
      hints.add("the optimizer is " + theirs + " in Keras, " + className + " in Java");
    } else if (optimizer.isObject()) {
      for (String hint :
          ConfigHints.of(optimizer.path("config"), model.optimizer().getConfig(), false)) {
        hints.add("optimizer: " + hint);
      }
    }
    JsonNode loss = bundle.compiled().path("loss");
    hints.add(
        "Keras's loss is "
            + (loss.isObject()
                ? loss.path("class_name").asText() + " " + loss.path("config")
                : loss.toString()));
    return hints;
  }
}
