package keras.utils;

import java.util.Arrays;
import keras.internal.messages.Errors;
import org.tensorflow.ndarray.FloatNdArray;

/** Class numbers and their one-hot vectors: {@link Utils#toCategorical}. */
final class OneHot {
  private static final String WHERE = "toCategorical";

  private final long[] shape;
  private final float[] classes;

  OneHot(Object x) {
    FloatNdArray given = FloatArrays.of(x, WHERE + ": x");
    classes = FloatArrays.values(given);
    long[] whole = FloatArrays.shape(given);
    int last = whole.length - 1;
    shape = last > 0 && whole[last] == 1 ? Arrays.copyOf(whole, last) : whole;
  }

  FloatNdArray encode() {
    if (classes.length == 0) {
      throw Errors.in(WHERE, "there are no class numbers to count the classes by.")
          .expected("one number or more")
          .got("shape " + Errors.shape(shape))
          .fix("pass numClasses")
          .argument();
    }
    float greatest = 0;
    for (float each : classes) {
      greatest = Math.max(greatest, each);
    }
    return encode((int) greatest + 1);
  }

  FloatNdArray encode(int numClasses) {
    if ((long) classes.length * numClasses > Integer.MAX_VALUE - 8) {
      throw Errors.in(WHERE, "the result is too large for an array.")
          .expected("at most " + (Integer.MAX_VALUE - 8) + " numbers")
          .got(classes.length + " vectors of " + numClasses)
          .fix("keep the class numbers, with loss(\"sparse_categorical_crossentropy\")")
          .argument();
    }
    float[] vectors = new float[classes.length * numClasses];
    for (int i = 0; i < classes.length; i++) {
      if (!(classes[i] > -1 && classes[i] < numClasses)) {
        throw Errors.in(WHERE, "a class number is out of range.")
            .expected("0 to " + (numClasses - 1))
            .got(classes[i])
            .fix("number the classes from 0, or pass a greater numClasses")
            .argument();
      }
      vectors[i * numClasses + (int) classes[i]] = 1;
    }
    long[] encoded = Arrays.copyOf(shape, shape.length + 1);
    encoded[shape.length] = numClasses;
    return FloatArrays.wrap(vectors, encoded);
  }
}
