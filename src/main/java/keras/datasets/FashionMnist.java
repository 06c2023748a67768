package keras.datasets;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import keras.internal.messages.Errors;
import keras.utils.FloatArrays;
import keras.utils.TrainTestSplit;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * Pictures of clothes, 28 by 28 pixels: {@code keras.datasets.fashion_mnist}. The classes are
 * T-shirt or top, trouser, pullover, dress, coat, sandal, shirt, sneaker, bag, ankle boot.
 *
 * <p>Made by Zalando SE, under the MIT licence.
 */
public final class FashionMnist {
  private static final String FOLDER = "fashion-mnist";
  private static final int IMAGES = 0x803;
  private static final int LABELS = 0x801;
  private static final int SIDE = 28;

  private FashionMnist() {}

  /**
   * Loads the data, downloaded if they are not in {@code ~/.keras/datasets/fashion-mnist}: {@code
   * keras.datasets.fashion_mnist.load_data()}.
   *
   * @return x of shape {@code (60000, 28, 28)} and {@code (10000, 28, 28)}, 0 to 255; y of shape
   *     {@code (60000,)} and {@code (10000,)}, 0 to 9
   * @throws java.io.UncheckedIOException if they are not there and cannot be downloaded; the
   *     message says where to put a file
   */
  public static TrainTestSplit loadData() {
    return load(name -> DatasetFile.getFrom(FOLDER, name));
  }

  static TrainTestSplit load(Function<String, Path> file) {
    return new TrainTestSplit(
        read(file.apply("train-images-idx3-ubyte.gz"), IMAGES),
        read(file.apply("t10k-images-idx3-ubyte.gz"), IMAGES),
        read(file.apply("train-labels-idx1-ubyte.gz"), LABELS),
        read(file.apply("t10k-labels-idx1-ubyte.gz"), LABELS));
  }

  /** Reads bytes after a magic word and the sizes, {@code IDX}. */
  private static FloatNdArray read(Path file, int magic) {
    int sizes = magic == IMAGES ? 3 : 1;
    try (InputStream content =
        new GZIPInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      ByteBuffer start = ByteBuffer.wrap(content.readNBytes((1 + sizes) * Integer.BYTES));
      int count =
          start.remaining() == start.capacity() && start.capacity() > 4 ? start.getInt() : 0;
      if (start.remaining() != sizes * Integer.BYTES || count != magic) {
        throw damaged(file, "another beginning");
      }
      long[] shape = new long[sizes];
      long all = 1;
      for (int i = 0; i < sizes; i++) {
        shape[i] = start.getInt();
        boolean fits = i == 0 ? shape[i] > 0 : shape[i] == SIDE;
        if (!fits) {
          throw damaged(file, "a size of " + shape[i]);
        }
        all *= shape[i];
      }
      NpyFormat.checkFits(file.toString(), all * Float.BYTES);
      byte[] bytes = content.readNBytes((int) all);
      if (bytes.length < all) {
        throw damaged(file, bytes.length + " of " + all + " bytes");
      }
      float[] values = new float[bytes.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = Byte.toUnsignedInt(bytes[i]);
      }
      return FloatArrays.wrap(values, shape);
    } catch (IOException e) {
      throw damaged(file, e.toString());
    }
  }

  private static IllegalArgumentException damaged(Path file, String got) {
    return Errors.in(file.toString(), "this is not a file of Fashion-MNIST, or it is damaged.")
        .expected("bytes of 28 by 28 pixels, or labels, compressed by gzip")
        .got(got)
        .fix("delete it, so that it is downloaded again")
        .argument();
  }
}
