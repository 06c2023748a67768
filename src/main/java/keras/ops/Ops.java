package keras.ops;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.layers.KerasTensor;
import keras.layers.LayerAccess;
import org.tensorflow.ndarray.index.Index;

/**
 * Functions of tensors between layers. Keras: {@code keras.ops}, and Python's operators on tensors.
 *
 * <pre>{@code
 * KerasTensor last = Ops.getItem(x, Indices.all(), Indices.at(-1)); // x[:, -1]
 * KerasTensor scaled = Ops.multiply(last, 0.5);                     // last * 0.5
 * }</pre>
 *
 * <p>Each call becomes a part of the graph, as a layer without weights does; it is saved with the
 * model as Keras saves it. Axis 0 is the batch. Truth values are 0 and 1. No function gives a mask.
 */
public final class Ops {

  /** More parts than a tensor is cut into, which would but fill the memory. */
  private static final int MOST_PARTS = 100_000;

  private Ops() {}

  private static KerasTensor call(String name, Map<String, Object> config, Object... arguments) {
    Checks.notNull("Ops." + name, "tensors", arguments);
    return LayerAccess.operation(name, config, Arrays.asList(arguments)).get(0);
  }

  private static KerasTensor call(String name, Object... arguments) {
    return call(name, Map.of(), arguments);
  }

  private static Map<String, Object> config(Object... namesAndValues) {
    Map<String, Object> config = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      config.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return config;
  }

  private static List<Integer> list(int... numbers) {
    Checks.notNull("Ops", "sizes", numbers);
    return IntStream.of(numbers).boxed().toList();
  }

  /** Returns one axis as a number, several as a list, none for all axes. */
  private static Object axes(int... axes) {
    Checks.notNull("Ops", "axes", axes);
    if (axes.length == 0) {
      return null;
    }
    return axes.length == 1 ? (Object) axes[0] : list(axes);
  }

  // ---- arithmetic

  /**
   * Adds tensors. Python: {@code a + b}.
   *
   * @param a a tensor
   * @param b another one, whose shape may be repeated to that of the first
   * @return the sum, element by element
   */
  public static KerasTensor add(KerasTensor a, KerasTensor b) {
    return call("Add", a, b);
  }

  /**
   * Adds with a number. Python: {@code a + b}.
   *
   * @param a a tensor
   * @param b a number
   * @return the sum, element by element
   */
  public static KerasTensor add(KerasTensor a, double b) {
    return call("Add", a, b);
  }

  /**
   * Subtracts tensors. Python: {@code a - b}.
   *
   * @param a a tensor
   * @param b another one, whose shape may be repeated to that of the first
   * @return the difference, element by element
   */
  public static KerasTensor subtract(KerasTensor a, KerasTensor b) {
    return call("Subtract", a, b);
  }

  /**
   * Subtracts with a number. Python: {@code a - b}.
   *
   * @param a a tensor
   * @param b a number
   * @return the difference, element by element
   */
  public static KerasTensor subtract(KerasTensor a, double b) {
    return call("Subtract", a, b);
  }

  /**
   * Subtracts with a number before. Python: {@code a - b}.
   *
   * @param a a number
   * @param b a tensor
   * @return the difference, element by element
   */
  public static KerasTensor subtract(double a, KerasTensor b) {
    return call("Subtract", a, b);
  }

  /**
   * Multiplies tensors. Python: {@code a * b}.
   *
   * @param a a tensor
   * @param b another one, whose shape may be repeated to that of the first
   * @return the product, element by element
   */
  public static KerasTensor multiply(KerasTensor a, KerasTensor b) {
    return call("Multiply", a, b);
  }

  /**
   * Multiplies with a number. Python: {@code a * b}.
   *
   * @param a a tensor
   * @param b a number
   * @return the product, element by element
   */
  public static KerasTensor multiply(KerasTensor a, double b) {
    return call("Multiply", a, b);
  }

  /**
   * Divides tensors. Python: {@code a / b}.
   *
   * @param a a tensor
   * @param b another one, whose shape may be repeated to that of the first
   * @return the quotient, element by element
   */
  public static KerasTensor divide(KerasTensor a, KerasTensor b) {
    return call("TrueDivide", a, b);
  }

  /**
   * Divides with a number. Python: {@code a / b}.
   *
   * @param a a tensor
   * @param b a number
   * @return the quotient, element by element
   */
  public static KerasTensor divide(KerasTensor a, double b) {
    return call("TrueDivide", a, b);
  }

  /**
   * Divides with a number before. Python: {@code a / b}.
   *
   * @param a a number
   * @param b a tensor
   * @return the quotient, element by element
   */
  public static KerasTensor divide(double a, KerasTensor b) {
    return call("TrueDivide", a, b);
  }

