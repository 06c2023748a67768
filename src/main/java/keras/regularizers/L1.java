package keras.regularizers;

import java.util.Map;
import keras.internal.messages.Checks;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The penalty {@code l1 * sum(|x|)}. Keras: {@code keras.regularizers.L1}. */
public final class L1 extends Regularizer {

  private double l1 = 0.01;

  /** With the factor 0.01. */
  public L1() {}

  /**
   * With a factor.
   *
   * @param l1 a finite number, 0 or more; 0.01 by default
   * @throws IllegalArgumentException if it is not
   */
  public L1(double l1) {
    this.l1 = Factors.check("L1", "l1", l1);
  }

  /**
   * Sets the factor.
   *
   * @param factor a finite number, 0 or more; 0.01 by default
   * @return this regularizer
   * @throws IllegalArgumentException if it is not
   */
  public L1 l1(double factor) {
    l1 = Factors.check("L1", "l1", factor);
    return this;
  }

  @Override
  public Operand<TFloat32> call(Ops tf, Operand<TFloat32> x) {
    Checks.operands("L1", tf, x);
    return tf.math.mul(sumOfMagnitudes(tf, x), tf.constant((float) l1));
  }

  /**
   * Returns a regularizer of its arguments. Keras: {@code L1.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new regularizer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static L1 fromConfig(Config config) {
    Checks.notNull("L1.fromConfig", "config", config);
    L1 made = new L1();
    config.number("l1", made::l1);
    return made;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("l1", (double) (float) l1);
    return config;
  }
}
