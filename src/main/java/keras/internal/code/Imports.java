package keras.internal.code;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The classes that generated code uses; of two with the same simple name, one is imported. */
final class Imports {

  private final Map<String, String> packages = new TreeMap<>();
  private final TreeSet<String> statics = new TreeSet<>();

  /** Tells how the code is to write a class. */
  String type(String inPackage, String className) {
    String there = packages.putIfAbsent(className, inPackage);
    return there == null || there.equals(inPackage) ? className : inPackage + "." + className;
  }

  /** Imports a static method; gives its name. */
  String method(String type, String name) {
    statics.add(type + "." + name);
    return name;
  }

  /** Returns the lines. */
  String lines() {
    StringBuilder text = new StringBuilder();
    statics.forEach(each -> text.append("import static ").append(each).append(";\n"));
    if (!statics.isEmpty()) {
      text.append('\n');
    }
    TreeSet<String> names = new TreeSet<>();
    packages.forEach((name, from) -> names.add(from + "." + name));
    names.forEach(each -> text.append("import ").append(each).append(";\n"));
    return text.toString();
  }
}
