package keras.models;

import keras.callbacks.Callback;
import keras.internal.messages.Checks;
import keras.internal.trainers.EvaluateArguments;

/** The arguments of {@code predict}, under the names that Keras has for them. */
public final class PredictOptions {

  final EvaluateArguments arguments = new EvaluateArguments();

  PredictOptions() {}

  /**
   * Sets how many samples go into one batch. Several small batches may be computed together, where
   * the numbers are the same up to rounding and no callback looks at each.
   *
   * @param value 32 by default, or what the model was given as its batch size
   * @return these options
   * @throws IllegalArgumentException if it is less than one
   */
  public PredictOptions batchSize(int value) {
    arguments.batchSize = Checks.positive("predict", "batchSize", value);
    return this;
  }

  /**
   * Sets how much is printed.
   *
   * @param value 0 for nothing, 1 (the default) for a progress bar, 2 for one line an epoch
   * @return these options
   */
  public PredictOptions verbose(int value) {
    arguments.verbose = value;
    return this;
  }

  /**
   * Sets how many batches are taken.
   *
   * @param value a number of batches; by default all that there are
   * @return these options
   * @throws IllegalArgumentException if it is less than one
   */
  public PredictOptions steps(int value) {
    arguments.steps = Checks.positive("predict", "steps", value);
    return this;
  }

  /**
   * Sets the callbacks, which are told of the progress.
   *
   * @param value callbacks, none by default
   * @return these options
   * @throws IllegalArgumentException if one of them is null
   */
  public PredictOptions callbacks(Callback... value) {
    arguments.callbacks =
        Checks.all("predict", "callbacks", "a callback", "callbacks(new History())", value);
    return this;
  }
}
