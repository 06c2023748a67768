package keras.utils;

import java.util.Arrays;
import keras.internal.messages.Errors;
import org.tensorflow.ndarray.FloatNdArray;

/** A norm of vectors, {@code numpy.linalg.norm} along one axis: {@link Utils#normalize}. */
final class Norm {
  private final double order;

  Norm(double order) {
    this.order = order;
  }

  FloatNdArray normalize(FloatNdArray x, int axis) {
    long[] shape = FloatArrays.shape(x);
    if (axis < -shape.length || axis >= shape.length) {
      throw Errors.in("normalize", "there is no such axis.")
          .expected(
              "-"
                  + shape.length
                  + " to "
                  + (shape.length - 1)
                  + " for shape "
                  + Errors.shape(shape))
          .got(axis)
          .fix("pass -1 for the last axis")
          .argument();
    }
    int along = Math.floorMod(axis, shape.length);
    int length = (int) shape[along];
    int stride = 1;
    for (int inner = along + 1; inner < shape.length; inner++) {
      stride *= (int) shape[inner];
    }
    float[] values = FloatArrays.values(x).clone();
    for (int block = 0; block < values.length; block += length * stride) {
      for (int start = block; start < block + stride; start++) {
        divide(values, start, length, stride);
      }
    }
    return FloatArrays.wrap(values, shape.length == 1 ? new long[] {1, length} : shape);
  }

  private void divide(float[] values, int start, int length, int stride) {
    double[] vector = new double[length];
    for (int i = 0; i < length; i++) {
      vector[i] = Math.abs(values[start + i * stride]);
    }
    double norm = of(vector);
    for (int i = 0; i < length && norm != 0; i++) {
      values[start + i * stride] = (float) (values[start + i * stride] / norm);
    }
  }

  private double of(double[] magnitudes) {
    if (order == Double.POSITIVE_INFINITY) {
      return Arrays.stream(magnitudes).max().orElse(0);
    }
    if (order == Double.NEGATIVE_INFINITY) {
      return Arrays.stream(magnitudes).min().orElse(0);
    }
    if (order == 0) {
      return Arrays.stream(magnitudes).filter(each -> each != 0).count();
    }
    if (order == 2) {
      return Math.sqrt(Arrays.stream(magnitudes).map(each -> each * each).sum());
    }
    return Math.pow(Arrays.stream(magnitudes).map(each -> Math.pow(each, order)).sum(), 1 / order);
  }
}
