package keras.regularizers;

import keras.internal.messages.Errors;

/** Checks of the factors of regularizers. */
final class Factors {

  private Factors() {}

  /** Refuses a factor that is negative, infinite or no number. */
  static double check(String where, String name, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw Errors.in(where, name + " is no factor of a penalty.")
          .expected("a finite number, 0 or more")
          .got(value)
          .fix("write " + name + "(0.01)")
          .argument();
    }
    return value;
  }
}
