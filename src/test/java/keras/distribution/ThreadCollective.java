package keras.distribution;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Workers that are threads of one process, for tests of what is computed and not of how it is sent.
 */
public final class ThreadCollective implements Collective {

  private static final int SECONDS = 60;

  private final Shared shared;
  private final int rank;
  private int sums;

  private ThreadCollective(Shared shared, int rank) {
    this.shared = shared;
    this.rank = rank;
  }

  private static final class Shared {
    private final float[][] parts;
    private final CyclicBarrier barrier;
    private volatile String reason;

    Shared(int size) {
      parts = new float[size][];
      barrier = new CyclicBarrier(size);
    }
  }

  /** Lets each worker do something in a thread of its own, and returns what they got, by rank. */
  public static <T> List<T> each(int size, Function<ThreadCollective, T> work) throws Exception {
    Shared shared = new Shared(size);
    ExecutorService threads = Executors.newFixedThreadPool(size);
    try {
      List<Future<T>> running = new ArrayList<>();
      for (int rank = 0; rank < size; rank++) {
        ThreadCollective workers = new ThreadCollective(shared, rank);
        running.add(
            threads.submit(
                () -> {
                  try {
                    return work.apply(workers);
                  } catch (RuntimeException | Error e) {
                    shared.barrier.reset();
                    throw e;
                  }
                }));
      }
      List<T> results = new ArrayList<>();
      ExecutionException failed = null;
      for (Future<T> each : running) {
        try {
          results.add(each.get());
        } catch (ExecutionException e) {
          boolean first = failed == null || failed.getCause() instanceof DistributionException;
          failed = first ? e : failed;
        }
      }
      if (failed != null) {
        throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
      }
      return results;
    } finally {
      threads.shutdown();
    }
  }

  /** Tells how many sums there were so far. */
  public int sums() {
    return sums;
  }

  @Override
  public int rank() {
    return rank;
  }

  @Override
  public int size() {
    return shared.parts.length;
  }

  @Override
  public float[] sum(float[] values) {
    sums++;
    shared.parts[rank] = values;
    await();
    float[] sum = new float[values.length];
    for (float[] part : shared.parts) {
      if (part.length != sum.length) {
        throw new DistributionException("lengths differ: " + part.length + ", " + sum.length);
      }
      for (int i = 0; i < sum.length; i++) {
        sum[i] += part[i];
      }
    }
    await();
    return sum;
  }

  private void await() {
    try {
      shared.barrier.await(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new DistributionException("a worker gave up: " + shared.reason, e);
    }
  }

  @Override
  public void abort(String reason) {
    shared.reason = reason;
    shared.barrier.reset();
  }

  @Override
  public void close() {}
}
