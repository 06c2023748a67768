package keras.utils;

import java.util.Arrays;
import java.util.function.Supplier;
import keras.internal.messages.Errors;
import keras.internal.text.NumpyFormat;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.IllegalRankException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.ndarray.impl.dense.FloatDenseNdArray;
import org.tensorflow.ndarray.index.Index;

/**
 * A dense array that prints its numbers, and says which index is wrong: an array of this library,
 * or a part of one, which shares its numbers.
 */
class PrintedFloats extends FloatDenseNdArray {

  PrintedFloats(FloatDataBuffer buffer, Shape shape) {
    super(buffer, shape);
  }

  /** Returns the numbers as NumPy prints them. */
  @Override
  public String toString() {
    float[] values = new float[(int) buffer().size()];
    buffer().read(values);
    return NumpyFormat.of(values, shape().asArray());
  }

  @Override
  public float getFloat(long... indices) {
    try { // Without a lambda, for loops call this.
      return super.getFloat(indices);
    } catch (IndexOutOfBoundsException | IllegalRankException e) {
      throw noSuchElement(Arrays.toString(indices));
    }
  }

  @Override
  public FloatNdArray setFloat(float value, long... indices) {
    try {
      return super.setFloat(value, indices);
    } catch (IndexOutOfBoundsException | IllegalRankException e) {
      throw noSuchElement(Arrays.toString(indices));
    }
  }

  @Override
  public Float getObject(long... indices) {
    return checked(() -> super.getObject(indices), () -> Arrays.toString(indices));
  }

  @Override
  public FloatNdArray setObject(Float value, long... indices) {
    return checked(() -> super.setObject(value, indices), () -> Arrays.toString(indices));
  }

  @Override
  public FloatNdArray get(long... indices) {
    FloatNdArray part = checked(() -> super.get(indices), () -> Arrays.toString(indices));
    long size = part.size();
    long place = 0;
    for (int i = 0; i < indices.length; i++) {
      place = place * shape().get(i) + indices[i];
    }
    return new PrintedFloats(buffer().slice(place * size, size), part.shape());
  }

  @Override
  public FloatNdArray slice(Index... indices) {
    return checked(() -> super.slice(indices), () -> Arrays.toString(indices));
  }

  private <T> T checked(Supplier<T> access, Supplier<String> indices) {
    try {
      return access.get();
    } catch (IndexOutOfBoundsException | IllegalRankException e) {
      throw noSuchElement(indices.get());
    }
  }

  private IllegalArgumentException noSuchElement(String indices) {
    return Errors.in("array of shape " + Errors.shape(shape().asArray()), "no such element.")
        .expected(shape().numDimensions() + " indices, each from 0 and below its dimension")
        .got(indices)
        .fix("array.shape() tells the dimensions; get(i) gives a row")
        .argument();
  }
}
