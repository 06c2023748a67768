package keras.losses;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A loss as a plain function, so that a lambda can be one:
 *
 * <pre>{@code
 * model.compile(c -> c.loss((tf, yTrue, yPred) ->
 *     tf.math.mean(tf.math.abs(tf.math.sub(yTrue, yPred)), tf.constant(-1))));
 * }</pre>
 */
@FunctionalInterface
public interface LossFunction {

  /**
   * Adds the ops that compare predictions with targets.
   *
   * @param tf where the ops go
   * @param yTrue targets {@code (batch, ...)}; integers too are held as floats
   * @param yPred predictions {@code (batch, ..., features)}
   * @return one value per sample {@code (batch,)}, or per timestep {@code (batch, timesteps)}: no
   *     value may depend on more than one sample, since a batch is computed in parts
   */
  Operand<TFloat32> call(Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> yPred);
}
