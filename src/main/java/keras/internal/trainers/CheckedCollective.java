package keras.internal.trainers;

import keras.distribution.Collective;
import keras.distribution.DistributionException;
import keras.internal.messages.Errors;

/** Workers whose answers are looked at, as they may be somebody else's class. */
final class CheckedCollective implements Collective {

  private static final String WHERE = "model.distribute";

  private final Collective workers;
  private final int rank;
  private final int size;

  CheckedCollective(Collective workers) {
    this.workers = workers;
    this.rank = workers.rank();
    this.size = workers.size();
    if (rank < 0 || rank >= size) {
      throw Errors.in(WHERE, "the collective has no such worker.")
          .expected("a rank from 0 on that is less than the size")
          .got("rank " + rank + ", size " + size)
          .fix("use the one of Distribution.initialize, or correct rank() and size()")
          .argument();
    }
  }

  @Override
  public int rank() {
    return rank;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public float[] sum(float[] values) {
    return checked(values, workers.sum(values));
  }

  @Override
  public float[] broadcast(float[] values) {
    return checked(values, workers.broadcast(values));
  }

  private static float[] checked(float[] given, float... got) {
    if (got == null || got.length != given.length) {
      throw new DistributionException(
          Errors.message(
              WHERE,
              "the collective did not add up.",
              given.length + " numbers",
              got == null ? "null" : got.length + " numbers",
              "use the one of Distribution.initialize, or correct sum and broadcast"));
    }
    return got;
  }

  @Override
  public void abort(String reason) {
    workers.abort(reason);
  }

  /** Does nothing: who made the workers closes them. */
  @Override
  public void close() {}
}
