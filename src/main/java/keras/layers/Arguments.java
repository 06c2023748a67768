package keras.layers;

import keras.utils.Errors;

/** Checks that several layers make of their arguments. */
final class Arguments {

  private Arguments() {}

  static int positive(String layer, String argument, int value) {
    if (value < 1) {
      throw Errors.in(layer, argument + " must be a positive number.")
          .expected("at least 1")
          .got(value)
          .fix("new " + layer + "(32)")
          .argument();
    }
    return value;
  }

  static double rate(String layer, String argument, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw Errors.in(layer, argument + " must be a fraction.")
          .expected("from 0 to 1")
          .got(value)
          .fix(argument + "(0.2) drops a fifth")
          .argument();
    }
    return value;
  }
}