  /**
   * Raises to a power tensors. Python: {@code a ** b}.
   *
   * @param a a tensor
   * @param b another one, whose shape may be repeated to that of the first
   * @return the power, element by element
   */
  public static KerasTensor power(KerasTensor a, KerasTensor b) {
    return call("Power", a, b);
  }

  /**
   * Raises to a power with a number. Python: {@code a ** b}.
   *
   * @param a a tensor
   * @param b a number
   * @return the power, element by element
   */
  public static KerasTensor power(KerasTensor a, double b) {
    return call("Power", a, b);
  }

  /**
   * Raises to a power with a number before. Python: {@code a ** b}.
   *
   * @param a a number
   * @param b a tensor
   * @return the power, element by element
   */
  public static KerasTensor power(double a, KerasTensor b) {
    return call("Power", a, b);
  }

  /**
   * Takes the larger tensors. Python: {@code keras.ops.maximum(a, b)}.
   *
   * @param a a tensor
   * @param b another one, whose shape may be repeated to that of the first
   * @return the larger of two elements each
   */
  public static KerasTensor maximum(KerasTensor a, KerasTensor b) {
    return call("Maximum", a, b);
  }

  /**
   * Takes the larger with a number. Python: {@code keras.ops.maximum(a, b)}.
   *
   * @param a a tensor
   * @param b a number
   * @return the larger of two elements each
   */
  public static KerasTensor maximum(KerasTensor a, double b) {
    return call("Maximum", a, b);
  }

  /**
   * Takes the smaller tensors. Python: {@code keras.ops.minimum(a, b)}.
   *
   * @param a a tensor
   * @param b another one, whose shape may be repeated to that of the first
   * @return the smaller of two elements each
   */
  public static KerasTensor minimum(KerasTensor a, KerasTensor b) {
    return call("Minimum", a, b);
  }

  /**
   * Takes the smaller with a number. Python: {@code keras.ops.minimum(a, b)}.
   *
   * @param a a tensor
   * @param b a number
   * @return the smaller of two elements each
   */
  public static KerasTensor minimum(KerasTensor a, double b) {
    return call("Minimum", a, b);
  }

  /**
   * Compares tensors. Python: {@code a > b}.
   *
   * @param a a tensor
   * @param b another one, whose shape may be repeated to that of the first
   * @return 1 where {@code a} is greater, else 0
   */
  public static KerasTensor greater(KerasTensor a, KerasTensor b) {
    return call("Greater", a, b);
  }

  /**
   * Compares with a number. Python: {@code a > b}.
   *
   * @param a a tensor
   * @param b a number
   * @return 1 where {@code a} is greater, else 0
   */
  public static KerasTensor greater(KerasTensor a, double b) {
    return call("Greater", a, b);
  }

  /**
   * Compares tensors. Python: {@code a >= b}.
   *
   * @param a a tensor
   * @param b another one, whose shape may be repeated to that of the first
   * @return 1 where {@code a} is not less, else 0
   */
  public static KerasTensor greaterEqual(KerasTensor a, KerasTensor b) {
    return call("GreaterEqual", a, b);
  }

  /**
   * Compares with a number. Python: {@code a >= b}.
   *
   * @param a a tensor
   * @param b a number
   * @return 1 where {@code a} is not less, else 0
   */
  public static KerasTensor greaterEqual(KerasTensor a, double b) {
    return call("GreaterEqual", a, b);
  }

  /**
   * Compares tensors. Python: {@code a < b}.
   *
   * @param a a tensor
   * @param b another one, whose shape may be repeated to that of the first
   * @return 1 where {@code a} is less, else 0
   */
  public static KerasTensor less(KerasTensor a, KerasTensor b) {
    return call("Less", a, b);
  }

  /**
   * Compares with a number. Python: {@code a < b}.
   *
   * @param a a tensor
   * @param b a number
   * @return 1 where {@code a} is less, else 0
   */
  public static KerasTensor less(KerasTensor a, double b) {
    return call("Less", a, b);
  }

  /**
   * Compares tensors. Python: {@code a <= b}.
   *
   * @param a a tensor
   * @param b another one, whose shape may be repeated to that of the first
   * @return 1 where {@code a} is not greater, else 0
   */
  public static KerasTensor lessEqual(KerasTensor a, KerasTensor b) {
    return call("LessEqual", a, b);
  }

  /**
   * Compares with a number. Python: {@code a <= b}.
   *
   * @param a a tensor
   * @param b a number
   * @return 1 where {@code a} is not greater, else 0
   */
  public static KerasTensor lessEqual(KerasTensor a, double b) {
    return call("LessEqual", a, b);
  }

  /**
   * Compares tensors. Python: {@code keras.ops.equal(a, b)}.
   *
   * @param a a tensor
   * @param b another one, whose shape may be repeated to that of the first
   * @return 1 where both are the same, else 0
   */
  public static KerasTensor equal(KerasTensor a, KerasTensor b) {
    return call("Equal", a, b);
  }

