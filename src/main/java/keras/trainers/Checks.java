package keras.trainers;

import keras.utils.Errors;

/** Checks of numbers that {@code fit} and the like are given. */
final class Checks {

  private Checks() {}

  static int positive(String where, String argument, int value) {
    if (value < 1) {
      throw Errors.in(where, argument + " must be a positive number.")
          .expected("at least 1")
          .got(value)
          .fix(argument + "(1)")
          .argument();
    }
    return value;
  }

  static int notNegative(String where, String argument, int value) {
    if (value < 0) {
      throw Errors.in(where, argument + " must not be negative.")
          .expected("0 or more")
          .got(value)
          .fix("leave " + argument + " out to start at 0")
          .argument();
    }
    return value;
  }

  static double fraction(String where, String argument, double value) {
    if (!(value >= 0 && value < 1)) {
      throw Errors.in(where, argument + " must be a fraction of the samples.")
          .expected("from 0 to less than 1")
          .got(value)
          .fix(argument + "(0.2) keeps the last fifth")
          .argument();
    }
    return value;
  }
}
