package keras.internal.losses;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import keras.internal.messages.Errors;
import keras.internal.messages.Names;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Weighs and masks the values of a loss and makes one number of them. Keras: {@code
 * reduce_weighted_values}.
 *
 * <p>A batch may be computed in parts, by rows. What concerns the whole batch is asked of the whole
 * batch: the {@link #weights} and the number of rows. Each part then gives its {@link #share} of
 * the loss; the shares of all parts add up to the loss.
 *
 * <pre>{@code
 * Operand<TFloat32> weights = reduction.weights(tf, sampleWeight, mask);
 * for each part: shares.add(reduction.share(tf, values of part, rows of weights, weights, batch));
 * loss = tf.math.addN(shares);
 * }</pre>
 *
 * <p>Weights must have the values' rank, or one dimension of 1 more or less at the end, as in
 * Keras: for values {@code (batch,)} they are {@code (batch,)} or {@code (batch, 1)}; for values
 * {@code (batch, timesteps)} they are {@code (batch, timesteps)}, {@code (batch, timesteps, 1)} or
 * {@code (batch, 1)}.
 */
public final class LossReduction {

  public static final String SUM_OVER_BATCH_SIZE = "sum_over_batch_size";
  private static final String MEAN = "mean";
  private static final String SUM = "sum";
  private static final String MEAN_WITH_SAMPLE_WEIGHT = "mean_with_sample_weight";
  private static final String NONE = "none";
  private static final List<String> ALL =
      List.of(SUM_OVER_BATCH_SIZE, SUM, MEAN, MEAN_WITH_SAMPLE_WEIGHT, NONE);

  private final String reduction;
  private final UnaryOperator<Operand<TFloat32>> overWorkers;
  private String weightsAre = "Sample weights";
  private Operand<TFloat32> sumOfWeights;

  /**
   * A way to make one number of many.
   *
   * @param reduction one of Keras's names, see {@code Loss.reduction}
   * @throws IllegalArgumentException if there is none of that name
   */
  public LossReduction(String reduction) {
    this(reduction, null);
  }

  /**
   * A way to make one number of many, of which this process has a part.
   *
   * @param reduction one of Keras's names, see {@code Loss.reduction}
   * @param overWorkers adds up a tensor over all processes that have a part; null if there is one
   * @throws IllegalArgumentException if there is none of that name
   */
  public LossReduction(String reduction, UnaryOperator<Operand<TFloat32>> overWorkers) {
    this.reduction = checked(reduction);
    this.overWorkers = overWorkers;
  }

  public static String checked(String reduction) {
    if (reduction != null && !ALL.contains(reduction)) {
      throw Names.unknown("loss reduction", reduction, ALL);
    }
    return reduction;
  }

  private boolean isMean() {
    return SUM_OVER_BATCH_SIZE.equals(reduction) || MEAN.equals(reduction);
  }

  /**
   * Whether, without weights and masks, the loss of a batch is the mean of those of its samples.
   *
   * @return false for {@code "sum"}
   */
  public boolean isOfEachSample() {
    return !SUM.equals(reduction);
  }

  private boolean isNone() {
    return reduction == null || NONE.equals(reduction);
  }

  /**
   * Joins sample weights and mask into weights, for a whole batch. With a mask, a mean is one over
   * the values that count: these weigh as many times more as there are fewer of them.
   *
   * @param tf where the ops go
   * @param sampleWeight weights of the whole batch, or null
   * @param mask true for what counts, of the whole batch, or null
   * @return the weights to cut into parts like the batch; null if all values weigh 1
   */
  public Operand<TFloat32> weights(Ops tf, Operand<TFloat32> sampleWeight, Operand<TBool> mask) {
    if (mask == null) {
      return sampleWeight;
    }
    weightsAre = sampleWeight == null ? "Mask" : "Sample weights and mask";
    Operand<TFloat32> counts = tf.dtypes.cast(mask, TFloat32.class);
    if (isMean()) {
      Operand<TFloat32> size = tf.dtypes.cast(tf.size(mask), TFloat32.class);
      Operand<TFloat32> factor = ofAll(tf, size, sumOf(tf, counts));
      counts = tf.select(mask, factor, tf.constant(0f));
    }
    return sampleWeight == null ? counts : product(tf, weightsAre, counts, sampleWeight);
  }

  /** Returns how many times more the values weigh that count: all values by those that count. */
  private Operand<TFloat32> ofAll(Ops tf, Operand<TFloat32> size, Operand<TFloat32> valid) {
    if (overWorkers == null) {
      return tf.math.divNoNan(size, valid);
    }
    Operand<TFloat32> both = overWorkers.apply(tf.stack(List.of(size, valid)));
    Operand<TInt32> first = tf.constant(0);
    return tf.math.divNoNan(tf.gather(both, first, first), tf.gather(both, tf.constant(1), first));
  }

  /**
   * Joins masks.
   *
   * @param tf where the ops go
   * @param first true for what counts; null where all counts
   * @param second another one, or null
   * @return true for what counts in both; null if none is given
   */
  public static Operand<TBool> both(Ops tf, Operand<TBool> first, Operand<TBool> second) {
    if (first == null || second == null) {
      return first == null ? second : first;
    }
    return tf.math.logicalAnd(first, second);
  }

  /**
   * Weighs the values of a part of a batch.
   *
   * @param tf where the ops go
   * @param values the results of {@code Loss.call} for the part
   * @param weights the rows of {@link #weights} for the part, or null
   * @return the weighted values
   * @throws IllegalArgumentException if the weights' shape does not go with the values'
   */
  public Operand<TFloat32> weighted(Ops tf, Operand<TFloat32> values, Operand<TFloat32> weights) {
    return weights == null ? values : product(tf, weightsAre, values, weights);
  }

  /**
   * The divisor of the sum over all parts.
   *
   * @param tf where the ops go
   * @param weighted the weighted values of any part; only their shape without the batch matters
   * @param weights the weights of the whole batch, or null
   * @param batch the number of rows of the whole batch, a scalar
   * @return how many values there are; the sum of the weights for {@code
   *     "mean_with_sample_weight"}; 1 for {@code "sum"}, for {@code "none"} and for a single value
   */
  public Operand<TFloat32> divisor(
      Ops tf, Operand<TFloat32> weighted, Operand<TFloat32> weights, Operand<TInt32> batch) {
    Shape shape = weighted.shape();
    boolean byWeights = MEAN_WITH_SAMPLE_WEIGHT.equals(reduction);
    boolean divides = byWeights || isMean();
    if (!divides || shape.numDimensions() == 0) {
      return tf.constant(1f);
    }
    if (byWeights && weights != null) {
      if (sumOfWeights == null) {
        Operand<TFloat32> own = sumOf(tf, weights);
        sumOfWeights = overWorkers == null ? own : overWorkers.apply(own);
      }
      return sumOfWeights;
    }
    return count(tf, weighted, batch);
  }

  /** Tells how many values there are in the whole batch. */
  private static Operand<TFloat32> count(Ops tf, Operand<TFloat32> values, Operand<TInt32> batch) {
    Shape shape = values.shape();
    Operand<TInt32> rest = tf.constant(1);
    if (shape.numDimensions() > 1) {
      Shape perRow = shape.tail();
      rest =
          perRow.hasUnknownDimension()
              ? tf.reduceProd(
                  tf.slice(
                      tf.shape(values), tf.constant(new int[] {1}), tf.constant(new int[] {-1})),
                  tf.constant(0))
              : tf.constant((int) perRow.size());
    }
    return tf.dtypes.cast(tf.math.mul(batch, rest), TFloat32.class);
  }

  /**
   * Returns the share of a part of a batch in the loss.
   *
   * @param tf where the ops go
   * @param values the results of {@code Loss.call} for the part
   * @param weightsOfPart the rows of {@code weights} for the part, or null
   * @param weights the weights of the whole batch, or null
   * @param batch the number of rows of the whole batch, a scalar
   * @return a scalar; 0 where Keras divides by 0
   */
  public Operand<TFloat32> share(
      Ops tf,
      Operand<TFloat32> values,
      Operand<TFloat32> weightsOfPart,
      Operand<TFloat32> weights,
      Operand<TInt32> batch) {
    Operand<TFloat32> weighted = weighted(tf, values, weightsOfPart);
    return tf.math.divNoNan(sumOf(tf, weighted), divisor(tf, weighted, weights, batch));
  }

  /**
   * Returns the share in the loss that is logged. A loss that is left as it is, {@code "none"}, has
   * many values: training makes their sum small, as the gradient of each of them counts, and what
   * is logged is their mean.
   *
   * @param tf where the ops go
   * @param share the result of {@link #share}
   * @param values the results of {@code Loss.call} for the part; only their shape without the batch
   *     matters
   * @param batch the number of rows of the whole batch, a scalar
   * @return the share itself, but for {@code "none"}
   */
  public Operand<TFloat32> logged(
      Ops tf, Operand<TFloat32> share, Operand<TFloat32> values, Operand<TInt32> batch) {
    return isNone() && values.shape().numDimensions() > 0
        ? tf.math.div(share, count(tf, values, batch))
        : share;
  }

  /**
   * Returns the loss of a whole batch: Keras's {@code Loss.__call__}.
   *
   * @param tf where the ops go
   * @param values the results of {@code Loss.call}
   * @param sampleWeight weights, or null
   * @param mask true for what counts, or null
   * @return a scalar; the weighted values themselves for {@code "none"}
   */
  public Operand<TFloat32> reduce(
      Ops tf, Operand<TFloat32> values, Operand<TFloat32> sampleWeight, Operand<TBool> mask) {
    Operand<TFloat32> weights = weights(tf, sampleWeight, mask);
    Operand<TFloat32> weighted = weighted(tf, values, weights);
    if (isNone() || weighted.shape().numDimensions() == 0) {
      return weighted;
    }
    Operand<TInt32> first =
        tf.slice(tf.shape(weighted), tf.constant(new int[] {0}), tf.constant(new int[] {1}));
    Operand<TInt32> batch = tf.reshape(first, tf.constant(new int[0]));
    return share(tf, values, weights, weights, batch);
  }

  private static Operand<TFloat32> sumOf(Ops tf, Operand<TFloat32> x) {
    int rank = x.shape().numDimensions();
    int[] axes = new int[rank];
    Arrays.setAll(axes, axis -> axis);
    return rank == 0 ? x : tf.sum(x, tf.constant(axes));
  }

  private static Operand<TFloat32> product(
      Ops tf, String where, Operand<TFloat32> values, Operand<TFloat32> weights) {
    Ranks.Pair same = Ranks.squeezeOrExpand(tf, values, weights);
    Shape a = same.first().shape();
    Shape b = same.second().shape();
    boolean fits =
        a.numDimensions() == 0 || b.numDimensions() == 0 || a.numDimensions() == b.numDimensions();
    for (int i = 0; fits && i < Math.min(a.numDimensions(), b.numDimensions()); i++) {
      fits = a.get(i) < 0 || b.get(i) < 0 || a.get(i) == b.get(i) || a.get(i) == 1 || b.get(i) == 1;
    }
    if (!fits) {
      throw Errors.in(where, "the shape does not go with the values to be weighted.")
          .expected(expectedWeights(values.shape()))
          .got(Errors.shape(weights.shape().asArray()))
          .fix(
              where.equals("Mask")
                  ? "drop the mask in the model: it marks other things than the loss compares"
                  : "give one weight per value, or an array of shape (batch, 1) for one per sample")
          .argument();
    }
    return tf.math.mul(same.first(), same.second());
  }

  private static String expectedWeights(Shape values) {
    return Errors.shape(values.asArray()) + ", or that with dimensions of 1";
  }
}
