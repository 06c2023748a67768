package keras.distribution;

/** Says that workers can no longer go on together, and why. */
public class DistributionException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /**
   * An error.
   *
   * @param message where, what was expected, what came, and how to go on
   */
  public DistributionException(String message) {
    super(message);
  }

  /**
   * An error with what led to it.
   *
   * @param message where, what was expected, what came, and how to go on
   * @param cause what led to it
   */
  public DistributionException(String message, Throwable cause) {
    super(message, cause);
  }
}
