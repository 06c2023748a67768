package keras.testing;

import keras.losses.Loss;
import keras.losses.LossFunction;
import keras.models.CompileOptions;
import keras.optimizers.Optimizer;

/** Passes on arguments of compile that a table of cases has as objects. */
public final class Identifiers {

  private Identifiers() {}

  /** Sets the loss: a name, a {@link Loss} or a {@link LossFunction}. */
  public static CompileOptions loss(CompileOptions options, Object loss) {
    if (loss instanceof Loss object) {
      return options.loss(object);
    }
    return loss instanceof LossFunction function
        ? options.loss(function)
        : options.loss((String) loss);
  }

  /** Sets the optimizer: a name or an {@link Optimizer}. */
  public static CompileOptions optimizer(CompileOptions options, Object optimizer) {
    return optimizer instanceof Optimizer<?> object
        ? options.optimizer(object)
        : options.optimizer((String) optimizer);
  }
}
