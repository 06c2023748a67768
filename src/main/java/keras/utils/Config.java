package keras.utils;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.naming.OwnNames;

/**
 * The arguments of an object as a file has them, read by their names. It knows its place, so that
 * messages name it, and which arguments were read, so that others can be refused as Keras refuses
 * them.
 *
 * <pre>{@code
 * static Dense fromConfig(Config config) {
 *   Dense layer = new Dense(config.integer("units")).common(config);
 *   config.bool("use_bias", layer::useBias);
 *   config.identifier("activation", layer::activation);
 *   return layer;
 * }
 * }</pre>
 *
 * <p>A method with an action calls it if the argument is there, and leaves the default otherwise.
 */
public final class Config {

  /** No model has objects within objects within objects so deep. */
  private static final int DEEPEST = 100;

  /** The state that all configurations of one file share. */
  private record File(
      CustomObjects custom, Map<String, Function<Config, ?>> classes, Map<Object, Object> shared) {}

  private final String place;
  private final Map<?, ?> arguments;
  private final int depth;
  private final File file;
  private final Set<String> read;

  private Config(String place, Map<?, ?> arguments, int depth, File file, Set<String> read) {
    this.place = place;
    this.arguments = arguments;
    this.depth = depth;
    this.file = file;
    this.read = read;
  }

  /**
   * Returns a configuration without custom objects.
   *
   * @param place the beginning of messages, as {@code "m.keras, config.json"}
   * @param arguments by their names in Keras
   * @return a view of them
   */
  public static Config of(String place, Map<?, ?> arguments) {
    return of(place, arguments, new CustomObjects());
  }

  /**
   * A configuration.
   *
   * @param place the beginning of messages, as {@code "m.keras, config.json"}
   * @param arguments by their names in Keras
   * @param custom the classes and functions of the user's own names
   * @return a view of them
   */
  public static Config of(String place, Map<?, ?> arguments, CustomObjects custom) {
    Checks.notNull("Config", "place", place);
    Checks.notNull(place, "config", arguments);
    Checks.notNull(place, "custom", custom);
    return new Config(
        place, arguments, 0, new File(custom, Map.of(), new HashMap<>()), new LinkedHashSet<>());
  }

  /**
   * Returns the same, where one more class of Keras's is known: a model, among layers, which know
   * nothing of models.
   *
   * @param className the class
   * @param maker makes an object of its arguments
   * @return another view of the same arguments
   */
  public Config withClass(String className, Function<Config, ?> maker) {
    Checks.notNull(place, "className", className);
    Checks.notNull(place, "maker", maker);
    Map<String, Function<Config, ?>> classes = new HashMap<>(file.classes);
    classes.put(className, maker);
    return new Config(place, arguments, depth, new File(file.custom, classes, file.shared), read);
  }

  /**
   * Tells where the arguments are.
   *
   * @return as {@code m.keras, config.json, layers[2] LSTM "lstm"}
   */
  public String place() {
    return place;
  }

  /**
   * The arguments.
   *
   * @return a new map with all of them, as they are
   */
  public Map<String, Object> copy() {
    Map<String, Object> copy = new LinkedHashMap<>();
    arguments.forEach((key, value) -> copy.put(String.valueOf(key), value));
    return copy;
  }

  // ---- single arguments

  /**
   * Tells whether an argument is there and not null.
   *
   * @param key its name
   * @return false where the default is meant, or nothing
   */
  public boolean given(String key) {
    read.add(key);
    return arguments.get(key) != null;
  }

  /**
   * Tells whether an argument is there, which may be null.
   *
   * @param key its name
   * @return false where the default is meant
   */
  public boolean has(String key) {
    read.add(key);
    return arguments.containsKey(key);
  }

  /**
   * Returns an argument as it is.
   *
   * @param key its name
   * @return a number, text, list, map, truth value or null; null too if it is not there
   */
  public Object value(String key) {
    read.add(key);
    return arguments.get(key);
  }

  /**
   * Returns a whole number.
   *
   * @param key its name
   * @return its value
   * @throws IllegalArgumentException if it is missing or something else
   */
  public int integer(String key) {
    long value = longInteger(key);
    if (value != (int) value) {
      throw wrong(key, "a whole number of 32 bits");
    }
    return (int) value;
  }

