package keras.utils;

import java.util.Arrays;
import keras.internal.messages.Errors;
import keras.internal.text.NumpyFormat;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.IllegalRankException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.ndarray.impl.dense.FloatDenseNdArray;

/**
 * A dense array that knows the Java array under it, which {@code FloatNdArray} itself keeps to
 * itself: what {@link FloatArrays} makes, so that reading it back needs no copy.
 */
final class HeapFloats extends FloatDenseNdArray {
  private final float[] values;

  HeapFloats(float[] values, Shape shape) {
    super(DataBuffers.of(values, false, false), shape);
    this.values = values;
  }

  float[] values() {
    return values;
  }

  /** Returns the numbers as NumPy prints them. */
  @Override
  public String toString() {
    return NumpyFormat.of(values, shape().asArray());
  }

  @Override
  public float getFloat(long... indices) {
    try {
      return super.getFloat(indices);
    } catch (IndexOutOfBoundsException | IllegalRankException e) {
      throw noSuchElement(indices);
    }
  }

  @Override
  public FloatNdArray setFloat(float value, long... indices) {
    try {
      return super.setFloat(value, indices);
    } catch (IndexOutOfBoundsException | IllegalRankException e) {
      throw noSuchElement(indices);
    }
  }

  @Override
  public FloatNdArray get(long... indices) {
    try {
      return super.get(indices);
    } catch (IndexOutOfBoundsException | IllegalRankException e) {
      throw noSuchElement(indices);
    }
  }

  private IllegalArgumentException noSuchElement(long... indices) {
    return Errors.in("array of shape " + Errors.shape(shape().asArray()), "no such element.")
        .expected(shape().numDimensions() + " indices, each from 0 and below its dimension")
        .got(Arrays.toString(indices))
        .fix("array.shape() tells the dimensions; get(i) gives a row")
        .argument();
  }

  @Override
  public FloatNdArray withShape(Shape shape) {
    return shape.size() == values.length ? new HeapFloats(values, shape) : super.withShape(shape);
  }
}
