package keras.internal.files;

import java.util.ArrayList;
import java.util.List;
import keras.backend.Variable;
import keras.backend.VariableAccess;
import keras.internal.messages.Errors;
import keras.internal.messages.Warnings;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;

/**
 * Collects what a file has for a model's variables, and what of it does not fit. Only when all is
 * known are the variables changed, so that a model never has half of a file's weights.
 */
final class Assignment {

  private final String where;
  private final boolean skipMismatch;
  private final List<String> mismatches = new ArrayList<>();
  private final List<Runnable> actions = new ArrayList<>();
  private final List<Variable> changed = new ArrayList<>();

  /**
   * Nothing yet.
   *
   * @param where the file, for messages
   * @param skipMismatch whether a layer that does not fit is left as it is
   */
  Assignment(String where, boolean skipMismatch) {
    this.where = where;
    this.skipMismatch = skipMismatch;
  }

  /** Notes that something does not fit. */
  void mismatch(String owner, String weight, Object expected, Object got) {
    mismatches.add(owner + ", " + weight + ": expected " + expected + ", got " + got);
  }

  /**
   * Takes up the arrays of one layer: all, or none if one of them does not fit.
   *
   * @param owner the layer, for messages
   * @param variables its variables
   * @param file where the arrays are
   * @param places one for each variable
   */
  void layer(String owner, List<Variable> variables, Hdf5File file, List<String> places) {
    int before = mismatches.size();
    List<Runnable> own = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      Variable variable = variables.get(i);
      String place = places.get(i);
      if (variable.type() == Variable.Type.INT64) {
        long[] values = file.longs(place);
        check(owner, variable, Shape.of(values.length), variable.size() == values.length);
        own.add(() -> variable.assign(values));
      } else {
        FloatNdArray values = file.floats(place);
        check(owner, variable, values.shape(), variable.shape().equals(values.shape()));
        own.add(() -> variable.assign(values));
      }
    }
    if (mismatches.size() == before) {
      actions.addAll(own);
      changed.addAll(variables);
    }
  }

  private void check(String owner, Variable variable, Shape got, boolean fits) {
    if (!fits) {
      mismatch(
          owner,
          variable.name(),
          Errors.shape(variable.shape().asArray()),
          Errors.shape(got.asArray()));
    }
  }

  /** Changes the variables. */
  void apply() {
    if (!mismatches.isEmpty() && !skipMismatch) {
      throw Errors.in(where, "the weights do not fit the model.")
          .expected("for each layer as many weights as it has, in their shapes")
          .got(mismatches.size() + " that do not fit\n    " + String.join("\n    ", mismatches))
          .fix(
              "build the model as the one that was saved, or leave out what does not fit:"
                  + " loadWeights(path, o -> o.skipMismatch(true))")
          .argument();
    }
    if (!mismatches.isEmpty()) {
      Warnings.warn(
          Assignment.class,
          "{}: {} weights do not fit, their layers stay as they are:\n    {}",
          where,
          mismatches.size(),
          String.join("\n    ", mismatches));
    }
    VariableAccess.alone(changed, () -> actions.forEach(Runnable::run));
  }
}
