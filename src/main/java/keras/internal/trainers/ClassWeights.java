package keras.internal.trainers;

import java.util.LinkedHashMap;
import java.util.Map;
import keras.internal.messages.Errors;
import keras.utils.FloatArrays;
import org.tensorflow.ndarray.FloatNdArray;

/** Weights by class, as weights by sample. */
public final class ClassWeights {

  private ClassWeights() {}

  public static Map<Integer, Double> copy(Map<Integer, ? extends Number> weights) {
    Map<Integer, Double> copy = new LinkedHashMap<>();
    weights.forEach((label, weight) -> copy.put(label, weight.doubleValue()));
    return copy;
  }

  /**
   * Returns one weight a sample: targets are labels, (samples) or (samples, 1), or one-hot rows.
   * Labels between two numbers are rounded, halves to the even one, as in Keras.
   */
  static FloatNdArray of(Map<Integer, Double> weights, FloatNdArray targets) {
    long[] shape = FloatArrays.shape(targets);
    if (shape.length > 2) {
      throw Errors.in("fit", "classWeight needs one class a sample.")
          .expected("y of shape (samples), (samples, 1) or (samples, classes)")
          .got(Errors.shape(shape))
          .fix("use sampleWeight(...) with one weight a timestep")
          .argument();
    }
    float[] values = FloatArrays.values(targets);
    int columns = shape.length == 1 ? 1 : (int) shape[1];
    float[] result = new float[(int) shape[0]];
    for (int i = 0; i < result.length; i++) {
      int label = columns == 1 ? (int) Math.rint(values[i]) : largest(values, i * columns, columns);
      result[i] = weights.getOrDefault(label, 1.0).floatValue();
    }
    return FloatArrays.wrap(result, shape[0]);
  }

  private static int largest(float[] values, int from, int count) {
    int best = 0;
    for (int k = 1; k < count; k++) {
      if (values[from + k] > values[from + best]) {
        best = k;
      }
    }
    return best;
  }
}
