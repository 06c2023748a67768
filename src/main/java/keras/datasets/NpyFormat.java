package keras.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import keras.internal.messages.Errors;
import keras.utils.FloatArrays;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;

/**
 * NumPy's form of an array in a file: a magic word, a version, a header in the form of a Python
 * dictionary, and the numbers. See {@code numpy/lib/format.py}.
 */
final class NpyFormat {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int LONGEST_HEADER = 1 << 16;
  private static final int ALIGNED = 64;
  private static final Pattern TYPE = Pattern.compile("'descr':\\s*'([<>|=]?)([a-zA-Z?])(\\d*)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order':\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([\\d, ]*)\\)");

  private final String where;
  private final String header;

  private NpyFormat(String where, String header) {
    this.where = where;
    this.header = header;
  }

  /** Refuses what no array of Java, or not the heap, has room for. */
  static void checkFits(String where, long bytes) {
    long most = Math.min(Integer.MAX_VALUE - 8L, Runtime.getRuntime().maxMemory() / 2);
    if (bytes > most) {
      throw Errors.in(where, "the array is too large to be read at once.")
          .expected("at most " + most + " bytes, half of the heap")
          .got(bytes + " bytes")
          .fix("write it in several parts, or give the JVM more memory with -Xmx")
          .argument();
    }
  }

  /**
   * Reads an array.
   *
   * @param where the file, for messages
   * @param content the bytes from the magic word on
   * @param size how many bytes there are; -1 if that is not known
   */
  static FloatNdArray read(String where, InputStream content, long size) throws IOException {
    return opened(where, content).numbers(content, size);
  }

  /**
   * Reads an array of lists of whole numbers, one list a row.
   *
   * @param where the file, for messages
   * @param content the bytes from the magic word on
   */
  static List<int[]> readLists(String where, InputStream content) throws IOException {
    NpyFormat format = opened(where, content);
    if (!format.header.contains("'|O'")) {
      throw Errors.in(where, "these are no lists.")
          .expected("an array of objects")
          .got(format.header.strip())
          .fix("delete the file, and download it again")
          .argument();
    }
    return new ListsReader(where).read(content);
  }

  private static NpyFormat opened(String where, InputStream content) throws IOException {
    byte[] start = content.readNBytes(MAGIC.length + 2);
    boolean magic = Arrays.equals(Arrays.copyOf(start, MAGIC.length), MAGIC);
    if (start.length < MAGIC.length + 2 || !magic || start[MAGIC.length] > 3) {
      throw Errors.in(where, "this is no array in NumPy's form.")
          .expected("a file of np.save, version 1 to 3")
          .got("other bytes at its beginning")
          .fix("write it with np.save or np.savez")
          .argument();
    }
    int width = start[MAGIC.length] == 1 ? 2 : 4;
    byte[] length = Arrays.copyOf(exactly(where, content, width), 4);
    long headerSize =
        Integer.toUnsignedLong(ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getInt());
    if (headerSize > LONGEST_HEADER) {
      throw Errors.in(where, "the header of the array is too long.")
          .expected("at most " + LONGEST_HEADER + " bytes")
          .got(headerSize)
          .fix("write the file again with np.save")
          .argument();
    }
    byte[] header = exactly(where, content, (int) headerSize);
    return new NpyFormat(where, new String(header, StandardCharsets.ISO_8859_1));
  }

  private static byte[] exactly(String where, InputStream content, int count) throws IOException {
    byte[] bytes = content.readNBytes(count);
    if (bytes.length < count) {
      throw Errors.in(where, "the array is cut off.")
          .expected(count + " more bytes")
          .got(bytes.length)
          .fix("copy or write the file again")
          .argument();
    }
    return bytes;
  }

  private Matcher found(Pattern pattern) {
    Matcher matcher = pattern.matcher(header);
    if (!matcher.find()) {
      throw unsupported();
    }
    return matcher;
  }

  private IllegalArgumentException unsupported() {
    return Errors.in(where, "this kind of array cannot be read.")
        .expected("numbers: bool, int8 to int64, uint8 to uint32, float32 or float64")
        .got(header.strip())
        .fix("np.save(path, array.astype(\"float32\")); arrays of objects are never read")
        .argument();
  }

