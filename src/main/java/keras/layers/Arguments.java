package keras.layers;

import keras.utils.Errors;
import org.tensorflow.ndarray.Shape;

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

  /** Checks that a layer is given as many dimensions as it wants. */
  static void rank(Layer<?> layer, Shape given, int wanted, String form, String fix) {
    if (given.numDimensions() != wanted) {
      throw wrongShape(layer, "it wants " + wanted + " dimensions.", form, given, fix);
    }
  }

  /** Checks that a layer is given at least as many dimensions as it wants. */
  static void leastRank(Layer<?> layer, Shape given, int least, String form, String fix) {
    if (given.numDimensions() < least) {
      throw wrongShape(layer, "it wants at least " + least + " dimensions.", form, given, fix);
    }
  }

  static IllegalArgumentException wrongShape(
      Layer<?> layer, String what, String expected, Shape given, String fix) {
    return Errors.in(layer.toString(), what)
        .expected(expected)
        .got(Errors.shape(given.asArray()))
        .fix(fix)
        .argument();
  }
}
