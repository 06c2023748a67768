package keras.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import keras.backend.LayerContext;
import keras.internal.config.Serialized;
import keras.internal.graph.Inference;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.ops.Functions;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * A call of a function of {@code keras.ops} in a graph of layers. Keras: {@code Operation}. It has
 * no weights, and gives no mask.
 */
final class Operation extends Layer<Operation> {

  /** The place of a tensor among the arguments of a call. */
  private enum Slot {
    TENSOR
  }

  private final String className;
  private final Functions.Known function;
  private final Map<String, Object> config;
  private final List<Object> arguments;

  /**
   * An operation.
   *
   * @param className Keras's class, as {@code "GetItem"}
   * @param config the arguments that Keras keeps in the object
   * @param arguments those of the call; {@code KerasTensor}s stand for themselves
   */
  Operation(String className, Map<String, Object> config, List<?> arguments) {
    this.className = className;
    this.function = Functions.get(className);
    this.config = config;
    this.arguments = slots(arguments);
  }

  private static List<Object> slots(List<?> given) {
    List<Object> slots = new ArrayList<>();
    for (Object each : given) {
      if (each instanceof List<?> list) {
        slots.add(slots(list));
      } else {
        slots.add(each instanceof KerasTensor || isTensor(each) ? Slot.TENSOR : each);
      }
    }
    return Collections.unmodifiableList(slots);
  }

  private static boolean isTensor(Object written) {
    return written instanceof Map<?, ?> map && "__keras_tensor__".equals(map.get("class_name"));
  }

  /** Returns the arguments with something in the place of each tensor, in order. */
  private static List<Object> filled(List<?> slots, List<?> tensors, int[] next) {
    List<Object> filled = new ArrayList<>();
    for (Object each : slots) {
      if (each instanceof List<?> list) {
        filled.add(filled(list, tensors, next));
      } else {
        filled.add(each == Slot.TENSOR ? tensors.get(next[0]++) : each);
      }
    }
    return filled;
  }

  /** Calls the operation on the tensors among arguments. */
  List<KerasTensor> callOn(List<?> given) {
    List<KerasTensor> tensors = new ArrayList<>();
    collect(given, tensors);
    return callAll(tensors);
  }

  private void collect(List<?> given, List<KerasTensor> tensors) {
    for (Object each : given) {
      if (each instanceof List<?> list) {
        collect(list, tensors);
      } else if (each instanceof KerasTensor tensor) {
        tensors.add(tensor);
      }
    }
  }

  private List<Operand<TFloat32>> apply(Ops tf, List<Operand<TFloat32>> tensors) {
    return function
        .function()
        .call(tf, filled(arguments, tensors, new int[1]), Config.of(toString(), config));
  }

  @Override
  protected void build(List<Shape> inputShapes) {}

  @Override
  public List<Shape> computeOutputShape(List<Shape> inputShapes) {
    Checks.list(toString(), "shapes", inputShapes);
    try {
      return Inference.shapes(inputShapes, this::apply);
    } catch (RuntimeException refused) {
      IllegalArgumentException error =
          Errors.in(toString(), "the arguments do not go with each other.")
              .expected("shapes that " + className + " takes")
              .got(
                  Errors.shapes(inputShapes.stream().map(Shape::asArray).toList())
                      + ": "
                      + refused.getMessage())
              .fix("look at the shape of each tensor: tensor.shape()")
              .argument();
      error.initCause(refused);
      throw error;
    }
  }

  @Override
  protected List<Operand<TFloat32>> call(LayerContext context, List<Operand<TFloat32>> inputs) {
    return apply(context.tf(), inputs);
  }

  @Override
  protected List<Operand<TBool>> computeMask(
      LayerContext context, List<Operand<TFloat32>> inputs, List<Operand<TBool>> masks) {
    return null;
  }

  /** Tells whether the samples may see each other: whether the first axis is anything special. */
  @Override
  protected boolean needsWholeBatch() {
    return !function.eachElement() && nodes().stream().anyMatch(this::mixesSamples);
  }

