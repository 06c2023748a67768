package keras.internal.trainers;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import keras.internal.graph.Engine;
import keras.internal.graph.Tuning;
import keras.utils.Batch;
import keras.utils.FloatArrays;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;

/**
 * Puts predictions that several threads ask for into one run, once as many runs go on as there are
 * cores: those that would have to wait for a core wait for the end of a run instead, and then go on
 * together, in a thread that does nothing else. Nobody waits for a request that may come.
 */
final class JoinedRequests {

  /** Runs what was joined: TensorFlow is quicker in a thread that it has run in before. */
  private static final ExecutorService RUNNERS =
      Executors.newFixedThreadPool(Engine.cores(), JoinedRequests::thread);

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "keras-java requests");
    thread.setDaemon(true);
    return thread;
  }

  /** A call that waits for its answer. */
  private record Request(
      Batch batch,
      Function<Batch, List<FloatNdArray>> alone,
      Function<Batch, List<FloatNdArray>> joined,
      CompletableFuture<List<FloatNdArray>> answer) {

    void run() {
      try {
        answer.complete(alone.apply(batch));
      } catch (RuntimeException | Error e) {
        answer.completeExceptionally(e);
      }
    }

    List<FloatNdArray> await() {
      try {
        return answer.join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof Error error) {
          throw error;
        }
        throw (RuntimeException) e.getCause();
      }
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Request> waiting = new ArrayDeque<>();
  private int running;

  /** Tells whether a batch is small enough to be joined with others. */
  static boolean isSmall(Batch batch) {
    return batch.size() <= most(batch) / 2;
  }

  /** Returns how many samples of this kind a run may have. */
  private static long most(Batch batch) {
    long numbers = batch.inputs().stream().mapToLong(FloatNdArray::size).sum();
    long each = Math.max(1, numbers / Math.max(1, batch.size()));
    return Math.min(Tuning.MOST_JOINED_SAMPLES, Tuning.MOST_MERGED_NUMBERS / each);
  }

  /**
   * Runs a batch, alone or with others.
   *
   * @param batch one that has the shapes that the model wants
   * @param alone runs one batch
   * @param joined runs several that were put together
   * @return the outputs for this batch
   */
  List<FloatNdArray> run(
      Batch batch,
      Function<Batch, List<FloatNdArray>> alone,
      Function<Batch, List<FloatNdArray>> joined) {
    Request own = waitsOrNull(batch, alone, joined);
    if (own != null) {
      return own.await();
    }
    try {
      return alone.apply(batch);
    } finally {
      end();
    }
  }

  /** Returns the request that waits, or null if it may go on at once. */
  private Request waitsOrNull(
      Batch batch,
      Function<Batch, List<FloatNdArray>> alone,
      Function<Batch, List<FloatNdArray>> joined) {
    lock.lock();
    try {
      if (running < Engine.cores() && waiting.isEmpty()) {
        running++;
        return null;
      }
      Request own = new Request(batch, alone, joined, new CompletableFuture<>());
      waiting.add(own);
      startRunner();
      return own;
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    lock.lock();
    try {
      running--;
      startRunner();
    } finally {
      lock.unlock();
    }
  }

  /** Has a thread run what waits, if a core is free. */
  private void startRunner() {
    if (!waiting.isEmpty() && running < Engine.cores()) {
      running++;
      RUNNERS.execute(this::runNext);
    }
  }

  /** Runs what waits, and queues up again: other models' requests have their turn in between. */
  private void runNext() {
    List<Request> together = next();
    if (!together.isEmpty()) {
      run(together);
      RUNNERS.execute(this::runNext);
    }
  }

  /** Returns the next requests that go together; none if nothing waits. */
  private List<Request> next() {
    lock.lock();
    try {
      List<Request> together = new ArrayList<>();
      if (waiting.isEmpty()) {
        running--;
        return together;
      }
      Request first = waiting.element();
      long left = most(first.batch);
      List<Shape> samples = samples(first.batch);
      Iterator<Request> all = waiting.iterator();
      while (all.hasNext() && left > 0) {
        Request each = all.next();
        if (each.batch.size() <= left && samples(each.batch).equals(samples)) {
          all.remove();
          together.add(each);
          left -= each.batch.size();
        }
      }
      return together;
    } finally {
      lock.unlock();
    }
  }

  /** Returns the shapes of a sample. */
  private static List<Shape> samples(Batch batch) {
    return batch.inputs().stream().map(input -> input.shape().tail()).toList();
  }

  private static void run(List<Request> together) {
    if (together.size() > 1) {
      try {
        handOut(together, together.get(0).joined.apply(joined(together)));
        return;
      } catch (RuntimeException | Error e) {
        // Whose fault it is comes out below; the others are answered.
      }
    }
    together.forEach(Request::run);
  }

  private static Batch joined(List<Request> together) {
    List<FloatNdArray> inputs = new ArrayList<>();
    for (int i = 0; i < together.get(0).batch.inputs().size(); i++) {
      int input = i;
      inputs.add(
          FloatArrays.concatenate(
              together.stream().map(each -> each.batch.inputs().get(input)).toList()));
    }
    return new Batch(inputs, List.of(), List.of());
  }

  private static void handOut(List<Request> together, List<FloatNdArray> outputs) {
    int from = 0;
    for (Request each : together) {
      int[] rows = new int[each.batch.size()];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = from + i;
      }
      from += rows.length;
      each.answer.complete(
          outputs.stream().map(output -> FloatArrays.gather(output, rows)).toList());
    }
  }
}
