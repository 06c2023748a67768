package keras.internal.files;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.dataset.DatasetReader;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.message.AttributeMessage;
import io.jhdf.object.message.DataLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import keras.internal.disk.AtomicFile;
import keras.internal.messages.Errors;
import keras.utils.FloatArrays;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * An HDF5 file that anyone may have written. It is not believed: links are not followed, an array
 * is read only if the file is large enough to hold it, and whatever the reader stumbles over is an
 * exception that names the file and the place in it.
 *
 * <p>A place is a path without a slash before it, such as {@code layers/dense/vars/0}; the file as
 * a whole is the empty one.
 */
public final class Hdf5File implements AutoCloseable {

  static {
    QuietHdf5.start();
  }

  private static final long MOST_BYTES = Integer.MAX_VALUE - 8;

  /** Far above what a tree of layers has, and far below what would take long to list. */
  private static final int MOST_NAMES = 1 << 20;

  private static final int DEEPEST = 200;

  private final String where;
  private final String fix;
  private final HdfFile file;
  private final BoundedStorage storage;
  private final Map<String, Hdf5Object> objects = new HashMap<>();
  private final long size;

  /** How many bytes of arrays there can still be. */
  private long unread;

  private Hdf5File(String where, byte[] bytes, String fix) {
    this.where = where;
    this.fix = fix;
    size = bytes.length;
    unread = size;
    // From memory, the reader cannot be made to reserve more than the file has.
    file = guarded("", () -> HdfFile.fromBytes(bytes));
    storage = guarded("", () -> new BoundedStorage(file.getHdfBackingStorage()));
    objects.put("", guarded("", () -> new Hdf5Object(storage, file.getAddress())));
  }

  /**
   * Opens a file.
   *
   * @param path where it is
   * @param fix the advice of messages where the file is not what it should be
   * @return the file, to be closed
   * @throws IllegalArgumentException if there is none, or if it is no HDF5 file
   */
  public static Hdf5File open(Path path, String fix) {
    return new Hdf5File(path.toString(), bytes(path, fix), fix);
  }

  /**
   * Opens a file that is in memory.
   *
   * @param where its name in messages
   * @param bytes its content; not copied
   * @param fix the advice of messages where the file is not what it should be
   * @return the file, to be closed
   * @throws IllegalArgumentException if it is no HDF5 file
   */
  public static Hdf5File of(String where, byte[] bytes, String fix) {
    return new Hdf5File(where, bytes, fix);
  }

  private static byte[] bytes(Path path, String fix) {
    if (!Files.isRegularFile(path)) {
      throw Errors.in(path.toString(), "there is no such file.")
          .expected("an HDF5 file")
          .got(Files.exists(path) ? "a folder" : "nothing at " + path.toAbsolutePath())
          .fix("check the path")
          .argument();
    }
    try {
      long size = Files.size(path);
      if (size > MOST_BYTES) {
        throw Errors.in(path.toString(), "this is too large.")
            .expected("at most 2 GB")
            .got(size + " bytes")
            .fix(fix)
            .argument();
      }
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw AtomicFile.unreadable(path, e);
    }
  }

  /**
   * Returns the file's name in messages.
   *
   * @return its path
   */
  public String where() {
    return where;
  }

  /**
   * The size of the file.
   *
   * @return in bytes; no file holds more numbers than a quarter of them
   */
  public long size() {
    return size;
  }

  /**
   * Returns a single text or number that is attached to a group or to the file.
   *
   * @param place the group; empty for the file
   * @param name the attribute's name
   * @return a {@code String}, a {@code Number}, or null if there is no group or no such attribute,
   *     or an array of them
   */
  public Object attribute(String place, String name) {
    Hdf5Object object = object(place);
    if (object == null) {
      return null;
    }
    return guarded(
        joined(place, name),
        () -> {
          AttributeMessage attribute = object.attribute(name);
          boolean wanted =
              attribute != null
                  && attribute.getDataBuffer() != null
                  && attribute.getDataSpace().getDimensionsAsLong().length == 0;
          return wanted ? data(attribute) : null;
        });
  }

  private Object data(AttributeMessage attribute) {
    return DatasetReader.readDataset(
        attribute.getDataType(),
        attribute.getDataBuffer(),
        attribute.getDataSpace().getDimensions(),
        storage);
  }

