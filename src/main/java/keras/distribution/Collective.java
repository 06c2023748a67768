package keras.distribution;

/**
 * Several processes that add up vectors, each of which is one worker with a rank.
 *
 * <p>All workers call the same methods in the same order with vectors of the same length. What
 * comes back is equal bit for bit on all of them. Each call ends within the timeout that the
 * collective was made with, by a result or by a {@link DistributionException}; after an exception
 * it can only be closed.
 *
 * <p>{@link Distribution#initialize()} makes one that runs on TensorFlow's own runtime.
 */
public interface Collective extends AutoCloseable {

  /**
   * Returns this worker's place.
   *
   * @return 0 for the one that starts, prints and writes, up to {@code size() - 1}
   */
  int rank();

  /**
   * Returns the number of workers.
   *
   * @return at least 1
   */
  int size();

  /**
   * Adds up a vector over all workers.
   *
   * @param values this worker's part; every worker gives as many numbers. It is left as it is
   * @return a new array with the sums
   * @throws DistributionException if another worker is gone, is late or gave up
   */
  float[] sum(float[] values);

  /**
   * Sends what the worker of rank 0 has to all others.
   *
   * <p>By default a sum to which the others give zeros: a NaN arrives as a NaN, and -0 as 0.
   *
   * @param values rank 0's numbers; of the other workers only the length counts
   * @return a new array with rank 0's numbers
   * @throws DistributionException if another worker is gone, is late or gave up
   */
  default float[] broadcast(float[] values) {
    return sum(rank() == 0 ? values : new float[values.length]);
  }

  /**
   * Gives up: calls that other workers wait in fail as soon as they hear of it, and with the
   * timeout at the latest. May be called from any thread, and also during a call.
   *
   * @param reason what the other workers' exceptions say
   */
  void abort(String reason);

  /** Ends this worker's part. The others should be done with their last call. */
  @Override
  void close();
}
