package keras.internal.weights;

import java.util.List;
import keras.backend.Variable;
import keras.backend.VariableAccess;
import keras.internal.messages.Errors;
import org.tensorflow.ndarray.FloatNdArray;

/** Setting the values of several variables at once, all of them or none. */
public final class WeightAssignment {

  private WeightAssignment() {}

  /**
   * Sets values.
   *
   * @param where the call, as messages name it
   * @param weights the variables
   * @param values one for each variable, in its shape
   * @throws IllegalArgumentException if the number or a shape does not fit; nothing is changed then
   */
  public static void assign(
      String where, List<Variable> weights, List<? extends FloatNdArray> values) {
    if (values == null || values.stream().anyMatch(java.util.Objects::isNull)) {
      throw Errors.in(where, "there is an array missing.")
          .expected(weights.size() + " arrays: " + weights)
          .got(values == null ? "null" : "null at place " + values.indexOf(null))
          .fix("give one array for each, in their order")
          .argument();
    }
    if (weights.size() != values.size()) {
      throw Errors.in(where, "the number of arrays is wrong.")
          .expected(weights.size() + " arrays: " + weights)
          .got(values.size())
          .fix("give one array for each, in their order")
          .argument();
    }
    for (int i = 0; i < weights.size(); i++) {
      if (!weights.get(i).shape().equals(values.get(i).shape())) {
        throw Errors.in(where, "array " + i + " has another shape.")
            .expected(weights.get(i).name() + " " + Errors.shape(weights.get(i).shape().asArray()))
            .got(Errors.shape(values.get(i).shape().asArray()))
            .fix("give an array of that shape")
            .argument();
      }
    }
    VariableAccess.alone(
        weights,
        () -> {
          for (int i = 0; i < weights.size(); i++) {
            weights.get(i).assign(values.get(i));
          }
        });
  }
}
