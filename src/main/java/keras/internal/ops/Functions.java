package keras.internal.ops;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import keras.activations.Activations;
import keras.internal.graph.Dims;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Max;
import org.tensorflow.op.core.Min;
import org.tensorflow.op.core.Prod;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.core.StridedSlice;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * The functions of {@code keras.ops} as TensorFlow ops, by the names of Keras's classes. All
 * tensors are floats: truth values are 0 and 1, whole numbers are themselves.
 */
public final class Functions {

  /** A function of {@code keras.ops}. */
  @FunctionalInterface
  public interface Function {
    /**
     * Adds the ops.
     *
     * @param tf where they go
     * @param arguments the arguments of the call: tensors, numbers, lists of these, or null
     * @param config the arguments that Keras keeps in the object
     * @return the results
     */
    List<Operand<TFloat32>> call(Ops tf, List<?> arguments, Config config);
  }

  /**
   * A function with what is to be known of it.
   *
   * @param module the module of Keras that has its class
   * @param function adds its ops
   * @param eachElement whether it looks at one element of each tensor at a time
   */
  public record Known(String module, Function function, boolean eachElement) {}

  private static final String NUMPY = "keras.src.ops.numpy";
  private static final String NN = "keras.src.ops.nn";
  private static final String CORE = "keras.src.ops.core";
  private static final String MATH = "keras.src.ops.math";
  private static final String LINALG = "keras.src.ops.linalg";

  private static final Map<String, Known> KNOWN = new TreeMap<>();

  static {
    addArithmetic();
    addElementwise();
    addActivations();
    addReductions();
    addShapes();
    addProducts();
  }

  private Functions() {}

  /**
   * Returns a function.
   *
   * @param className as {@code "GetItem"}
   * @return null if there is none of that name
   */
  public static Known get(String className) {
    return KNOWN.get(className);
  }

  /**
   * Returns the names of all functions.
   *
   * @return in alphabetical order
   */
  public static List<String> names() {
    return List.copyOf(KNOWN.keySet());
  }

  // ---- element by element

  private interface Binary {
    Operand<TFloat32> call(Ops tf, Operand<TFloat32> a, Operand<TFloat32> b);
  }

  private interface Unary {
    Operand<TFloat32> call(Ops tf, Operand<TFloat32> x, Config config);
  }

  private static void binary(String name, Binary function) {
    KNOWN.put(
        name,
        new Known(
            NUMPY,
            (tf, given, config) ->
                List.of(function.call(tf, tensor(tf, given.get(0)), tensor(tf, given.get(1)))),
            true));
  }

  private static void comparison(
      String name, BiFunction<Ops, List<Operand<TFloat32>>, Operand<TBool>> function) {
    binary(name, (tf, a, b) -> number(tf, function.apply(tf, List.of(a, b))));
  }

  private static void unary(String module, String name, boolean eachElement, Unary function) {
    KNOWN.put(
        name,
        new Known(
            module,
            (tf, given, config) -> List.of(function.call(tf, tensor(tf, given.get(0)), config)),
            eachElement));
  }

  private static void unary(String name, Unary function) {
    unary(NUMPY, name, true, function);
  }

  private static void addArithmetic() {
    binary("Add", (tf, a, b) -> tf.math.add(a, b));
    binary("Subtract", (tf, a, b) -> tf.math.sub(a, b));
    binary("Multiply", (tf, a, b) -> tf.math.mul(a, b));
    binary("TrueDivide", (tf, a, b) -> tf.math.div(a, b));
    binary("Divide", (tf, a, b) -> tf.math.div(a, b));
    binary("Power", (tf, a, b) -> tf.math.pow(a, b));
    binary("Maximum", (tf, a, b) -> tf.math.maximum(a, b));
    binary("Minimum", (tf, a, b) -> tf.math.minimum(a, b));
    comparison("Greater", (tf, x) -> tf.math.greater(x.get(0), x.get(1)));
    comparison("GreaterEqual", (tf, x) -> tf.math.greaterEqual(x.get(0), x.get(1)));
    comparison("Less", (tf, x) -> tf.math.less(x.get(0), x.get(1)));
    comparison("LessEqual", (tf, x) -> tf.math.lessEqual(x.get(0), x.get(1)));
    comparison("Equal", (tf, x) -> tf.math.equal(x.get(0), x.get(1)));
    comparison("NotEqual", (tf, x) -> tf.math.notEqual(x.get(0), x.get(1)));
    comparison(
        "LogicalAnd", (tf, x) -> tf.math.logicalAnd(truth(tf, x.get(0)), truth(tf, x.get(1))));
    comparison("LogicalOr", (tf, x) -> tf.math.logicalOr(truth(tf, x.get(0)), truth(tf, x.get(1))));
    KNOWN.put(
        "Where",
        new Known(
            NUMPY,
            (tf, given, config) ->
                List.of(
                    tf.select(
                        truth(tf, tensor(tf, given.get(0))),
                        tensor(tf, given.get(1)),
                        tensor(tf, given.get(2)))),
            true));
  }

