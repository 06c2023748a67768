package keras.plots;

import java.awt.Dimension;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import keras.internal.disk.AtomicFile;
import org.apache.batik.svggen.SVGGraphics2D;
import org.w3c.dom.DOMImplementation;
import org.w3c.dom.Document;
import org.w3c.dom.bootstrap.DOMImplementationRegistry;

/** Writes pictures as SVG. */
final class SvgFile {

  private SvgFile() {}

  static void write(Path path, Picture picture, int width, int height) {
    SVGGraphics2D surface = new SVGGraphics2D(document());
    surface.setSVGCanvasSize(new Dimension(width, height));
    picture.paint(surface, width, height);
    AtomicFile.writeWithFolders(
        path,
        aside -> {
          try (Writer file = Files.newBufferedWriter(aside, StandardCharsets.UTF_8)) {
            surface.stream(file, true);
          }
        });
  }

  private static Document document() {
    try {
      DOMImplementation dom =
          DOMImplementationRegistry.newInstance().getDOMImplementation("XML 3.0");
      return dom.createDocument("http://www.w3.org/2000/svg", "svg", null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Every Java has an implementation of DOM.", e);
    }
  }
}
