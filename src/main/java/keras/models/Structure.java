package keras.models;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import keras.internal.messages.Checks;
import keras.layers.KerasTensor;

/**
 * The inputs or the outputs of a model, in the form in which it was given them: one tensor, a list,
 * or a map by name, whose order is that of the names, as in Keras.
 *
 * @param tensors the tensors in order
 * @param keys the names of a map; null for a list and for one tensor
 * @param single whether it is one tensor, and no list of one
 */
record Structure(List<KerasTensor> tensors, List<String> keys, boolean single) {

  static Structure of(KerasTensor tensor) {
    return new Structure(one(tensor), null, true);
  }

  private static List<KerasTensor> one(KerasTensor tensor) {
    List<KerasTensor> one = new ArrayList<>();
    one.add(tensor);
    return one;
  }

  static Structure of(List<KerasTensor> tensors) {
    Checks.notNull("Model", "tensors", tensors);
    return new Structure(new ArrayList<>(tensors), null, false);
  }

  static Structure of(Map<String, KerasTensor> tensors) {
    Checks.notNull("Model", "tensors", tensors);
    Map<String, KerasTensor> sorted = new TreeMap<>(tensors);
    return new Structure(new ArrayList<>(sorted.values()), new ArrayList<>(sorted.keySet()), false);
  }

  /** Returns the same form with other tensors. */
  Structure with(List<KerasTensor> others) {
    return new Structure(others, keys, single);
  }

  /** Returns the names of a map's keys, else of the layers that the tensors are of. */
  List<String> names() {
    return keys != null
        ? keys
        : tensors.stream().map(tensor -> tensor.node().layer().name()).toList();
  }

  /** Returns one object, a list or a map, in which each tensor became something else. */
  Object map(Function<KerasTensor, Object> change) {
    List<Object> changed = tensors.stream().map(change).toList();
    return arranged(changed);
  }

  /** Returns objects, one for each tensor, in this form. */
  Object arranged(List<?> objects) {
    if (single) {
      return objects.get(0);
    }
    if (keys == null) {
      return objects;
    }
    Map<String, Object> named = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      named.put(keys.get(i), objects.get(i));
    }
    return named;
  }
}