  private static void addElementwise() {
    unary("Negative", (tf, x, config) -> tf.math.neg(x));
    unary("Absolute", (tf, x, config) -> tf.math.abs(x));
    unary("Exp", (tf, x, config) -> tf.math.exp(x));
    unary("Expm1", (tf, x, config) -> tf.math.expm1(x));
    unary("Log", (tf, x, config) -> tf.math.log(x));
    unary("Log1p", (tf, x, config) -> tf.math.log1p(x));
    unary("Sqrt", (tf, x, config) -> tf.math.sqrt(x));
    unary(MATH, "Rsqrt", true, (tf, x, config) -> tf.math.rsqrt(x));
    unary("Square", (tf, x, config) -> tf.math.square(x));
    unary("Sin", (tf, x, config) -> tf.math.sin(x));
    unary("Cos", (tf, x, config) -> tf.math.cos(x));
    unary("Sign", (tf, x, config) -> tf.math.sign(x));
    unary("Floor", (tf, x, config) -> tf.math.floor(x));
    unary("Ceil", (tf, x, config) -> tf.math.ceil(x));
    unary(
        "Round",
        (tf, x, config) -> {
          config.only("decimals", 0);
          return tf.math.rint(x);
        });
    unary("LogicalNot", (tf, x, config) -> number(tf, tf.math.logicalNot(truth(tf, x))));
    unary("ZerosLike", (tf, x, config) -> tf.zerosLike(x));
    unary("OnesLike", (tf, x, config) -> ones(tf, x));
    binary("FullLike", (tf, x, value) -> tf.math.mul(ones(tf, x), value));
    unary(
        "Clip",
        (tf, x, config) ->
            tf.math.maximum(
                tf.math.minimum(x, tf.constant((float) config.number("x_max"))),
                tf.constant((float) config.number("x_min"))));
    unary(CORE, "Cast", true, Functions::cast);
    unary(CORE, "ConvertToTensor", true, (tf, x, config) -> tf.identity(x));
    unary(CORE, "StopGradient", true, (tf, x, config) -> tf.stopGradient(x));
  }

  /** TensorFlow-Java has no gradient for {@code OnesLike}. */
  private static Operand<TFloat32> ones(Ops tf, Operand<TFloat32> x) {
    return tf.math.add(tf.zerosLike(x), tf.constant(1f));
  }

  /** Numbers of other types are floats here; whole ones lose what is after the point. */
  private static Operand<TFloat32> cast(Ops tf, Operand<TFloat32> x, Config config) {
    String type = config.text("dtype");
    if (type.startsWith("int") || type.startsWith("uint")) {
      return tf.dtypes.cast(tf.dtypes.cast(x, TInt64.class), TFloat32.class);
    }
    return type.equals("bool") ? number(tf, truth(tf, x)) : tf.identity(x);
  }