  /**
   * Compares with a number. Python: {@code keras.ops.equal(a, b)}.
   *
   * @param a a tensor
   * @param b a number
   * @return 1 where both are the same, else 0
   */
  public static KerasTensor equal(KerasTensor a, double b) {
    return call("Equal", a, b);
  }

  /**
   * Compares tensors. Python: {@code keras.ops.not_equal(a, b)}.
   *
   * @param a a tensor
   * @param b another one, whose shape may be repeated to that of the first
   * @return 1 where they differ, else 0
   */
  public static KerasTensor notEqual(KerasTensor a, KerasTensor b) {
    return call("NotEqual", a, b);
  }

  /**
   * Compares with a number. Python: {@code keras.ops.not_equal(a, b)}.
   *
   * @param a a tensor
   * @param b a number
   * @return 1 where they differ, else 0
   */
  public static KerasTensor notEqual(KerasTensor a, double b) {
    return call("NotEqual", a, b);
  }

  // ---- element by element

  /**
   * Returns the negative, element by element. Keras: {@code keras.ops.negative(x)}.
   *
   * @param x a tensor
   * @return a tensor of the same shape
   */
  public static KerasTensor negative(KerasTensor x) {
    return call("Negative", x);
  }

  /**
   * Returns the absolute value, element by element. Keras: {@code keras.ops.abs(x)}.
   *
   * @param x a tensor
   * @return a tensor of the same shape
   */
  public static KerasTensor abs(KerasTensor x) {
    return call("Absolute", x);
  }

  /**
   * Returns e raised to the elements, element by element. Keras: {@code keras.ops.exp(x)}.
   *
   * @param x a tensor
   * @return a tensor of the same shape
   */
  public static KerasTensor exp(KerasTensor x) {
    return call("Exp", x);
  }

  /**
   * Returns e raised to the elements, less 1, element by element. Keras: {@code
   * keras.ops.expm1(x)}.
   *
   * @param x a tensor
   * @return a tensor of the same shape
   */
  public static KerasTensor expm1(KerasTensor x) {
    return call("Expm1", x);
  }

  /**
   * Returns the natural logarithm, element by element. Keras: {@code keras.ops.log(x)}.
   *
   * @param x a tensor
   * @return a tensor of the same shape
   */
  public static KerasTensor log(KerasTensor x) {
    return call("Log", x);
  }

  /**
   * Returns the natural logarithm of 1 more, element by element. Keras: {@code keras.ops.log1p(x)}.
   *
   * @param x a tensor
   * @return a tensor of the same shape
   */
  public static KerasTensor log1p(KerasTensor x) {
    return call("Log1p", x);
  }

  /**
   * Returns the square root, element by element. Keras: {@code keras.ops.sqrt(x)}.
   *
   * @param x a tensor
   * @return a tensor of the same shape
   */
  public static KerasTensor sqrt(KerasTensor x) {
    return call("Sqrt", x);
  }

  /**
   * Returns 1 divided by the square root, element by element. Keras: {@code keras.ops.rsqrt(x)}.
   *
   * @param x a tensor
   * @return a tensor of the same shape
   */
  public static KerasTensor rsqrt(KerasTensor x) {
    return call("Rsqrt", x);
  }

  /**
   * Returns the square, element by element. Keras: {@code keras.ops.square(x)}.
   *
   * @param x a tensor
   * @return a tensor of the same shape
   */
  public static KerasTensor square(KerasTensor x) {
    return call("Square", x);
  }

  /**
   * Returns the sine, element by element. Keras: {@code keras.ops.sin(x)}.
   *
   * @param x a tensor
   * @return a tensor of the same shape
   */
  public static KerasTensor sin(KerasTensor x) {
    return call("Sin", x);
  }

  /**
   * Returns the cosine, element by element. Keras: {@code keras.ops.cos(x)}.
   *
   * @param x a tensor
   * @return a tensor of the same shape
   */
  public static KerasTensor cos(KerasTensor x) {
    return call("Cos", x);
  }

  /**
   * Returns -1, 0 or 1, element by element. Keras: {@code keras.ops.sign(x)}.
   *
   * @param x a tensor
   * @return a tensor of the same shape
   */
  public static KerasTensor sign(KerasTensor x) {
    return call("Sign", x);
  }

  /**
   * Returns the next whole number below, element by element. Keras: {@code keras.ops.floor(x)}.
   *
   * @param x a tensor
   * @return a tensor of the same shape
   */
  public static KerasTensor floor(KerasTensor x) {
    return call("Floor", x);
  }

  /**
   * Returns the next whole number above, element by element. Keras: {@code keras.ops.ceil(x)}.
   *
   * @param x a tensor
   * @return a tensor of the same shape
   */
  public static KerasTensor ceil(KerasTensor x) {
    return call("Ceil", x);
  }

