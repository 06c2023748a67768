package keras.distribution;

import keras.internal.messages.Checks;

/**
 * Trains copies of a model on parts of each batch. Keras: {@code keras.distribution.DataParallel}.
 *
 * <pre>{@code
 * model.distribute(new DataParallel(workers));
 * }</pre>
 *
 * <p>Each step has one global batch, of which every worker has some rows. What comes out is what
 * one process makes of the global batch: gradients are added up before they are clipped, dropout is
 * drawn for all rows, batch normalization is over all rows, losses and metrics are those of all.
 */
public final class DataParallel {

  private final Collective workers;
  private boolean autoShardDataset = true;

  /**
   * A distribution over some workers.
   *
   * @param workers from {@link Distribution#initialize()}
   */
  public DataParallel(Collective workers) {
    this.workers = Checks.given("DataParallel", "workers", workers);
  }

  /**
   * Sets whose data each worker is given. Keras: {@code auto_shard_dataset}.
   *
   * @param value true, the default: every worker is given all data in the same order, and takes its
   *     rows of each batch; a batch size is that of the global batch. False: every worker is given
   *     data of its own, and a batch size is that of its part; a worker whose data have ended
   *     before those of others takes part with no sample
   * @return this distribution
   */
  public DataParallel autoShardDataset(boolean value) {
    autoShardDataset = value;
    return this;
  }

  /** {@return who trains together} */
  public Collective workers() {
    return workers;
  }

  /** {@return whether each worker takes its rows of data that all are given} */
  public boolean shardsDataset() {
    return autoShardDataset;
  }
}
