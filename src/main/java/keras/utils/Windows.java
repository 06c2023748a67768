package keras.utils;

import keras.internal.messages.Errors;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;

/** Cuts windows out of a time series. */
final class Windows {
  private Windows() {}

  /** A series, whose first axis is time. */
  static FloatNdArray series(String where, Object given) {
    FloatNdArray series = FloatArrays.of(given, where);
    if (series.rank() == 0) {
      throw Errors.in(where, "this is no series.")
          .expected("shape (steps, ...)")
          .got("shape " + Errors.shape())
          .fix("pass an array whose first dimension is time")
          .argument();
    }
    return series;
  }

  /**
   * Returns the windows that begin at the given steps.
   *
   * @param span how many steps a window covers, of which it takes every {@code rate}-th
   * @return shape {@code (starts.length, ceil(span / rate), ...)}
   */
  static FloatNdArray gather(
      FloatNdArray series, int[] starts, int span, int rate, boolean reverse) {
    int taken = (span + rate - 1) / rate;
    int[] rows = new int[starts.length * taken];
    for (int i = 0; i < starts.length; i++) {
      for (int step = 0; step < taken; step++) {
        int place = reverse ? taken - 1 - step : step;
        rows[i * taken + place] = starts[i] + step * rate;
      }
    }
    long[] shape = FloatArrays.shape(series);
    long[] windowed = new long[shape.length + 1];
    windowed[0] = starts.length;
    windowed[1] = taken;
    System.arraycopy(shape, 1, windowed, 2, shape.length - 1);
    return FloatArrays.gather(series, rows).withShape(Shape.of(windowed));
  }
}
