package keras.initializers;

import java.util.Arrays;
import keras.internal.graph.EagerOps;
import keras.internal.messages.Errors;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.random.StatelessRandomGetKeyCounter;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Random numbers as {@code keras.random} draws them: TensorFlow's stateless kernels, keyed by a
 * pair of numbers. What follows the kernel is computed in 32-bit floats, one operation at a time,
 * as TensorFlow does it.
 */
final class Draws {

  /** Keras folds its 64-bit seeds into TensorFlow's 32-bit ones with this modulus. */
  private static final long SEEDS = Integer.MAX_VALUE - 1;

  /** TensorFlow's number for "the algorithm that suits the device": Philox, on a CPU. */
  private static final int AUTO_SELECT = 3;

  private Draws() {}

  /** Adds a stateless kernel. */
  @FunctionalInterface
  private interface Kernel {
    Operand<TFloat32> draw(
        Ops tf, Operand<TInt32> shape, StatelessRandomGetKeyCounter key, Operand<TInt32> algorithm);
  }

  /** Numbers from {@code min} to {@code max}, all equally likely. */
  static float[] uniform(Shape shape, long[] seed, double min, double max) {
    float low = (float) min;
    float width = (float) max - low;
    return scaled(
        draw(
            shape,
            seed,
            (tf, dims, key, algorithm) ->
                tf.random.statelessRandomUniformV2(dims, key.key(), key.counter(), algorithm)),
        width,
        low);
  }

  /** Normally distributed numbers. */
  static float[] normal(Shape shape, long[] seed, double mean, double stddev) {
    return scaled(
        draw(
            shape,
            seed,
            (tf, dims, key, algorithm) ->
                tf.random.statelessRandomNormalV2(dims, key.key(), key.counter(), algorithm)),
        (float) stddev,
        (float) mean);
  }

  /** Normally distributed numbers, those beyond two standard deviations drawn again. */
  static float[] truncatedNormal(Shape shape, long[] seed, double mean, double stddev) {
    return scaled(
        draw(
            shape,
            seed,
            (tf, dims, key, algorithm) ->
                tf.random.statelessTruncatedNormalV2(dims, key.key(), key.counter(), algorithm)),
        (float) stddev,
        (float) mean);
  }

  private static float[] draw(Shape shape, long[] seed, Kernel kernel) {
    return EagerOps.run(
        tf ->
            kernel.draw(
                tf, tf.constant(dimensions(shape)), key(tf, seed), tf.constant(AUTO_SELECT)));
  }

  private static StatelessRandomGetKeyCounter key(Ops tf, long[] seed) {
    int[] folded = {(int) Math.floorMod(seed[0], SEEDS), (int) Math.floorMod(seed[1], SEEDS)};
    return tf.random.statelessRandomGetKeyCounter(tf.constant(folded));
  }

  /** Tells how many numbers a weight has, whose shape must be known. */
  static int size(String where, Shape shape) {
    if (shape == null || shape.isUnknown() || shape.hasUnknownDimension()) {
      throw unknown(where, shape == null ? "null" : Errors.shape(shape.asArray()));
    }
    long size = 1;
    boolean tooLarge = false;
    for (long each : shape.asArray()) {
      size = Math.min(size * Math.min(each, Integer.MAX_VALUE), 1L << 31);
      tooLarge |= each > Integer.MAX_VALUE;
    }
    if (tooLarge || size > Integer.MAX_VALUE) {
      throw Errors.in(where, "the weight has more numbers than fit into an array.")
          .expected("at most " + Integer.MAX_VALUE)
          .got("shape " + Errors.shape(shape.asArray()))
          .fix("make the layer smaller")
          .argument();
    }
    return (int) size;
  }

  private static IllegalArgumentException unknown(String where, String got) {
    return Errors.in(where, "the shape of the weight is not known.")
        .expected("a size for each dimension, as Shape.of(3, 4)")
        .got(got)
        .fix("give all sizes")
        .argument();
  }

  private static int[] dimensions(Shape shape) {
    size("Initializer", shape);
    return Arrays.stream(shape.asArray()).mapToInt(Math::toIntExact).toArray();
  }

  private static float[] scaled(float[] values, float factor, float offset) {
    for (int i = 0; i < values.length; i++) {
      float product = values[i] * factor;
      values[i] = product + offset;
    }
    return values;
  }
}
