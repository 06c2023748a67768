package keras.utils;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.random.NumpyRandom;

/**
 * Samples or batches one after another, in the words of {@code tf.data.Dataset}.
 *
 * <pre>{@code
 * Dataset data = Dataset.fromTensorSlices(x, y).shuffle(1024, 42).batch(32).prefetch(2);
 * model.fit(data, f -> f.epochs(5));
 * }</pre>
 *
 * <p>A dataset is a description: each method returns another one, and nothing is computed before it
 * is gone through, each time anew. Every element is a {@link Batch}; a sample by itself is a batch
 * of one, so that its arrays begin with a dimension of 1.
 */
public final class Dataset implements Batches {
  private static final long SEEDS_WITHOUT_SEED = Integer.MAX_VALUE;

  private final Supplier<Iterator<Batch>> source;
  private final Integer count;
  private final Integer batchSize;

  private Dataset(Supplier<Iterator<Batch>> source, Integer count, Integer batchSize) {
    this.source = source;
    this.count = count;
    this.batchSize = batchSize;
  }

  /**
   * Samples of arrays. Python: {@code tf.data.Dataset.from_tensor_slices((x, y))}.
   *
   * @param x inputs: an array, or a list or map of them, {@code (samples, ...)}
   * @param y targets, as many; null for none
   * @return the samples
   * @throws IllegalArgumentException if these are no arrays, or not of as many samples
   */
  public static Dataset fromTensorSlices(Object x, Object y) {
    Batch all = Batch.of("Dataset", x, y, null);
    return new Dataset(
        () -> IntStream.range(0, all.size()).mapToObj(row -> Samples.rows(all, row)).iterator(),
        all.size(),
        null);
  }

  /**
   * Samples or batches that something makes. Python: {@code tf.data.Dataset.from_generator}.
   *
   * @param generator called at the beginning of each iteration
   * @return what it makes
   */
  public static Dataset fromGenerator(Supplier<Stream<Batch>> generator) {
    Checks.notNull("Dataset.fromGenerator", "generator", generator);
    return new Dataset(
        () -> Checks.given("Dataset.fromGenerator", "a stream", generator.get()).iterator(),
        null,
        null);
  }

  /**
   * Batches that are there already, such as those of {@code timeseriesDatasetFromArray}.
   *
   * @param batches the batches
   * @return the same
   */
  public static Dataset of(Batches batches) {
    Checks.notNull("Dataset.of", "batches", batches);
    return new Dataset(batches::iterator, batches.length(), null);
  }

  /** Elements that are known to be so many. */
  static Dataset of(int count, Supplier<Iterator<Batch>> source) {
    return new Dataset(source, count, null);
  }

  /**
   * Changes each element. Python: {@code dataset.map(function)}.
   *
   * @param function from one batch to another
   * @return the changed elements
   */
  public Dataset map(UnaryOperator<Batch> function) {
    Checks.notNull("Dataset.map", "function", function);
    return new Dataset(
        () -> {
          Iterator<Batch> elements = iterator();
          return iterator(
              elements::hasNext,
              () -> Checks.given("Dataset.map", "a batch", function.apply(elements.next())));
        },
        count,
        batchSize);
  }

  /**
   * Gives the elements in another order each time. Python: {@code dataset.shuffle(buffer_size)}.
   *
   * @param bufferSize how many elements are drawn from; as many as there are, for a perfect shuffle
   * @return the elements
   * @throws IllegalArgumentException if bufferSize is not positive
   */
  public Dataset shuffle(int bufferSize) {
    return shuffle(bufferSize, NumpyRandom.shared().randint(SEEDS_WITHOUT_SEED));
  }

  /**
   * Gives the elements in another order each time; the same seed gives TensorFlow's orders. Python:
   * {@code dataset.shuffle(buffer_size, seed=seed)}.
   *
   * @param bufferSize how many elements are drawn from; as many as there are, for a perfect shuffle
   * @param seed the seed of all orders, not negative
   * @return the elements
   * @throws IllegalArgumentException if bufferSize is not positive, or the seed negative
   */
  public Dataset shuffle(int bufferSize, long seed) {
    Checks.positive("Dataset.shuffle", "bufferSize", bufferSize);
    if (seed < 0) {
      throw Errors.in("Dataset.shuffle", "the seed is negative.")
          .expected("0 or more")
          .got(seed)
          .fix("shuffle(1024, 42)")
          .argument();
    }
    ShuffleBuffer buffer = new ShuffleBuffer(bufferSize, seed);
    return new Dataset(() -> buffer.shuffle(iterator()), count, batchSize);
  }

