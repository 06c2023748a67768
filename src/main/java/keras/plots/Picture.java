package keras.plots;

import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.GraphicsEnvironment;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Locale;
import javax.swing.JFrame;
import javax.swing.JPanel;
import javax.swing.SwingUtilities;
import javax.swing.WindowConstants;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.messages.Libraries;

/** Something drawn that can be shown in a window or written to a file. */
public abstract class Picture {
  private static final String CHARTS = "org.knowm.xchart.XYChart";
  private static final String CHARTS_ARTIFACT = "org.knowm.xchart:xchart:4.0.3";
  private static final String SVG = "org.apache.batik.svggen.SVGGraphics2D";
  private static final String SVG_ARTIFACT = "org.apache.xmlgraphics:batik-svggen:1.19";

  private static final int WIDTH = 900;
  private static final int HEIGHT = 500;

  private int width = WIDTH;
  private int height = HEIGHT;
  private boolean sized;

  /** Pictures are made in this library. */
  Picture() {}

  /** Refuses to draw what is not complete, or without the library that draws it. */
  void check() {
    Libraries.check("plot", CHARTS, CHARTS_ARTIFACT);
  }

  /** Sets the size that a picture has by itself; one that the user has set stays. */
  void naturalSize(int across, int down) {
    if (!sized) {
      width = across;
      height = down;
    }
  }

  /** Draws onto a surface of some size. */
  abstract void paint(Graphics2D surface, int across, int down);

  /**
   * Sets the size; 900 × 500 by default.
   *
   * @param across pixels, 100 to 10,000
   * @param down pixels, 100 to 10,000
   * @return this
   * @throws IllegalArgumentException if it is smaller or larger
   */
  public Picture size(int across, int down) {
    if (Math.min(across, down) < 100 || Math.max(across, down) > 10_000) {
      throw Errors.in("plot", "nothing can be seen at this size.")
          .expected("100 to 10,000 pixels in each direction")
          .got(across + " x " + down)
          .fix("size(900, 500)")
          .argument();
    }
    width = across;
    height = down;
    sized = true;
    return this;
  }

  /**
   * Writes a file, aside and moved into place, with its folders. Python: {@code plt.savefig(path)}.
   *
   * @param path ends in {@code .png} or {@code .svg}
   * @throws IllegalArgumentException if it ends in something else
   * @throws IllegalStateException if the library that draws is not on the class path; for SVG,
   *     batik-svggen
   * @throws java.io.UncheckedIOException if it cannot be written
   */
  public void save(Path path) {
    Checks.notNull("save", "path", path);
    check();
    Path name = path.getFileName();
    String file = name == null ? "" : name.toString().toLowerCase(Locale.ROOT);
    if (file.endsWith(".svg")) {
      Libraries.check("save as SVG", SVG, SVG_ARTIFACT);
      SvgFile.write(path, this, width, height);
    } else if (file.endsWith(".png")) {
      PngFile.write(path, this, width, height);
    } else {
      throw Errors.in("save", "the form of the picture is not known.")
          .expected("a file that ends in .png or .svg")
          .got(path)
          .fix("save(Path.of(\"plot.png\"))")
          .argument();
    }
  }

  /**
   * Draws it into an image, which notebooks show in a cell.
   *
   * @return an image of the size that was set
   * @throws IllegalStateException if XChart is not on the class path
   */
  public BufferedImage image() {
    check();
    return PngFile.image(this, width, height);
  }

  /**
   * Opens a window, and returns while it is open. Python: {@code plt.show(block=False)}. The
   * program ends once all windows are closed.
   *
   * @throws IllegalStateException if there is no display, or XChart is not on the class path
   */
  public void show() {
    check();
    if (GraphicsEnvironment.isHeadless()) {
      throw Errors.in("plot", "there is no display to open a window on.")
          .expected("a display")
          .got("none, as on a server")
          .fix("write a file: plot(Path.of(\"plot.png\")), or save(Path.of(\"plot.png\"))")
          .state();
    }
    SwingUtilities.invokeLater(this::open);
  }

  private void open() {
    JPanel panel =
        new JPanel() {
          private static final long serialVersionUID = 1;

          @Override
          protected void paintComponent(Graphics surface) {
            super.paintComponent(surface);
            Picture.this.paint((Graphics2D) surface.create(), getWidth(), getHeight());
          }
        };
    panel.setPreferredSize(new Dimension(width, height));
    JFrame window = new JFrame("keras-java");
    window.setDefaultCloseOperation(WindowConstants.DISPOSE_ON_CLOSE);
    window.add(panel);
    window.pack();
    window.setLocationByPlatform(true);
    window.setVisible(true);
  }
}
