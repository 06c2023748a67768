package keras.layers;

import java.util.List;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.messages.Names;
import keras.utils.FloatArrays;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * How whole numbers that stand for categories are given out: as they are, as one-hot vectors, or
 * counted over a sample. Keras: {@code encode_categorical_inputs}.
 */
final class CategoryMode {

  static final String INT = "int";
  static final String ONE_HOT = "one_hot";
  static final String MULTI_HOT = "multi_hot";
  static final String COUNT = "count";
  static final String TF_IDF = "tf_idf";

  private CategoryMode() {}

  /** Returns the name of a mode under which Keras writes it. */
  static String checked(Layer<?> layer, String mode, List<String> allowed) {
    String name = "binary".equals(mode) ? MULTI_HOT : "tf-idf".equals(mode) ? TF_IDF : mode;
    if (name == null || !allowed.contains(name)) {
      throw Names.unknown("outputMode of " + layer, mode, allowed);
    }
    return name;
  }

  /** The shape of what is given out for categories of a shape, the batch first. */
  static Shape shape(Layer<?> layer, Shape given, String mode, long depth) {
    Checks.notNull(layer.toString(), "a shape", given);
    if (mode.equals(INT)) {
      return given;
    }
    int rank = given.numDimensions();
    if (mode.equals(ONE_HOT) && rank >= 0) {
      boolean column = rank > 1 && given.get(rank - 1) == 1;
      return (column ? given.take(rank - 1) : given).append(depth);
    }
    if (rank > 2 || rank < 1) {
      throw Arguments.wrongShape(
          layer,
          "categories are counted over the last dimension of a sample.",
          "(batch, categories)",
          given,
          "outputMode(\"one_hot\"), or a Reshape before this layer");
    }
    return given.take(rank - 1).append(depth);
  }

  /** Adds the ops, for inputs of a known rank. */
  static Operand<TFloat32> encode(
      Ops tf, Operand<TFloat32> x, String mode, int depth, Operand<TFloat32> weights) {
    if (mode.equals(INT)) {
      return x;
    }
    int rank = x.shape().numDimensions();
    boolean column = mode.equals(ONE_HOT) && rank > 1 && x.shape().get(rank - 1) == 1;
    Operand<TInt32> categories = tf.dtypes.cast(tf.stopGradient(x), TInt32.class);
    Operand<TFloat32> vectors =
        tf.oneHot(
            column ? tf.squeeze(categories, Squeeze.axis(List.of(rank - 1L))) : categories,
            tf.constant(depth),
            tf.constant(1f),
            tf.constant(0f));
    return switch (mode) {
      case ONE_HOT -> vectors;
      case MULTI_HOT -> tf.max(vectors, tf.constant(-2));
      default ->
          tf.sum(
              weights == null
                  ? vectors
                  : tf.math.mul(vectors, tf.expandDims(weights, tf.constant(-1))),
              tf.constant(-2));
    };
  }

  /**
   * Gives out categories that are there already.
   *
   * @param categories below 0, or too large, for what does not count
   * @param factors one for each category, or null
   */
  static FloatNdArray encode(
      Layer<?> layer, long[] categories, Shape given, String mode, int depth, float[] factors) {
    Shape shape = shape(layer, given, mode, depth);
    if (mode.equals(INT)) {
      float[] values = new float[categories.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = exact(layer, categories[i]);
      }
      return FloatArrays.wrap(values, shape.asArray());
    }
    float[] values = new float[Math.toIntExact(shape.size())];
    int rank = given.numDimensions();
    long perVector = mode.equals(ONE_HOT) || rank == 0 ? 1 : given.get(rank - 1);
    for (int i = 0; i < categories.length; i++) {
      if (categories[i] >= 0 && categories[i] < depth) {
        int category = (int) categories[i];
        int place = (int) (i / perVector) * depth + category;
        float more = factors == null ? 1 : factors[category];
        values[place] = mode.equals(MULTI_HOT) || mode.equals(ONE_HOT) ? 1 : values[place] + more;
      }
    }
    return FloatArrays.wrap(values, shape.asArray());
  }

  private static float exact(Layer<?> layer, long category) {
    if (Math.abs(category) > 1 << 24) {
      throw Errors.in(layer.toString(), "a float cannot hold this number exactly.")
          .expected("categories up to " + (1 << 24))
          .got(category)
          .fix("take fewer categories")
          .argument();
    }
    return category;
  }
}
