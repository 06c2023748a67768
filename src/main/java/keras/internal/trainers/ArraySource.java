package keras.internal.trainers;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import keras.internal.messages.Errors;
import keras.utils.Batch;
import keras.utils.FloatArrays;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;

/** Batches cut out of arrays; the last one may be smaller. */
final class ArraySource implements Source {

  private final Batch data;
  private final int batchSize;
  private final Shuffles shuffles;
  private final int together;
  private final Shares shares;

  /** Where the samples of a batch are put together, for each array. */
  private final IdentityHashMap<FloatNdArray, float[]> places = new IdentityHashMap<>();

  /**
   * @param shuffles where the order of an epoch's samples comes from; null to leave it
   */
  ArraySource(Batch data, int batchSize, Shuffles shuffles) {
    this(data, batchSize, shuffles, 1, null);
  }

  private ArraySource(Batch data, int batchSize, Shuffles shuffles, int together, Shares shares) {
    if (data.size() == 0) {
      throw Errors.in("x", "there are no samples.")
          .expected("at least one sample")
          .got("shape " + Errors.shape(FloatArrays.shape(data.inputs().get(0))))
          .fix("check where the data comes from")
          .argument();
    }
    this.data = data;
    this.batchSize = batchSize;
    this.shuffles = shuffles;
    this.together = together;
    this.shares = shares;
  }

  /** Returns the shape of the first input. */
  Shape shape() {
    return data.inputs().get(0).shape();
  }

  /** The same samples in the same order, so many batches at a time. */
  ArraySource joined(int batches) {
    return new ArraySource(data, batchSize, shuffles, batches, shares);
  }

  /** The same batches, of which only this worker's rows are put together. */
  ArraySource cut(Shares workers) {
    return new ArraySource(data, batchSize, shuffles, together, workers);
  }

  int batchSize() {
    return batchSize;
  }

  @Override
  public int batchesIn(Batch batch) {
    int samples = shares == null ? batch.size() : shares.share().samples();
    return (samples + batchSize - 1) / batchSize;
  }

  @Override
  public long length() {
    return data.size();
  }

  @Override
  public Integer steps() {
    return (data.size() + batchSize - 1) / batchSize;
  }

  /**
   * Returns a batch of a shuffled epoch is good until the next one, which uses its arrays again.
   */
  @Override
  public Iterator<Batch> epoch() {
    int[] order = shuffles == null ? null : shuffles.ofSamples(data.size());
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < data.size();
      }

      @Override
      public Batch next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        int end = (int) Math.min(next + (long) batchSize * together, data.size());
        Batch batch = own(order, next, end);
        next = end;
        return batch;
      }
    };
  }

  /** Returns the samples of a batch, or this worker's share of them. */
  private Batch own(int[] order, int first, int last) {
    int from = first;
    int to = last;
    if (shares != null) {
      Shares.Share share = shares.cut(last - first);
      from = share.rows() == 0 ? first : first + share.offset();
      to = from + Math.max(1, share.rows());
    }
    return order == null ? slice(data, from, to) : gather(Arrays.copyOfRange(order, from, to));
  }

  /** Each epoch begins with the first sample, or with a shuffle that looks at no other one. */
  @Override
  public void skipEpochs(int epochs) {}

  private Batch gather(int[] rows) {
    return new Batch(
        gather(data.inputs(), rows),
        gather(data.targets(), rows),
        gather(data.sampleWeights(), rows));
  }

  private List<FloatNdArray> gather(List<FloatNdArray> arrays, int[] rows) {
    return arrays.stream().map(array -> gather(array, rows)).toList();
  }

  private FloatNdArray gather(FloatNdArray array, int[] rows) {
    int size = rows.length * (int) (array.size() / data.size());
    float[] place = places.computeIfAbsent(array, a -> new float[size]);
    if (place.length != size) {
      place = new float[size]; // A last batch with fewer samples.
    }
    return FloatArrays.gather(array, place, rows);
  }

  /** Returns the samples from one index to before another. */
  static Batch slice(Batch data, int from, int to) {
    if (from == 0 && to == data.size()) {
      return data;
    }
    return new Batch(
        slice(data.inputs(), from, to),
        slice(data.targets(), from, to),
        slice(data.sampleWeights(), from, to));
  }

  private static List<FloatNdArray> slice(List<FloatNdArray> arrays, int from, int to) {
    return arrays.stream().map(array -> FloatArrays.rows(array, from, to)).toList();
  }
}