  /**
   * Uses a whole number, if it is there.
   *
   * @param key its name
   * @param use the function of it
   */
  public void integer(String key, IntConsumer use) {
    Checks.notNull(place, "use", use);
    if (has(key)) {
      use.accept(integer(key));
    }
  }

  /**
   * Returns a whole number of 64 bits.
   *
   * @param key its name
   * @return its value
   * @throws IllegalArgumentException if it is missing or something else
   */
  public long longInteger(String key) {
    Object value = value(key);
    if (value instanceof Integer || value instanceof Long) {
      return ((Number) value).longValue();
    }
    if (value instanceof Double number && number == number.longValue()) {
      return number.longValue();
    }
    throw wrong(key, "a whole number");
  }

  /**
   * Returns a number.
   *
   * @param key its name
   * @return its value
   * @throws IllegalArgumentException if it is missing or something else
   */
  public double number(String key) {
    if (value(key) instanceof Number number) {
      return number.doubleValue();
    }
    throw wrong(key, "a number");
  }

  /**
   * Uses a number, if it is there.
   *
   * @param key its name
   * @param use the function of it
   */
  public void number(String key, DoubleConsumer use) {
    Checks.notNull(place, "use", use);
    if (has(key)) {
      use.accept(number(key));
    }
  }

  /**
   * Uses a truth value, if it is there.
   *
   * @param key its name
   * @param use the function of it
   */
  public void bool(String key, Consumer<Boolean> use) {
    Checks.notNull(place, "use", use);
    if (has(key)) {
      if (!(value(key) instanceof Boolean truth)) {
        throw wrong(key, "true or false");
      }
      use.accept(truth);
    }
  }

  /**
   * Returns a text.
   *
   * @param key its name
   * @return its value
   * @throws IllegalArgumentException if it is missing or something else
   */
  public String text(String key) {
    if (value(key) instanceof String text) {
      return text;
    }
    throw wrong(key, "a text");
  }

  /**
   * Uses a text, if it is there and not null.
   *
   * @param key its name
   * @param use the function of it
   */
  public void text(String key, Consumer<String> use) {
    Checks.notNull(place, "use", use);
    if (given(key)) {
      use.accept(text(key));
    }
  }

  /**
   * Whole numbers: a list of them, or one alone.
   *
   * @param key its name
   * @return their values
   * @throws IllegalArgumentException if it is missing or something else
   */
  public int[] integers(String key) {
    if (value(key) instanceof Number) {
      return new int[] {integer(key)};
    }
    Integer[] boxed = dimensions(key);
    int[] plain = new int[boxed.length];
    for (int i = 0; i < plain.length; i++) {
      if (boxed[i] == null) {
        throw wrong(key, "a list of whole numbers");
      }
      plain[i] = boxed[i];
    }
    return plain;
  }

  /**
   * Numbers.
   *
   * @param key its name
   * @return their values
   * @throws IllegalArgumentException if it is missing or something else
   */
  public double[] numbers(String key) {
    List<?> list = list(key);
    double[] values = new double[list.size()];
    for (int i = 0; i < values.length; i++) {
      if (!(list.get(i) instanceof Number number)) {
        throw wrong(key, "a list of numbers");
      }
      values[i] = number.doubleValue();
    }
    return values;
  }

  /**
   * Returns the dimensions of a shape.
   *
   * @param key its name
   * @return their values; null for what is not known
   * @throws IllegalArgumentException if it is missing or something else
   */
  public Integer[] dimensions(String key) {
    List<?> list = list(key);
    Integer[] values = new Integer[list.size()];
    for (int i = 0; i < values.length; i++) {
      Object value = list.get(i);
      boolean fits =
          value instanceof Integer
              || (value instanceof Long number && number == number.intValue())
              || value == null;
      if (!fits) {
        throw wrong(key, "a list of whole numbers of 32 bits");
      }
      values[i] = value == null ? null : (Integer) ((Number) value).intValue();
    }
    return values;
  }

  /**
   * Returns a list.
   *
   * @param key its name
   * @return its elements, as they are
   * @throws IllegalArgumentException if it is missing or something else
   */
  public List<?> list(String key) {
    if (value(key) instanceof List<?> list) {
      return list;
    }
    throw wrong(key, "a list");
  }

