package keras.site;

import static keras.layers.Input.shape;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import keras.examples.Main;
import keras.layers.Concatenate;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.KerasTensor;
import keras.layers.LSTM;
import keras.models.Model;
import keras.models.Models;

/**
 * Writes the site: each document as a page, a page of pictures, and a search over all of them that
 * works without a server. {@code mvn -Psite} puts the javadoc beside.
 */
public final class Site {
  private static final String LUNR = "/META-INF/resources/webjars/lunr/2.3.9/lunr.min.js";
  private static final List<String> FIRST =
      List.of(
          "README.md",
          "docs/first-hour.md",
          "docs/porting-from-keras.md",
          "docs/functional.md",
          "docs/your-own-layers.md",
          "docs/your-own-models.md",
          "docs/saving.md",
          "docs/serving.md",
          "docs/same-seed.md",
          "docs/performance.md");

  private final Path root;
  private final Path target;
  private final List<Page> pages = new ArrayList<>();

  private Site(Path root, Path target) {
    this.root = root;
    this.target = target;
  }

  /** Writes to {@code target/site}, or to the folder that is named. */
  public static void main(String[] arguments) throws Exception {
    Path target = Path.of(arguments.length > 0 ? arguments[0] : "target/site");
    Site site = new Site(Path.of("").toAbsolutePath(), Files.createDirectories(target));
    site.read();
    site.draw();
    site.write();
    System.out.println(site.pages.size() + " pages in " + target);
  }

  private void read() throws IOException {
    List<Path> files = new ArrayList<>();
    FIRST.forEach(name -> files.add(Path.of(name)));
    for (String folder : List.of("docs", "docs/decisions", "bench")) {
      try (Stream<Path> found = Files.list(root.resolve(folder))) {
        found
            .filter(file -> file.toString().endsWith(".md"))
            .map(root::relativize)
            .filter(file -> !files.contains(file))
            .sorted()
            .forEach(files::add);
      }
    }
    files.add(Path.of("CONTRIBUTING.md"));
    files.add(Path.of("CHANGELOG.md"));
    for (Path file : files) {
      pages.add(new Page(file, Files.readString(root.resolve(file))));
    }
  }

  /** Draws what the library draws, with its own examples. */
  private void draw() throws Exception {
    Path pictures = Files.createDirectories(target.resolve("pictures"));
    StringBuilder text = new StringBuilder("# Pictures\n\nEach is drawn while the site is made.\n");
    Map<String, String> examples =
        Map.of(
            "sine-to-cosine", "10",
            "seed-continuation", "40",
            "airline-passengers", "20",
            "anomalies", "10");
    for (String name : examples.keySet().stream().sorted().toList()) {
      Path file = pictures.resolve(name + ".png");
      Main.main(new String[] {name, "--epochs", examples.get(name), "--plot", file.toString()});
      text.append("\n## ").append(name).append("\n\n![").append(name).append("](pictures/");
      text.append(name).append(".png)\n");
    }
    plotModel(pictures.resolve("model.png"));
    text.append("\n## A model\n\n`Models.plotModel(model, path, o -> o.showShapes(true))`\n\n");
    text.append("![two inputs, joined](pictures/model.png)\n");
    pages.add(new Page(Path.of("docs/pictures.md"), text.toString()));
  }

  private static void plotModel(Path file) {
    KerasTensor series = new Input(shape(24, 3)).name("series").tensor();
    KerasTensor calendar = new Input(shape(4)).name("calendar").tensor();
    KerasTensor both =
        new Concatenate()
            .call(
                List.of(new LSTM(16).call(series), new Dense(8).activation("relu").call(calendar)));
    try (Model model = new Model(List.of(series, calendar), List.of(new Dense(1).call(both)))) {
      Models.plotModel(model, file, o -> o.showShapes(true).showLayerNames(true).dpi(96));
    }
  }

  private void write() throws IOException {
    String template = resource("/keras/site/page.html");
    for (Page page : pages) {
      StringBuilder menu = new StringBuilder();
      for (Page each : pages) {
        if (isInMenu(each, page)) {
          String mark = each == page ? " class=\"here\"" : "";
          menu.append("<li").append(mark).append("><a href=\"").append(each.name());
          menu.append("\">").append(each.title()).append("</a></li>\n");
        }
      }
      String content =
          template
              .replace("{{title}}", page.title())
              .replace("{{menu}}", menu)
              .replace("{{content}}", page.html());
      Files.writeString(target.resolve(page.name()), content);
    }
    List<Map<String, String>> sections =
        pages.stream().flatMap(page -> page.sections().stream()).toList();
    // A script, and no JSON, so that it can be read from a disk.
    Files.writeString(
        target.resolve("sections.js"),
        "const SECTIONS = " + new ObjectMapper().writeValueAsString(sections) + ";\n");
    copy("/keras/site/site.css", "site.css");
    copy("/keras/site/search.js", "search.js");
    copy(LUNR, "lunr.min.js");
  }

  /** Tells whether a page is in the menu of another: decisions and notes only among themselves. */
  private static boolean isInMenu(Page each, Page page) {
    return Stream.of("decisions-", "bench-")
        .allMatch(kind -> !each.name().startsWith(kind) || page.name().startsWith(kind));
  }

  private void copy(String resource, String name) throws IOException {
    try (InputStream content = Site.class.getResourceAsStream(resource)) {
      Files.copy(content, target.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream content = Site.class.getResourceAsStream(name)) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