  /**
   * Returns the hyperbolic tangent, element by element. Keras: {@code keras.ops.tanh(x)}.
   *
   * @param x a tensor
   * @return a tensor of the same shape
   */
  public static KerasTensor tanh(KerasTensor x) {
    return call("Tanh", x);
  }

  /**
   * Returns the logistic function, element by element. Keras: {@code keras.ops.sigmoid(x)}.
   *
   * @param x a tensor
   * @return a tensor of the same shape
   */
  public static KerasTensor sigmoid(KerasTensor x) {
    return call("Sigmoid", x);
  }

  /**
   * Returns 0 where less than 0, element by element. Keras: {@code keras.ops.relu(x)}.
   *
   * @param x a tensor
   * @return a tensor of the same shape
   */
  public static KerasTensor relu(KerasTensor x) {
    return call("Relu", x);
  }

  /**
   * Returns log(1 + e^x), element by element. Keras: {@code keras.ops.softplus(x)}.
   *
   * @param x a tensor
   * @return a tensor of the same shape
   */
  public static KerasTensor softplus(KerasTensor x) {
    return call("Softplus", x);
  }

  /**
   * Returns x times its logistic function, element by element. Keras: {@code keras.ops.silu(x)}.
   *
   * @param x a tensor
   * @return a tensor of the same shape
   */
  public static KerasTensor silu(KerasTensor x) {
    return call("Silu", x);
  }

  /**
   * Returns 1 where 0, else 0, element by element. Keras: {@code keras.ops.logical_not(x)}.
   *
   * @param x a tensor
   * @return a tensor of the same shape
   */
  public static KerasTensor logicalNot(KerasTensor x) {
    return call("LogicalNot", x);
  }

  /**
   * Returns the same tensor: here all are tensors already. Keras: {@code
   * keras.ops.convert_to_tensor(x)}.
   *
   * @param x a tensor
   * @return a tensor of the same shape
   */
  public static KerasTensor convertToTensor(KerasTensor x) {
    return call("ConvertToTensor", config("dtype", null, "sparse", null, "ragged", null), x);
  }

  /**
   * Returns the same, without a gradient, element by element. Keras: {@code
   * keras.ops.stop_gradient(x)}.
   *
   * @param x a tensor
   * @return a tensor of the same shape
   */
  public static KerasTensor stopGradient(KerasTensor x) {
    return call("StopGradient", x);
  }

  /**
   * Returns zeros in the shape of a tensor. Keras: {@code keras.ops.zeros_like(x)}.
   *
   * @param x a tensor
   * @return a tensor of the same shape
   */
  public static KerasTensor zerosLike(KerasTensor x) {
    return call("ZerosLike", config("dtype", null), x);
  }

  /**
   * Returns ones in the shape of a tensor. Keras: {@code keras.ops.ones_like(x)}.
   *
   * @param x a tensor
   * @return a tensor of the same shape
   */
  public static KerasTensor onesLike(KerasTensor x) {
    return call("OnesLike", config("dtype", null), x);
  }

  /**
   * Bounds the elements. Keras: {@code keras.ops.clip(x, x_min, x_max)}.
   *
   * @param x a tensor
   * @param least the least number
   * @param most the greatest number
   * @return a tensor of the same shape
   */
  public static KerasTensor clip(KerasTensor x, double least, double most) {
    return call("Clip", config("x_min", least, "x_max", most), x);
  }

  /**
   * Converts to another type. All tensors stay floats: whole numbers lose their fraction, truth
   * values become 0 and 1. Keras: {@code keras.ops.cast(x, dtype)}.
   *
   * @param x a tensor
   * @param dtype as {@code "int32"}, {@code "float32"} or {@code "bool"}
   * @return a tensor of the same shape
   */
  public static KerasTensor cast(KerasTensor x, String dtype) {
    return call("Cast", config("dtype", dtype), x);
  }

  /**
   * Chooses between two tensors. Keras: {@code keras.ops.where(condition, a, b)}.
   *
   * @param condition 0 for the second tensor, anything else for the first
   * @param a a tensor
   * @param b another one
   * @return elements of either
   */
  public static KerasTensor where(KerasTensor condition, KerasTensor a, KerasTensor b) {
    return call("Where", condition, a, b);
  }

  // ---- along axes

  /**
   * Adds up along axes. Keras: {@code keras.ops.sum(x, axis)}.
   *
   * @param x a tensor
   * @param axis the axes; none for all of them, the batch too
   * @return the sums
   */
  public static KerasTensor sum(KerasTensor x, int... axis) {
    return call("Sum", config("axis", axes(axis), "keepdims", false), x);
  }

  /**
   * Adds up along axes. Keras: {@code keras.ops.sum(x, axis, keepdims)}.
   *
   * @param x a tensor
   * @param keepdims true to keep the axes, with size 1
   * @param axis the axes; none for all of them, the batch too
   * @return the sums
   */
  public static KerasTensor sum(KerasTensor x, boolean keepdims, int... axis) {
    return call("Sum", config("axis", axes(axis), "keepdims", keepdims), x);
  }