  /**
   * Reads arguments that have no meaning here, whatever they are.
   *
   * @param keys their names
   */
  public void ignore(String... keys) {
    read.addAll(Checks.each(place, "keys", keys));
  }

  /**
   * Accepts an argument with one value only.
   *
   * @param key its name
   * @param value that value, or null
   * @throws IllegalArgumentException if it has another one
   */
  public void only(String key, Object value) {
    Object got = value(key);
    if (got != null && !got.equals(value)) {
      throw wrong(key, value == null ? "nothing: keras-java does not have this" : value);
    }
  }

  /**
   * Accepts no type but the one that everything is computed in.
   *
   * @param key the argument's name, as {@code "dtype"}: a name, or a policy as Keras writes it
   * @throws IllegalArgumentException if it is another type than float32
   */
  public void float32(String key) {
    if (!given(key)) {
      return;
    }
    Object name = value(key);
    if (name instanceof Map<?, ?>) {
      Config policy = inner(key);
      Object type = policy.value("class_name");
      boolean plain = "DTypePolicy".equals(type) && policy.given("config");
      name = plain ? policy.inner("config").value("name") : type;
    }
    if (!"float32".equals(name)) {
      throw Errors.in(place, key + " is a type that keras-java does not compute in.")
          .expected("float32")
          .got(name)
          .fix("make the model with keras.config.set_dtype_policy(\"float32\"), then save it")
          .argument();
    }
  }

  // ---- objects inside

  /**
   * Returns an argument that names an object or describes one.
   *
   * @param key its name
   * @return null, a name, a {@link Config} with {@code class_name} and {@code config}, or what the
   *     caller has registered under the name
   * @throws IllegalArgumentException if it is something else
   */
  public Object identifier(String key) {
    Object value = value(key);
    if (value instanceof String name) {
      Object function = file.custom.function(name);
      if (function != null) {
        OwnNames.rememberFunction(function, name);
        return function;
      }
      return file.custom.maker(name) == null
          ? name
          : inside(Map.of("class_name", name, "config", Map.of()), key);
    }
    if (value == null) {
      return null;
    }
    if (value instanceof Map<?, ?> map) {
      return inside(map, key);
    }
    throw wrong(key, "a name, or a map with class_name and config");
  }

  /**
   * Uses an argument that names an object or describes one, if it is there.
   *
   * @param key its name
   * @param use the function of null, a name, a {@link Config}, or what the caller has registered
   */
  public void identifier(String key, Consumer<Object> use) {
    Checks.notNull(place, "use", use);
    if (has(key)) {
      Object identifier = identifier(key);
      placed(
          () -> {
            use.accept(identifier);
            return null;
          });
    }
  }

  /**
   * Uses an argument that names an object or describes one, if it is there, and refuses null.
   *
   * @param key its name
   * @param use the function of a name, a {@link Config}, or what the caller has registered
   * @throws IllegalArgumentException if it is null or something else
   */
  public void object(String key, Consumer<Object> use) {
    Checks.notNull(place, "use", use);
    if (has(key) && !given(key)) {
      throw wrong(key, "a name, or a map with class_name and config");
    }
    identifier(key, use);
  }

  /**
   * Returns an argument that names or describes objects: one, or lists and maps of them.
   *
   * @param key its name
   * @param use the function of the result of {@link #identifier} for each
   * @return the results, in the same lists and maps; null where there is nothing
   * @throws IllegalArgumentException if it is something else
   */
  public Object identifiers(String key, Function<Object, Object> use) {
    Checks.notNull(place, "use", use);
    return identifiers(key, value(key), use);
  }

  private Object identifiers(String label, Object value, Function<Object, Object> use) {
    if (value instanceof List<?> list) {
      List<Object> made = new ArrayList<>();
      list.forEach(each -> made.add(identifiers(label + "[" + made.size() + "]", each, use)));
      return made;
    }
    if (value instanceof Map<?, ?> map && !map.containsKey("class_name")) {
      Map<String, Object> made = new LinkedHashMap<>();
      map.forEach(
          (name, each) ->
              made.put(String.valueOf(name), identifiers(label + "." + name, each, use)));
      return made;
    }
    if (value == null) {
      return null;
    }
    if (!(value instanceof String) && !(value instanceof Map<?, ?>)) {
      throw wrong(label, "names, or maps with class_name and config");
    }
    return use.apply(at(place, Map.of(label, value)).identifier(label));
  }

