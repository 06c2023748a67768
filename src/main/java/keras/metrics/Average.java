package keras.metrics;

import java.util.Arrays;
import java.util.List;
import keras.internal.losses.LossReduction;
import keras.internal.losses.Ranks;
import keras.internal.messages.Errors;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The statistics of a weighted mean over samples: the weighted sum, and the weight of all samples.
 */
final class Average {

  /** How many statistics there are. */
  static final int SIZE = 2;

  private static final LossReduction SUM = new LossReduction("sum");

  private Average() {}

  /** Joins a mask with weights. */
  static Operand<TFloat32> masked(Ops tf, Operand<TFloat32> sampleWeight, Operand<TBool> mask) {
    return SUM.weights(tf, sampleWeight, mask);
  }

  /**
   * The statistics of values. Where there are several per sample, the sample's value is their mean,
   * and the sample's weight is the mean of theirs.
   *
   * @param values one or more per sample; a single number counts as one sample
   * @param sampleWeight weights, or null
   */
  static Operand<TFloat32> statistics(
      Ops tf, Operand<TFloat32> values, Operand<TFloat32> sampleWeight) {
    if (sampleWeight == null) {
      Operand<TFloat32> samples = meanFrom(tf, values, 1);
      return stack(tf, sum(tf, samples), count(tf, samples));
    }
    Weighted weighted = weighted(tf, values, sampleWeight);
    return stack(
        tf, sum(tf, meanFrom(tf, weighted.values, 1)), sum(tf, meanFrom(tf, weighted.weights, 1)));
  }

  /** Values that were multiplied by their weights, and the weights, spread to the same shape. */
  private record Weighted(Operand<TFloat32> values, Operand<TFloat32> weights) {}

  private static Weighted weighted(
      Ops tf, Operand<TFloat32> values, Operand<TFloat32> sampleWeight) {
    Ranks.Pair same = Ranks.squeezeOrExpand(tf, values, sampleWeight);
    Operand<TFloat32> reduced = meanFrom(tf, same.first(), same.second().shape().numDimensions());
    checkSpreads(same.second().shape(), reduced.shape());
    Operand<TFloat32> weights = tf.broadcastTo(same.second(), tf.shape(reduced));
    return new Weighted(tf.math.mul(reduced, weights), weights);
  }

  /** Returns the sum of weighted values, for a metric that is no mean. */
  static Operand<TFloat32> weightedSum(
      Ops tf, Operand<TFloat32> values, Operand<TFloat32> sampleWeight) {
    if (sampleWeight == null) {
      return sum(tf, values);
    }
    Ranks.Pair same = Ranks.squeezeOrExpand(tf, values, sampleWeight);
    int from = same.second().shape().numDimensions();
    Operand<TFloat32> reduced =
        from < same.first().shape().numDimensions()
            ? tf.sum(same.first(), axes(tf, same.first(), from))
            : same.first();
    checkSpreads(same.second().shape(), reduced.shape());
    Operand<TFloat32> weights = tf.broadcastTo(same.second(), tf.shape(reduced));
    return sum(tf, tf.math.mul(reduced, weights));
  }

  /** Refuses weights that would need more room than the values have. */
  static void checkSpreads(Shape weights, Shape values) {
    boolean fits = weights.numDimensions() == values.numDimensions();
    for (int i = 0; fits && i < values.numDimensions(); i++) {
      long weight = weights.get(i);
      long value = values.get(i);
      fits = weight == 1 || weight < 0 || value < 0 || weight == value;
    }
    if (!fits) {
      throw Errors.in("Sample weights", "their shape does not go with the metric's values.")
          .expected(Errors.shape(values.asArray()) + ", or fewer dimensions")
          .got(Errors.shape(weights.asArray()))
          .fix("give one weight per sample, or one per sample and timestep")
          .argument();
    }
  }

  /** Returns the mean over an axis and all that follow it. */
  private static Operand<TFloat32> meanFrom(Ops tf, Operand<TFloat32> x, int first) {
    return first < x.shape().numDimensions() ? tf.math.mean(x, axes(tf, x, first)) : x;
  }

  private static Operand<TInt32> axes(Ops tf, Operand<TFloat32> x, int first) {
    int[] axes = new int[x.shape().numDimensions() - first];
    Arrays.setAll(axes, i -> i + first);
    return tf.constant(axes);
  }

  private static Operand<TFloat32> sum(Ops tf, Operand<TFloat32> x) {
    return x.shape().numDimensions() == 0 ? x : tf.sum(x, axes(tf, x, 0));
  }

  private static Operand<TFloat32> count(Ops tf, Operand<TFloat32> samples) {
    return samples.shape().numDimensions() == 0
        ? tf.constant(1f)
        : tf.dtypes.cast(tf.size(samples), TFloat32.class);
  }

  private static Operand<TFloat32> stack(Ops tf, Operand<TFloat32> sum, Operand<TFloat32> weight) {
    return tf.stack(List.of(sum, weight));
  }

  /** Returns the mean that statistics stand for; 0 where nothing counted. */
  static double of(double[] statistics) {
    return statistics[1] == 0 ? 0 : statistics[0] / statistics[1];
  }
}