  /**
   * Takes the mean along axes. Keras: {@code keras.ops.mean(x, axis)}.
   *
   * @param x a tensor
   * @param axis the axes; none for all of them, the batch too
   * @return the means
   */
  public static KerasTensor mean(KerasTensor x, int... axis) {
    return call("Mean", config("axis", axes(axis), "keepdims", false), x);
  }

  /**
   * Takes the mean along axes. Keras: {@code keras.ops.mean(x, axis, keepdims)}.
   *
   * @param x a tensor
   * @param keepdims true to keep the axes, with size 1
   * @param axis the axes; none for all of them, the batch too
   * @return the means
   */
  public static KerasTensor mean(KerasTensor x, boolean keepdims, int... axis) {
    return call("Mean", config("axis", axes(axis), "keepdims", keepdims), x);
  }

  /**
   * Takes the largest elements along axes. Keras: {@code keras.ops.max(x, axis)}.
   *
   * @param x a tensor
   * @param axis the axes; none for all of them, the batch too
   * @return the largest elements
   */
  public static KerasTensor max(KerasTensor x, int... axis) {
    return call("Max", config("axis", axes(axis), "keepdims", false, "initial", null), x);
  }

  /**
   * Takes the largest elements along axes. Keras: {@code keras.ops.max(x, axis, keepdims)}.
   *
   * @param x a tensor
   * @param keepdims true to keep the axes, with size 1
   * @param axis the axes; none for all of them, the batch too
   * @return the largest elements
   */
  public static KerasTensor max(KerasTensor x, boolean keepdims, int... axis) {
    return call("Max", config("axis", axes(axis), "keepdims", keepdims, "initial", null), x);
  }

  /**
   * Takes the smallest elements along axes. Keras: {@code keras.ops.min(x, axis)}.
   *
   * @param x a tensor
   * @param axis the axes; none for all of them, the batch too
   * @return the smallest elements
   */
  public static KerasTensor min(KerasTensor x, int... axis) {
    return call("Min", config("axis", axes(axis), "keepdims", false, "initial", null), x);
  }

  /**
   * Takes the smallest elements along axes. Keras: {@code keras.ops.min(x, axis, keepdims)}.
   *
   * @param x a tensor
   * @param keepdims true to keep the axes, with size 1
   * @param axis the axes; none for all of them, the batch too
   * @return the smallest elements
   */
  public static KerasTensor min(KerasTensor x, boolean keepdims, int... axis) {
    return call("Min", config("axis", axes(axis), "keepdims", keepdims, "initial", null), x);
  }

  /**
   * Multiplies along axes. Keras: {@code keras.ops.prod(x, axis)}.
   *
   * @param x a tensor
   * @param axis the axes; none for all of them, the batch too
   * @return the products
   */
  public static KerasTensor prod(KerasTensor x, int... axis) {
    return call("Prod", config("axis", axes(axis), "keepdims", false, "dtype", null), x);
  }

  /**
   * Multiplies along axes. Keras: {@code keras.ops.prod(x, axis, keepdims)}.
   *
   * @param x a tensor
   * @param keepdims true to keep the axes, with size 1
   * @param axis the axes; none for all of them, the batch too
   * @return the products
   */
  public static KerasTensor prod(KerasTensor x, boolean keepdims, int... axis) {
    return call("Prod", config("axis", axes(axis), "keepdims", keepdims, "dtype", null), x);
  }

  /**
   * Takes the variance along axes. Keras: {@code keras.ops.var(x, axis)}.
   *
   * @param x a tensor
   * @param axis the axes; none for all of them, the batch too
   * @return the variances
   */
  public static KerasTensor var(KerasTensor x, int... axis) {
    return call("Var", config("axis", axes(axis), "keepdims", false), x);
  }

  /**
   * Takes the variance along axes. Keras: {@code keras.ops.var(x, axis, keepdims)}.
   *
   * @param x a tensor
   * @param keepdims true to keep the axes, with size 1
   * @param axis the axes; none for all of them, the batch too
   * @return the variances
   */
  public static KerasTensor var(KerasTensor x, boolean keepdims, int... axis) {
    return call("Var", config("axis", axes(axis), "keepdims", keepdims), x);
  }

  /**
   * Takes the standard deviation along axes. Keras: {@code keras.ops.std(x, axis)}.
   *
   * @param x a tensor
   * @param axis the axes; none for all of them, the batch too
   * @return the standard deviations
   */
  public static KerasTensor std(KerasTensor x, int... axis) {
    return call("Std", config("axis", axes(axis), "keepdims", false), x);
  }