  private FloatNdArray numbers(InputStream content, long size) throws IOException {
    Matcher type = found(TYPE);
    long[] shape =
        Arrays.stream(found(SHAPE).group(1).split(","))
            .filter(each -> !each.isBlank())
            .mapToLong(each -> parsed(each.strip()))
            .toArray();
    boolean columns = found(ORDER).group(1).equals("True");
    String kind = type.group(2) + type.group(3);
    int width = width(kind);
    long count = 1;
    for (long each : shape) {
      // Beyond this the product says no more than that it is too large.
      count = each == 0 ? 0 : count > Integer.MAX_VALUE ? count : Math.multiplyExact(count, each);
    }
    long bytes = count > Integer.MAX_VALUE ? Long.MAX_VALUE : count * width;
    if (size >= 0 && bytes > size) {
      throw Errors.in(where, "the array is cut off.")
          .expected("shape " + Errors.shape(shape) + " of " + kind)
          .got("a file of " + size + " bytes")
          .fix("copy or write the file again")
          .argument();
    }
    checkFits(where, Math.max(bytes, 4 * count));
    ByteBuffer raw =
        ByteBuffer.wrap(exactly(where, content, (int) bytes))
            .order(type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    FloatNdArray values = FloatArrays.of(numbers(raw, kind, (int) count), where);
    FloatNdArray ordered = columns ? FloatArrays.gather(values, rowsFirst(shape, count)) : values;
    return ordered.withShape(Shape.of(shape));
  }

  private long parsed(String size) {
    try {
      return Integer.parseInt(size);
    } catch (NumberFormatException e) {
      throw Errors.in(where, "a size of the array is too large.")
          .expected("at most " + Integer.MAX_VALUE)
          .got(size)
          .fix("write it in several parts")
          .argument();
    }
  }

  private int width(String kind) {
    return switch (kind) {
      case "b1", "?", "i1", "u1" -> 1;
      case "i2", "u2" -> 2;
      case "i4", "u4", "f4" -> 4;
      case "i8", "u8", "f8" -> 8;
      default -> throw unsupported();
    };
  }

  /** Returns an array of whole numbers where they may be large, else of floats. */
  private static Object numbers(ByteBuffer raw, String kind, int count) {
    if (kind.equals("i4") || kind.equals("u4") || kind.equals("i8")) {
      long[] whole = new long[count];
      for (int i = 0; i < count; i++) {
        whole[i] =
            switch (kind) {
              case "i4" -> raw.getInt();
              case "u4" -> Integer.toUnsignedLong(raw.getInt());
              default -> raw.getLong();
            };
      }
      return whole;
    }
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] =
          switch (kind) {
            case "i1" -> raw.get();
            case "i2" -> raw.getShort();
            case "u2" -> Short.toUnsignedInt(raw.getShort());
            case "f4" -> raw.getFloat();
            case "u8" -> unsigned(raw.getLong());
            case "f8" -> (float) raw.getDouble();
            default -> Byte.toUnsignedInt(raw.get());
          };
    }
    return values;
  }

  private static float unsigned(long value) {
    return value >= 0 ? value : new java.math.BigInteger(Long.toUnsignedString(value)).floatValue();
  }

  /** Finds where values stand whose first axis runs fastest, for each in Java's order. */
  private static int[] rowsFirst(long[] shape, long count) {
    int[] ordered = new int[(int) count];
    int[] place = new int[shape.length];
    for (int i = 0; i < count; i++) {
      int at = 0;
      for (int axis = 0; axis < shape.length; axis++) {
        at = at * (int) shape[axis] + place[axis];
      }
      ordered[at] = i;
      for (int axis = 0; axis < shape.length && ++place[axis] == shape[axis]; axis++) {
        place[axis] = 0;
      }
    }
    return ordered;
  }

  /** Returns an array in NumPy's form, version 1. */
  static byte[] bytes(FloatNdArray array) {
    long[] shape = FloatArrays.shape(array);
    String sizes = Arrays.stream(shape).mapToObj(String::valueOf).collect(Collectors.joining(", "));
    String dictionary =
        "{'descr': '<f4', 'fortran_order': False, 'shape': ("
            + sizes
            + (shape.length == 1 ? ",), }" : "), }");
    int before = MAGIC.length + 4;
    int padded = (before + dictionary.length() + 1 + ALIGNED - 1) / ALIGNED * ALIGNED;
    float[] values = FloatArrays.values(array);
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.addExact(padded, Math.multiplyExact(4, values.length)))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) (padded - before));
    bytes.put(dictionary.getBytes(StandardCharsets.ISO_8859_1));
    while (bytes.position() < padded - 1) {
      bytes.put((byte) ' ');
    }
    bytes.put((byte) '\n');
    for (float value : values) {
      bytes.putFloat(value);
    }
    return bytes.array();
  }
}
