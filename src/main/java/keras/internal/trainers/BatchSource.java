package keras.internal.trainers;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import keras.internal.messages.Errors;
import keras.internal.messages.Warnings;
import keras.utils.Batch;
import keras.utils.Batches;
import keras.utils.Dataset;
import keras.utils.Sequence;
import keras.utils.TextBatch;

/**
 * Batches that something else makes: a sequence, a generator, a stream.
 *
 * <p>Porting note: as in Keras 3.15.1, what can be gone through only once starts anew with its
 * first two batches, followed by what is left of it, after an epoch in which it ran out, and for
 * each validation. Keras then also loses what it had read ahead.
 */
final class BatchSource implements Source {

  /** How many batches are kept of what can be gone through only once. */
  private static final int KEPT = 2;

  private final String where;
  private final Network network;
  private final Iterable<?> batches;
  private final Integer limit;
  private final List<Batch> kept = new ArrayList<>();
  private Iterator<?> running;
  private Batch ahead;
  private boolean ranOut;
  private boolean restarts;

  /**
   * @param where who asks, as messages name it
   * @param network reads texts that come in place of arrays
   * @param data an {@code Iterable}, {@code Iterator} or {@code Stream} of batches
   * @param limit how many batches make an epoch; null for all
   */
  BatchSource(String where, Network network, Object data, Integer limit) {
    this.where = where;
    this.network = network;
    this.limit = limit;
    if (data instanceof Iterable<?> iterable) {
      batches = iterable;
    } else {
      batches = null;
      running = data instanceof Stream<?> stream ? stream.iterator() : (Iterator<?>) data;
    }
  }

  /** Tells whether something yields batches, and is no array. */
  static boolean accepts(Object data) {
    if (data instanceof List<?> list && !list.isEmpty() && !(list.get(0) instanceof Batch)) {
      return false; // One array for each input.
    }
    return data instanceof Iterable<?> || data instanceof Iterator<?> || data instanceof Stream<?>;
  }

  @Override
  public Integer steps() {
    if (limit != null) {
      return limit;
    }
    if (batches instanceof Dataset dataset) {
      return dataset.cardinality().isPresent() ? (Integer) dataset.cardinality().getAsInt() : null;
    }
    if (batches instanceof Batches sized) {
      return sized.length();
    }
    return batches instanceof Collection<?> collection ? (Integer) collection.size() : null;
  }

  /** Returns the first batch, which the next epoch begins with all the same. */
  Batch first() {
    if (batches instanceof Sequence sequence && sequence.length() > 0) {
      return checked(sequence.getItem(0));
    }
    begin();
    ahead = checked(running.next());
    return ahead;
  }

  /** Goes back to the first batch where the batches have ended and there is a way back. */
  private void begin() {
    boolean over = limit == null || running == null || !running.hasNext();
    if (batches != null && ahead == null && over) {
      running = batches.iterator();
    }
    if (batches == null && ranOut && !restarts) {
      Warnings.warn(
          BatchSource.class,
          "{}: there are no more batches: the first {} come again.",
          where,
          kept.size());
    }
    if (batches == null && (ranOut || restarts)) {
      running = chain(List.copyOf(kept).iterator(), running);
      ranOut = false;
      restarts = false;
    }
    boolean seen = ahead != null || (batches == null && !kept.isEmpty());
    if (!seen && !running.hasNext()) {
      throw Errors.in(where, "there are no batches.")
          .expected("at least one batch")
          .got("none")
          .fix("check what yields them; an Iterator or a Stream can be gone through only once")
          .argument();
    }
  }

  private static Iterator<Object> chain(Iterator<?> first, Iterator<?> second) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return first.hasNext() || second.hasNext();
      }

      @Override
      public Object next() {
        return first.hasNext() ? first.next() : second.next();
      }
    };
  }

  @Override
  public Iterator<Batch> epoch() {
    if (batches instanceof Sequence sequence) {
      sequence.onEpochBegin();
    }
    begin();
    Iterator<?> source = running;
    return new Iterator<>() {
      private int taken;
      private boolean ended;

      @Override
      public boolean hasNext() {
        if (limit != null && taken >= limit) {
          return false;
        }
        boolean more = ahead != null || source.hasNext();
        if (!more && limit != null && !ranOut) {
          Warnings.warn(
              BatchSource.class,
              "{}: there are no more batches after {} of {}.",
              where,
              taken,
              limit);
        }
        if (!more && !ended && limit == null && isCounted()) {
          ended = true;
          // Keras makes an iterator that it does not use: a shuffle leaves out every second order.
          Iterator<?> unused = batches.iterator();
        }
        ranOut = !more;
        return more;
      }

      @Override
      public Batch next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        taken++;
        Batch batch = ahead != null ? ahead : checked(source.next());
        ahead = null;
        if (batches == null && kept.size() < KEPT) {
          kept.add(batch);
        }
        return batch;
      }
    };
  }

  private boolean isCounted() {
    return batches instanceof Dataset dataset && dataset.cardinality().isPresent();
  }

  private Batch checked(Object next) {
    if (next instanceof Batch batch) {
      return batch;
    }
    if (next instanceof TextBatch texts) {
      Object read = network.read(where, texts.texts());
      if (read == texts.texts()) {
        throw Errors.in(where + ": x", "the model does not begin with a layer that reads texts.")
            .expected("new Input(shape(1)).dtype(\"string\"), then a TextVectorization")
            .got("a TextDataset")
            .fix("add these to the model, or give dataset.map(vectorization::apply)")
            .argument();
      }
      return Batch.of(where, read, texts.labels(), null);
    }
    throw Errors.in(where + ": x", "what yields batches yielded something else.")
        .expected("keras.utils.Batch")
        .got(next == null ? "null" : next.getClass().getName())
        .fix("yield Batch.of(x, y)")
        .argument();
  }

  /** A sequence is told of the epochs, yet not asked for items that nobody will look at. */
  @Override
  public void skipEpochs(int epochs) {
    if (limit != null || !(batches instanceof Sequence sequence)) {
      Source.super.skipEpochs(epochs);
      return;
    }
    for (int i = 0; i < epochs; i++) {
      sequence.onEpochBegin();
      if (sequence instanceof ShuffledSequence shuffled) {
        shuffled.drawOrder();
      }
      sequence.onEpochEnd();
    }
  }

  @Override
  public void restart() {
    if (batches != null && ahead == null) {
      running = null;
    }
    restarts = batches == null && !kept.isEmpty();
  }

  @Override
  public void endEpoch() {
    if (batches instanceof Sequence sequence) {
      sequence.onEpochEnd();
    }
  }
}
