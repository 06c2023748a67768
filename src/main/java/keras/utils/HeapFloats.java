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

  HeapFloats(float[] values, Shape shape) {
    super(DataBuffers.of(values, false, false), shape);
    this.values = values;
  }

  float[] values() {
    return values;
  }

  @Override
  public FloatNdArray withShape(Shape shape) {
    return shape.size() == values.length ? new HeapFloats(values, shape) : super.withShape(shape);
  }
}
