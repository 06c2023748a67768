package keras.examples;

import static keras.layers.Input.shape;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import keras.layers.Conv3D;
import keras.layers.ConvLSTM2D;
import keras.layers.Input;
import keras.models.Sequential;
import keras.optimizers.Adam;
import keras.random.NumpyRandom;
import keras.utils.FloatArrays;

/**
 * Predicts the next picture of squares that move, and writes pictures: what it saw last, what came,
 * what it said. Ported from {@code examples/python/next-frame.py}.
 *
 * <p>Shows recurrent layers of pictures and a convolution over time.
 *
 * <p>Keras's figures from the script, seed 1: overlap 0.621, of the last picture 0.413.
 */
final class NextFrame {

  static final String NAME = "next-frame";

  private static final int SIZE = 16;
  private static final int FRAMES = 8;
  private static final int SEEN = 300;
  private static final int UNSEEN = 50;
  private static final int SHOWN = 3;
  private static final int PIXELS = SIZE * SIZE;
  private static final Path FOLDER = Path.of("target", "examples", NAME);

  /**
   * The figures: the last loss, how much pictures overlap with those that came, and the last ones
   * seen do.
   */
  record Result(
      String example,
      double seconds,
      int epochs,
      long seed,
      double lastLoss,
      double overlap,
      double lastOverlap) {}

  private NextFrame() {}

  /** Two squares that move by a pixel or none, and come in again on the other side. */
  private static float[][][][] film() {
    float[][][][] frames = new float[FRAMES + 1][SIZE][SIZE][1];
    NumpyRandom random = NumpyRandom.shared();
    for (int square = 0; square < 2; square++) {
      int row = (int) random.randint(0, SIZE);
      int column = (int) random.randint(0, SIZE);
      int side = (int) random.randint(2, 4);
      int down = (int) random.randint(-1, 2);
      int right = (int) random.randint(-1, 2);
      for (int t = 0; t <= FRAMES; t++) {
        for (int i = 0; i < side * side; i++) {
          int y = Math.floorMod(row + t * down + i / side, SIZE);
          int x = Math.floorMod(column + t * right + i % side, SIZE);
          frames[t][y][x][0] = 1;
        }
      }
    }
    return frames;
  }

  /** Pictures of several films from one to another. */
  private static float[][][][][] part(float[][][][][] films, int from, int to, int start) {
    float[][][][][] part = new float[to - from][FRAMES][][][];
    for (int i = 0; i < part.length; i++) {
      System.arraycopy(films[from + i], start, part[i], 0, FRAMES);
    }
    return part;
  }

  /** Compares pictures: the pixels of both, over those of either. */
  private static double overlap(float[] some, float[] others) {
    int both = 0;
    int either = 0;
    for (int i = 0; i < some.length; i++) {
      both += some[i] > 0.5 && others[i] > 0.5 ? 1 : 0;
      either += some[i] > 0.5 || others[i] > 0.5 ? 1 : 0;
    }
    return both / (double) either;
  }

  /** The last picture of each film. */
  private static float[] last(float[] films) {
    float[] last = new float[films.length / FRAMES];
    for (int i = 0; i < last.length / PIXELS; i++) {
      System.arraycopy(films, (i * FRAMES + FRAMES - 1) * PIXELS, last, i * PIXELS, PIXELS);
    }
    return last;
  }

  private static void write(int film, float[]... pictures) {
    BufferedImage image =
        new BufferedImage(SIZE * pictures.length, SIZE, BufferedImage.TYPE_BYTE_GRAY);
    for (int p = 0; p < pictures.length; p++) {
      for (int i = 0; i < PIXELS; i++) {
        int grey = (int) (pictures[p][film * PIXELS + i] * 255);
        image.getRaster().setSample(p * SIZE + i % SIZE, i / SIZE, 0, grey);
      }
    }
    try {
      Files.createDirectories(FOLDER);
      ImageIO.write(image, "png", FOLDER.resolve(film + ".png").toFile());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("Cannot write pictures to " + FOLDER, e);
    }
  }

  static Result run(String... words) {
    Options options = Options.parse(NAME, 8, words);
    long start = System.nanoTime();
    float[][][][][] films = new float[SEEN + UNSEEN][][][][];
    for (int i = 0; i < films.length; i++) {
      films[i] = film();
    }
    try (Sequential model = new Sequential()) {
      model.add(new Input(shape(null, SIZE, SIZE, 1)));
      model.add(new ConvLSTM2D(12, 3).padding("same").returnSequences(true));
      model.add(new ConvLSTM2D(12, 3).padding("same").returnSequences(true));
      model.add(new Conv3D(1, 3).padding("same").activation("sigmoid"));
      model.compile(c -> c.loss("binary_crossentropy").optimizer(new Adam(0.003)));
      List<Double> losses =
          model
              .fit(
                  part(films, 0, SEEN, 0),
                  part(films, 0, SEEN, 1),
                  f -> f.batchSize(10).epochs(options.epochs()).verbose(2))
              .get("loss");
      float[][][][][] unseen = part(films, SEEN, SEEN + UNSEEN, 0);
      float[] said = last(FloatArrays.values(model.predict(unseen, p -> p.verbose(0))));
      float[] seen = last(FloatArrays.values(FloatArrays.of(unseen, "unseen")));
      float[] came =
          last(
              FloatArrays.values(FloatArrays.of(part(films, SEEN, SEEN + UNSEEN, 1), "what came")));
      for (int film = 0; film < SHOWN; film++) {
        write(film, seen, came, said);
      }
      System.out.println("Pictures are in " + FOLDER);
      return ResultLine.print(
          new Result(
              NAME,
              ResultLine.secondsSince(start),
              options.epochs(),
              options.seed(),
              losses.get(losses.size() - 1),
              overlap(said, came),
              overlap(seen, came)));
    }
  }
}
