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
import org.tensorflow.ndarray.NdArray;

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
    return first != null
        && (first.getClass().isArray() || first instanceof List || first instanceof NdArray);
  }

  /** Returns the type that an entry has in the graph. */
  InputType type(int entry) {
    KerasTensor tensor = behind.inputs().get(entry);
    return readers.containsKey(tensor) ? InputType.FLOAT32 : type(tensor);
  }

  /** Returns the type that the data of an Input have in a graph. */
  static InputType type(KerasTensor input) {
    return InputType.of(dtype(input));
  }

  /**
   * Returns data as they enter, or refuses whole numbers that do not go into an entry, or that a
   * layer would round.
   */
  FloatNdArray entered(String where, int entry, FloatNdArray array) {
    InputType type = type(entry);
    if (!type.isWhole()) {
      return FloatArrays.floats(array);
    }
    boolean plain = !FloatArrays.isRounded(array);
    for (float value : FloatArrays.values(array)) {
      plain &= Math.abs(value) < EXACT && type.has((long) value);
    }
    if (!plain) {
      check(where, entry, array);
    }
    return array;
  }

  private void check(String where, int entry, FloatNdArray array) {
    InputType type = type(entry);
    boolean exact = isExact(behind, behind.inputs().get(entry));
    for (long number : FloatArrays.longs(array, where + ": x")) {
      if (!type.has(number)) {
        throw Errors.in(where + ": x", "a whole number is too large for its Input.")
            .expected(type)
            .got(number)
            .fix("new Input(...).dtype(\"int64\"), or other numbers")
            .argument();
      }
      if (!exact && Math.abs((float) number) >= EXACT) {
        throw Errors.in(where + ": x", "a layer would round this whole number.")
            .expected("numbers below 16,777,216, unless an Embedding behind the Input takes them")
            .got(number)
            .fix("have an Embedding, an IntegerLookup or a Hashing take the Input itself")
            .argument();
      }
    }
  }

  /** Tells whether a tensor goes into layers alone that take whole numbers of any size. */
  private static boolean isExact(LayerGraph graph, KerasTensor tensor) {
    boolean exact = !graph.outputs().contains(tensor);
    for (Node node : graph.nodes()) {
      for (int i = 0; i < node.inputs().size(); i++) {
        if (node.inputs().get(i) == tensor) {
          exact &=
              node.layer() instanceof Model model
                  ? model.isGraphMade() && isExact(model.graph(), model.graph().inputs().get(i))
                  : LayerAccess.takesIndices(node.layer());
        }
      }
    }
    return exact;
  }
}
