package keras;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import keras.testing.Golden;
import org.junit.jupiter.api.Test;

/**
 * Users are offered Keras's members: the public and protected members of the packages that mirror a
 * module of Keras are those of the Python class, or stand with their reason in surface.txt.
 */
class PublicSurfaceTest {

  private static final Path LIST = Path.of("src", "test", "resources", "surface.txt");
  private static final Golden KERAS = Golden.load("surface/keras");

  @Test
  void membersAreThoseOfKerasOrHaveAReason() throws Exception {
    Map<String, String> reasons = reasons();
    Set<String> found = new TreeSet<>();
    for (JavaClass each :
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("keras")) {
      String module = each.getPackageName().replaceFirst("^keras\\.?", "");
      Class<?> type = Class.forName(each.getName());
      if (KERAS.json().has(module) && isOffered(type) && type.getEnclosingClass() == null) {
        found.addAll(further(KERAS.json().get(module), module, type, reasons.keySet()));
      }
    }
    Set<String> unlisted = new TreeSet<>(found);
    unlisted.removeAll(reasons.keySet());
    assertThat(unlisted).as("members that Keras lacks, without a reason in surface.txt").isEmpty();
    Set<String> gone = new TreeSet<>(reasons.keySet());
    gone.removeAll(found);
    assertThat(gone).as("lines of surface.txt about nothing").isEmpty();
  }

  /** Members that Keras's class of the same name lacks; the class itself, if Keras has none. */
  private static Set<String> further(
      JsonNode module, String moduleName, Class<?> type, Set<String> listed) {
    JsonNode classes = module.get("classes");
    String name = type.getSimpleName().equals("Input") ? "InputLayer" : type.getSimpleName();
    if (listed.contains(moduleName + "." + name)) {
      return Set.of(moduleName + "." + name);
    }
    if (!classes.has(name) && Modifier.isAbstract(type.getModifiers())) {
      return Set.of(); // Its members count in the classes that extend it.
    }
    Set<String> python = new HashSet<>();
    if (classes.has(name)) {
      for (String each = name; each != null; each = classes.get(each).get("base").textValue()) {
        classes.get(each).get("members").forEach(member -> python.add(plain(member.asText())));
      }
      python.add("call"); // Its __call__.
    } else {
      module.get("functions").fieldNames().forEachRemaining(each -> python.add(plain(each)));
    }
    Set<String> further = new TreeSet<>();
    for (Class<?> level = type; level != null; level = level.getSuperclass()) {
      if (level.getPackageName().startsWith("keras.")) {
        for (Member member : members(level)) {
          if (!python.contains(plain(member.getName()))) {
            further.add(level.getSimpleName() + "." + member.getName());
          }
        }
      }
    }
    return further;
  }

  private static List<? extends Member> members(Class<?> type) {
    return Stream.concat(
            Stream.of(type.getDeclaredMethods()).filter(PublicSurfaceTest::isOfItsOwn),
            Stream.of(type.getDeclaredFields()))
        .filter(member -> isOffered(member.getModifiers()) && !member.isSynthetic())
        .toList();
  }

  /** Whether a method is declared here first: what overrides another one counts there. */
  private static boolean isOfItsOwn(Method method) {
    for (Class<?> level = method.getDeclaringClass().getSuperclass();
        level != null;
        level = level.getSuperclass()) {
      for (Method other : level.getDeclaredMethods()) {
        if (other.getName().equals(method.getName()) && isOffered(other.getModifiers())) {
          return false;
        }
      }
    }
    return !method.isBridge();
  }

  private static boolean isOffered(Class<?> type) {
    return Modifier.isPublic(type.getModifiers());
  }

  private static boolean isOffered(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static String plain(String name) {
    return name.replace("_", "").toLowerCase(Locale.ROOT);
  }

  /** Lines of a name, two spaces or more, and the reason. */
  private static Map<String, String> reasons() throws IOException {
    Map<String, String> reasons = new TreeMap<>();
    for (String line : Files.readAllLines(LIST)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] parts = line.split(" {2,}", 2);
        assertThat(parts).as(line).hasSize(2);
        assertThat(reasons.put(parts[0], parts[1])).as("twice: " + line).isNull();
      }
    }
    return reasons;
  }
}
