package keras.layers;

import java.util.List;
import keras.internal.graph.Dims;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Which values a query may look at, (batch, queries, values); null stands for all. */
final class AttentionMasks {

  private AttentionMasks() {}

  static Operand<TBool> both(Ops tf, Operand<TBool> one, Operand<TBool> other) {
    if (one == null) {
      return other;
    }
    return other == null ? one : tf.math.logicalAnd(one, other);
  }

  /** Returns which values count, of a mask (batch, values). */
  static Operand<TBool> ofValues(Ops tf, Operand<TBool> mask) {
    return mask == null ? null : tf.expandDims(mask, tf.constant(-2));
  }

  /** Returns which queries count, of a mask (batch, queries). */
  static Operand<TBool> ofQueries(Ops tf, Operand<TBool> mask) {
    return mask == null ? null : tf.expandDims(mask, tf.constant(-1));
  }

  /** Returns whether values come no later than queries, (1, queries, values). */
  static Operand<TBool> causal(Ops tf, Operand<TFloat32> query, Operand<TFloat32> value) {
    return tf.math.greaterEqual(queries(tf, query), values(tf, value));
  }

  /** Returns whether values are near queries, (1, queries, values). */
  static Operand<TBool> window(Ops tf, Operand<TFloat32> query, Operand<TFloat32> value, int size) {
    return tf.math.less(
        tf.math.abs(tf.math.sub(queries(tf, query), values(tf, value))), tf.constant(size));
  }

  private static Operand<TInt32> queries(Ops tf, Operand<TFloat32> query) {
    return tf.reshape(places(tf, query), tf.constant(new int[] {1, -1, 1}));
  }

  private static Operand<TInt32> values(Ops tf, Operand<TFloat32> value) {
    return tf.reshape(places(tf, value), tf.constant(new int[] {1, 1, -1}));
  }

  private static Operand<TInt32> places(Ops tf, Operand<TFloat32> x) {
    return tf.range(tf.constant(0), Dims.of(tf, x, 1), tf.constant(1));
  }

  /** Returns a tensor that says with numbers what may be looked at. */
  static Operand<TBool> given(Ops tf, Operand<TFloat32> mask) {
    return tf.math.notEqual(mask, tf.constant(0f));
  }

  /** Returns the shapes of a call's outputs, with those of the scores if they are given. */
  static List<Shape> withScores(Shape output, Shape scores, boolean given) {
    return given ? List.of(output, scores) : List.of(output);
  }
}
