package keras.internal.graph;

import keras.distribution.Collective;
import keras.utils.FloatArrays;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A program's part of a step that several workers do together: each has some rows of a global
 * batch. Keras: a replica.
 */
public final class Replica {

  /** How many numbers a run is fed with first. */
  private static final int HEADER = 3;

  private final ProgramBuilder program;
  private final Operand<TFloat32> header;

  /**
   * Makes a program part of a step of all workers; it is fed with a header first.
   *
   * @param workers who adds up
   * @param program a program without inputs
   */
  public Replica(Collective workers, ProgramBuilder program) {
    this.program = program;
    this.header = program.input(Shape.of(HEADER));
    program.workers(workers);
  }

  /**
   * Returns the array that a run is fed with first.
   *
   * @param samples the size of the global batch
   * @param offset where this worker's rows begin
   * @param stops whether this worker wants training to stop
   * @return a vector
   */
  public static FloatNdArray header(int samples, int offset, boolean stops) {
    return FloatArrays.wrap(new float[] {samples, offset, stops ? 1 : 0}, HEADER);
  }

  /** Returns the size of the global batch, a scalar. */
  Operand<TInt32> samples() {
    return program.tf().dtypes.cast(number(0), TInt32.class);
  }

  /** Returns where this worker's rows begin, a scalar. */
  Operand<TInt32> offset() {
    return program.tf().dtypes.cast(number(1), TInt32.class);
  }

  /**
   * Returns whether this worker wants training to stop.
   *
   * @return a vector of one number, 1 if it does
   */
  public Operand<TFloat32> stops() {
    Ops tf = program.tf();
    return tf.reshape(number(2), tf.constant(new int[] {1}));
  }

  private Operand<TFloat32> number(int index) {
    Ops tf = program.tf();
    return tf.reshape(
        tf.slice(header, tf.constant(new int[] {index}), tf.constant(new int[] {1})),
        tf.constant(new int[0]));
  }
}
