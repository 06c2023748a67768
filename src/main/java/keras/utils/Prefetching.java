package keras.utils;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Elements computed ahead by another thread, one after another. Whoever stops in the middle leaves
 * no thread behind: the buffer fills up, and nothing waits.
 */
final class Prefetching implements Iterator<Batch> {
  private final Iterator<Batch> elements;
  private final int bufferSize;
  private final Deque<CompletableFuture<Optional<Batch>>> ahead = new ArrayDeque<>();
  private boolean computes;
  private boolean ended;

  Prefetching(Iterator<Batch> elements, int bufferSize) {
    this.elements = elements;
    this.bufferSize = bufferSize;
  }

  /** Has the next element computed if there is room for it, and no other one is being computed. */
  private synchronized void fill() {
    if (computes || ended || ahead.size() >= bufferSize) {
      return;
    }
    computes = true;
    CompletableFuture<Optional<Batch>> next = new CompletableFuture<>();
    ahead.add(next);
    next.defaultExecutor().execute(() -> compute(next));
  }

  private void compute(CompletableFuture<Optional<Batch>> next) {
    Optional<Batch> element = Optional.empty();
    Throwable failure = null;
    try {
      element = elements.hasNext() ? Optional.of(elements.next()) : Optional.empty();
    } catch (Throwable e) { // Whoever waits must hear of it, whatever it is.
      failure = e;
    }
    try {
      goOn(element.isEmpty());
    } finally {
      if (failure == null) {
        next.complete(element);
      } else {
        next.completeExceptionally(failure);
      }
    }
  }

  /** Lets the next element be computed, before anybody sees this one. */
  private synchronized void goOn(boolean end) {
    computes = false;
    ended = end;
    fill();
  }

  private synchronized CompletableFuture<Optional<Batch>> head() {
    fill(); // Not before somebody asks.
    return ahead.element();
  }

  private Optional<Batch> first() {
    try {
      return head().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  @Override
  public boolean hasNext() {
    return first().isPresent();
  }

  @Override
  public Batch next() {
    Batch batch = first().orElseThrow(NoSuchElementException::new);
    synchronized (this) {
      ahead.remove();
      fill();
    }
    return batch;
  }
}
