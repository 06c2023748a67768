package keras.utils;

/** Checks of single arguments. */
final class Checks {
  private Checks() {}

  /** The value, if it is 1 or more. */
  static int positive(String where, String argument, int value) {
    if (value < 1) {
      throw Errors.in(where, argument + " must be positive.")
          .expected("1 or more")
          .got(value)
          .fix("pass a " + argument + " of 1 or more")
          .argument();
    }
    return value;
  }

  /** The value, if it is 0 or more. */
  static int notNegative(String where, String argument, int value) {
    if (value < 0) {
      throw Errors.in(where, argument + " must not be negative.")
          .expected("0 or more")
          .got(value)
          .fix("count from the beginning of the data")
          .argument();
    }
    return value;
  }
}
