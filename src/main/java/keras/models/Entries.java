package keras.models;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import keras.internal.messages.Errors;
import keras.layers.Input;
import keras.layers.KerasTensor;
import keras.layers.LayerAccess;
import keras.layers.Node;
import keras.utils.FloatArrays;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TType;

/**
 * Where data enter the graph of a model: at its inputs, or behind the layers that read strings and
 * whole numbers in Java.
 */
final class Entries {

  /** The largest whole number up to which a float holds all of them. */
  private static final float EXACT = 1 << 24;

  private final LayerGraph whole;
  private final LayerGraph behind;

  /** The layer calls that read data, by the tensors that they give. */
  private final Map<KerasTensor, Node> readers = new LinkedHashMap<>();

  private final List<String> names = new ArrayList<>();

  Entries(LayerGraph whole) {
    this.whole = whole;
    List<KerasTensor> tensors = new ArrayList<>();
    for (KerasTensor input : whole.inputs()) {
      List<Node> users =
          whole.nodes().stream().filter(node -> node.inputs().contains(input)).toList();
      List<Node> reading =
          users.stream().filter(node -> LayerAccess.readsData(node.layer())).toList();
      if (reading.size() < users.size() || users.isEmpty()) {
        checkNumbers(input, users);
        add(tensors, input, null, input.node().layer().name());
      }
      for (Node reader : reading) {
        boolean only = users.size() == 1 && reader.inputs().size() == 1;
        add(
            tensors,
            reader.outputs().get(0),
            reader,
            (only ? input.node().layer() : reader.layer()).name());
      }
    }
    behind = readers.isEmpty() ? whole : whole.from(tensors);
  }

  private void add(List<KerasTensor> tensors, KerasTensor tensor, Node reader, String name) {
    if (tensors.contains(tensor)) {
      return;
    }
    tensors.add(tensor);
    names.add(name);
    if (reader != null) {
      for (KerasTensor input : reader.inputs()) {
        if (!whole.inputs().contains(input)) {
          throw Errors.in(reader.layer().toString(), "the layer reads data in Java.")
              .expected("a call on inputs of the model")
              .got("a tensor of " + input.node().layer())
              .fix("call it on Inputs alone")
              .argument();
        }
      }
      readers.put(tensor, reader);
    }
  }

  private static void checkNumbers(KerasTensor input, List<Node> users) {
    if (dtype(input).equals("string")) {
      throw Errors.in(input.node().layer().toString(), "strings do not enter the graph of a model.")
          .expected("a layer that reads them, as TextVectorization or StringLookup")
          .got(users.isEmpty() ? "none" : users.get(0).layer())
          .fix("call such a layer on this Input, or leave dtype(\"string\") out")
          .argument();
    }
  }

  private static String dtype(KerasTensor input) {
    return input.node().layer() instanceof Input layer ? layer.dtype() : "float32";
  }

  /** Returns the graph from where the data enter it. */
  LayerGraph graph() {
    return behind;
  }

  /** Tells whether a layer reads data before they enter the graph. */
  boolean readsData() {
    return !readers.isEmpty();
  }

  /** Returns what data of an entry go by. */
  List<String> names() {
    return names;
  }

  boolean isOf(LayerGraph graph) {
    return graph == whole;
  }

  /**
   * Puts data through the layers that read them.
   *
   * @param where who asks, as messages name it
   * @param x an array for each input, as a list or by name; the array itself for the only one
   * @return numbers for each entry, or x where nothing is to be done
   */
  Object read(String where, Object x) {
    if (x == null || !readsData()) {
      return x;
    }
    List<?> given = inOrder(where, x);
    Map<KerasTensor, Object> data = new LinkedHashMap<>();
    for (int i = 0; i < given.size(); i++) {
      data.put(whole.inputs().get(i), given.get(i));
    }
    List<Object> entered = new ArrayList<>();
    for (KerasTensor tensor : behind.inputs()) {
      Node reader = readers.get(tensor);
      entered.add(
          reader == null
              ? data.get(tensor)
              : LayerAccess.read(
                  reader.layer(), reader.inputs().stream().<Object>map(data::get).toList()));
    }
    return entered;
  }

  private List<?> inOrder(String where, Object x) {
    int inputs = whole.inputs().size();
    List<?> given;
    if (x instanceof Map<?, ?> named) {
      given = whole.inputs().stream().map(in -> named.get(in.node().layer().name())).toList();
    } else if (inputs == 1 && !(x instanceof List<?> list && list.size() == 1 && isArray(list))) {
      given = List.of(x);
    } else {
      given = x instanceof List<?> list ? list : List.of(x);
    }
    if (given.size() != inputs || given.stream().anyMatch(each -> each == null)) {
      throw Errors.in(where + ": x", "the model has another number of inputs.")
          .expected(inputs + " arrays, for " + names)
          .got(x instanceof Map<?, ?> named ? named.keySet() : given.size())
          .fix("give one array for each input of the model")
          .argument();
    }
    return given;
  }

  private static boolean isArray(List<?> list) {
    Object first = list.get(0);
    return first != null && (first.getClass().isArray() || first instanceof List);
  }

  /** Returns the type that an entry has in the graph. */
  Class<? extends TType> type(int entry) {
    KerasTensor tensor = behind.inputs().get(entry);
    return readers.containsKey(tensor) ? TFloat32.class : type(tensor);
  }

  /** Returns the type that the data of an Input have in a graph. */
  static Class<? extends TType> type(KerasTensor input) {
    return switch (dtype(input)) {
      case "int8", "uint8", "int16", "uint16", "int32" -> TInt32.class;
      case "uint32", "int64" -> TInt64.class;
      case "bool" -> TBool.class;
      default -> TFloat32.class;
    };
  }

  /** Refuses whole numbers that do not go into an entry, or that a layer would round. */
  void check(String where, int entry, FloatNdArray array) {
    Class<? extends TType> type = type(entry);
    if (type == TFloat32.class) {
      return;
    }
    KerasTensor input = behind.inputs().get(entry);
    List<Node> users =
        behind.nodes().stream().filter(node -> node.inputs().contains(input)).toList();
    boolean exact = users.stream().allMatch(node -> LayerAccess.takesIndices(node.layer()));
    for (long number : FloatArrays.longs(array, where + ": x")) {
      if (type == TInt32.class && number != (int) number) {
        throw Errors.in(where + ": x", "a whole number is too large for its Input.")
            .expected("numbers of " + Integer.BYTES + " bytes, as dtype \"" + dtype(input) + "\"")
            .got(number)
            .fix("new Input(...).dtype(\"int64\")")
            .argument();
      }
      if (!exact && Math.abs((float) number) >= EXACT) {
        throw Errors.in(where + ": x", "a layer would round this whole number.")
            .expected("numbers below 16,777,216, unless an Embedding alone takes them")
            .got(number)
            .fix("put an IntegerLookup or a Hashing right behind the Input")
            .argument();
      }
    }
  }
}
