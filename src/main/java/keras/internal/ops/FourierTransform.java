package keras.internal.ops;

import java.util.Arrays;
import java.util.List;
import keras.internal.graph.Tape;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * The discrete Fourier transform of real numbers. It brings its own gradient, for TensorFlow's C++
 * library has none. TensorFlow-Java has no type for complex numbers: they go from op to op here,
 * and nowhere else.
 */
public final class FourierTransform {

  private FourierTransform() {}

  /**
   * Adds the transform of what lies along the last dimension.
   *
   * @param tape records it
   * @param signals (..., length)
   * @param length how many numbers there are
   * @return the real and the imaginary parts, each (..., length / 2 + 1)
   */
  public static List<Operand<TFloat32>> ofReal(Tape tape, Operand<TFloat32> signals, int length) {
    Ops tf = tape.tf();
    Operand<TInt32> lengths = tf.constant(new int[] {length});
    Output<TType> complex = op(tf, "RFFT", signals, lengths);
    List<Operand<TFloat32>> parts =
        List.of(op(tf, "Real", complex), FourierTransform.<TFloat32>op(tf, "Imag", complex));
    tape.record(
        List.of(signals), List.of(), parts, gradients -> List.of(back(tf, gradients, length)));
    return parts;
  }

  /** Returns the gradient of the signals. */
  private static Operand<TFloat32> back(Ops tf, List<Operand<TFloat32>> gradients, int length) {
    Operand<TFloat32> real = gradients.get(0);
    Operand<TFloat32> imaginary = gradients.get(1);
    Operand<TFloat32> real0 = real == null ? tf.zerosLike(imaginary) : real;
    Operand<TFloat32> imaginary0 = imaginary == null ? tf.zerosLike(real) : imaginary;
    // The inverse takes each frequency between the ends for two, and the mean over all.
    float[] factors = new float[length / 2 + 1];
    Arrays.fill(factors, length / 2f);
    factors[0] = length;
    if (length % 2 == 0) {
      factors[length / 2] = length;
    }
    Operand<TFloat32> each = tf.constant(factors);
    Output<TType> complex =
        op(tf, "Complex", tf.math.mul(real0, each), tf.math.mul(imaginary0, each));
    return op(tf, "IRFFT", complex, tf.constant(new int[] {length}));
  }

  /** Adds an op whose types are those that TensorFlow takes by default. */
  private static <T extends TType> Output<T> op(Ops tf, String type, Operand<?>... inputs) {
    var builder = tf.scope().opBuilder(type, type);
    for (Operand<?> input : inputs) {
      builder.addInput(input.asOutput());
    }
    return builder.build().output(0);
  }
}
