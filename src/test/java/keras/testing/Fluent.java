package keras.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Makes an object from a class name and keyword arguments as a golden file has them: the class's
 * constructor without arguments, then for {@code beta_1=0.9} the chained call {@code beta1(0.9)}.
 * So it also shows that each of Keras's arguments is there.
 */
public final class Fluent {
  private Fluent() {}

  /** An object of the class {@code packageName.className}, with the arguments set. */
  public static Object make(String packageName, String className, Golden arguments) {
    try {
      return set(
          Class.forName(packageName + "." + className).getConstructor().newInstance(), arguments);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("Cannot make " + className + " of " + arguments, e);
    }
  }

  /** The object with arguments set. */
  public static Object set(Object on, Golden arguments) {
    Object changed = on;
    try {
      for (Map.Entry<String, JsonNode> argument : arguments.json().properties()) {
        changed = set(changed, camelCase(argument.getKey()), argument.getValue());
      }
      return changed;
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("Cannot set " + arguments, e);
    }
  }

  private static Object set(Object on, String name, JsonNode value)
      throws ReflectiveOperationException {
    List<Class<?>> tried = new ArrayList<>();
    for (Class<?> type : candidates(value)) {
      Method method = find(on.getClass(), name, type);
      if (method != null) {
        return method.invoke(on, convert(value, type));
      }
      tried.add(type);
    }
    throw new AssertionError(on.getClass() + " has no " + name + " that takes one of " + tried);
  }

  private static Method find(Class<?> in, String name, Class<?> type) {
    return Arrays.stream(in.getMethods())
        .filter(each -> each.getName().equals(name))
        .filter(each -> Arrays.equals(each.getParameterTypes(), new Class<?>[] {type}))
        .min(Comparator.comparing(Method::isBridge))
        .orElse(null);
  }

  private static List<Class<?>> candidates(JsonNode value) {
    if (value.isNull()) {
      return List.of(Double.class);
    }
    if (value.isTextual()) {
      return List.of(String.class);
    }
    if (value.isBoolean()) {
      return List.of(boolean.class);
    }
    if (value.isArray()) {
      return List.of(int[].class);
    }
    return value.isIntegralNumber()
        ? List.of(int.class, long.class, double.class)
        : List.of(double.class);
  }

  private static Object convert(JsonNode value, Class<?> type) {
    if (type == Double.class) {
      return null;
    }
    if (type == int.class) {
      return value.intValue();
    }
    if (type == long.class) {
      return value.longValue();
    }
    if (type == double.class) {
      return value.doubleValue();
    }
    if (type == int[].class) {
      int[] values = new int[value.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = value.get(i).intValue();
      }
      return values;
    }
    return type == boolean.class ? (Object) value.booleanValue() : value.textValue();
  }

  private static String camelCase(String name) {
    StringBuilder camel = new StringBuilder();
    for (String part : name.split("_", -1)) {
      camel.append(
          camel.isEmpty()
              ? part
              : part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1));
    }
    return camel.toString();
  }
}