  private static void addActivations() {
    unary("Tanh", (tf, x, config) -> tf.math.tanh(x));
    for (String name :
        List.of("Relu", "Relu6", "Sigmoid", "Softplus", "Softsign", "Silu", "Selu", "Mish")) {
      unary(NN, name, true, activation(name.toLowerCase(java.util.Locale.ROOT)));
    }
    unary(NN, "HardSigmoid", true, activation("hard_sigmoid"));
    unary(NN, "HardSilu", true, activation("hard_silu"));
    unary(NN, "LogSigmoid", true, activation("log_sigmoid"));
    unary(NN, "Elu", true, (tf, x, config) -> Activations.elu(config.number("alpha")).call(tf, x));
    unary(
        NN,
        "LeakyRelu",
        true,
        (tf, x, config) -> Activations.leakyRelu(config.number("negative_slope")).call(tf, x));
    unary(
        NN,
        "Gelu",
        true,
        (tf, x, config) ->
            Activations.gelu(Boolean.TRUE.equals(config.value("approximate"))).call(tf, x));
    unary(
        NN,
        "Softmax",
        false,
        (tf, x, config) -> Activations.softmax(config.integer("axis")).call(tf, x));
    unary(
        NN,
        "LogSoftmax",
        false,
        (tf, x, config) -> Activations.logSoftmax(config.integer("axis")).call(tf, x));
  }

  private static Unary activation(String name) {
    return (tf, x, config) -> Activations.get(name).call(tf, x);
  }

  // ---- along axes

  private interface Reduction {
    Operand<TFloat32> call(Ops tf, Operand<TFloat32> x, Operand<TInt32> axes, boolean keepDims);
  }

  private static void reduction(String module, String name, Reduction function) {
    unary(
        module,
        name,
        false,
        (tf, x, config) -> {
          for (String key : List.of("dtype", "initial", "ord")) {
            config.only(key, null);
          }
          boolean keepDims = Boolean.TRUE.equals(config.value("keepdims"));
          return function.call(tf, x, tf.constant(axes(config, "axis", x)), keepDims);
        });
  }

  private static void addReductions() {
    reduction(NUMPY, "Sum", Functions::sum);
    reduction(NUMPY, "Mean", Functions::mean);
    reduction(NUMPY, "Max", (tf, x, axes, keep) -> tf.max(x, axes, Max.keepDims(keep)));
    reduction(NUMPY, "Amax", (tf, x, axes, keep) -> tf.max(x, axes, Max.keepDims(keep)));
    reduction(NUMPY, "Min", (tf, x, axes, keep) -> tf.min(x, axes, Min.keepDims(keep)));
    reduction(NUMPY, "Amin", (tf, x, axes, keep) -> tf.min(x, axes, Min.keepDims(keep)));
    reduction(NUMPY, "Prod", (tf, x, axes, keep) -> tf.prod(x, axes, Prod.keepDims(keep)));
    reduction(NUMPY, "Var", Functions::variance);
    reduction(NUMPY, "Std", (tf, x, axes, keep) -> tf.math.sqrt(variance(tf, x, axes, keep)));
    reduction(
        NUMPY,
        "Any",
        (tf, x, axes, keep) -> tf.max(number(tf, truth(tf, x)), axes, Max.keepDims(keep)));
    reduction(
        NUMPY,
        "All",
        (tf, x, axes, keep) -> tf.min(number(tf, truth(tf, x)), axes, Min.keepDims(keep)));
    reduction(MATH, "Logsumexp", Functions::logSumExp);
    reduction(
        LINALG,
        "Norm",
        (tf, x, axes, keep) -> tf.math.sqrt(sum(tf, tf.math.square(x), axes, keep)));
    unary(NUMPY, "Argmax", false, (tf, x, config) -> extreme(tf, x, config, true));
    unary(NUMPY, "Argmin", false, (tf, x, config) -> extreme(tf, x, config, false));
    unary(
        NUMPY,
        "Cumsum",
        false,
        (tf, x, config) -> {
          config.only("dtype", null);
          return tf.math.cumsum(x, tf.constant(config.integer("axis")));
        });
    unary(NN, "Normalize", false, Functions::normalize);
  }

  private static Operand<TFloat32> sum(
      Ops tf, Operand<TFloat32> x, Operand<TInt32> axes, boolean keepDims) {
    return tf.reduceSum(x, axes, ReduceSum.keepDims(keepDims));
  }

  private static Operand<TFloat32> mean(
      Ops tf, Operand<TFloat32> x, Operand<TInt32> axes, boolean keepDims) {
    return tf.math.mean(x, axes, org.tensorflow.op.math.Mean.keepDims(keepDims));
  }

  private static Operand<TFloat32> variance(
      Ops tf, Operand<TFloat32> x, Operand<TInt32> axes, boolean keepDims) {
    Operand<TFloat32> centred = tf.math.sub(x, mean(tf, x, axes, true));
    return mean(tf, tf.math.square(centred), axes, keepDims);
  }