  /**
   * Returns an argument that is a map.
   *
   * @param key its name
   * @return a view of it
   * @throws IllegalArgumentException if it is missing or something else
   */
  public Config inner(String key) {
    if (value(key) instanceof Map<?, ?> map) {
      return inside(map, key);
    }
    throw wrong(key, "a map");
  }

  /**
   * Returns an argument that is a list of maps.
   *
   * @param key its name
   * @return a view of each
   * @throws IllegalArgumentException if it is missing or something else
   */
  public List<Config> inners(String key) {
    List<Config> all = new ArrayList<>();
    for (Object each : list(key)) {
      if (!(each instanceof Map<?, ?> map)) {
        throw wrong(key, "a list of maps");
      }
      all.add(inside(map, key + "[" + all.size() + "]"));
    }
    return all;
  }

  private Config inside(Map<?, ?> map, String label) {
    return at(place + ", " + label, map);
  }

  /** Other arguments, further inside. */
  Config at(String innerPlace, Map<?, ?> map) {
    if (depth >= DEEPEST) {
      throw new IllegalArgumentException(
          Errors.message(
              place,
              "objects are nested too deep.",
              "at most " + DEEPEST + " levels",
              "more",
              "check how the file was made: no model needs that many"));
    }
    return new Config(innerPlace, map, depth + 1, file, new LinkedHashSet<>());
  }

  CustomObjects custom() {
    return file.custom;
  }

  Map<String, Function<Config, ?>> classes() {
    return file.classes;
  }

  Map<Object, Object> shared() {
    return file.shared;
  }

  // ---- errors

  /**
   * Refuses arguments that were not read.
   *
   * @throws IllegalArgumentException if there are any, naming them
   */
  public void checkAllRead() {
    List<String> others = new ArrayList<>();
    for (Object key : arguments.keySet()) {
      if (!read.contains(key)) {
        others.add(String.valueOf(key));
      }
    }
    if (!others.isEmpty()) {
      throw new IllegalArgumentException(
          Errors.message(
              place,
              "there are arguments that are not known.",
              read.isEmpty() ? "none" : String.join(", ", read),
              String.join(", ", others),
              "write the file with Keras 3.15, or leave them out of it"));
    }
  }

  /**
   * Returns the exception for an argument with a wrong value.
   *
   * @param key its name
   * @param expected the value that it should have been
   * @return the exception, to be thrown
   */
  public IllegalArgumentException wrong(String key, Object expected) {
    boolean there = arguments.containsKey(key);
    return new IllegalArgumentException(
        Errors.message(
            place,
            there ? key + " is not what it should be." : key + " is missing.",
            String.valueOf(expected),
            there ? shortened(arguments.get(key)) : "nothing",
            "write the file with Keras 3.15, or put " + key + " right"));
  }

  private static String shortened(Object value) {
    if (value instanceof Map<?, ?> || value instanceof List<?>) {
      return value instanceof Map<?, ?> ? "a map" : "a list";
    }
    String text = value instanceof String ? "\"" + value + "\"" : String.valueOf(value);
    return text.length() <= 80 ? text : text.substring(0, 80) + "...";
  }

  /**
   * Does something with the arguments; what is thrown for a wrong one says this place first.
   *
   * @param use the action
   * @param <T> what comes out
   * @return the output
   */
  public <T> T placed(Supplier<T> use) {
    Checks.notNull(place, "use", use);
    try {
      return use.get();
    } catch (IllegalArgumentException | IllegalStateException wrong) {
      String message = String.valueOf(wrong.getMessage());
      if (message.startsWith(place)) {
        throw wrong;
      }
      throw new IllegalArgumentException(place + ": " + message, wrong);
    } catch (RuntimeException unforeseen) {
      throw new IllegalArgumentException(
          Errors.message(
              place,
              "nothing can be made of this.",
              "arguments as Keras writes them",
              String.valueOf(unforeseen),
              "write the file anew with Keras 3.15"),
          unforeseen);
    }
  }
}
