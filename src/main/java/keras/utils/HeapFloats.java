package keras.utils;

import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;

/**
 * A dense array that knows the Java array under it, which {@code FloatNdArray} itself keeps to
 * itself: what {@link FloatArrays} makes, so that reading it back needs no copy.
 */
final class HeapFloats extends PrintedFloats {
  private final float[] values;

  /** The whole numbers that were given, where floats round them; null where they do not. */
  private final long[] whole;

  HeapFloats(float[] values, long[] whole, Shape shape) {
    super(DataBuffers.of(values, false, false), shape);
    this.values = values;
    this.whole = whole;
  }

  float[] values() {
    return values;
  }

  /** Returns the whole numbers that the values were rounded from; null if they were not. */
  long[] whole() {
    return whole;
  }

  @Override
  public FloatNdArray withShape(Shape shape) {
    return shape.size() == values.length
        ? new HeapFloats(values, whole, shape)
        : super.withShape(shape);
  }
}
