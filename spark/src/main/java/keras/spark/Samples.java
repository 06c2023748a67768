package keras.spark;

import java.util.Arrays;
import keras.utils.FloatArrays;
import org.apache.spark.sql.Row;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;

/** The numbers of some rows, one after the other, for one input or output of a model. */
final class Samples {

  /** From here on a float stands for several whole numbers. */
  private static final double ROUNDED = 1 << 24;

  private final Rows rows;
  private long[] shape;
  private float[] values = new float[0];

  /** The same numbers, from the first one on that a float rounds. */
  private double[] exact;

  private int size;
  private int count;

  Samples(Rows rows) {
    this.rows = rows;
  }

  int count() {
    return count;
  }

  /** Reads a row and adds what it has. */
  void add(Row row) {
    add(row, rows.read(row));
  }

  /** Adds what {@link Rows#read} has read of a row. */
  void add(Row row, double... sample) {
    if (shape == null) {
      shape = rows.shape(sample.length);
      size = sample.length;
    }
    if (sample.length != size) {
      throw rows.bad(row, size + " numbers, as the first row has", sample.length + " numbers");
    }
    int from = count * size;
    if (from + size > values.length) {
      values = Arrays.copyOf(values, Math.max(size, 2 * values.length));
    }
    for (int i = 0; i < size; i++) {
      values[from + i] = (float) sample[i];
      if (exact == null && Math.abs(sample[i]) >= ROUNDED) {
        keepExact();
      }
    }
    if (exact != null) {
      exact = exact.length < values.length ? Arrays.copyOf(exact, values.length) : exact;
      System.arraycopy(sample, 0, exact, from, size);
    }
    count++;
  }

  private void keepExact() {
    exact = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      exact[i] = values[i];
    }
  }

  /** Returns all samples. */
  FloatNdArray array() {
    long[] all = new long[shape.length + 1];
    all[0] = count;
    System.arraycopy(shape, 0, all, 1, shape.length);
    if (exact != null) {
      return FloatArrays.of(Arrays.copyOf(exact, count * size), "rows").withShape(Shape.of(all));
    }
    return FloatArrays.wrap(Arrays.copyOf(values, count * size), all);
  }
}
