package keras.parity;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.message.DataLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import keras.utils.Errors;
import keras.utils.FloatArrays;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * An HDF5 file that anyone may have written. It is not believed: links are not followed, an array
 * is read only if the file is large enough to hold it, and whatever the reader stumbles over is an
 * exception that names the file and the place in it.
 */
final class Hdf5File implements AutoCloseable {

  private static final long MOST_BYTES = Integer.MAX_VALUE - 8;

  private final Path path;
  private final HdfFile file;

  /** How many bytes of arrays there can still be. */
  private long unread;

  Hdf5File(Path path) {
    this.path = path;
    if (!Files.isRegularFile(path)) {
      throw Errors.in(path.toString(), "there is no such file.")
          .expected("an HDF5 file")
          .got(Files.exists(path) ? "a folder" : "nothing at " + path.toAbsolutePath())
          .fix("check the path")
          .argument();
    }
    byte[] bytes = bytes();
    unread = bytes.length;
    // From memory, the reader cannot be made to reserve more than the file has.
    file = guarded("", () -> HdfFile.fromBytes(bytes));
  }

  private byte[] bytes() {
    try {
      long size = Files.size(path);
      if (size > MOST_BYTES) {
        throw wrong("as a whole", "this is too large.", "at most 2 GB", size + " bytes");
      }
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw unreadable("", e);
    }
  }

  Path path() {
    return path;
  }

  /** An attribute of the file, or null if there is none of that name. */
  Object attribute(String name) {
    return guarded(
        name,
        () -> {
          Attribute attribute = file.getAttribute(name);
          boolean wanted = attribute != null && attribute.isScalar();
          return wanted ? attribute.getData() : null;
        });
  }

  /** The names in a group; none if there is no such group. */
  List<String> names(String place) {
    Node node = node(place);
    return node instanceof Group group
        ? guarded(place, () -> List.copyOf(group.getChildren().keySet()))
        : List.of();
  }

  /** The text in a dataset. */
  String text(String place) {
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

  /** The array of numbers in a dataset, as floats. */
  FloatNdArray floats(String place) {
    Dataset dataset = numbers(place);
    long[] shape = guarded(place, dataset::getDimensionsAsLong);
    Object flat = flat(place, dataset);
    FloatNdArray values = FloatArrays.of(flat, path + ", " + place);
    return FloatArrays.wrap(FloatArrays.values(values), shape);
  }

  /** The vector of whole numbers in a dataset. */
  long[] longs(String place) {
    Dataset dataset = numbers(place);
    if (flat(place, dataset) instanceof long[] values) {
      return values;
    }
    throw wrong(
        place, "these are no long integers.", "a vector of int64", describe(place, dataset));
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
    if (guarded(place, dataset::getDataLayout) == DataLayout.CHUNKED) {
      throw wrong(
          place,
          "the array is stored in chunks, which can claim any size.",
          "an array stored in one piece, uncompressed",
          "a chunked one");
    }
    long bytes = guarded(place, () -> bytes(dataset));
    if (bytes > unread) {
      throw wrong(
          place,
          "the file is too small for its arrays.",
          "at most " + unread + " bytes",
          describe(place, dataset) + ", " + bytes + " bytes");
    }
    unread -= bytes;
    return dataset;
  }

  /** The size that a dataset claims to have, or the largest number there is if it is larger. */
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
    Node node = node(place);
    if (node instanceof Dataset dataset) {
      return dataset;
    }
    throw wrong(
        place,
        node == null ? "it is missing." : "this is a group.",
        "a dataset",
        node == null ? "nothing" : "a group");
  }

  /** What is at a place, or null. */
  private Node node(String place) {
    Node node = file;
    for (String name : place.split("/", -1)) {
      if (!(node instanceof Group group)) {
        return null;
      }
      node = guarded(place, () -> group.getChild(name));
      if (node != null && node.isLink()) {
        throw wrong(place, "this is a link to somewhere else.", "the data itself", "a link");
      }
    }
    return node;
  }

  private String describe(String place, Dataset dataset) {
    return guarded(
        place,
        () ->
            dataset.getJavaType().getSimpleName()
                + " of shape "
                + Errors.shape(dataset.getDimensionsAsLong()));
  }

  /** What a file has that was not written as a bundle is. */
  IllegalArgumentException wrong(String place, String what, String expected, Object got) {
    return Errors.in(path + ", " + place, what)
        .expected(expected)
        .got(got)
        .fix("write the bundle anew with write_bundle from docs/porting-from-keras.md")
        .argument();
  }

  private <T> T guarded(String place, Supplier<T> read) {
    try {
      return read.get();
    } catch (RuntimeException | StackOverflowError e) {
      throw unreadable(place, e);
    }
  }

  private IllegalArgumentException unreadable(String place, Throwable cause) {
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
