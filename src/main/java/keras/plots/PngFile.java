package keras.plots;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import keras.internal.disk.AtomicFile;

/** Writes pictures as PNG. */
final class PngFile {

  private PngFile() {}

  static void write(Path path, Picture picture, int width, int height) {
    BufferedImage image = image(picture, width, height);
    AtomicFile.writeWithFolders(path, aside -> ImageIO.write(image, "png", aside.toFile()));
  }

  /** Draws on white. */
  static BufferedImage image(Picture picture, int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D surface = image.createGraphics();
    try {
      surface.setColor(Color.WHITE);
      surface.fillRect(0, 0, width, height);
      picture.paint(surface, width, height);
    } finally {
      surface.dispose();
    }
    return image;
  }
}
