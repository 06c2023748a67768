package keras.internal.files;

import io.jhdf.Superblock;
import io.jhdf.WritableGroupImpl;
import io.jhdf.api.WritableGroup;
import io.jhdf.storage.HdfFileChannel;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import keras.backend.Variable;
import keras.internal.messages.Errors;

/**
 * Puts arrays and attributes under places, then writes them as an HDF5 file that libhdf5 reads. A
 * group is there once something is put below it.
 *
 * <p>jHDF's own way of writing puts a remark of its own over a group that comes after the last
 * array, which makes libhdf5 refuse the file; so the file is put together here from its parts.
 */
public final class Hdf5Writer {

  static {
    QuietHdf5.start();
  }

  /** The superblock's share of the file. */
  private static final long ROOT_ADDRESS = 64;

  /** The most that fits into one message of an object's header, with room for its name. */
  private static final int MOST_ATTRIBUTE_BYTES = 64_000;

  private final WritableGroup root = new WritableGroupImpl(null, "/");
  private final Map<String, WritableGroup> groups = new HashMap<>();

  /** An empty file. */
  public Hdf5Writer() {
    groups.put("", root);
  }

  /**
   * Makes a group, and those that it is in.
   *
   * @param place such as {@code layers/dense/vars}
   */
  public void group(String place) {
    made(place);
  }

  private WritableGroup made(String place) {
    WritableGroup known = groups.get(place);
    if (known != null) {
      return known;
    }
    WritableGroup fresh = made(parent(place)).putGroup(place.substring(place.lastIndexOf('/') + 1));
    groups.put(place, fresh);
    return fresh;
  }

  private static String parent(String place) {
    return place.substring(0, Math.max(0, place.lastIndexOf('/')));
  }

  /**
   * Attaches a text or texts to a group.
   *
   * @param place the group; empty for the file; made if it is not there
   * @param name the attribute's name
   * @param value a {@code String}, or a list of at least one; Keras's limit of 64 KB for one
   *     attribute is kept by cutting longer lists into several
   */
  public void attribute(String place, String name, Object value) {
    WritableGroup group = made(place);
    if (!(value instanceof List<?> texts)) {
      check(place, name, value.toString());
      group.putAttribute(name, value);
      return;
    }
    String[] all = texts.toArray(String[]::new);
    int width = 1;
    for (String text : all) {
      check(place, name, text);
      width = Math.max(width, bytes(text));
    }
    int each = MOST_ATTRIBUTE_BYTES / width;
    if (all.length <= each) {
      group.putAttribute(name, all);
      return;
    }
    for (int from = 0, part = 0; from < all.length; from += each, part++) {
      int to = Math.min(all.length, from + each);
      group.putAttribute(name + part, java.util.Arrays.copyOfRange(all, from, to));
    }
  }

  private static int bytes(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length + 1;
  }

  private static void check(String place, String name, String text) {
    if (bytes(text) > MOST_ATTRIBUTE_BYTES) {
      throw Errors.in(place + ", attribute " + name, "the text is too long for an HDF5 file.")
          .expected("at most " + MOST_ATTRIBUTE_BYTES + " bytes")
          .got(bytes(text) + " bytes")
          .fix("save as .keras, which has no such limit")
          .argument();
    }
  }

  /**
   * Puts the value of a variable.
   *
   * @param place such as {@code layers/dense/vars/0}
   * @param variable floats or whole numbers, of any shape without a zero
   */
  public void put(String place, Variable variable) {
    boolean counts = variable.type() == Variable.Type.INT64;
    if (variable.shape().size() == 0) {
      throw Errors.in(place, "a weight has no numbers, which HDF5 files cannot hold.")
          .expected("a shape without a zero")
          .got(Errors.shape(variable.shape().asArray()))
          .fix("build the model for one feature or more")
          .state();
    }
    Object values = counts ? variable.longs() : variable.floats();
    made(parent(place))
        .putDataset(
            place.substring(place.lastIndexOf('/') + 1),
            shaped(values, variable.shape().asArray(), 0, new int[1]));
  }

  /**
   * Returns an array of arrays with the values in order; the first value where there are no
   * dimensions.
   */
  private static Object shaped(Object flat, long[] shape, int axis, int[] next) {
    if (shape.length == 0) {
      return Array.get(flat, 0);
    }
    int size = (int) shape[axis];
    if (axis == shape.length - 1) {
      if (shape.length == 1) {
        return flat;
      }
      Object row = Array.newInstance(flat.getClass().getComponentType(), size);
      System.arraycopy(flat, next[0], row, 0, size);
      next[0] += size;
      return row;
    }
    Object first = shaped(flat, shape, axis + 1, next);
    Object rows = Array.newInstance(first.getClass(), size);
    for (int i = 0; i < size; i++) {
      Array.set(rows, i, i == 0 ? first : shaped(flat, shape, axis + 1, next));
    }
    return rows;
  }

  /**
   * Writes the file.
   *
   * @param path a file that does not exist yet
   * @throws IOException if that fails
   */
  public void writeTo(Path path) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      Superblock.SuperblockV2V3 superblock = new Superblock.SuperblockV2V3();
      HdfFileChannel file = new HdfFileChannel(channel, superblock);
      root.write(file, ROOT_ADDRESS);
      file.write(superblock.toBuffer(channel.size()), 0);
    } catch (io.jhdf.exceptions.HdfException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getMessage(), e);
    }
  }
}
