package keras.internal.losses;

import java.util.List;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.TFloat32;

/**
 * Keras's rule for two tensors of which one has a last dimension of 1 that the other lacks. Keras:
 * {@code squeeze_or_expand_to_same_rank}.
 */
public final class Ranks {

  /**
   * Two tensors.
   *
   * @param first the first
   * @param second the second
   */
  public record Pair(Operand<TFloat32> first, Operand<TFloat32> second) {}

  /** The change that one of two tensors needs. */
  private enum Change {
    NONE,
    SQUEEZE_FIRST,
    EXPAND_FIRST,
    SQUEEZE_SECOND,
    EXPAND_SECOND
  }

  private Ranks() {}

  /**
   * Looks for an axis that predictions do not have.
   *
   * @param name of the loss or the metric that works along it
   * @param axis from 0, or from -1 backwards
   * @param yPred the shape of the predictions
   * @throws IllegalArgumentException if there is no such axis
   */
  public static void checkAxis(String name, int axis, Shape yPred) {
    int rank = yPred.numDimensions();
    if (axis < -rank || axis >= rank) {
      throw Errors.in("\"" + name + "\"", "predictions have no axis " + axis + ".")
          .expected("an axis from " + -rank + " to " + (rank - 1))
          .got("axis(" + axis + ") for predictions " + Errors.shape(yPred.asArray()))
          .fix("axis(-1), the last, or leave it out")
          .argument();
    }
  }

  /**
   * Brings two tensors to the same rank where one has one dimension more than the other, and this
   * last one is 1: a vector gets a last dimension too, of higher ranks the longer one loses it. Any
   * others are left as they are.
   *
   * @param tf where the ops go
   * @param first a tensor
   * @param second another one
   * @return the two, of the same rank where the rule applies
   */
  public static Pair squeezeOrExpand(Ops tf, Operand<TFloat32> first, Operand<TFloat32> second) {
    return switch (change(first.shape(), second.shape())) {
      case NONE -> new Pair(first, second);
      case SQUEEZE_FIRST -> new Pair(squeeze(tf, first), second);
      case EXPAND_FIRST -> new Pair(expand(tf, first), second);
      case SQUEEZE_SECOND -> new Pair(first, squeeze(tf, second));
      case EXPAND_SECOND -> new Pair(first, expand(tf, second));
    };
  }

  /** Tells whether {@link #squeezeOrExpand} leaves the second tensor as it is. */
  public static boolean leavesSecond(Shape first, Shape second) {
    return switch (change(first, second)) {
      case NONE, SQUEEZE_FIRST, EXPAND_FIRST -> true;
      case SQUEEZE_SECOND, EXPAND_SECOND -> false;
    };
  }

  private static Change change(Shape first, Shape second) {
    int firstRank = first.numDimensions();
    int secondRank = second.numDimensions();
    if (firstRank == secondRank + 1 && last(first) == 1) {
      return secondRank == 1 ? Change.EXPAND_SECOND : Change.SQUEEZE_FIRST;
    }
    if (secondRank == firstRank + 1 && last(second) == 1) {
      return firstRank == 1 ? Change.EXPAND_FIRST : Change.SQUEEZE_SECOND;
    }
    return Change.NONE;
  }

  /**
   * Tells whether two shapes are the same, but for a last dimension of 1 that only one of them has.
   */
  public static boolean fit(Shape first, Shape second) {
    int shared = Math.min(first.numDimensions(), second.numDimensions());
    Shape longer = first.numDimensions() > shared ? first : second;
    boolean fits =
        longer.numDimensions() == shared
            || (longer.numDimensions() == shared + 1 && last(longer) == 1);
    for (int i = 0; fits && i < shared; i++) {
      fits = first.get(i) < 0 || second.get(i) < 0 || first.get(i) == second.get(i);
    }
    return fits;
  }

  /**
   * Tells whether two tensors can be compared one element with one element, as {@link
   * #squeezeOrExpand} brings them together: dimensions are the same, or 1 in one of them.
   *
   * <p>Porting note: Keras lets TensorFlow broadcast tensors of different ranks as well, which
   * compares samples with timesteps and works only for some batch sizes.
   *
   * @param first a shape, the batch first
   * @param second another one
   * @return false if one of them has to be reshaped
   */
  public static boolean compare(Shape first, Shape second) {
    Shape a = first;
    Shape b = second;
    int shared = Math.min(a.numDimensions(), b.numDimensions());
    if (a.numDimensions() == shared + 1 && last(a) == 1) {
      a = shared == 1 ? a : a.take(shared);
      b = shared == 1 ? b.append(1) : b;
    } else if (b.numDimensions() == shared + 1 && last(b) == 1) {
      b = shared == 1 ? b : b.take(shared);
      a = shared == 1 ? a.append(1) : a;
    }
    boolean same = a.numDimensions() == b.numDimensions();
    for (int i = 0; same && i < a.numDimensions(); i++) {
      long one = a.get(i);
      long other = b.get(i);
      same = one < 0 || other < 0 || one == other || (i > 0 && (one == 1 || other == 1));
    }
    return same;
  }

  /** Returns the size of the last dimension; a single number has none. */
  public static long last(Shape shape) {
    Checks.rank("Targets and predictions", "one of them", shape.numDimensions());
    return shape.get(shape.numDimensions() - 1);
  }

  public static Operand<TFloat32> squeeze(Ops tf, Operand<TFloat32> x) {
    return tf.squeeze(x, Squeeze.axis(List.of(-1L)));
  }

  private static Operand<TFloat32> expand(Ops tf, Operand<TFloat32> x) {
    return tf.expandDims(x, tf.constant(-1));
  }
}
