package keras.distribution;

/** An error of TensorFlow's C API. */
final class NativeFailure extends RuntimeException {

  private static final long serialVersionUID = 1;
  private static final int DEADLINE_EXCEEDED = 4;

  private final int code;

  /**
   * @param code one of TensorFlow's
   * @param message TensorFlow's words
   */
  NativeFailure(int code, String message) {
    super(message);
    this.code = code;
  }

  /** Tells whether it took too long. */
  boolean isLate() {
    return code == DEADLINE_EXCEEDED;
  }
}
