package keras.regularizers;

import keras.utils.Errors;

/** What the factors of regularizers have in common. */
final class Factors {

  private Factors() {}

  /** Refuses a factor that is negative, infinite or no number. */
  static double check(String where, String name, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          Errors.message(
              where,
              name + " is no factor of a penalty.",
              "a finite number, 0 or more",
              String.valueOf(value),
              "write " + name + "(0.01)"));
    }
    return value;
  }
}