  /**
   * Joins the samples of so many elements; the last batch may be smaller. Python: {@code
   * dataset.batch(batch_size)}.
   *
   * @param size how many
   * @return batches
   * @throws IllegalArgumentException if size is not positive; while going through, if elements have
   *     different shapes
   */
  public Dataset batch(int size) {
    return batch(size, false);
  }

  /**
   * Joins the samples of so many elements. Python: {@code dataset.batch(batch_size,
   * drop_remainder=...)}.
   *
   * @param size how many
   * @param dropRemainder whether a last, smaller batch is left out, as stateful models need
   * @return batches
   * @throws IllegalArgumentException if size is not positive; while going through, if elements have
   *     different shapes
   */
  public Dataset batch(int size, boolean dropRemainder) {
    Checks.positive("Dataset.batch", "size", size);
    Integer batches = count == null ? null : dropRemainder ? count / size : ceil(count, size);
    return new Dataset(() -> new Batching(iterator(), size, dropRemainder), batches, size);
  }

  private static int ceil(int all, int size) {
    return all / size + (all % size == 0 ? 0 : 1);
  }

  /**
   * Leaves out what comes after so many elements. Python: {@code dataset.take(count)}.
   *
   * @param most how many elements are left at most
   * @return the first elements
   * @throws IllegalArgumentException if it is negative
   */
  public Dataset take(int most) {
    Checks.notNegative("Dataset.take", "most", most);
    return new Dataset(
        () -> {
          Iterator<Batch> elements = iterator();
          int[] left = {most};
          return iterator(
              () -> left[0] > 0 && elements.hasNext(),
              () -> {
                left[0]--;
                return elements.next();
              });
        },
        count == null ? null : Integer.valueOf(Math.min(most, count)),
        batchSize);
  }

  /**
   * Leaves out the first elements. Python: {@code dataset.skip(count)}.
   *
   * @param first how many
   * @return the other elements
   * @throws IllegalArgumentException if it is negative
   */
  public Dataset skip(int first) {
    Checks.notNegative("Dataset.skip", "first", first);
    return new Dataset(
        () -> {
          Iterator<Batch> elements = iterator();
          for (int i = 0; i < first && elements.hasNext(); i++) {
            elements.next();
          }
          return elements;
        },
        count == null ? null : Integer.valueOf(Math.max(0, count - first)),
        batchSize);
  }

  /**
   * Computes the next elements while the last one is used. Python: {@code
   * dataset.prefetch(buffer_size)}.
   *
   * @param bufferSize how many are ready at most
   * @return the same elements
   * @throws IllegalArgumentException if bufferSize is not positive
   */
  public Dataset prefetch(int bufferSize) {
    Checks.positive("Dataset.prefetch", "bufferSize", bufferSize);
    return new Dataset(() -> new Prefetching(iterator(), bufferSize), count, batchSize);
  }

  /**
   * Returns how many elements there are. Python: {@code dataset.cardinality()}.
   *
   * @return the number; empty if it is not known before all have been gone through
   */
  public OptionalInt cardinality() {
    return count == null ? OptionalInt.empty() : OptionalInt.of(count);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if it is not known; see {@link #cardinality}
   */
  @Override
  public int length() {
    if (count == null) {
      throw Errors.in("Dataset.length", "it is not known how many elements there are.")
          .expected("a dataset of arrays, or of batches that are counted")
          .got("one of a generator")
          .fix("go through it, or ask for cardinality()")
          .state();
    }
    return count;
  }

  /** Returns the size of the batches, if there are any; null for samples. */
  Integer batchSize() {
    return batchSize;
  }

  /** Returns all samples, one by one. */
  List<Batch> samples() {
    List<Batch> samples = new ArrayList<>();
    for (Batch each : this) {
      for (int row = 0; row < each.size(); row++) {
        samples.add(Samples.rows(each, row));
      }
    }
    return samples;
  }

  @Override
  public Iterator<Batch> iterator() {
    return Checks.given("Dataset", "an iterator", source.get());
  }

  private static Iterator<Batch> iterator(Supplier<Boolean> more, Supplier<Batch> next) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return more.get();
      }

      @Override
      public Batch next() {
        return next.get();
      }
    };
  }
}