  /**
   * Computes the shapes for other batches. If they follow the batch, and each axis that is named is
   * another one, then so do the numbers.
   */
  private boolean mixesSamples(Node node) {
    List<Shape> shapes = node.inputs().stream().map(KerasTensor::shape).toList();
    for (String key : List.of("axis", "axis1", "axis2")) {
      int rank = shapes.get(0).numDimensions() + (className.equals("Stack") ? 1 : 0);
      List<?> axes =
          config.get(key) instanceof List<?> list ? list : Arrays.asList(config.get(key));
      boolean named = config.containsKey(key);
      if (named && axes.stream().anyMatch(axis -> isFirst(axis, rank))) {
        return true;
      }
    }
    return switch (className) {
      case "GetItem" -> !takesAllSamples();
      case "Transpose" ->
          !(config.get("axes") instanceof List<?> axes && isFirst(axes.get(0), axes.size()));
      case "Tile" -> !(config.get("repeats") instanceof List<?> times && one(times.get(0)));
      case "Reshape" -> !keepsSamples(shapes.get(0), node.outputs().get(0).shape());
      case "Matmul" ->
          shapes.stream().anyMatch(shape -> shape.numDimensions() < 3)
              && !(shapes.size() == 2 && shapes.get(1).get(0) != Shape.UNKNOWN_SIZE);
      case "Einsum", "BroadcastTo" -> true;
      default -> false;
    };
  }

  private static boolean isFirst(Object axis, int rank) {
    return axis == null
        || (axis instanceof Number number && Math.floorMod(number.intValue(), rank) == 0);
  }

  private static boolean one(Object number) {
    return number instanceof Number value && value.intValue() == 1;
  }

  private boolean takesAllSamples() {
    Object key = arguments.get(1);
    Object first = key instanceof List<?> list ? list.get(0) : key;
    return first instanceof Map<?, ?> map
        && ("__ellipsis__".equals(map.get("class_name"))
            || (map.get("config") instanceof Map<?, ?> slice
                && slice.values().stream().allMatch(each -> each == null)));
  }

  private static boolean keepsSamples(Shape before, Shape after) {
    return !before.tail().hasUnknownDimension()
        && !after.tail().hasUnknownDimension()
        && size(before) == size(after);
  }

  private static long size(Shape shape) {
    return LongStream.of(shape.tail().asArray()).reduce(1, (a, b) -> a * b);
  }

  @Override
  protected String typeName() {
    return className;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("name", name());
    all.putAll(config);
    return all;
  }

  @Override
  protected Map<String, Object> serialize() {
    Map<String, Object> written =
        new LinkedHashMap<>(Serialized.known(function.module(), className, getConfig()));
    written.put("registered_name", className);
    return written;
  }

  @Override
  protected Map<String, Object> serializeCall(List<?> tensors) {
    return Serialized.call(filled(arguments, tensors, new int[1]), Map.of());
  }

  // ---- reading

  /**
   * Tells whether a configuration is that of an operation which is known. The legacy format does
   * not say the module; layers, which may have the same name, say whether they are trainable.
   */
  static boolean isDescribed(Config object) {
    if (!(object.value("class_name") instanceof String name) || Functions.get(name) == null) {
      return false;
    }
    return object.value("module") instanceof String module
        ? module.startsWith("keras.src.ops.") || module.startsWith("keras.ops")
        : object.value("config") instanceof Map<?, ?> map && !map.containsKey("trainable");
  }

  /** Returns the operation that is described, with the arguments of its only call. */
  static Operation read(Config object, Object call) {
    Map<String, Object> config = new LinkedHashMap<>();
    if (object.value("config") instanceof Map<?, ?> map) {
      map.forEach((key, value) -> config.put(String.valueOf(key), value));
    }
    Object name = config.remove("name");
    if (!(call instanceof Map<?, ?> given && given.get("args") instanceof List<?> arguments)) {
      throw object.wrong("inbound_nodes", "one call with its args");
    }
    Operation made = new Operation(object.text("class_name"), config, arguments);
    return name instanceof String text ? made.name(text) : made;
  }
}
