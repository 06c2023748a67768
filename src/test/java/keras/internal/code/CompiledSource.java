package keras.internal.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A class that was compiled while a test runs. */
final class CompiledSource {

  private final Class<?> type;

  private CompiledSource(Class<?> type) {
    this.type = type;
  }

  /** Compiles a class without a package; fails on errors and warnings. */
  static CompiledSource of(Path folder, String className, String source) throws Exception {
    Path here = Files.createTempDirectory(folder, "source");
    Path file = Files.writeString(here.resolve(className + ".java"), source);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(problems, null, null)) {
      List<String> options = List.of("-d", here.toString(), "-Xlint:all", "-proc:none");
      compiler.getTask(null, files, problems, options, null, files.getJavaFileObjects(file)).call();
    }
    assertThat(problems.getDiagnostics()).as(source).isEmpty();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {here.toUri().toURL()});
        Stream<Path> classes = Files.list(here)) {
      // Nested classes as well: the loader can load nothing once it is closed.
      for (Path each : classes.filter(made -> made.toString().endsWith(".class")).toList()) {
        loader.loadClass(each.getFileName().toString().replace(".class", ""));
      }
      return new CompiledSource(loader.loadClass(className));
    }
  }

  /** Calls a static method without arguments. */
  Object call(String method) throws ReflectiveOperationException {
    try {
      return type.getMethod(method).invoke(null);
    } catch (InvocationTargetException e) {
      throw new AssertionError("The compiled method failed.", e.getCause());
    }
  }
}