  private static Operand<TFloat32> logSumExp(
      Ops tf, Operand<TFloat32> x, Operand<TInt32> axes, boolean keepDims) {
    Operand<TFloat32> most = tf.stopGradient(tf.max(x, axes, Max.keepDims(true)));
    Operand<TFloat32> sum = sum(tf, tf.math.exp(tf.math.sub(x, most)), axes, keepDims);
    Operand<TFloat32> added = keepDims ? most : tf.reshape(most, tf.shape(sum));
    return tf.math.add(tf.math.log(sum), added);
  }

  private static Operand<TFloat32> extreme(
      Ops tf, Operand<TFloat32> x, Config config, boolean most) {
    Operand<TInt32> axis = tf.constant(config.integer("axis"));
    Operand<TFloat32> place =
        tf.dtypes.cast(most ? tf.math.argMax(x, axis) : tf.math.argMin(x, axis), TFloat32.class);
    return Boolean.TRUE.equals(config.value("keepdims")) ? tf.expandDims(place, axis) : place;
  }

  private static Operand<TFloat32> normalize(Ops tf, Operand<TFloat32> x, Config config) {
    config.only("order", 2);
    float epsilon = config.given("epsilon") ? (float) config.number("epsilon") : 1e-7f;
    Operand<TFloat32> squares =
        sum(tf, tf.math.square(x), tf.constant(axes(config, "axis", x)), true);
    return tf.math.mul(x, tf.math.rsqrt(tf.math.maximum(squares, tf.constant(epsilon * epsilon))));
  }

  // ---- shapes

  private static void addShapes() {
    KNOWN.put(
        "Concatenate",
        new Known(
            NUMPY,
            (tf, given, config) ->
                List.of(Dims.concat(tf, tensors(tf, given.get(0)), config.integer("axis"))),
            false));
    KNOWN.put("Stack", new Known(NUMPY, Functions::stack, false));
    unary(NUMPY, "Reshape", false, Functions::reshape);
    unary(
        NUMPY,
        "ExpandDims",
        false,
        (tf, x, config) -> tf.expandDims(x, tf.constant(config.integer("axis"))));
    unary(NUMPY, "Squeeze", false, Functions::squeeze);
    unary(
        NUMPY,
        "Transpose",
        false,
        (tf, x, config) -> tf.linalg.transpose(x, tf.constant(order(config, x))));
    unary(NUMPY, "Swapaxes", false, Functions::swapAxes);
    unary(NUMPY, "Repeat", false, Functions::repeat);
    unary(
        NUMPY,
        "Tile",
        false,
        (tf, x, config) -> tf.tile(x, tf.constant(config.integers("repeats"))));
    unary(
        NUMPY,
        "Flip",
        false,
        (tf, x, config) -> tf.reverse(x, tf.constant(axes(config, "axis", x))));
    unary(
        NUMPY,
        "BroadcastTo",
        false,
        (tf, x, config) -> tf.broadcastTo(x, tf.constant(config.integers("shape"))));
    KNOWN.put("GetItem", new Known(NUMPY, Functions::getItem, false));
    KNOWN.put("Split", new Known(NUMPY, Functions::split, false));
    KNOWN.put("Take", new Known(NUMPY, Functions::take, false));
    unary(NN, "OneHot", false, Functions::oneHot);
  }

  private static List<Operand<TFloat32>> stack(Ops tf, List<?> given, Config config) {
    List<Operand<TFloat32>> tensors = tensors(tf, given.get(0));
    int rank = tensors.get(0).shape().numDimensions() + 1;
    int axis = Math.floorMod(config.integer("axis"), rank);
    List<Operand<TFloat32>> wider = new ArrayList<>();
    tensors.forEach(each -> wider.add(tf.expandDims(each, tf.constant(axis))));
    return List.of(Dims.concat(tf, wider, axis));
  }

  private static Operand<TFloat32> reshape(Ops tf, Operand<TFloat32> x, Config config) {
    Integer[] wanted = config.dimensions("newshape");
    int[] sizes = Arrays.stream(wanted).mapToInt(size -> size == null ? -1 : size).toArray();
    return tf.reshape(x, tf.constant(sizes));
  }

