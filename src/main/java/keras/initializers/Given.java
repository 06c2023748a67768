package keras.initializers;

import keras.internal.messages.Errors;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;

/** Values that the caller chose one by one. */
final class Given extends Initializer {

  private final FloatNdArray values;

  Given(FloatNdArray values) {
    this.values = values;
  }

  @Override
  public float[] call(Shape shape) {
    if (!shape.equals(values.shape())) {
      throw Errors.in(
              "Initializer", "the array given as first value has another shape than the weight.")
          .expected(Errors.shape(shape.asArray()))
          .got(Errors.shape(values.shape().asArray()))
          .fix("give an array of the weight's shape")
          .argument();
    }
    float[] copy = new float[Math.toIntExact(shape.size())];
    values.copyTo(DataBuffers.of(copy));
    return copy;
  }
}
