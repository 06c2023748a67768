package keras.trainers;

import java.util.Collection;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import keras.utils.Batch;
import keras.utils.Batches;
import keras.utils.Errors;
import keras.utils.Sequence;

/** Batches that something else makes: a sequence, a generator, a stream. */
final class BatchSource implements Source {

  private final String where;
  private final Iterable<Batch> batches;
  private final Integer limit;
  private Iterator<Batch> running;

  /**
   * @param where who asks, as messages name it
   * @param data an {@code Iterable}, {@code Iterator} or {@code Stream} of batches
   * @param limit how many batches make an epoch; null for all
   */
  @SuppressWarnings("unchecked")
  BatchSource(String where, Object data, Integer limit) {
    this.where = where;
    if (data instanceof Iterable<?> iterable) {
      batches = (Iterable<Batch>) iterable;
    } else {
      batches = null;
      running =
          data instanceof Stream<?> stream
              ? ((Stream<Batch>) stream).iterator()
              : (Iterator<Batch>) data;
    }
    this.limit = limit;
  }

  /** Whether something yields batches, and is no array. */
  static boolean accepts(Object data) {
    return data instanceof Iterable<?> || data instanceof Iterator<?> || data instanceof Stream<?>;
  }

  @Override
  public Integer steps() {
    if (limit != null) {
      return limit;
    }
    if (batches instanceof Batches sized) {
      return sized.length();
    }
    return batches instanceof Collection<?> collection ? (Integer) collection.size() : null;
  }

  @Override
  public Iterator<Batch> epoch() {
    if (batches instanceof Sequence sequence) {
      sequence.onEpochBegin();
    }
    if (batches != null && (limit == null || running == null || !running.hasNext())) {
      running = batches.iterator();
    }
    Iterator<Batch> source = running;
    return new Iterator<>() {
      private int taken;

      @Override
      public boolean hasNext() {
        return (limit == null || taken < limit) && source.hasNext();
      }

      @Override
      public Batch next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        taken++;
        Object next = source.next();
        if (next instanceof Batch batch) {
          return batch;
        }
        throw Errors.in(where + ": x", "what yields batches yielded something else.")
            .expected("keras.utils.Batch")
            .got(next == null ? "null" : next.getClass().getName())
            .fix("yield Batch.of(x, y)")
            .argument();
      }
    };
  }

  @Override
  public void restart() {
    if (batches != null) {
      running = null;
    }
  }

  @Override
  public void endEpoch() {
    if (batches instanceof Sequence sequence) {
      sequence.onEpochEnd();
    }
  }
}
