package keras.optimizers;

import java.util.Map;
import keras.backend.Variable;
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

  @Override
  final void addSlots(Slots to) {
    to.addZeros("momentum", "velocity");
    if (amsgrad) {
      to.addZeros("velocity_hat");
    }
  }

  @Override
  final Rule rule(Step step, Slots own) {
    boolean exact = Math.abs(1 - (float) beta2 - (1 - beta2)) < 1e-6 * (1 - beta2);
    Operand<TFloat32> kept = step.constant(exact ? beta2 : 1);
    return (tf, variable, gradient) -> {
      Ops after =
          exact ? tf : step.after(moveSquares(step, tf, own.get(variable, "velocity"), gradient));
      return apply(step, own, after, kept, variable, gradient);
    };
  }

  /**
   * Moves the mean square. The kernels do so too, yet subtract {@code beta2} from 1 in 32 bits: for
   * 0.999 that is 1.3e-5 less than what Keras gets in 64, and twice the error that may be in a
   * step.
   */
  private Op moveSquares(Step step, Ops tf, Variable mean, Operand<TFloat32> gradient) {
    Operand<TFloat32> way = step.tf().math.sub(step.value(mean), step.tf().math.square(gradient));
    return tf.train.resourceApplyGradientDescent(step.handle(mean), step.constant(1 - beta2), way);
  }

  private Op apply(
      Step step,
      Slots own,
      Ops tf,
      Operand<TFloat32> kept,
      Variable variable,
      Operand<TFloat32> gradient) {
    if (amsgrad) {
      return tf.train.resourceApplyAdamWithAmsgrad(
          step.handle(variable),
          step.handle(own.get(variable, "momentum")),
          step.handle(own.get(variable, "velocity")),
          step.handle(own.get(variable, "velocity_hat")),
          step.power(beta1),
          step.power(beta2),
          step.learningRate(),
          step.constant(beta1),
          kept,
          step.constant(epsilon),
          gradient);
    }
    return tf.train.resourceApplyAdam(
        step.handle(variable),
        step.handle(own.get(variable, "momentum")),
        step.handle(own.get(variable, "velocity")),
        step.power(beta1),
        step.power(beta2),
        step.learningRate(),
        step.constant(beta1),
        kept,
        step.constant(epsilon),
        gradient);
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
