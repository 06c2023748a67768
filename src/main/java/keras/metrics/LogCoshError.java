package keras.metrics;

/** The mean of {@link keras.losses.LogCosh}. Keras: {@code keras.metrics.LogCoshError}. */
public final class LogCoshError extends LossMetric<LogCoshError> {

  /** Keras's defaults. */
  public LogCoshError() {
    super("logcosh", new keras.losses.LogCosh());
  }
}