  /**
   * Takes the standard deviation along axes. Keras: {@code keras.ops.std(x, axis, keepdims)}.
   *
   * @param x a tensor
   * @param keepdims true to keep the axes, with size 1
   * @param axis the axes; none for all of them, the batch too
   * @return the standard deviations
   */
  public static KerasTensor std(KerasTensor x, boolean keepdims, int... axis) {
    return call("Std", config("axis", axes(axis), "keepdims", keepdims), x);
  }

  /**
   * Takes the logarithm of the sum of exponentials along axes. Keras: {@code keras.ops.logsumexp(x,
   * axis)}.
   *
   * @param x a tensor
   * @param axis the axes; none for all of them, the batch too
   * @return the logarithms
   */
  public static KerasTensor logsumexp(KerasTensor x, int... axis) {
    return call("Logsumexp", config("axis", axes(axis), "keepdims", false), x);
  }

  /**
   * Takes the logarithm of the sum of exponentials along axes. Keras: {@code keras.ops.logsumexp(x,
   * axis, keepdims)}.
   *
   * @param x a tensor
   * @param keepdims true to keep the axes, with size 1
   * @param axis the axes; none for all of them, the batch too
   * @return the logarithms
   */
  public static KerasTensor logsumexp(KerasTensor x, boolean keepdims, int... axis) {
    return call("Logsumexp", config("axis", axes(axis), "keepdims", keepdims), x);
  }

  /**
   * Looks for anything but 0 along axes. Keras: {@code keras.ops.any(x, axis)}.
   *
   * @param x a tensor
   * @param axis the axes; none for all of them, the batch too
   * @return 1 where there is something, else 0
   */
  public static KerasTensor any(KerasTensor x, int... axis) {
    return call("Any", config("axis", axes(axis), "keepdims", false), x);
  }

  /**
   * Looks for anything but 0 along axes. Keras: {@code keras.ops.any(x, axis, keepdims)}.
   *
   * @param x a tensor
   * @param keepdims true to keep the axes, with size 1
   * @param axis the axes; none for all of them, the batch too
   * @return 1 where there is something, else 0
   */
  public static KerasTensor any(KerasTensor x, boolean keepdims, int... axis) {
    return call("Any", config("axis", axes(axis), "keepdims", keepdims), x);
  }

  /**
   * Looks for 0 along axes. Keras: {@code keras.ops.all(x, axis)}.
   *
   * @param x a tensor
   * @param axis the axes; none for all of them, the batch too
   * @return 0 where there is a 0, else 1
   */
  public static KerasTensor all(KerasTensor x, int... axis) {
    return call("All", config("axis", axes(axis), "keepdims", false), x);
  }

  /**
   * Looks for 0 along axes. Keras: {@code keras.ops.all(x, axis, keepdims)}.
   *
   * @param x a tensor
   * @param keepdims true to keep the axes, with size 1
   * @param axis the axes; none for all of them, the batch too
   * @return 0 where there is a 0, else 1
   */
  public static KerasTensor all(KerasTensor x, boolean keepdims, int... axis) {
    return call("All", config("axis", axes(axis), "keepdims", keepdims), x);
  }

  /**
   * Finds the places of the largest elements along an axis. Keras: {@code keras.ops.argmax(x,
   * axis)}.
   *
   * @param x a tensor
   * @param axis the axis
   * @return places from 0, as floats
   */
  public static KerasTensor argmax(KerasTensor x, int axis) {
    return call("Argmax", config("axis", axis, "keepdims", false), x);
  }

  /**
   * Finds the places of the smallest elements along an axis. Keras: {@code keras.ops.argmin(x,
   * axis)}.
   *
   * @param x a tensor
   * @param axis the axis
   * @return places from 0, as floats
   */
  public static KerasTensor argmin(KerasTensor x, int axis) {
    return call("Argmin", config("axis", axis, "keepdims", false), x);
  }

  /**
   * Adds up along an axis and gives each sum on the way. Keras: {@code keras.ops.cumsum(x, axis)}.
   *
   * @param x a tensor
   * @param axis the axis
   * @return a tensor of the same shape
   */
  public static KerasTensor cumsum(KerasTensor x, int axis) {
    return call("Cumsum", config("axis", axis, "dtype", null), x);
  }

  /**
   * Scales to length 1 along the last axis. Keras: {@code keras.ops.normalize(x)}.
   *
   * @param x a tensor
   * @return a tensor of the same shape
   */
  public static KerasTensor normalize(KerasTensor x) {
    return call("Normalize", config("axis", -1, "order", 2, "epsilon", null), x);
  }

  /**
   * Makes probabilities along the last axis. Keras: {@code keras.ops.softmax(x)}.
   *
   * @param x a tensor
   * @return a tensor of the same shape
   */
  public static KerasTensor softmax(KerasTensor x) {
    return softmax(x, -1);
  }

