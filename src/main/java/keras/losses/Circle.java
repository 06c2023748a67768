package keras.losses;

import java.util.List;
import java.util.Map;
import keras.internal.messages.Checks;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Max;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * How far vectors of the same class lie from each other, and how near those of different classes:
 * targets {@code (batch)} or {@code (batch, 1)} as class numbers, predictions {@code (batch,
 * features)} of length 1, values {@code (batch)}. Keras: {@code keras.losses.Circle(gamma=80.0,
 * margin=0.4, remove_diagonal=True)}. Paper: <a href="https://arxiv.org/abs/2002.10857">Sun et al.,
 * 2020</a>. A mean is over the samples whose value is above 0.
 */
public final class Circle extends KerasLoss<Circle> {

  private double gamma = 80;
  private double margin = 0.4;
  private boolean removeDiagonal = true;

  /** Keras's defaults. */
  public Circle() {
    super("circle");
  }

  /**
   * A factor on all distances.
   *
   * @param value 80 by default
   * @return this loss
   */
  public Circle gamma(double value) {
    gamma = value;
    return this;
  }

  /**
   * Sets how much slack a distance has.
   *
   * @param value 0.4 by default
   * @return this loss
   */
  public Circle margin(double value) {
    margin = value;
    return this;
  }

  /**
   * Sets whether a sample is left out among those of its own class.
   *
   * @param value true by default
   * @return this loss
   */
  public Circle removeDiagonal(boolean value) {
    removeDiagonal = value;
    return this;
  }

  /** Each sample is compared with all others. */
  @Override
  public boolean needsWholeBatch() {
    return true;
  }

  @Override
  public void checkTargets(FloatNdArray yTrue, Shape yPred) {
    ClassNumbers.checkShape("Loss \"" + name() + "\"", yTrue, yPred);
  }

  @Override
  Operand<TFloat32> compute(Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> yPred) {
    Operand<TFloat32> one = tf.constant(1f);
    Operand<TFloat32> zero = tf.constant(0f);
    Operand<TFloat32> cosines = tf.linalg.matMul(yPred, yPred, MatMul.transposeB(true));
    Operand<TFloat32> distances = tf.math.maximum(tf.math.sub(one, cosines), zero);
    Operand<TInt32> column =
        tf.reshape(tf.dtypes.cast(yTrue, TInt32.class), tf.constant(new int[] {-1, 1}));
    Operand<TBool> same = tf.math.equal(column, tf.reshape(column, tf.constant(new int[] {1, -1})));
    Operand<TBool> positive = removeDiagonal ? withoutDiagonal(tf, same) : same;
    Operand<TFloat32> near =
        product(
            tf,
            tf.math.add(tf.constant((float) margin), distances),
            tf.math.sub(tf.constant((float) margin), distances),
            -gamma);
    Operand<TFloat32> far =
        product(
            tf,
            tf.nn.relu(tf.math.sub(tf.constant((float) (1 + margin)), distances)),
            tf.math.sub(tf.constant((float) (1 - margin)), distances),
            gamma);
    Operand<TFloat32> never = tf.constant(Float.NEGATIVE_INFINITY);
    return tf.math.softplus(
        tf.math.add(
            logSumExp(tf, tf.select(positive, near, never)),
            logSumExp(tf, tf.select(tf.math.logicalNot(same), far, never))));
  }

  private static Operand<TBool> withoutDiagonal(Ops tf, Operand<TBool> same) {
    Operand<TInt32> size = tf.shape(same);
    Operand<TInt32> places =
        tf.range(tf.constant(0), tf.gather(size, tf.constant(0), tf.constant(0)), tf.constant(1));
    Operand<TBool> others =
        tf.math.notEqual(
            tf.reshape(places, tf.constant(new int[] {-1, 1})),
            tf.reshape(places, tf.constant(new int[] {1, -1})));
    return tf.math.logicalAnd(same, others);
  }

  private static Operand<TFloat32> product(
      Ops tf, Operand<TFloat32> weights, Operand<TFloat32> distances, double factor) {
    return tf.math.mul(tf.math.mul(tf.constant((float) factor), weights), distances);
  }

  /** Of rows of which none, one or more may be minus infinity. */
  private static Operand<TFloat32> logSumExp(Ops tf, Operand<TFloat32> x) {
    Operand<TFloat32> largest = tf.max(x, tf.constant(1), Max.keepDims(true));
    Operand<TFloat32> finite =
        tf.stopGradient(tf.select(tf.math.isFinite(largest), largest, tf.zerosLike(largest)));
    Operand<TFloat32> sum = tf.sum(tf.math.exp(tf.math.sub(x, finite)), tf.constant(1));
    return tf.math.add(tf.math.log(sum), tf.squeeze(finite, Squeeze.axis(List.of(1L))));
  }

  @Override
  public Operand<TBool> maskOfValues(Ops tf, Operand<TFloat32> values) {
    Checks.operands(name(), tf, values);
    return tf.math.greater(values, tf.constant(0f));
  }

  /**
   * Returns a loss of its arguments. Keras: {@code Circle.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new loss
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Circle fromConfig(Config config) {
    Circle loss = new Circle().common(config);
    config.number("gamma", loss::gamma);
    config.number("margin", loss::margin);
    config.bool("remove_diagonal", loss::removeDiagonal);
    return loss;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("gamma", gamma);
    config.put("margin", margin);
    config.put("remove_diagonal", removeDiagonal);
    return config;
  }
}
