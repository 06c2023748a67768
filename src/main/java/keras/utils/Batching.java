package keras.utils;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Elements joined into batches. */
final class Batching implements Iterator<Batch> {
  private final Iterator<Batch> elements;
  private final int size;
  private final boolean dropsRemainder;
  private List<Batch> ahead = List.of();

  Batching(Iterator<Batch> elements, int size, boolean dropsRemainder) {
    this.elements = elements;
    this.size = size;
    this.dropsRemainder = dropsRemainder;
  }

  @Override
  public boolean hasNext() {
    if (ahead.isEmpty()) {
      ahead = new ArrayList<>();
      while (ahead.size() < size && elements.hasNext()) {
        ahead.add(elements.next());
      }
    }
    return ahead.size() == size || (!ahead.isEmpty() && !dropsRemainder);
  }

  @Override
  public Batch next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Batch batch = Samples.joined(ahead);
    ahead = List.of();
    return batch;
  }
}
