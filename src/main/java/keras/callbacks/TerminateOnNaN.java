package keras.callbacks;

import java.util.Map;
import keras.internal.messages.Errors;
import keras.internal.text.PythonFormat;

/**
 * Ends training as soon as the loss is not a finite number, and names the batch. Keras: {@code
 * keras.callbacks.TerminateOnNaN}.
 *
 * <p>It needs the loss after every batch, which costs some speed on tiny models.
 */
public final class TerminateOnNaN extends Callback {
  private boolean raiseError;

  /** Ends training with a message and lets the other callbacks finish. */
  public TerminateOnNaN() {}

  /**
   * Sets whether to fail instead of ending in good order.
   *
   * @param value true for an exception, after which no other hook is called; false by default
   * @return this callback
   */
  public TerminateOnNaN raiseError(boolean value) {
    raiseError = value;
    return this;
  }

  /**
   * Looks at the loss.
   *
   * @throws IllegalStateException if it is not finite and {@link #raiseError} was chosen
   */
  @Override
  public void onBatchEnd(int batch, Map<String, Double> logs) {
    Double loss = orNone(logs).get("loss");
    if (loss == null || Double.isFinite(loss)) {
      return;
    }
    if (raiseError) {
      throw Errors.in("TerminateOnNaN", "the loss is not finite after batch " + batch + ".")
          .expected("a finite loss")
          .got(PythonFormat.repr(loss))
          .fix("look at the data of this batch, lower the learning rate or set clipnorm(1)")
          .state();
    }
    output().println("Batch " + batch + ": Invalid loss, terminating training");
    trained().stopTraining(true);
  }
}