  /**
   * Texts that are attached to a group. Keras cuts long lists into several attributes with numbers
   * at the end of their names.
   *
   * @param place the group
   * @param name the attribute's name
   * @return the texts in their order; none if there is no such attribute
   */
  public List<String> texts(String place, String name) {
    Hdf5Object object = object(place);
    if (object == null) {
      return List.of();
    }
    return guarded(
        joined(place, name),
        () -> {
          AttributeMessage whole = object.attribute(name);
          List<String> texts = new ArrayList<>();
          if (whole != null) {
            addTexts(texts, place, whole);
            return texts;
          }
          AttributeMessage part = object.attribute(name + 0);
          for (int i = 1; part != null; i++) {
            addTexts(texts, place, part);
            part = object.attribute(name + i);
          }
          return texts;
        });
  }

  private void addTexts(List<String> texts, String place, AttributeMessage attribute) {
    if (attribute.getDataBuffer() == null) {
      return;
    }
    long[] shape = attribute.getDataSpace().getDimensionsAsLong();
    if (attribute.getDataType().getJavaType() != String.class || shape.length != 1) {
      throw wrong(
          joined(place, attribute.getName()),
          "these are no texts.",
          "a list of strings",
          attribute.getDataType().getJavaType().getSimpleName()
              + " of shape "
              + Errors.shape(shape));
    }
    texts.addAll(Arrays.asList((String[]) data(attribute)));
  }

  /**
   * Returns the names in a group.
   *
   * @param place the group
   * @return in the file's order; none if there is no such group
   */
  public List<String> names(String place) {
    Hdf5Object group = object(place);
    if (group == null || !guarded(place, group::isGroup)) {
      return List.of();
    }
    List<String> names = guarded(place, () -> List.copyOf(group.children().keySet()));
    if (names.size() > MOST_NAMES) {
      throw wrong(place, "there are too many names.", "at most " + MOST_NAMES, names.size());
    }
    return names;
  }

  /**
   * Tells whether there is a group.
   *
   * @param place where
   * @return false also for an array
   */
  public boolean hasGroup(String place) {
    Hdf5Object object = object(place);
    return object != null && guarded(place, object::isGroup);
  }

  /**
   * Returns the text in a dataset.
   *
   * @param place where
   * @return the text
   * @throws IllegalArgumentException if there is none
   */
  public String text(String place) {
    Dataset dataset = dataset(place);
    Object text =
        guarded(place, () -> dataset.getJavaType() == String.class && dataset.isScalar())
            ? guarded(place, dataset::getData)
            : null;
    if (text instanceof String found) {
      return found;
    }
    throw wrong(place, "this is no text.", "one string", describe(place, dataset));
  }

  /**
   * Returns the array of numbers in a dataset, as floats.
   *
   * @param place where
   * @return the array, in the shape that it has in the file
   * @throws IllegalArgumentException if there is none, or if it is not made of numbers
   */
  public FloatNdArray floats(String place) {
    Dataset dataset = numbers(place);
    long[] shape = guarded(place, dataset::getDimensionsAsLong);
    Object flat = flat(place, dataset);
    return guarded(
        place,
        () ->
            FloatArrays.wrap(
                FloatArrays.values(FloatArrays.of(flat, where + ", " + place)), shape));
  }

  /**
   * Returns the whole numbers in a dataset: a vector, or a single one. Keras 2.0 counted in floats.
   *
   * @param place where
   * @return the numbers
   * @throws IllegalArgumentException if there are none
   */
  public long[] longs(String place) {
    Dataset dataset = numbers(place);
    Object flat = flat(place, dataset);
    if (flat instanceof long[] values) {
      return values;
    }
    if (flat instanceof Long value) {
      return new long[] {value};
    }
    float[] floats =
        flat instanceof float[] array
            ? array
            : flat instanceof Float value ? new float[] {value} : new float[0];
    long[] whole = new long[floats.length];
    boolean isWhole = floats.length > 0;
    for (int i = 0; i < floats.length; i++) {
      whole[i] = (long) floats[i];
      isWhole &= whole[i] == floats[i];
    }
    if (isWhole) {
      return whole;
    }
    throw wrong(
        place,
        "these are no long integers.",
        "a vector of int64, or of whole numbers",
        describe(place, dataset));
  }

  private Object flat(String place, Dataset dataset) {
    return guarded(place, dataset::getSize) == 0
        ? new float[0]
        : guarded(place, dataset::getDataFlat);
  }

