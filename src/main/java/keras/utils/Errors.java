package keras.utils;

/** The form of the library's error messages: where, what, expected, got, how to fix it. */
public final class Errors {

  private Errors() {}

  /**
   * Writes a message.
   *
   * @param where what the user named, as {@code LSTM "encoder"}
   * @param what the problem, one sentence
   * @param expected what would have been right
   * @param got what was there instead
   * @param fix what to write instead, in Java
   * @return the message, in four lines
   */
  public static String message(String where, String what, String expected, String got, String fix) {
    return where
        + ": "
        + what
        + "\n  expected: "
        + expected
        + "\n  got:      "
        + got
        + "\n  fix:      "
        + fix;
  }
}
