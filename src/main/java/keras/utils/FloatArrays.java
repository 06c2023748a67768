package keras.utils;

import java.util.Arrays;
import java.util.List;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.NdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;

/**
 * Turns what users pass as data into dense arrays of 32-bit floats, Keras's default data type.
 *
 * <p>Data may be a Java array of {@code float}, {@code double}, {@code int}, {@code long}, {@code
 * short}, {@code byte} or {@code boolean} (true is 1) of any rank; an {@link NdArray} of such
 * numbers; a list of numbers, or of such lists; or a single number or truth value, of rank 0.
 * Numbers that a float cannot hold are rounded to the nearest that it can; whole numbers are kept
 * beside, and an {@code Input} of whole numbers gets them exactly.
 *
 * <p>For the way back, to {@code float[][]} and higher ranks, see {@link
 * org.tensorflow.ndarray.StdArrays}.
 */
public final class FloatArrays {
  private FloatArrays() {}

  /**
   * A dense array with the values of the data.
   *
   * <p>An array that this class has made before comes back as it is, without a copy; everything
   * else is copied, so that later changes to the data do not show.
   *
   * @param data a Java array, an {@code NdArray} or a number
   * @param where the name of the data, to begin an error message with: {@code fit: x}
   * @return a dense array of floats
   * @throws IllegalArgumentException if data is null, ragged, or not made of numbers
   */
  public static FloatNdArray of(Object data, String where) {
    if (data instanceof HeapFloats made) {
      return made;
    }
    if (data == null) {
      throw Errors.in(where, "there is no array.")
          .expected("a Java array such as float[][], or an NdArray")
          .got("null")
          .fix("pass the data")
          .argument();
    }
    if (NumberLists.is(data)) {
      return of(NumberLists.array(data, where), where);
    }
    if (data.getClass().isArray()) {
      JavaArray array = new JavaArray(data, where);
      float[] values = new float[array.size()];
      array.forEachRow((row, offset) -> Rows.toFloats(row, values, offset));
      return new HeapFloats(values, WholeNumbers.rounded(values, array), Shape.of(array.shape()));
    }
    if (data instanceof NdArray<?> array) {
      return NdArrayReader.read(array, where);
    }
    if (data instanceof Integer || data instanceof Long) {
      return of(new long[] {((Number) data).longValue()}, where).withShape(Shape.scalar());
    }
    if (data instanceof Number number) {
      return wrap(new float[] {number.floatValue()});
    }
    if (data instanceof Boolean truth) {
      return wrap(new float[] {truth ? 1 : 0});
    }
    throw unsupported(where, data.getClass().getTypeName());
  }

  /**
   * Returns a dense array over the given values, without a copy: a change to one shows in the
   * other.
   *
   * @param values the values in row-major order
   * @param shape the shape; none for a single number
   * @return the array
   * @throws IllegalArgumentException if there are more or fewer values than the shape needs
   */
  public static FloatNdArray wrap(float[] values, long... shape) {
    Shape made = Shape.of(shape);
    Checks.notNull("FloatArrays.wrap", "values", values);
    Checks.notNull("FloatArrays.wrap", "shape", shape);
    if (made.size() != values.length) {
      throw Errors.in("FloatArrays.wrap", "the values do not fill the shape.")
          .expected(made.size() + " values for shape " + Errors.shape(shape))
          .got(values.length + " values")
          .fix("pass the shape that the values have")
          .argument();
    }
    return new HeapFloats(values, null, made);
  }

  /**
   * Returns the values of an array in row-major order: of an array that this class has made the
   * very values under it, so do not write to them; of any other a copy.
   *
   * @param array any array
   * @return as many values as the shape has places
   */
  public static float[] values(FloatNdArray array) {
    return array instanceof HeapFloats made
        ? made.values()
        : NdArrayReader.floats(array, "FloatArrays.values");
  }

  /**
   * Returns the shape of an array.
   *
   * @param array any array
   * @return its dimensions; empty for a single number
   */
  public static long[] shape(NdArray<?> array) {
    Checks.notNull("FloatArrays.shape", "array", array);
    return array.shape().asArray();
  }

