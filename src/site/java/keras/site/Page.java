package keras.site;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.ext.heading.anchor.IdGenerator;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.TextContentRenderer;

/** A document in Markdown as a page of the site. */
final class Page {
  private static final String SOURCES = "https://github.com/keras-java/keras-java/blob/main/";
  private static final List<Extension> EXTENSIONS =
      List.of(TablesExtension.create(), HeadingAnchorExtension.create());

  private final Path file;
  private final Node document;

  Page(Path file, String markdown) {
    this.file = file;
    document = Parser.builder().extensions(EXTENSIONS).build().parse(markdown);
    document.accept(new Links());
  }

  /** Returns the page's file, all pages being in one folder. */
  static String name(Path file) {
    String path = file.toString().replace('\\', '/');
    return path.equals("README.md")
        ? "index.html"
        : path.replaceFirst("^docs/", "").replace('/', '-').replaceFirst("\\.md$", ".html");
  }

  String name() {
    return name(file);
  }

  String title() {
    return document.getFirstChild() instanceof Heading heading ? text(heading) : file.toString();
  }

  String html() {
    return HtmlRenderer.builder().extensions(EXTENSIONS).build().render(document);
  }

  private static String text(Node node) {
    return TextContentRenderer.builder().extensions(EXTENSIONS).build().render(node).strip();
  }

  /** Returns the texts between headings, with their places, for the search. */
  List<Map<String, String>> sections() {
    List<Map<String, String>> sections = new ArrayList<>();
    String heading = title();
    String place = name();
    StringBuilder text = new StringBuilder();
    for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
      if (node instanceof Heading next) {
        sections.add(section(place, heading, text));
        heading = text(next);
        place = name() + "#" + id(heading);
        text = new StringBuilder();
      } else {
        text.append(text(node)).append('\n');
      }
    }
    sections.add(section(place, heading, text));
    return sections;
  }

  private Map<String, String> section(String place, String heading, CharSequence text) {
    return Map.of("place", place, "page", title(), "heading", heading, "text", text.toString());
  }

  /** Returns the anchor that the renderer gives a heading; a second one of that name is rare. */
  private static String id(String heading) {
    return IdGenerator.builder().build().generateId(heading);
  }

  /** Leads links between documents to their pages, and those to sources to where these are. */
  private final class Links extends AbstractVisitor {
    @Override
    public void visit(Link link) {
      String to = link.getDestination();
      if (!to.contains(":") && !to.startsWith("#")) {
        int hash = to.indexOf('#');
        String path = hash < 0 ? to : to.substring(0, hash);
        Path target = file.resolveSibling(path).normalize();
        link.setDestination(
            path.endsWith(".md")
                ? name(target) + (hash < 0 ? "" : to.substring(hash))
                : SOURCES + target.toString().replace('\\', '/'));
      }
      visitChildren(link);
    }
  }
}
