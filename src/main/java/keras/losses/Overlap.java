package keras.losses;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import keras.internal.losses.Ranks;
import keras.internal.messages.Checks;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Base of the losses that compare how much of two regions lies in both. Sums are taken along some
 * axes; along all of them, the batch too, if none are named, which leaves one value.
 *
 * @param <S> the loss itself
 */
abstract class Overlap<S extends Overlap<S>> extends KerasLoss<S> {

  private int[] axis;

  Overlap(String name) {
    super(name);
  }

  /**
   * Along which axes a region lies.
   *
   * @param value axes, {@code axis(1, 2, 3)} for images, which leaves one value per sample; none,
   *     the default, for all, the batch too
   * @return this loss
   */
  public S axis(int... value) {
    axis = value.length == 0 ? null : value.clone();
    return self();
  }

  /** A sum over the batch is no sum of those of its parts. */
  @Override
  public boolean needsWholeBatch() {
    return axis == null || Arrays.stream(axis).anyMatch(each -> each <= 0);
  }

  @Override
  public boolean reducesLastAxis() {
    return false;
  }

  final Operand<TFloat32> sum(Ops tf, Operand<TFloat32> x) {
    int rank = x.shape().numDimensions();
    int[] axes = axis == null ? IntStream.range(0, rank).toArray() : axis;
    for (int each : axes) {
      Ranks.checkAxis(name(), each, x.shape());
    }
    return tf.sum(x, tf.constant(axes));
  }

  static Operand<TFloat32> missing(Ops tf, Operand<TFloat32> part, Operand<TFloat32> whole) {
    Operand<TFloat32> above = tf.math.add(whole, tf.constant(Formulas.EPSILON));
    return tf.math.sub(tf.constant(1f), tf.math.div(part, above));
  }

  /** With the arguments of a configuration that all of these losses have. */
  final S overlapFrom(Config config) {
    Checks.notNull(getClass().getSimpleName() + ".fromConfig", "config", config);
    if (config.given("axis")) {
      axis(config.integers("axis"));
    }
    return common(config);
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("axis", axis == null ? null : Arrays.stream(axis).boxed().toList());
    return config;
  }
}