  private static Operand<TFloat32> squeeze(Ops tf, Operand<TFloat32> x, Config config) {
    List<Long> axes = new ArrayList<>();
    if (config.given("axis")) {
      for (int axis : axes(config, "axis", x)) {
        axes.add((long) axis);
      }
    }
    return tf.squeeze(x, org.tensorflow.op.core.Squeeze.axis(axes));
  }

  private static int[] order(Config config, Operand<TFloat32> x) {
    int rank = x.shape().numDimensions();
    return config.given("axes")
        ? config.integers("axes")
        : IntStream.range(0, rank).map(axis -> rank - 1 - axis).toArray();
  }

  private static Operand<TFloat32> swapAxes(Ops tf, Operand<TFloat32> x, Config config) {
    int rank = x.shape().numDimensions();
    int[] order = IntStream.range(0, rank).toArray();
    int first = Math.floorMod(config.integer("axis1"), rank);
    int second = Math.floorMod(config.integer("axis2"), rank);
    order[first] = second;
    order[second] = first;
    return tf.linalg.transpose(x, tf.constant(order));
  }

  private static Operand<TFloat32> repeat(Ops tf, Operand<TFloat32> x, Config config) {
    int times = config.integer("repeats");
    int axis = Math.floorMod(config.integer("axis"), x.shape().numDimensions());
    int[] multiples = new int[x.shape().numDimensions() + 1];
    Arrays.fill(multiples, 1);
    multiples[axis + 1] = times;
    Operand<TFloat32> copies =
        tf.tile(tf.expandDims(x, tf.constant(axis + 1)), tf.constant(multiples));
    List<Operand<TInt32>> sizes = Dims.from(tf, x, 0);
    long known = x.shape().get(axis);
    sizes.set(
        axis,
        known == Shape.UNKNOWN_SIZE
            ? tf.math.mul(sizes.get(axis), tf.constant(times))
            : tf.constant((int) known * times));
    return tf.reshape(copies, Dims.shape(tf, sizes));
  }

  private static List<Operand<TFloat32>> split(Ops tf, List<?> given, Config config) {
    Operand<TFloat32> x = tensor(tf, given.get(0));
    int axis = Math.floorMod(config.integer("axis"), x.shape().numDimensions());
    long size = x.shape().get(axis);
    int[] ends;
    if (config.value("indices_or_sections") instanceof Number number) {
      int parts = number.intValue();
      ends = IntStream.rangeClosed(1, parts).map(i -> (int) (size * i / parts)).toArray();
    } else {
      ends =
          Arrays.copyOf(
              config.integers("indices_or_sections"),
              config.integers("indices_or_sections").length + 1);
      ends[ends.length - 1] = (int) size;
    }
    List<Operand<TFloat32>> parts = new ArrayList<>();
    int start = 0;
    for (int end : ends) {
      parts.add(part(tf, x, axis, start, end));
      start = end;
    }
    return parts;
  }

  private static Operand<TFloat32> part(Ops tf, Operand<TFloat32> x, int axis, int start, int end) {
    int rank = x.shape().numDimensions();
    int[] starts = new int[rank];
    int[] sizes = new int[rank];
    Arrays.fill(sizes, -1);
    starts[axis] = start;
    sizes[axis] = end - start;
    return tf.slice(x, tf.constant(starts), tf.constant(sizes));
  }

  private static List<Operand<TFloat32>> take(Ops tf, List<?> given, Config config) {
    Operand<TFloat32> x = tensor(tf, given.get(0));
    Operand<TInt32> axis = tf.constant(config.integer("axis"));
    Operand<TInt32> indices;
    if (given.get(1) instanceof Number number) {
      indices = tf.constant(number.intValue());
    } else if (given.get(1) instanceof List<?> list && list.get(0) instanceof Number) {
      indices = tf.constant(list.stream().mapToInt(each -> ((Number) each).intValue()).toArray());
    } else {
      indices = tf.dtypes.cast(tensor(tf, given.get(1)), TInt32.class);
    }
    return List.of(tf.gather(x, indices, axis));
  }

