package keras.optimizers;

import java.util.Map;
import keras.backend.Variable;
import keras.backend.VariableAccess;
import keras.internal.messages.Checks;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Adam's rule: {@code m += (1 - beta1) * (g - m); v += (1 - beta2) * (g² - v); w -= learningRate *
 * sqrt(1 - beta2^t) / (1 - beta1^t) * m / (sqrt(v) + epsilon)}.
 *
 * @param <S> the class itself, which chained calls return
 */
public abstract class AdamBase<S extends AdamBase<S>> extends Optimizer<S> {

  private double beta1 = 0.9;
  private double beta2 = 0.999;
  private double epsilon = 1e-7;
  private boolean amsgrad;

  AdamBase(double learningRate, String name) {
    super(learningRate, name);
  }

  /**
   * Sets how slowly the mean of the gradients moves.
   *
   * @param value the part that is kept at each step; 0.9 by default
   * @return this optimizer
   */
  public S beta1(double value) {
    changing("beta1");
    beta1 = value;
    return self();
  }

  /**
   * Sets how slowly the mean of the squared gradients moves.
   *
   * @param value the part that is kept at each step; 0.999 by default
   * @return this optimizer
   */
  public S beta2(double value) {
    changing("beta2");
    beta2 = value;
    return self();
  }

  /**
   * Sets the number that keeps the divisor from being zero.
   *
   * @param value a small number; 1e-7 by default
   * @return this optimizer
   */
  public S epsilon(double value) {
    changing("epsilon");
    epsilon = value;
    return self();
  }

  /**
   * Sets whether the greatest v so far is used, so that the divisor never shrinks.
   *
   * @param value as Reddi et al. have it (On the convergence of Adam and beyond, 2018); false by
   *     default
   * @return this optimizer
   */
  public S amsgrad(boolean value) {
    changing("amsgrad");
    amsgrad = value;
    return self();
  }

  /** With the arguments of a configuration. */
  final S adamFrom(Config config) {
    Checks.notNull(getClass().getSimpleName() + ".fromConfig", "config", config);
    config.number("beta_1", this::beta1);
    config.number("beta_2", this::beta2);
    config.number("epsilon", this::epsilon);
    config.bool("amsgrad", this::amsgrad);
    return common(config);
  }

  @Override
  final void addSlots(Slots to) {
    to.addZeros("momentum", "velocity");
    if (amsgrad) {
      to.addZeros("velocity_hat");
    }
    for (Variable variable : to.of()) {
      VariableAccess.storeScaled(to.get(variable, "velocity"), ratio());
      if (amsgrad) {
        VariableAccess.storeScaled(to.get(variable, "velocity_hat"), ratio());
      }
    }
  }

  /**
   * Returns the share of a squared gradient that the kernels add, relative to Keras's. They
   * subtract {@code beta2} from 1 in 32 bits, Keras in 64; for 0.999 the difference is 1.3e-5. So
   * the mean square is kept times this ratio, and the step is made from its root accordingly. Where
   * the kernels add nothing, no step is made, as in Keras.
   */
  private double ratio() {
    float added = 1 - (float) beta2;
    return added == 0 ? 1 : added / (1 - beta2);
  }

  @Override
  final Rule rule(UpdateStep step, Slots own) {
    double root = Math.sqrt(ratio());
    Operand<TFloat32> rate = step.tf().math.mul(step.learningRate(), step.constant(root));
    return (tf, variable, dense) -> {
      boolean ofRows = step.rows(dense) != null;
      if (ofRows && beta2 == 0) {
        return ofRows(tf, step, own, variable, dense, rate);
      }
      Operand<TFloat32> gradient =
          ofRows ? step.beforehand(dense, own.get(variable, "velocity"), (float) beta2) : dense;
      return amsgrad
          ? tf.train.resourceApplyAdamWithAmsgrad(
              step.handle(variable),
              step.handle(own.get(variable, "momentum")),
              step.handle(own.get(variable, "velocity")),
              step.handle(own.get(variable, "velocity_hat")),
              step.power(beta1),
              step.power(beta2),
              rate,
              step.constant(beta1),
              step.constant(beta2),
              step.constant(epsilon * root),
              gradient)
          : tf.train.resourceApplyAdam(
              step.handle(variable),
              step.handle(own.get(variable, "momentum")),
              step.handle(own.get(variable, "velocity")),
              step.power(beta1),
              step.power(beta2),
              rate,
              step.constant(beta1),
              step.constant(beta2),
              step.constant(epsilon * root),
              gradient);
    };
  }

  /** Adds the same for a gradient of rows, whose squares are not those of its sum. */
  private Op ofRows(
      Ops tf,
      UpdateStep step,
      Slots own,
      Variable variable,
      Operand<TFloat32> gradient,
      Operand<TFloat32> rate) {
    Ops ops = step.tf();
    Operand<TFloat32> one = step.constant(1);
    Operand<TFloat32> m = step.moved(own.get(variable, "momentum"), gradient, 1 - (float) beta1);
    Operand<TFloat32> v =
        step.moved(own.get(variable, "velocity"), step.squared(gradient), 1 - (float) beta2);
    if (amsgrad) {
      Variable largest = own.get(variable, "velocity_hat");
      v = ops.math.maximum(step.value(largest), v);
      step.assign(largest, v);
    }
    Operand<TFloat32> alpha =
        ops.math.div(
            ops.math.mul(rate, ops.math.sqrt(ops.math.sub(one, step.power(beta2)))),
            ops.math.sub(one, step.power(beta1)));
    Operand<TFloat32> divisor =
        ops.math.add(ops.math.sqrt(v), step.constant(epsilon * Math.sqrt(ratio())));
    return tf.assignSubVariableOp(
        step.handle(variable), ops.math.div(ops.math.mul(m, alpha), divisor));
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("beta_1", beta1);
    config.put("beta_2", beta2);
    config.put("epsilon", epsilon);
    config.put("amsgrad", amsgrad);
    return config;
  }
}
