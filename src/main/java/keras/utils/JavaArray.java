package keras.utils;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.stream.Collectors;
import keras.internal.messages.Errors;

/**
 * A Java array of numbers of any rank, such as {@code float[][][]}, taken as one dense block: its
 * shape is that of its first rows, and every other row must agree with it.
 */
final class JavaArray {
  private static final int MAX_SIZE = Integer.MAX_VALUE - 8;

  private final Object array;
  private final String where;
  private final long[] shape;
  private final int size;

  /** Puts a row of the lowest rank into its place, counted in elements, of a dense block. */
  @FunctionalInterface
  interface RowSink {
    void accept(Object row, int offset);
  }

  /**
   * An array, of which only the shape is read yet.
   *
   * @throws IllegalArgumentException if it holds no numbers, has null in its first rows, or has
   *     more elements than fit into one
   */
  JavaArray(Object array, String where) {
    this.array = array;
    this.where = where;
    this.shape = shapeOfFirstRows(rank());
    this.size = checkedSize();
  }

  long[] shape() {
    return shape;
  }

  int size() {
    return size;
  }

  /** Tells whether the numbers are floats already. */
  boolean isOfFloats() {
    return array.getClass().getTypeName().startsWith("float");
  }

  /**
   * Hands out the rows, in row-major order.
   *
   * @throws IllegalArgumentException if the array is ragged or has null in it
   */
  void forEachRow(RowSink sink) {
    walk(array, 0, 0, new int[shape.length], sink);
  }

  private void walk(Object part, int axis, int offset, int[] at, RowSink sink) {
    int length = part == null ? -1 : Array.getLength(part);
    if (length != shape[axis]) {
      throw part == null ? missing(at, axis) : ragged(length, at, axis);
    }
    if (axis == shape.length - 1) {
      sink.accept(part, offset);
      return;
    }
    int stride = 1;
    for (int inner = axis + 1; inner < shape.length; inner++) {
      stride *= (int) shape[inner];
    }
    Object[] parts = (Object[]) part;
    for (int i = 0; i < length; i++) {
      at[axis] = i;
      walk(parts[i], axis + 1, offset + i * stride, at, sink);
    }
  }

  private int rank() {
    int rank = 0;
    Class<?> type = array.getClass();
    for (; type.isArray(); type = type.getComponentType()) {
      rank++;
    }
    if (!type.isPrimitive() || type == char.class) {
      throw FloatArrays.unsupported(where, array.getClass().getTypeName());
    }
    return rank;
  }

  private long[] shapeOfFirstRows(int rank) {
    long[] found = new long[rank];
    Object row = array;
    for (int axis = 0; axis < rank; axis++) {
      if (row == null) {
        throw missing(new int[rank], axis);
      }
      found[axis] = Array.getLength(row);
      if (found[axis] == 0 || axis == rank - 1) {
        break;
      }
      row = Array.get(row, 0);
    }
    return found;
  }

  private int checkedSize() {
    long product = 1;
    for (long dimension : shape) {
      product = dimension == 0 ? 0 : Math.multiplyExact(product, dimension);
    }
    if (product > MAX_SIZE) {
      throw Errors.in(where, "the array has too many elements.")
          .expected("at most " + MAX_SIZE)
          .got(product + " elements, shape " + Errors.shape(shape))
          .fix("pass the data in batches, as a Sequence or an Iterable<Batch>")
          .argument();
    }
    return (int) product;
  }

  private IllegalArgumentException missing(int[] at, int axis) {
    return Errors.in(where, "a row is missing.")
        .expected("an array at every place")
        .got("null at " + position(at, axis))
        .fix("fill every row")
        .argument();
  }

  private IllegalArgumentException ragged(int length, int[] at, int axis) {
    return Errors.in(where, "the array is ragged.")
        .expected("shape " + Errors.shape(shape) + ", as its first rows have")
        .got(length + " in place of " + shape[axis] + " elements at " + position(at, axis))
        .fix("make all rows equally long, for instance with Utils.padSequences")
        .argument();
  }

  private static String position(int[] at, int axis) {
    return Arrays.stream(at, 0, axis)
        .mapToObj(each -> "[" + each + "]")
        .collect(Collectors.joining());
  }
}
