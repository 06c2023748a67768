package keras.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import keras.datasets.WordSequencesOptions.Labelled;
import keras.internal.messages.Errors;
import keras.utils.FloatArrays;
import org.tensorflow.ndarray.FloatNdArray;

/** An {@code .npz} with texts as lists of numbers, and their classes. */
final class TextFile {
  private final Path path;
  private final Map<String, Object> arrays;

  TextFile(Path path) {
    this.path = path;
    arrays = Npz.read(path, TextFile::read);
  }

  private static Object read(String where, InputStream content, long size) throws IOException {
    boolean texts = where.substring(where.lastIndexOf(' ') + 1).startsWith("x");
    return texts ? NpyFormat.readLists(where, content) : NpyFormat.read(where, content, size);
  }

  /** Returns the texts of one array with the classes of another. */
  @SuppressWarnings("unchecked") // Arrays whose names begin with x are lists.
  Labelled labelled(String x, String y) {
    List<int[]> texts = (List<int[]>) Npz.array(path, arrays, x);
    FloatNdArray labels = (FloatNdArray) Npz.array(path, arrays, y);
    if (labels.rank() != 1 || labels.shape().get(0) != texts.size()) {
      throw Errors.in(path.toString(), "there are not as many classes as texts.")
          .expected(texts.size() + " classes in " + y)
          .got("shape " + Errors.shape(FloatArrays.shape(labels)))
          .fix("delete the file, so that it is downloaded again")
          .argument();
    }
    return new Labelled(texts, labels);
  }

  /** Returns both parts with their known words alone. */
  static WordSequences known(Labelled train, Labelled test, WordSequencesOptions<?> options) {
    List<List<int[]>> texts = options.known(List.of(train.texts(), test.texts()));
    return new WordSequences(texts.get(0), texts.get(1), train.labels(), test.labels());
  }
}
