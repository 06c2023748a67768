package keras.models;

import java.util.AbstractList;
import java.util.List;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.messages.Names;
import org.tensorflow.ndarray.FloatNdArray;

/** Outputs of a model: a list in their order, of which each has a name as well. */
public final class Predictions extends AbstractList<FloatNdArray> {

  private final List<String> names;
  private final List<FloatNdArray> outputs;

  Predictions(List<String> names, List<FloatNdArray> outputs) {
    this.names = List.copyOf(names);
    this.outputs = List.copyOf(outputs);
  }

  @Override
  public FloatNdArray get(int index) {
    if (index < 0 || index >= outputs.size()) {
      throw new IndexOutOfBoundsException(
          "Predictions: there is no output "
              + index
              + ". expected: 0 to "
              + (outputs.size() - 1)
              + ", the outputs "
              + names);
    }
    return outputs.get(index);
  }

  @Override
  public int size() {
    return outputs.size();
  }

  /**
   * Returns the names of the outputs. Keras: {@code model.output_names}.
   *
   * @return those of the map that the model was given, else those of the layers
   */
  public List<String> names() {
    return names;
  }

  /**
   * Returns an output.
   *
   * @param name its name
   * @return one row a sample
   * @throws IllegalArgumentException if there is none of that name, or more than one
   */
  public FloatNdArray get(String name) {
    Checks.notNull("Predictions", "name", name);
    int first = names.indexOf(name);
    if (first < 0) {
      throw Names.unknown("output", name, names);
    }
    if (first != names.lastIndexOf(name)) {
      throw Errors.in("Predictions.get", "several outputs are named \"" + name + "\".")
          .expected("a name that one output has")
          .got(names)
          .fix("get(" + first + ") for the first of them")
          .argument();
    }
    return outputs.get(first);
  }
}
