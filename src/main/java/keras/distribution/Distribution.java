package keras.distribution;

import java.util.Objects;
import java.util.function.Consumer;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;

/**
 * Makes the processes known to each other that train one model together. Keras: {@code
 * keras.distribution}.
 *
 * <pre>{@code
 * try (Collective workers = Distribution.initialize()) {
 *   model.distribute(new DataParallel(workers));
 *   model.fit(x, y, o -> o.batchSize(64).epochs(3));
 * }
 * }</pre>
 *
 * <p><b>Every worker listens on all interfaces of its machine, without password or encryption:</b>
 * whoever reaches its port can run what he likes there. TensorFlow's server knows no other way. Use
 * it in a network of its own only; docs/distribute.md shows how to set one up.
 */
public final class Distribution {

  private static final String WHERE = "Distribution.initialize";

  private Distribution() {}

  /**
   * Starts this process's part as the environment says: by Keras's {@code
   * KERAS_DISTRIBUTION_JOB_ADDRESSES} and {@code KERAS_DISTRIBUTION_PROCESS_ID}, or by TensorFlow's
   * {@code TF_CONFIG}. Without either, there is one worker.
   *
   * @return the workers, once all of them are there; to be closed
   * @throws DistributionException if a port is taken, or a worker does not come
   * @throws IllegalArgumentException if the environment says something wrong
   */
  public static Collective initialize() {
    return initialize(o -> {});
  }

  /**
   * Starts this process's part. Keras: {@code keras.distribution.initialize(job_addresses,
   * num_processes, process_id)}.
   *
   * @param options the arguments
   * @return the workers, once all of them are there; to be closed
   * @throws DistributionException if a port is taken, or a worker does not come
   * @throws IllegalArgumentException if an argument is wrong
   */
  public static Collective initialize(Consumer<InitializeOptions> options) {
    InitializeOptions o = Checks.set(WHERE, new InitializeOptions(), options);
    Cluster cluster = o.jobAddresses == null ? Cluster.of(System.getenv()).orElse(null) : given(o);
    if (cluster != null && o.processId != null && o.processId != cluster.rank()) {
      cluster = new Cluster(cluster.addresses(), o.processId);
    }
    if (o.numProcesses != null && cluster != null) {
      cluster.checkSize(o.numProcesses);
    }
    if (cluster == null
        && ((o.numProcesses != null && o.numProcesses > 1) || o.processId != null)) {
      throw Errors.in(WHERE + ": jobAddresses", "it is missing.")
          .expected("the addresses of all workers, as \"10.0.0.1:4000,10.0.0.2:4000\"")
          .got("numProcesses or processId alone")
          .fix("give jobAddresses(...), or set KERAS_DISTRIBUTION_JOB_ADDRESSES or TF_CONFIG")
          .argument();
    }
    if (cluster == null || cluster.size() == 1) {
      return new Alone();
    }
    return new TensorFlowCollective(cluster, o.startTimeout, o.timeout);
  }

  private static Cluster given(InitializeOptions o) {
    if (o.processId == null) {
      throw Errors.in(WHERE + ": processId", "it is missing.")
          .expected("which of the addresses is this process's, from 0 on")
          .got("jobAddresses alone")
          .fix("add processId(...), another one in each process")
          .argument();
    }
    return new Cluster(o.jobAddresses, Objects.requireNonNull(o.processId));
  }

  /** One worker, which has nobody to add up with. */
  private static final class Alone implements Collective {
    @Override
    public int rank() {
      return 0;
    }

    @Override
    public int size() {
      return 1;
    }

    @Override
    public float[] sum(float[] values) {
      return Checks.given("Collective.sum", "values", values).clone();
    }

    @Override
    public void abort(String reason) {}

    @Override
    public void close() {}
  }
}