  /**
   * Makes probabilities along an axis. Keras: {@code keras.ops.softmax(x, axis)}.
   *
   * @param x a tensor
   * @param axis the axis
   * @return a tensor of the same shape
   */
  public static KerasTensor softmax(KerasTensor x, int axis) {
    return call("Softmax", config("axis", axis), x);
  }

  /**
   * Makes probabilities and takes their logarithm along the last axis. Keras: {@code
   * keras.ops.log_softmax(x)}.
   *
   * @param x a tensor
   * @return a tensor of the same shape
   */
  public static KerasTensor logSoftmax(KerasTensor x) {
    return logSoftmax(x, -1);
  }

  /**
   * Makes probabilities and takes their logarithm along an axis. Keras: {@code
   * keras.ops.log_softmax(x, axis)}.
   *
   * @param x a tensor
   * @param axis the axis
   * @return a tensor of the same shape
   */
  public static KerasTensor logSoftmax(KerasTensor x, int axis) {
    return call("LogSoftmax", config("axis", axis), x);
  }

  // ---- shapes

  /**
   * Takes a part of a tensor. Python: {@code x[key]}.
   *
   * <pre>{@code
   * Ops.getItem(x, all(), at(-1));             // x[:, -1]
   * Ops.getItem(x, all(), slice(0L, null, 2L)) // x[:, ::2]
   * Ops.getItem(x, all(), newAxis());          // x[:, None]
   * Ops.getItem(x, ellipsis(), at(0));         // x[..., 0]
   * }</pre>
   *
   * @param x a tensor
   * @param key one for each axis, the batch first, from {@code
   *     org.tensorflow.ndarray.index.Indices}
   * @return the part
   */
  public static KerasTensor getItem(KerasTensor x, Index... key) {
    List<Object> written = new ArrayList<>();
    Checks.notNull("Ops.getItem", "key", key);
    for (Index each : key) {
      Checks.notNull("Ops.getItem", "key", each);
      written.add(written(each));
    }
    return call("GetItem", x, written.size() == 1 ? written.get(0) : written);
  }

  private static Object written(Index index) {
    if (index.isNewAxis()) {
      return null;
    }
    if (index.isPoint()) {
      return (int) index.begin();
    }
    Map<String, Object> written = new LinkedHashMap<>();
    if (index.isEllipsis()) {
      written.put("class_name", "__ellipsis__");
      written.put("config", Map.of());
      return written;
    }
    if (!index.isStridedSlicingCompliant()) {
      throw Errors.in("Ops.getItem", "this index cannot be used.")
          .expected("all(), at(...), slice(...), ellipsis() or newAxis()")
          .got(index)
          .fix("take a tensor apart with these")
          .argument();
    }
    Map<String, Object> slice = new LinkedHashMap<>();
    slice.put("start", index.beginMask() ? null : (Object) (int) index.begin());
    slice.put("stop", index.endMask() ? null : (Object) (int) index.end());
    slice.put("step", index.stride() == 1 ? null : (Object) (int) index.stride());
    written.put("class_name", "__slice__");
    written.put("config", slice);
    return written;
  }

  /**
   * Puts tensors one behind the other along an axis. Keras: {@code keras.ops.concatenate(xs,
   * axis)}.
   *
   * @param xs tensors that differ along the axis alone
   * @param axis the axis
   * @return one tensor
   */
  public static KerasTensor concatenate(List<KerasTensor> xs, int axis) {
    return call("Concatenate", config("axis", axis), xs);
  }

  /**
   * Puts tensors together along a new axis. Keras: {@code keras.ops.stack(xs, axis)}.
   *
   * @param xs tensors of one shape
   * @param axis the place of the new axis
   * @return one tensor
   */
  public static KerasTensor stack(List<KerasTensor> xs, int axis) {
    return call("Stack", config("axis", axis), xs);
  }

  /**
   * Cuts a tensor into equal parts along an axis. Keras: {@code keras.ops.split(x, parts, axis)}.
   *
   * @param x a tensor
   * @param parts how many
   * @param axis the axis
   * @return the parts
   */
  public static List<KerasTensor> split(KerasTensor x, int parts, int axis) {
    long rank = x == null ? 0 : x.shape().numDimensions();
    long size = axis >= -rank && axis < rank ? x.shape().get((int) Math.floorMod(axis, rank)) : -1;
    if (parts < 1 || parts > MOST_PARTS || (size >= 0 && size % parts != 0)) {
      throw Errors.in("Ops.split", "the axis cannot be cut into so many equal parts.")
          .expected(size < 0 ? "1 to " + MOST_PARTS : "a divisor of " + size)
          .got(parts)
          .fix("give another number of parts")
          .argument();
    }
    return LayerAccess.operation(
        "Split", config("indices_or_sections", parts, "axis", axis), Collections.singletonList(x));
  }