  /**
   * The given rows of an array, in the given order: elements of its first axis, as {@code
   * array[rows]} in NumPy.
   *
   * @param array an array of rank 1 or more
   * @param rows which rows; any may come twice
   * @return shape {@code (rows.length, ...)}, a copy
   * @throws IllegalArgumentException if there is no such row
   */
  public static FloatNdArray gather(FloatNdArray array, int... rows) {
    Checks.notNull("FloatArrays.gather", "rows", rows);
    return gather(array, new float[rows.length * width(array)], rows);
  }

  /**
   * Copies a vector to a Java array. Python: {@code array.tolist()}.
   *
   * @param array an array of rank 1
   * @return its numbers
   * @throws IllegalArgumentException if it has another rank
   */
  public static float[] array1d(FloatNdArray array) {
    checkRank(array, 1);
    return StdArrays.array1dCopyOf(array);
  }

  /**
   * Copies a matrix to a Java array, as {@code float[][] y =
   * FloatArrays.array2d(model.predict(x))}. Python: {@code array.tolist()}.
   *
   * @param array an array of rank 2
   * @return its rows
   * @throws IllegalArgumentException if it has another rank
   */
  public static float[][] array2d(FloatNdArray array) {
    checkRank(array, 2);
    return StdArrays.array2dCopyOf(array);
  }

  /**
   * Copies an array of sequences to a Java array. Python: {@code array.tolist()}.
   *
   * @param array an array of rank 3
   * @return one row a sample, each with one row a timestep
   * @throws IllegalArgumentException if it has another rank
   */
  public static float[][][] array3d(FloatNdArray array) {
    checkRank(array, 3);
    return StdArrays.array3dCopyOf(array);
  }

  /**
   * Returns the place of the greatest number, {@code np.argmax(array)}.
   *
   * @param array one number or more, of any rank
   * @return the place among all numbers, row after row; the first of equal ones
   * @throws IllegalArgumentException if there are no numbers
   */
  public static int argmax(FloatNdArray array) {
    float[] all = values(array);
    checkNotEmpty(all.length);
    return argmax(all, 0, 1, all.length);
  }

  /**
   * Returns the places of the greatest numbers along an axis, {@code np.argmax(array, axis)}.
   *
   * @param array one number or more along the axis
   * @param axis which dimension; negative ones count from the last
   * @return the place of the greatest number for each place of the other axes, row after row: of
   *     {@code (batch, classes)} along -1 a class for each sample
   * @throws IllegalArgumentException if there is no such axis, or nothing along it
   */
  public static int[] argmax(FloatNdArray array, int axis) {
    float[] all = values(array);
    long[] sizes = shape(array);
    int along = axis < 0 ? axis + sizes.length : axis;
    if (along < 0 || along >= sizes.length) {
      throw Errors.in("FloatArrays.argmax", "there is no such axis.")
          .expected("an axis of shape " + Errors.shape(sizes))
          .got("axis " + axis)
          .fix("argmax(array, -1)")
          .argument();
    }
    int size = (int) sizes[along];
    checkNotEmpty(size);
    int step = 1;
    for (int i = along + 1; i < sizes.length; i++) {
      step *= (int) sizes[i];
    }
    int[] places = new int[all.length / size];
    for (int i = 0; i < places.length; i++) {
      places[i] = argmax(all, i / step * step * size + i % step, step, size);
    }
    return places;
  }

  /** Finds the first of the greatest; NaN is greater than all, as in NumPy. */
  private static int argmax(float[] all, int first, int step, int size) {
    int best = 0;
    for (int k = 0; k < size; k++) {
      float value = all[first + k * step];
      float greatest = all[first + best * step];
      if (!Float.isNaN(greatest) && (value > greatest || Float.isNaN(value))) {
        best = k;
      }
    }
    return best;
  }

