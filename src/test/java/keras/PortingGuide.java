package keras;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The porting guide, taken apart into sections and rows, and made into classes. */
final class PortingGuide {

  private static final Path FILE = Path.of("docs", "porting-from-keras.md");
  private static final String START = "What the lines below start with";
  private static final Pattern ROW = Pattern.compile("\\| `(.*?)` \\| `(.*)` \\|");
  private static final Pattern DECLARATION =
      Pattern.compile("[A-Z][\\w.]*(?:<.*?>|\\[\\])* (\\w+) = .*|\\w+(?:\\[\\])+ (\\w+) = .*");

  /** A row of a table; {@code comparable} where its Python side is run as well. */
  record Row(String python, String java, boolean comparable) {}

  /** A section: what its Java blocks hold and its rows, in order. */
  record Section(String title, List<Object> pieces) {
    List<Row> rows() {
      return pieces.stream().filter(Row.class::isInstance).map(Row.class::cast).toList();
    }

    @Override
    public String toString() {
      return title;
    }
  }

  private PortingGuide() {}

  /** The sections that have rows. */
  static List<Section> sections() {
    return parse().stream().filter(section -> !section.rows().isEmpty()).toList();
  }

  private static List<Section> parse() {
    List<Section> sections = new ArrayList<>();
    List<Object> pieces = new ArrayList<>();
    StringBuilder block = null;
    String head = "";
    for (String line : lines()) {
      Matcher row = ROW.matcher(line);
      if (block != null) {
        if (line.equals("```")) {
          pieces.add(block.toString());
          block = null;
        } else {
          block.append(line).append('\n');
        }
      } else if (line.startsWith("## ")) {
        pieces = new ArrayList<>();
        sections.add(new Section(line.substring(3), pieces));
      } else if (line.equals("```java")) {
        block = new StringBuilder();
      } else if (line.endsWith(" | Java |")) {
        head = line;
      } else if (row.matches()) {
        pieces.add(new Row(row.group(1), row.group(2), head.equals("| Python | Java |")));
      }
    }
    return sections;
  }

  private static List<String> lines() {
    try {
      return Files.readAllLines(FILE);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + FILE.toAbsolutePath(), e);
    }
  }

  /** One class for each section, by title; an error names the row that does not compile. */
  static Map<String, Class<?>> compile() throws IOException, ClassNotFoundException {
    Section start = parse().stream().filter(s -> s.title().equals(START)).findFirst().orElseThrow();
    Path folder = Files.createTempDirectory("porting-guide");
    Map<String, String> names = new LinkedHashMap<>();
    List<Path> files = new ArrayList<>();
    for (Section section : sections()) {
      String name = "Section" + names.size();
      names.put(section.title(), name);
      files.add(Files.writeString(folder.resolve(name + ".java"), source(name, start, section)));
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> messages = new DiagnosticCollector<>();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      boolean passed =
          compiler
              .getTask(
                  null,
                  manager,
                  messages,
                  List.of(
                      "-proc:none",
                      "-d",
                      folder.toString(),
                      "-cp",
                      System.getProperty("java.class.path")),
                  null,
                  manager.getJavaFileObjectsFromPaths(files))
              .call();
      if (!passed) {
        throw new AssertionError(
            "Lines of " + FILE + " do not compile:\n" + describe(messages.getDiagnostics()));
      }
    }
    Map<String, Class<?>> classes = new LinkedHashMap<>();
    ClassLoader loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, PortingGuide.class.getClassLoader());
    for (Map.Entry<String, String> entry : names.entrySet()) {
      classes.put(entry.getKey(), loader.loadClass("keras." + entry.getValue()));
    }
    return classes;
  }

  private static String describe(List<Diagnostic<? extends JavaFileObject>> messages)
      throws IOException {
    StringBuilder text = new StringBuilder();
    for (Diagnostic<? extends JavaFileObject> message : messages) {
      if (message.getKind() == Diagnostic.Kind.ERROR) {
        String line =
            message
                .getSource()
                .getCharContent(true)
                .toString()
                .lines()
                .skip(message.getLineNumber() - 1)
                .findFirst()
                .orElse("");
        text.append(line.strip()).append('\n').append(message.getMessage(null)).append('\n');
      }
    }
    return text.toString();
  }

  private static String source(String name, Section start, Section section) {
    StringBuilder imports = new StringBuilder();
    StringBuilder body = new StringBuilder();
    start.pieces().forEach(piece -> block(piece.toString(), imports, body));
    int row = 0;
    for (Object piece : section.pieces()) {
      if (!(piece instanceof Row one)) {
        block(piece.toString(), imports, body);
      } else if (one.java().startsWith("import ")) {
        imports.append(one.java()).append('\n');
        row++;
      } else {
        body.append(statement(one.java(), row++)).append('\n');
      }
    }
    return "package keras;\n"
        + imports
        + "public final class "
        + name
        + " {\n@SuppressWarnings(\"unused\")\n"
        + "public static void run(PortingResults results) throws Exception {\n"
        + body
        + "}\n}\n";
  }

  private static void block(String code, StringBuilder imports, StringBuilder body) {
    for (String line : code.lines().toList()) {
      (line.startsWith("import ") ? imports : body).append(line).append('\n');
    }
  }

  /** A row as a statement that says where the run is and keeps what the row gives. */
  private static String statement(String java, int row) {
    Matcher declaration = DECLARATION.matcher(java);
    if (declaration.matches()) {
      String variable = declaration.group(1) != null ? declaration.group(1) : declaration.group(2);
      return "results.at(%d); %s results.keep(%s);".formatted(row, java, variable);
    }
    String expression = java.endsWith(";") ? java.substring(0, java.length() - 1) : java;
    return "results.at(%d); results.run(() -> %s);".formatted(row, expression);
  }
}