  private static Operand<TFloat32> oneHot(Ops tf, Operand<TFloat32> x, Config config) {
    config.only("dtype", "float32");
    config.only("sparse", false);
    return tf.oneHot(
        tf.dtypes.cast(x, TInt64.class),
        tf.constant(config.integer("num_classes")),
        tf.constant(1f),
        tf.constant(0f),
        org.tensorflow.op.core.OneHot.axis((long) config.integer("axis")));
  }

  /** Python's {@code x[key]}: numbers, slices, an ellipsis, and null for a new axis. */
  private static List<Operand<TFloat32>> getItem(Ops tf, List<?> given, Config config) {
    Operand<TFloat32> x = tensor(tf, given.get(0));
    List<?> keys = given.get(1) instanceof List<?> list ? list : Arrays.asList(given.get(1));
    int count = keys.size();
    int[] begin = new int[count];
    int[] end = new int[count];
    int[] strides = new int[count];
    long beginMask = 0;
    long endMask = 0;
    long ellipsis = 0;
    long newAxis = 0;
    long shrink = 0;
    for (int i = 0; i < count; i++) {
      long bit = 1L << i;
      strides[i] = 1;
      if (keys.get(i) == null) {
        newAxis |= bit;
      } else if (keys.get(i) instanceof Number number) {
        begin[i] = number.intValue();
        end[i] = begin[i] + 1;
        shrink |= bit;
        endMask |= begin[i] == -1 ? bit : 0;
      } else if (keys.get(i) instanceof Map<?, ?> map
          && "__slice__".equals(map.get("class_name"))
          && map.get("config") instanceof Map<?, ?> slice) {
        strides[i] = slice.get("step") instanceof Number step ? step.intValue() : 1;
        begin[i] = slice.get("start") instanceof Number start ? start.intValue() : 0;
        end[i] = slice.get("stop") instanceof Number stop ? stop.intValue() : 0;
        beginMask |= slice.get("start") == null ? bit : 0;
        endMask |= slice.get("stop") == null ? bit : 0;
      } else {
        ellipsis |= bit;
      }
    }
    return List.of(
        tf.stridedSlice(
            x,
            tf.constant(begin),
            tf.constant(end),
            tf.constant(strides),
            StridedSlice.beginMask(beginMask),
            StridedSlice.endMask(endMask),
            StridedSlice.ellipsisMask(ellipsis),
            StridedSlice.newAxisMask(newAxis),
            StridedSlice.shrinkAxisMask(shrink)));
  }

  // ---- products

  private static void addProducts() {
    KNOWN.put("Matmul", new Known(NUMPY, Functions::matmul, false));
    KNOWN.put(
        "Einsum",
        new Known(
            NUMPY,
            (tf, given, config) ->
                List.of(
                    tf.linalg.einsum(
                        given.stream().map(each -> tensor(tf, each)).toList(),
                        config.text("subscripts"))),
            false));
  }

  private static List<Operand<TFloat32>> matmul(Ops tf, List<?> given, Config config) {
    Operand<TFloat32> a = tensor(tf, given.get(0));
    Operand<TFloat32> b = tensor(tf, given.get(1));
    boolean matrices = a.shape().numDimensions() == 2 && b.shape().numDimensions() == 2;
    return List.of(
        matrices
            ? tf.linalg.matMul(a, b, new MatMul.Options[0])
            : tf.train.batchMatMul(a, b, TFloat32.class));
  }

  // ---- arguments

  @SuppressWarnings("unchecked")
  private static Operand<TFloat32> tensor(Ops tf, Object given) {
    return given instanceof Number number
        ? tf.constant(number.floatValue())
        : (Operand<TFloat32>) given;
  }

  private static List<Operand<TFloat32>> tensors(Ops tf, Object given) {
    return ((List<?>) given).stream().map(each -> tensor(tf, each)).toList();
  }

  private static Operand<TBool> truth(Ops tf, Operand<TFloat32> x) {
    return tf.math.notEqual(x, tf.constant(0f));
  }

  private static Operand<TFloat32> number(Ops tf, Operand<TBool> truth) {
    return tf.dtypes.cast(truth, TFloat32.class);
  }

  /** Reads axes: one, several, or null for all. */
  private static int[] axes(Config config, String key, Operand<TFloat32> x) {
    return config.given(key)
        ? config.integers(key)
        : IntStream.range(0, x.shape().numDimensions()).toArray();
  }
}