  private static void checkNotEmpty(int size) {
    if (size == 0) {
      throw Errors.in("FloatArrays.argmax", "there is no greatest of no numbers.")
          .expected("one number or more")
          .got("none")
          .fix("pass what predict gives")
          .argument();
    }
  }

  private static void checkRank(FloatNdArray array, int rank) {
    String where = "FloatArrays.array" + rank + "d";
    Checks.notNull(where, "array", array);
    if (array.rank() != rank) {
      throw Errors.in(where, "the array has another number of dimensions.")
          .expected(rank + " dimensions")
          .got("shape " + Errors.shape(shape(array)))
          .fix("FloatArrays.array" + array.rank() + "d(array), or FloatArrays.values(array)")
          .argument();
    }
  }

  /**
   * Returns the given rows of an array, as {@link #gather(FloatNdArray, int...)}, copied to a place
   * that the caller has for them.
   *
   * @param array an array of rank 1 or more
   * @param to where they are put; the result is an array over it
   * @param rows which rows; any may come twice
   * @return shape {@code (rows.length, ...)}
   * @throws IllegalArgumentException if there is no such row, or if the rows do not fill the place
   */
  public static FloatNdArray gather(FloatNdArray array, float[] to, int... rows) {
    int width = width(array);
    long[] shape = shape(array);
    float[] from = values(array);
    Checks.notNull("FloatArrays.gather", "rows", rows);
    shape[0] = rows.length;
    long[] whole = WholeNumbers.of(array);
    long[] toWhole = whole == null ? null : new long[to.length];
    FloatNdArray gathered = wrap(to, shape);
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] < 0 || rows[i] >= array.shape().get(0)) {
        throw Errors.in("FloatArrays.gather", "there is no such row.")
            .expected("0 to " + (array.shape().get(0) - 1))
            .got(rows[i])
            .fix("count rows from 0")
            .argument();
      }
      System.arraycopy(from, rows[i] * width, to, i * width, width);
      if (whole != null) {
        System.arraycopy(whole, rows[i] * width, toWhole, i * width, width);
      }
    }
    return whole == null ? gathered : new HeapFloats(to, toWhole, Shape.of(shape));
  }

  /**
   * Copies the rows from one index to before another, {@code array[from:to]}.
   *
   * @param array an array of rank 1 or more
   * @param from the first row
   * @param to the row behind the last one
   * @return shape {@code (to - from, ...)}, a copy
   * @throws IllegalArgumentException if there are no such rows
   */
  public static FloatNdArray rows(FloatNdArray array, int from, int to) {
    int width = width(array);
    long[] shape = shape(array);
    if (from < 0 || to < from || to > shape[0]) {
      throw Errors.in("FloatArrays.rows", "there are no such rows.")
          .expected("from 0 to " + shape[0])
          .got("from " + from + " to " + to)
          .fix("count rows from 0; the last one is left out")
          .argument();
    }
    shape[0] = (long) to - from;
    long[] whole = WholeNumbers.of(array);
    return new HeapFloats(
        Arrays.copyOfRange(values(array), from * width, to * width),
        whole == null ? null : Arrays.copyOfRange(whole, from * width, to * width),
        Shape.of(shape));
  }

  /**
   * Returns the rows of several arrays in one, {@code np.concatenate(arrays)}.
   *
   * @param arrays one or more, alike but for the number of rows
   * @return shape {@code (rows of all, ...)}, a copy; the array itself if it is the only one
   * @throws IllegalArgumentException if there is none, or if their rows differ in shape
   */
  public static FloatNdArray concatenate(List<FloatNdArray> arrays) {
    List<FloatNdArray> parts = Checks.list("FloatArrays.concatenate", "arrays", arrays);
    if (parts.isEmpty() || parts.get(0).rank() == 0) {
      throw Errors.in("FloatArrays.concatenate", "there are no rows.")
          .expected("arrays of one dimension or more")
          .got(parts.isEmpty() ? "no array" : "a single number")
          .fix("give one array or more, with the rows along the first dimension")
          .argument();
    }
    if (parts.size() == 1) {
      return parts.get(0);
    }
    long[] shape = shape(parts.get(0));
    long rows = 0;
    boolean whole = false;
    for (FloatNdArray part : parts) {
      rows += checkedRows(parts.get(0), part);
      whole |= WholeNumbers.of(part) != null;
    }
    shape[0] = rows;
    float[] values = new float[Math.toIntExact(Shape.of(shape).size())];
    long[] numbers = whole ? new long[values.length] : null;
    int at = 0;
    for (FloatNdArray part : parts) {
      float[] own = values(part);
      System.arraycopy(own, 0, values, at, own.length);
      if (whole) {
        WholeNumbers.copy(part, numbers, at);
      }
      at += own.length;
    }
    return new HeapFloats(values, numbers, Shape.of(shape));
  }

  private static long checkedRows(FloatNdArray first, FloatNdArray part) {
    if (part.rank() == 0 || !part.shape().tail().equals(first.shape().tail())) {
      throw Errors.in("FloatArrays.concatenate", "the rows differ in shape.")
          .expected("rows of shape " + Errors.shape(first.shape().tail().asArray()))
          .got("an array of shape " + Errors.shape(shape(part)))
          .fix("pad them, as Utils.padSequences does")
          .argument();
    }
    return part.shape().get(0);
  }

  /** Tells how many values a row has. */
  private static int width(FloatNdArray array) {
    if (Checks.given("FloatArrays", "array", array).rank() == 0) {
      throw Errors.in("FloatArrays", "a single number has no rows.")
          .expected("an array of one dimension or more")
          .got("shape ()")
          .fix("put it into an array")
          .argument();
    }
    long rows = array.shape().get(0);
    return rows == 0 ? 0 : (int) (array.size() / rows);
  }

  /**
   * Returns the values as doubles, for arithmetic that must not lose what a double array brings.
   *
   * @param data an array or list of numbers of any rank
   * @param where what it is, for messages
   * @return all numbers, row after row
   * @throws IllegalArgumentException if it is no array of numbers, or ragged
   */
  public static double[] doubles(Object data, String where) {
    if (NumberLists.is(data)) {
      return doubles(NumberLists.array(data, where), where);
    }
    if (data != null && data.getClass().isArray()) {
      JavaArray array = new JavaArray(data, where);
      double[] values = new double[array.size()];
      array.forEachRow((row, offset) -> Rows.toDoubles(row, values, offset));
      return values;
    }
    return NdArrayReader.doubles(data instanceof NdArray<?> array ? array : of(data, where), where);
  }

  /**
   * Returns the values as whole numbers, for arithmetic and look-ups that must not lose digits:
   * exactly those that were given as whole numbers, of others what is before the point.
   *
   * @param data an array or list of numbers of any rank
   * @param where what it is, for messages
   * @return all numbers, row after row
   * @throws IllegalArgumentException if it is no array of numbers, ragged, or has NaN, infinity or
   *     a float from 16,777,216 on, whose digits are lost already
   */
  public static long[] longs(Object data, String where) {
    return WholeNumbers.of(of(data, where), where);
  }

  /**
   * Tells whether an array has whole numbers that its floats are rounded from.
   *
   * @param array any array
   * @return true if {@link #longs} gives more digits than {@link #values}
   */
  public static boolean isRounded(FloatNdArray array) {
    return WholeNumbers.of(array) != null;
  }

  /**
   * Returns an array without the whole numbers that it may have beside its floats.
   *
   * @param array any array
   * @return the array itself if it has none; else another one over the same floats
   */
  public static FloatNdArray floats(FloatNdArray array) {
    return isRounded(array) ? wrap(values(array), shape(array)) : array;
  }

  static IllegalArgumentException unsupported(String where, String type) {
    return Errors.in(where, "this is no array of numbers.")
        .expected(
            "a Java array of float, double, int, long, short, byte or boolean of any rank,"
                + " or an NdArray")
        .got(type)
        .fix("convert it, for instance to float[][]")
        .argument();
  }
}
