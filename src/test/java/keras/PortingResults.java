package keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import keras.backend.Variable;
import keras.callbacks.History;
import keras.layers.Input;
import keras.layers.KerasTensor;
import keras.layers.Layer;
import keras.models.Model;
import keras.utils.Batch;
import keras.utils.FloatArrays;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;

/** Results of the Java lines of a section of the porting guide. */
public final class PortingResults {

  private static final double TOLERANCE = 1e-5;

  /** A line that gives nothing. */
  @FunctionalInterface
  public interface Action {
    /** Runs the line. */
    void run() throws Exception;
  }

  /** The result of a line without a value. */
  private static final Object NOTHING = new Object();

  private final Object[] given;
  private final List<AutoCloseable> opened = new ArrayList<>();
  private int row = -1;

  PortingResults(int rows) {
    given = new Object[rows];
    java.util.Arrays.fill(given, NOTHING);
  }

  /** Says which row comes next. */
  public void at(int next) {
    row = next;
  }

  int row() {
    return row;
  }

  /** Runs a line that gives something. */
  public void run(Callable<?> line) throws Exception {
    keep(line.call());
  }

  /** Runs a line that gives nothing. */
  public void run(Action line) throws Exception {
    line.run();
  }

  /** Keeps what a line gave, as it is now. */
  public void keep(Object value) {
    if (value instanceof AutoCloseable closeable) {
      opened.add(closeable);
    }
    given[row] = form(value);
  }

  Object[] given() {
    return given;
  }

  void close() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
  }

  // ---- the form in which both sides are compared

  private static Object form(Object value) {
    if (value == null || value instanceof Boolean || value instanceof Number) {
      return value;
    }
    if (value instanceof String text) {
      return text.replaceAll("(?<=[a-z])_\\d+\\b", "");
    }
    if (value instanceof Shape shape) {
      List<Object> sizes = new ArrayList<>();
      for (long size : shape.asArray()) {
        sizes.add(size < 0 ? null : (Object) size);
      }
      return sizes;
    }
    if (value instanceof History history && !history.epoch().isEmpty()) {
      return Map.of("keys", form(history.history().keySet()), "values", form(history.history()));
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> forms = new LinkedHashMap<>();
      map.forEach((key, item) -> forms.put(key.toString(), form(item)));
      return forms;
    }
    if (value instanceof Variable variable) {
      return form(variable.value());
    }
    if (value instanceof FloatNdArray array) {
      return array(FloatArrays.shape(array), FloatArrays.values(array));
    }
    if (value.getClass().isArray() && value.getClass().getComponentType().isPrimitive()) {
      return form(FloatArrays.of(value, "value"));
    }
    return object(value);
  }

  private static Object object(Object value) {
    if (value instanceof Input input) {
      return Map.of("class", "Input", "shape", form(input.tensor().shape()));
    }
    if (value instanceof KerasTensor tensor) {
      return Map.of("class", "Input", "shape", form(tensor.shape()));
    }
    if (value instanceof Model model) {
      return Map.of("layers", model.layers().stream().map(PortingResults::layer).toList());
    }
    if (value instanceof Batch batch) {
      List<Object> parts = new ArrayList<>();
      batch.inputs().forEach(x -> parts.add(form(x)));
      batch.targets().forEach(y -> parts.add(form(y)));
      return parts.size() == 1 ? parts.get(0) : parts;
    }
    if (value instanceof Iterable<?> items) {
      List<Object> forms = new ArrayList<>();
      items.forEach(item -> forms.add(form(item)));
      return forms;
    }
    Map<String, Object> forms = new LinkedHashMap<>();
    forms.put("class", value.getClass().getSimpleName());
    Object config = config(value);
    if (config != null) {
      forms.put("config", form(config));
    }
    return forms;
  }

  /** A layer of a model, where an input is a layer and no tensor. */
  private static Object layer(Layer<?> layer) {
    return layer instanceof Input
        ? Map.of("class", "InputLayer", "config", form(config(layer)))
        : form(layer);
  }

  private static Object config(Object value) {
    try {
      return withoutDtype(value.getClass().getMethod("getConfig").invoke(value));
    } catch (NoSuchMethodException e) {
      return null;
    } catch (InvocationTargetException e) {
      return null; // An activation with arguments has no name to be written by.
    } catch (IllegalAccessException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private static Object withoutDtype(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> rest = new LinkedHashMap<>();
      map.forEach(
          (key, item) -> {
            if (!key.equals("dtype")) {
              rest.put(key.toString(), withoutDtype(item));
            }
          });
      return rest;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(PortingResults::withoutDtype).collect(Collectors.toList());
    }
    return value;
  }

  private static Object array(long[] shape, float[] values) {
    if (shape.length == 0) {
      return values[0];
    }
    Map<String, Object> forms = new LinkedHashMap<>();
    forms.put("shape", form(Shape.of(shape)));
    List<Object> data = new ArrayList<>();
    for (int i = 0; i < Array.getLength(values); i++) {
      data.add(values[i]);
    }
    forms.put("data", data);
    return forms;
  }

  // ---- comparison

  /** How what Java gave differs from what Python gave; null where it does not. */
  static String difference(JsonNode python, Object java) {
    if (java == NOTHING || python.isNull() || python.asText().equals("?")) {
      return null;
    }
    if (python.isObject()) {
      return java instanceof Map<?, ?> map ? inMap(python, map) : clash(python, java);
    }
    if (python.isArray()) {
      return java instanceof List<?> list ? inList(python, list) : clash(python, java);
    }
    boolean same =
        python.isNumber()
            ? java instanceof Number number && close(python.asDouble(), number.doubleValue())
            : java != null && python.asText().equals(java.toString());
    return same ? null : clash(python, java);
  }

  private static String inMap(JsonNode python, Map<?, ?> java) {
    List<String> keys = new ArrayList<>();
    for (Iterator<String> names = python.fieldNames(); names.hasNext(); ) {
      keys.add(names.next());
    }
    // Keras leaves some arguments out of configurations: the seed of SimpleRNN, for one.
    TreeSet<Object> own = new TreeSet<>(java.keySet());
    own.removeIf(key -> java.get(key) == null && !keys.contains(key));
    if (!keys.equals(List.of("class")) && !new TreeSet<>(keys).equals(own)) {
      return "the keys are " + java.keySet() + ", in Python " + keys;
    }
    for (String key : keys) {
      if (python.get(key).isNull() && java.get(key) != null) {
        return key + ": " + clash(python.get(key), java.get(key));
      }
      String difference = difference(python.get(key), java.get(key));
      if (difference != null) {
        return key + ": " + difference;
      }
    }
    return null;
  }

  private static String inList(JsonNode python, List<?> java) {
    if (python.size() != java.size()) {
      return java.size() + " values, in Python " + python.size();
    }
    for (int i = 0; i < java.size(); i++) {
      if (python.get(i).isNull() != (java.get(i) == null)) {
        return i + ": " + clash(python.get(i), java.get(i));
      }
      String difference = difference(python.get(i), java.get(i));
      if (difference != null) {
        return i + ": " + difference;
      }
    }
    return null;
  }

  private static boolean close(double python, double java) {
    return Math.abs(python - java) <= TOLERANCE * Math.max(1e-3, Math.abs(python));
  }

  private static String clash(JsonNode python, Object java) {
    return java + ", in Python " + python;
  }
}