  /**
   * Gives a tensor another shape. Keras: {@code keras.ops.reshape(x, shape)}.
   *
   * @param x a tensor
   * @param shape the dimensions, the batch first; -1 for one that is not known
   * @return the same elements
   */
  public static KerasTensor reshape(KerasTensor x, int... shape) {
    return call("Reshape", config("newshape", list(shape)), x);
  }

  /**
   * Adds an axis of size 1. Keras: {@code keras.ops.expand_dims(x, axis)}.
   *
   * @param x a tensor
   * @param axis its place
   * @return the same elements
   */
  public static KerasTensor expandDims(KerasTensor x, int axis) {
    return call("ExpandDims", config("axis", axis), x);
  }

  /**
   * Takes an axis of size 1 away. Keras: {@code keras.ops.squeeze(x, axis)}.
   *
   * @param x a tensor
   * @param axis its place
   * @return the same elements
   */
  public static KerasTensor squeeze(KerasTensor x, int axis) {
    return call("Squeeze", config("axis", axis), x);
  }

  /**
   * Puts axes into another order. Keras: {@code keras.ops.transpose(x, axes)}.
   *
   * @param x a tensor
   * @param axes the places that the axes had; none to turn their order round
   * @return the same elements
   */
  public static KerasTensor transpose(KerasTensor x, int... axes) {
    Checks.notNull("Ops.transpose", "axes", axes);
    return call("Transpose", config("axes", axes.length == 0 ? null : list(axes)), x);
  }

  /**
   * Swaps two axes. Keras: {@code keras.ops.swapaxes(x, axis1, axis2)}.
   *
   * @param x a tensor
   * @param axis1 one axis
   * @param axis2 the other one
   * @return the same elements
   */
  public static KerasTensor swapaxes(KerasTensor x, int axis1, int axis2) {
    return call("Swapaxes", config("axis1", axis1, "axis2", axis2), x);
  }

  /**
   * Repeats each element along an axis. Keras: {@code keras.ops.repeat(x, repeats, axis)}.
   *
   * @param x a tensor
   * @param repeats how often each is there
   * @param axis the axis
   * @return a longer tensor
   */
  public static KerasTensor repeat(KerasTensor x, int repeats, int axis) {
    return call("Repeat", config("repeats", repeats, "axis", axis), x);
  }

  /**
   * Repeats a whole tensor. Keras: {@code keras.ops.tile(x, repeats)}.
   *
   * @param x a tensor
   * @param repeats how often along each axis, the batch first
   * @return a larger tensor
   */
  public static KerasTensor tile(KerasTensor x, int... repeats) {
    return call("Tile", config("repeats", list(repeats)), x);
  }

  /**
   * Turns the order round along axes. Keras: {@code keras.ops.flip(x, axis)}.
   *
   * @param x a tensor
   * @param axis the axes; none for all of them, the batch too
   * @return the same elements
   */
  public static KerasTensor flip(KerasTensor x, int... axis) {
    return call("Flip", config("axis", axes(axis)), x);
  }

  /**
   * Repeats a tensor to a shape. Keras: {@code keras.ops.broadcast_to(x, shape)}.
   *
   * @param x a tensor
   * @param shape all dimensions, the batch first
   * @return a larger tensor
   */
  public static KerasTensor broadcastTo(KerasTensor x, int... shape) {
    return call("BroadcastTo", config("shape", list(shape)), x);
  }

  /**
   * Takes the elements at a place along an axis. Keras: {@code keras.ops.take(x, index, axis)}.
   *
   * @param x a tensor
   * @param index the place, from 0
   * @param axis the axis
   * @return a tensor without the axis
   */
  public static KerasTensor take(KerasTensor x, int index, int axis) {
    return call("Take", config("axis", axis), x, index);
  }

  /**
   * Makes a vector with a single 1 of each whole number. Keras: {@code keras.ops.one_hot(x,
   * num_classes)}.
   *
   * @param x a tensor of whole numbers
   * @param classes the length of the vectors
   * @return a tensor with one more axis, the last
   */
  public static KerasTensor oneHot(KerasTensor x, int classes) {
    return call(
        "OneHot",
        config("num_classes", classes, "axis", -1, "dtype", "float32", "sparse", false),
        x);
  }

  /**
   * Multiplies matrices. Python: {@code a @ b}.
   *
   * @param a (..., n, k)
   * @param b (..., k, m)
   * @return (..., n, m)
   */
  public static KerasTensor matmul(KerasTensor a, KerasTensor b) {
    return call("Matmul", a, b);
  }

  /**
   * Multiplies tensors and adds up along axes. Keras: {@code keras.ops.einsum(subscripts, *xs)}.
   *
   * @param subscripts as {@code "bij,bkj->bik"}
   * @param xs the tensors
   * @return a tensor of the axes after the arrow
   */
  public static KerasTensor einsum(String subscripts, KerasTensor... xs) {
    return call("Einsum", config("subscripts", subscripts), (Object[]) xs);
  }
}
