package keras.metrics;

/** Which way a metric goes when a model gets better. */
public enum Direction {
  /** Larger is better, as for accuracy. */
  UP,
  /** Smaller is better, as for errors. */
  DOWN
}