  private Dataset numbers(String place) {
    Dataset dataset = dataset(place);
    boolean numbers =
        guarded(
            place,
            () ->
                dataset.getDataType() instanceof FloatingPoint
                    || dataset.getDataType() instanceof FixedPoint);
    if (!numbers) {
      throw wrong(place, "these are no numbers.", "an array of numbers", describe(place, dataset));
    }
    DataLayout layout = guarded(place, dataset::getDataLayout);
    if (layout != DataLayout.CONTIGUOUS && layout != DataLayout.COMPACT) {
      // Keras never writes such arrays. They may claim to be of any size.
      throw wrong(
          place,
          "the array is stored in chunks, or in another file.",
          "an array stored in one piece, uncompressed: h5repack -f NONE -l CONTI old.h5 new.h5",
          layout);
    }
    long bytes = guarded(place, () -> bytes(dataset));
    if (bytes > unread) {
      throw wrong(
          place,
          "the file is too small for its arrays.",
          "at most " + unread + " bytes",
          describe(place, dataset)
              + ", "
              + (bytes == Long.MAX_VALUE ? "more than 2 GB" : bytes + " bytes"));
    }
    unread -= bytes;
    return dataset;
  }

  /**
   * Returns the size that a dataset claims to have, or the largest number there is if it is larger.
   */
  private static long bytes(Dataset dataset) {
    long bytes = dataset.getDataType().getSize();
    for (long size : dataset.getDimensionsAsLong()) {
      if (size < 0 || (size > 0 && bytes > Integer.MAX_VALUE / size)) {
        return Long.MAX_VALUE;
      }
      bytes *= size;
    }
    return bytes;
  }

  private Dataset dataset(String place) {
    Hdf5Object object = object(place);
    if (object != null && guarded(place, object::isDataset)) {
      return guarded(place, object::dataset);
    }
    throw wrong(
        place,
        object == null ? "it is missing." : "this is a group.",
        "a dataset",
        object == null ? "nothing" : "a group");
  }

  /** Returns the object at a place, or null. */
  private Hdf5Object object(String place) {
    Hdf5Object known = objects.get(place);
    if (known != null) {
      return known;
    }
    if (place.chars().filter(c -> c == '/').count() > DEEPEST) {
      throw wrong(place.substring(0, 80) + "...", "this is too deep.", DEEPEST + " levels", "more");
    }
    int slash = place.lastIndexOf('/');
    // As Keras on Windows has it, or else as everywhere.
    Long address = slash < 0 ? null : child(place, "", place.replace('/', '\\'));
    if (address == null) {
      String group = slash < 0 ? "" : place.substring(0, slash);
      address = child(place, group, place.substring(slash + 1));
    }
    if (address == null) {
      return null;
    }
    long found = address;
    if (Hdf5Object.isElsewhere(found)) {
      throw wrong(place, "this is a link to somewhere else.", "the data itself", "a link");
    }
    Hdf5Object object = guarded(place, () -> new Hdf5Object(storage, found));
    objects.put(place, object);
    return object;
  }

  /** Tells where something in a group is, or null. */
  private Long child(String place, String group, String name) {
    Hdf5Object parent = object(group);
    return parent == null || !guarded(place, parent::isGroup)
        ? null
        : guarded(place, () -> parent.children().get(name));
  }

  private String describe(String place, Dataset dataset) {
    return guarded(
        place,
        () ->
            dataset.getJavaType().getSimpleName()
                + " of shape "
                + Errors.shape(dataset.getDimensionsAsLong()));
  }

  private static String joined(String place, String attribute) {
    return (place.isEmpty() ? "" : place + ", ") + "attribute " + attribute;
  }

  /**
   * Returns the exception for a file that is not what it should be.
   *
   * @param place where in the file
   * @param what the fault, one sentence
   * @param expected the value or kind that was expected
   * @param got the value or kind that there is instead
   * @return the exception, to be thrown
   */
  public IllegalArgumentException wrong(String place, String what, Object expected, Object got) {
    return Errors.in(place.isEmpty() ? where : where + ", " + place, what)
        .expected(expected)
        .got(got)
        .fix(fix)
        .argument();
  }

  private <T> T guarded(String place, Supplier<T> read) {
    try {
      return read.get();
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      throw unreadable(place, e);
    }
  }

  private IllegalArgumentException unreadable(String place, Throwable cause) {
    if (cause instanceof IllegalArgumentException said
        && said.getMessage() != null
        && said.getMessage().startsWith(where + ", ")) {
      return said;
    }
    IllegalArgumentException error =
        wrong(
            place.isEmpty() ? "as a whole" : place,
            "this cannot be read.",
            "an HDF5 file that is whole",
            cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
    error.initCause(cause);
    return error;
  }

  @Override
  public void close() {
    file.close();
  }
}
