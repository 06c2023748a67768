package keras.layers;

import java.util.ArrayList;
import java.util.List;
import keras.backend.Sizes;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Shapes for ops, some of whose dimensions may only be known when the model runs. */
final class Shapes {

  private Shapes() {}

  /**
   * The dimensions of a wanted shape as a tensor. At most one unknown one needs nothing; further
   * ones are taken from the dimension of {@code like} at the same place.
   */
  static Operand<TInt32> of(Ops tf, Operand<TFloat32> like, Shape wanted) {
    int rank = wanted.numDimensions();
    int[] known = new int[rank];
    int unknown = 0;
    for (int i = 0; i < rank; i++) {
      known[i] = (int) wanted.get(i);
      unknown += wanted.get(i) == Shape.UNKNOWN_SIZE ? 1 : 0;
    }
    if (unknown <= 1) {
      return tf.constant(known);
    }
    List<Operand<TInt32>> sizes = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      sizes.add(known[i] < 0 ? Sizes.of(tf, like, i) : tf.constant(known[i]));
    }
    return tf.stack(sizes);
  }
}
