package keras.regularizers;

import java.util.Map;
import keras.internal.messages.Checks;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The penalty {@code l2 * sum(x²)}. Keras: {@code keras.regularizers.L2}. */
public final class L2 extends Regularizer {

  private double l2 = 0.01;

  /** With the factor 0.01. */
  public L2() {}

  /**
   * With a factor.
   *
   * @param l2 a finite number, 0 or more; 0.01 by default
   * @throws IllegalArgumentException if it is not
   */
  public L2(double l2) {
    this.l2 = Factors.check("L2", "l2", l2);
  }

  /**
   * Sets the factor.
   *
   * @param factor a finite number, 0 or more; 0.01 by default
   * @return this regularizer
   * @throws IllegalArgumentException if it is not
   */
  public L2 l2(double factor) {
    l2 = Factors.check("L2", "l2", factor);
    return this;
  }

  @Override
  public Operand<TFloat32> call(Ops tf, Operand<TFloat32> x) {
    Checks.operands("L2", tf, x);
    return sumOfSquares(tf, x, l2);
  }

  /**
   * Returns a regularizer of its arguments. Keras: {@code L2.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new regularizer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static L2 fromConfig(Config config) {
    Checks.notNull("L2.fromConfig", "config", config);
    L2 made = new L2();
    config.number("l2", made::l2);
    return made;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("l2", l2);
    return config;
  }
}
