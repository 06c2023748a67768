package keras.metrics;

import java.util.List;
import keras.internal.losses.Ranks;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * How much weight of ones, and of zeros, is predicted between two neighbouring thresholds: the
 * statistics of metrics that look at many thresholds, evenly between 0 and 1.
 */
final class Buckets {

  /** As many thresholds as an array has room for, of which each has two numbers. */
  static final int MOST = Integer.MAX_VALUE / 4;

  private Buckets() {}

  /**
   * Returns the weights of ones, then those of zeros.
   *
   * @param buckets how many there are
   * @param scale the number of steps between thresholds from 0 to 1
   */
  static Operand<TFloat32> statistics(
      Ops tf,
      Operand<TFloat32> yTrue,
      Operand<TFloat32> probabilities,
      Operand<TFloat32> sampleWeight,
      int buckets,
      int scale) {
    Ranks.Pair same = Ranks.squeezeOrExpand(tf, probabilities, yTrue);
    Operand<TFloat32> zero = tf.constant(0f);
    Operand<TFloat32> one = tf.constant(1f);
    Operand<TFloat32> ones = tf.dtypes.cast(tf.math.notEqual(same.second(), zero), TFloat32.class);
    Operand<TFloat32> zeros = tf.math.sub(one, ones);
    if (sampleWeight != null) {
      Operand<TFloat32> weights = Confusion.perElement(tf, sampleWeight, same.second());
      Average.checkSpreads(weights.shape(), same.second().shape());
      ones = tf.math.mul(ones, weights);
      zeros = tf.math.mul(zeros, weights);
    }
    Operand<TFloat32> within = tf.math.maximum(tf.math.minimum(same.first(), one), zero);
    Operand<TFloat32> place = tf.math.ceil(tf.math.mul(within, tf.constant((float) scale)));
    Operand<TInt32> bucket =
        flat(tf, tf.dtypes.cast(tf.nn.relu(tf.math.sub(place, one)), TInt32.class));
    Operand<TInt32> count = tf.constant(buckets);
    return tf.concat(
        List.of(
            tf.math.unsortedSegmentSum(flat(tf, ones), bucket, count),
            tf.math.unsortedSegmentSum(flat(tf, zeros), bucket, count)),
        tf.constant(0));
  }

  private static <T extends TNumber> Operand<T> flat(Ops tf, Operand<T> x) {
    return tf.reshape(x, tf.constant(new int[] {-1}));
  }

  /** Running sums from the end: what lies above each threshold. */
  static double[] above(double[] buckets) {
    double[] sums = buckets.clone();
    for (int i = sums.length - 2; i >= 0; i--) {
      sums[i] += sums[i + 1];
    }
    return sums;
  }

  static double ratio(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }
}
