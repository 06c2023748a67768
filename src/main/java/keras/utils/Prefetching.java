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
 * no thread behind: what has been asked for is computed, and nothing waits.
 */
final class Prefetching implements Iterator<Batch> {
  private final Iterator<Batch> elements;
  private final int bufferSize;
  private final Deque<CompletableFuture<Optional<Batch>>> ahead = new ArrayDeque<>();
  private CompletableFuture<Optional<Batch>> last = CompletableFuture.completedFuture(null);

  Prefetching(Iterator<Batch> elements, int bufferSize) {
    this.elements = elements;
    this.bufferSize = bufferSize;
  }

  private void fill() {
    while (ahead.size() < bufferSize) {
      last = last.thenApplyAsync(any -> read());
      ahead.add(last);
    }
  }

  private Optional<Batch> read() {
    return elements.hasNext() ? Optional.of(elements.next()) : Optional.empty();
  }

  private Optional<Batch> first() {
    fill(); // Not before somebody asks.
    try {
      return ahead.element().join();
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
    ahead.remove();
    fill();
    return batch;
  }
}
