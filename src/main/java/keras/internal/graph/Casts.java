package keras.internal.graph;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TType;

/**
 * Looks beneath the casts by which whole numbers and truth values become the floats that layers
 * take: a float does not hold all digits of numbers above 2^24.
 */
public final class Casts {

  private Casts() {}

  /**
   * Returns numbers of any type as layers take them.
   *
   * @param tf where ops are added
   * @param numbers floats, whole numbers or truth values
   * @return floats
   */
  @SuppressWarnings("unchecked")
  public static Operand<TFloat32> toFloats(Ops tf, Operand<? extends TType> numbers) {
    return numbers.type() == TFloat32.class
        ? (Operand<TFloat32>) numbers
        : tf.dtypes.cast(numbers, TFloat32.class);
  }

  /**
   * Returns exact indices of rows; what no index can be stays outside of all of them.
   *
   * @param tf where ops are added
   * @param x indices as a layer was given them
   * @return the same as whole numbers
   */
  @SuppressWarnings("unchecked")
  public static Operand<TInt32> indices(Ops tf, Operand<TFloat32> x) {
    Optional<Operand<? extends TType>> before = before(x);
    if (before.isPresent() && before.get().type() == TInt32.class) {
      return (Operand<TInt32>) before.get();
    }
    if (before.isPresent() && before.get().type() == TInt64.class) {
      Operand<TInt64> clipped =
          tf.math.maximum(
              tf.math.minimum(
                  (Operand<TInt64>) before.get(), tf.constant((long) Integer.MAX_VALUE)),
              tf.constant(-1L));
      return tf.dtypes.cast(clipped, TInt32.class);
    }
    return tf.dtypes.cast(x, TInt32.class);
  }

  /**
   * Tells whether a tensor was made of whole numbers.
   *
   * @param x as a layer was given it
   * @return false for floats
   */
  public static boolean isCast(Operand<TFloat32> x) {
    return before(x).isPresent();
  }

  /**
   * Does something with a tensor as it was before it was made floats.
   *
   * @param tf where ops are added
   * @param x as a layer was given it
   * @param change moves elements about, of whatever type they are
   * @return floats
   */
  public static Operand<TFloat32> beneath(
      Ops tf, Operand<TFloat32> x, UnaryOperator<Operand<? extends TType>> change) {
    Operand<? extends TType> before = before(x).isPresent() ? before(x).get() : x;
    Operand<? extends TType> after = change.apply(before);
    return after.equals(before) ? x : toFloats(tf, after);
  }

  private static Optional<Operand<? extends TType>> before(Operand<TFloat32> x) {
    return x.op() instanceof GraphOperation op && op.type().equals("Cast")
        ? Optional.of((Operand<? extends TType>) op.input(0))
        : Optional.empty();
  }
}
