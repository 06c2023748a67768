package keras.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import keras.backend.Variable;
import keras.internal.graph.Dims;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.weights.WeightAssignment;
import keras.utils.Config;
import keras.utils.FloatArrays;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;

/** Checks that several layers make of their arguments. */
final class Arguments {

  private Arguments() {}

  /** Refuses null in place of a tensor. */
  static KerasTensor tensor(Layer<?> layer, KerasTensor given) {
    if (given == null) {
      throw Errors.in(layer + ".call", "there is no tensor.")
          .expected("a KerasTensor")
          .got("null")
          .fix("begin with new Input(shape(timesteps, features)).tensor()")
          .argument();
    }
    return given;
  }

  /** Refuses null in place of tensors or of one of them, and an empty list. */
  static List<KerasTensor> tensors(Layer<?> layer, List<KerasTensor> given) {
    if (given == null || given.isEmpty()) {
      throw Errors.in(layer + ".call", "there are no tensors.")
          .expected("one KerasTensor or more")
          .got(given == null ? "null" : "an empty list")
          .fix("call(List.of(a, b))")
          .argument();
    }
    given.forEach(each -> tensor(layer, each));
    return given;
  }

  /** Refuses a mask that is not one number a timestep; null is none. */
  static void mask(Layer<?> layer, KerasTensor input, KerasTensor mask) {
    if (mask != null && !Dims.agree(mask.shape(), input.shape().take(2))) {
      throw Errors.in(layer + ".call", "the mask does not go with the input.")
          .expected(Errors.shape(input.shape().take(2).asArray()) + ", one number a timestep")
          .got(Errors.shape(mask.shape().asArray()))
          .fix("give a tensor of (batch, timesteps) that is 0 where a timestep does not count")
          .argument();
    }
  }

  /** Sets the states that a layer keeps from batch to batch. */
  static void states(Layer<?> layer, List<Variable> states, List<?> values) {
    String where = layer + ".resetState";
    if (states.isEmpty()) {
      throw Errors.in(where, "the layer keeps no states.")
          .expected("stateful(true), and a model that is built")
          .got("neither, or only one of them")
          .fix("stateful(true) on the layer; states of a single call are arguments of call(...)")
          .state();
    }
    List<FloatNdArray> arrays = new ArrayList<>();
    values.forEach(value -> arrays.add(FloatArrays.of(value, where)));
    WeightAssignment.assign(where, states, arrays);
  }

  static double rate(String layer, String argument, double value) {
    return fraction(layer, argument, value, argument + "(0.2) drops a fifth");
  }

  static double fraction(String layer, String argument, double value, String fix) {
    if (!(value >= 0 && value <= 1)) {
      throw Errors.in(layer, argument + " must be a fraction.")
          .expected("from 0 to 1")
          .got(value)
          .fix(fix)
          .argument();
    }
    return value;
  }

  static double notNegative(String layer, String argument, double value) {
    if (!(value >= 0)) {
      throw Errors.in(layer, argument + " must not be negative.")
          .expected("0 or more")
          .got(value)
          .fix("leave " + argument + " out for the default")
          .argument();
    }
    return value;
  }

  /** Reads the sizes at the two ends of a sequence: two numbers, or one for both. */
  static int[] ends(Config config, String key) {
    int[] ends = config.integers(key);
    if (ends.length == 0 || ends.length > 2) {
      throw config.wrong(key, "one number, or two");
    }
    return new int[] {ends[0], ends[ends.length - 1]};
  }

  /** Checks that a layer is given shapes, whatever they are. */
  static void some(Layer<?> layer, List<Shape> given) {
    if (Checks.list(layer.toString(), "shapes", given).isEmpty()) {
      throw Errors.in(layer.toString(), "it is given no shape.")
          .expected("one shape for each input")
          .got("none")
          .fix("give a list of one shape or more")
          .argument();
    }
  }

  /** Checks that a layer is given sequences; returns their shape. */
  static Shape sequences(Layer<?> layer, Shape given) {
    rank(
        layer,
        given,
        3,
        "(batch, timesteps, features)",
        "give samples of (timesteps, features), or returnSequences(true) to a layer before");
    return given;
  }

  /** Checks that a layer is given as many dimensions as it wants. */
  static void rank(Layer<?> layer, Shape given, int wanted, String form, String fix) {
    Checks.notNull(layer.toString(), "a shape", given);
    if (given.numDimensions() != wanted) {
      throw wrongShape(layer, "it wants " + wanted + " dimensions.", form, given, fix);
    }
  }

  /** Checks that a layer is given at least as many dimensions as it wants. */
  static void leastRank(Layer<?> layer, Shape given, int least, String form, String fix) {
    Checks.notNull(layer.toString(), "a shape", given);
    if (given.numDimensions() < least) {
      throw wrongShape(layer, "it wants at least " + least + " dimensions.", form, given, fix);
    }
  }

  /** Checks axes along which a layer works: the batch is none of them, for it may be cut. */
  static void axes(Layer<?> layer, int[] axes, Shape given) {
    Checks.notNull(layer.toString(), "a shape", given);
    int rank = given.numDimensions();
    for (int axis : axes) {
      if (axis < -rank || axis >= rank || axis == 0 || axis == -rank) {
        throw wrongShape(
            layer,
            "it cannot work along axis " + axis + ".",
            "axes from 1 to " + (rank - 1) + ", or from " + (1 - rank) + " to -1",
            given,
            "name an axis of the samples; 0 is the batch");
      }
    }
  }

  /** Returns the sizes of some axes, which must be known. */
  static Shape sizes(Layer<?> layer, int[] axes, Shape given) {
    int rank = given.numDimensions();
    long[] sizes =
        Arrays.stream(axes).mapToLong(each -> given.get(Math.floorMod(each, rank))).toArray();
    if (Arrays.stream(sizes).anyMatch(size -> size < 0)) {
      throw wrongShape(
          layer,
          "the sizes of the axes must be known.",
          "known sizes of the axes " + Arrays.toString(axes),
          given,
          "give these sizes in the model's Input, and leave the batch out of axis(...)");
    }
    return Shape.of(sizes);
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
