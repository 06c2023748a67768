package keras.regularizers;

import java.util.Map;
import keras.internal.messages.Checks;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The penalty {@code l1 * sum(|x|) + l2 * sum(x²)}. Keras: {@code keras.regularizers.L1L2}.
 *
 * <p>Both factors are 0 unless they are set, also where the regularizer is named as {@code "l1l2"}.
 */
public final class L1L2 extends Regularizer {

  private double l1;
  private double l2;

  /** With both factors 0: no penalty. */
  public L1L2() {}

  /**
   * Sets the factor of the magnitudes.
   *
   * @param factor a finite number, 0 or more; 0 by default
   * @return this regularizer
   * @throws IllegalArgumentException if it is not
   */
  public L1L2 l1(double factor) {
    l1 = Factors.check("L1L2", "l1", factor);
    return this;
  }

  /**
   * Sets the factor of the squares.
   *
   * @param factor a finite number, 0 or more; 0 by default
   * @return this regularizer
   * @throws IllegalArgumentException if it is not
   */
  public L1L2 l2(double factor) {
    l2 = Factors.check("L1L2", "l2", factor);
    return this;
  }

  @Override
  public Operand<TFloat32> call(Ops tf, Operand<TFloat32> x) {
    Checks.operands("L1L2", tf, x);
    if (l1 == 0) {
      return l2 == 0 ? tf.constant(0f) : sumOfSquares(tf, x, l2);
    }
    Operand<TFloat32> magnitudes = tf.math.mul(sumOfMagnitudes(tf, x), tf.constant((float) l1));
    return l2 == 0 ? magnitudes : tf.math.add(magnitudes, sumOfSquares(tf, x, l2));
  }

  /**
   * Returns a regularizer of its arguments. Keras: {@code L1L2.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new regularizer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static L1L2 fromConfig(Config config) {
    Checks.notNull("L1L2.fromConfig", "config", config);
    L1L2 made = new L1L2();
    config.number("l1", made::l1);
    config.number("l2", made::l2);
    return made;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("l1", l1);
    config.put("l2", l2);
    return config;
  }
}
