package keras.internal.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.messages.Names;
import keras.internal.naming.OwnNames;
import keras.internal.naming.OwnNames.OwnName;
import keras.utils.Config;
import keras.utils.ConfigAccess;

/**
 * The classes of one kind by their names, with what makes an object of its configuration. Keras:
 * {@code ALL_OBJECTS_DICT} and {@code keras.saving.deserialize_keras_object}.
 *
 * @param <T> the kind, as {@code Initializer}
 */
public final class Registry<T> {

  /** The modules of Keras's classes; {@code tf_keras} is a package of Keras 2. */
  private static final Pattern KERAS_MODULES =
      Pattern.compile("keras|builtins|(keras|tf_keras)\\..*");

  private final String kind;
  private final Class<?> type;
  private final Map<String, Function<Config, ? extends T>> makers = new LinkedHashMap<>();
  private boolean anyCase;

  /**
   * A registry without classes.
   *
   * @param kind the word for such an object in messages, as {@code "initializer"}
   * @param type the type that a custom object must have
   */
  public Registry(String kind, Class<?> type) {
    this.kind = kind;
    this.type = type;
  }

  /**
   * Adds a class.
   *
   * @param maker makes an object of its arguments
   * @param names its names: the class and its aliases
   * @return this
   */
  public Registry<T> add(Function<Config, ? extends T> maker, String... names) {
    for (String name : names) {
      makers.put(name, maker);
    }
    return this;
  }

  /**
   * Makes upper and lower case the same, for which the names are to be in lower case.
   *
   * @return this
   */
  public Registry<T> inAnyCase() {
    anyCase = true;
    return this;
  }

  private Function<Config, ? extends T> maker(String name) {
    return makers.get(anyCase ? name.toLowerCase(Locale.ROOT) : name);
  }

  /**
   * Returns the names that are known.
   *
   * @return in the order in which they were added
   */
  public Collection<String> names() {
    return makers.keySet();
  }

  /**
   * An object of a class with its default arguments.
   *
   * @param name the class or an alias
   * @return a new object
   * @throws IllegalArgumentException if it is not known
   */
  public T named(String name) {
    Function<Config, ? extends T> maker = maker(name);
    if (maker == null) {
      throw Names.unknown(kind, name, makers.keySet());
    }
    return maker.apply(Config.of(name, Map.of()));
  }

  /**
   * Tells whether an object that is described can be made.
   *
   * @param object with {@code class_name} and {@code config}
   * @return true for a class of Keras's that is known, or one of the caller's
   */
  public boolean knows(Config object) {
    return customMaker(object) != null
        || (isKeras(object) && maker(object, object.text("class_name")) != null);
  }

  /**
   * Returns the object that is described.
   *
   * @param object with {@code class_name} and {@code config}, and whatever else Keras writes there
   * @return a new object; the same one again for the same {@code shared_object_id}
   * @throws IllegalArgumentException if there is no such class, or an argument is wrong
   */
  public T deserialize(Config object) {
    return deserialize(object, (config, made) -> made);
  }

  /**
   * The object that is described.
   *
   * @param object with {@code class_name} and {@code config}, and whatever else Keras writes there
   * @param customized given the arguments and an object of a class of the caller's; gives it back
   *     with the arguments that all objects of this kind have
   * @return a new object; the same one again for the same {@code shared_object_id}
   * @throws IllegalArgumentException if there is no such class, or an argument is wrong
   */
  public T deserialize(Config object, BiFunction<Config, T, T> customized) {
    Checks.notNull("deserialize", "config", object);
    String className = object.text("class_name");
    if (className.equals("function")) {
      return function(object);
    }
    Object id = object.value("shared_object_id");
    Object shared = id == null ? null : ConfigAccess.shared(object).get(id);
    if (shared != null) {
      return checked(object, shared);
    }
    Function<Config, ?> custom = customMaker(object);
    Function<Config, ?> maker =
        custom == null && isKeras(object) ? maker(object, className) : custom;
    if (maker == null) {
      throw unknown(object, className);
    }
    Config config = arguments(object);
    T made =
        config.placed(
            () -> {
              T given = checked(config, maker.apply(config));
              return custom == null ? given : customized.apply(config, given);
            });
    config.checkAllRead();
    if (custom != null) {
      OwnNames.remember(
          made, new OwnName(object.value("module"), className, object.value("registered_name")));
    }
    if (id != null) {
      ConfigAccess.shared(object).put(id, made);
    }
    return made;
  }

  private T function(Config object) {
    String name = object.text("config");
    Object custom = ConfigAccess.function(object, name);
    if (custom != null) {
      OwnNames.rememberFunction(custom, name);
      return checked(object, custom);
    }
    return object.placed(() -> named(name));
  }

  /**
   * Returns the arguments of an object that is described.
   *
   * @param object with {@code class_name} and {@code config}
   * @return a view of {@code config}, which says the class and the name in its place
   */
  public static Config arguments(Config object) {
    Map<?, ?> inner = object.given("config") ? null : Map.of();
    if (inner == null) {
      if (!(object.value("config") instanceof Map<?, ?> map)) {
        throw object.wrong("config", "a map of arguments");
      }
      inner = map;
    }
    String name = inner.get("name") instanceof String text ? " \"" + text + "\"" : "";
    return ConfigAccess.at(object, object.place() + " " + object.text("class_name") + name, inner);
  }

  private Function<Config, ?> maker(Config object, String className) {
    Function<Config, ?> known = maker(className);
    Function<Config, ?> further = ConfigAccess.classes(object).get(className);
    return known == null ? further : known;
  }

  /**
   * Returns the caller's own maker of a class, or null. A class of Keras's that is known stays
   * Keras's.
   */
  private Function<Config, ?> customMaker(Config object) {
    if (object.value("registered_name") instanceof String name) {
      return ConfigAccess.maker(object, name);
    }
    String className = object.text("class_name");
    boolean known = object.given("module") && isKeras(object) && maker(object, className) != null;
    return known ? null : ConfigAccess.maker(object, className);
  }

  /**
   * Tells whether a class is said to be one of Keras's: the legacy form does not say where it is.
   */
  private static boolean isKeras(Config object) {
    if (!object.has("module")) {
      return true;
    }
    Object registered = object.value("registered_name");
    return object.value("module") instanceof String module
        && KERAS_MODULES.matcher(module).matches()
        && (registered == null || registered.equals(object.value("class_name")));
  }

  @SuppressWarnings("unchecked")
  private T checked(Config at, Object object) {
    if (!type.isInstance(object)) {
      throw Errors.in(at.place(), "this is no " + kind + ".")
          .expected(type.getSimpleName())
          .got(object == null ? "null" : object.getClass().getName())
          .fix("register something else for this name in CustomObjects")
          .argument();
    }
    return (T) object;
  }

  private IllegalArgumentException unknown(Config object, String className) {
    if (!isKeras(object)) {
      Object registered = object.value("registered_name");
      String name = String.valueOf(registered == null ? className : registered);
      return object.placed(
          () -> {
            throw Errors.in(kind + " \"" + name + "\"", "it is none of Keras's own.")
                .expected("a class of Keras's, or one that is registered")
                .got(object.value("module") + "." + className)
                .fix("new CustomObjects().add(\"" + name + "\", config -> ...)")
                .argument();
          });
    }
    List<String> known = new ArrayList<>(makers.keySet());
    return object.placed(
        () -> {
          throw Names.unknown(kind, className, known);
        });
  }
}
