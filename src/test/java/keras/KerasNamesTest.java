package keras;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import keras.activations.Activations;
import keras.constraints.Constraints;
import keras.initializers.Initializers;
import keras.layers.Layers;
import keras.losses.Losses;
import keras.metrics.Metrics;
import keras.regularizers.Regularizers;
import keras.testing.Golden;
import org.junit.jupiter.api.Test;

/** Each name that a module of Keras offers is there in Java, or stands with a reason in a list. */
class KerasNamesTest {

  private static final Path LIST = Path.of("src", "test", "resources", "names.txt");
  private static final Golden KERAS = Golden.load("names/keras");

  /** Finders of objects by the name of a function, in modules that have such. */
  private static final Map<String, Function<Object, Object>> FOUND =
      Map.of(
          "losses", Losses::get,
          "metrics", Metrics::get,
          "initializers", Initializers::get,
          "regularizers", Regularizers::get,
          "constraints", Constraints::get,
          "activations", Activations::get);

  @Test
  void namesAreThereOrHaveAReason() throws IOException {
    List<String> listed =
        Files.readAllLines(LIST).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .toList();
    assertThat(listed).allMatch(line -> line.matches("\\S+ {2}\\S.*"), "a name and a reason");
    List<String> patterns = listed.stream().map(line -> line.split(" ", 2)[0]).toList();
    List<String> missing = new ArrayList<>();
    for (String module : KERAS.keys()) {
      KERAS
          .json()
          .get(module)
          .forEach(
              name -> {
                if (!isThere(module, name.asText())) {
                  missing.add(module + "." + name.asText());
                }
              });
    }
    assertThat(missing.stream().filter(name -> patterns.stream().noneMatch(p -> fits(p, name))))
        .as("names that Java lacks, without a reason in names.txt")
        .isEmpty();
    assertThat(patterns.stream().filter(p -> missing.stream().noneMatch(name -> fits(p, name))))
        .as("lines of names.txt about nothing that is missing")
        .isEmpty();
  }

  private static boolean fits(String pattern, String name) {
    return pattern.endsWith("*")
        ? name.startsWith(pattern.substring(0, pattern.length() - 1))
        : name.equals(pattern);
  }

  private static boolean isThere(String module, String name) {
    return isClass("keras." + module + "." + name)
        || isMethod(module, name)
        || isFound(module, name);
  }

  private static boolean isClass(String name) {
    try {
      return Modifier.isPublic(Class.forName(name).getModifiers());
    } catch (ClassNotFoundException | NoClassDefFoundError e) {
      return false; // Another class of this name, but for its case, is none.
    }
  }

  /** A function of the module's own class, as {@code Utils.toCategorical}. */
  private static boolean isMethod(String module, String name) {
    String camel =
        Arrays.stream(name.split("_", -1))
            .filter(part -> !part.isEmpty())
            .reduce(
                (a, b) -> a + b.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + b.substring(1))
            .orElse(name);
    String last = module.substring(module.lastIndexOf('.') + 1);
    String holder = last.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + last.substring(1);
    return Stream.of(holder, "GlobalSeed")
        .flatMap(each -> methods("keras." + module + "." + each))
        .anyMatch(camel::equals);
  }

  private static Stream<String> methods(String className) {
    try {
      return Arrays.stream(Class.forName(className).getMethods()).map(method -> method.getName());
    } catch (ClassNotFoundException e) {
      return Stream.of();
    }
  }

  private static boolean isFound(String module, String name) {
    if (module.equals("layers")) {
      return isLayer(name);
    }
    try {
      return FOUND.containsKey(module) && FOUND.get(module).apply(name) != null;
    } catch (IllegalArgumentException e) {
      return !e.getMessage().contains("is not known"); // It lacks arguments.
    }
  }

  /** A file may have the layer under this name, which for Java has another one. */
  private static boolean isLayer(String name) {
    try {
      Layers.deserialize(Map.of("class_name", name, "config", Map.of()));
      return true;
    } catch (IllegalArgumentException e) {
      return !e.getMessage().contains("that keras-java does not have"); // It lacks arguments.
    }
  }
}
