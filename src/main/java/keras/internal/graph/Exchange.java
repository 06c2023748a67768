package keras.internal.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * A place in a program at which a vector is added up over all workers while the program runs: it
 * puts its own vector into one queue and goes on once the sum has come out of another.
 *
 * @param send puts this worker's vector into the first queue
 * @param sent takes it out again, for the workers to add up
 * @param sum what the second queue is given
 * @param give puts the sum there
 * @param close ends both queues, so that nobody waits any more
 * @param fixed how many numbers there are, apart from those for each sample
 * @param perSample how many more there are for each sample of the global batch
 */
record Exchange(
    Op send,
    Operand<TFloat32> sent,
    Placeholder<TFloat32> sum,
    Op give,
    Op close,
    long fixed,
    long perSample) {

  /** Tells how many numbers are added up for a global batch of some samples. */
  int length(long samples) {
    return Math.toIntExact(fixed + perSample * samples);
  }
}
