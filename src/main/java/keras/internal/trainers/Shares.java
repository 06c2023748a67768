package keras.internal.trainers;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import keras.backend.Variable;
import keras.backend.VariableAccess;
import keras.distribution.Collective;
import keras.distribution.DataParallel;
import keras.distribution.DistributionException;
import keras.internal.graph.Replica;
import keras.internal.messages.Errors;
import keras.utils.Batch;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * This process's part in what several workers do together: its rows of each global batch, and what
 * all of them must agree on. All workers call the same methods in the same order.
 */
final class Shares {

  private static final int PIECE_BITS = 16;
  private static final int PIECES = Long.SIZE / PIECE_BITS;
  private static final long PIECE = (1L << PIECE_BITS) - 1;

  private final Collective workers;
  private final boolean cuts;

  /** The sizes of the batch at hand, one for each worker, where each has data of its own. */
  private float[] sizes;

  private boolean stopped;
  private boolean asksAfterBatches;
  private final BooleanSupplier wantsToStop;

  /**
   * @param wantsToStop whether training shall stop, as far as this worker is concerned
   */
  Shares(DataParallel distribution, BooleanSupplier wantsToStop) {
    this.wantsToStop = wantsToStop;
    workers = distribution.workers();
    cuts = distribution.shardsDataset();
  }

  /**
   * The rows of a worker.
   *
   * @param batch the rows; any row if there are none, for the shapes
   * @param samples the size of the global batch
   * @param offset how many rows those before have
   * @param isEmpty whether there are none
   */
  record Share(Batch batch, int samples, int offset, boolean isEmpty) {}

  Collective workers() {
    return workers;
  }

  /** Tells whether this worker prints and writes. */
  boolean leads() {
    return workers.rank() == 0;
  }

  /** Returns this worker's share of a batch: of a global one, or of one of its own. */
  Share of(Batch batch) {
    if (!cuts) {
      int before = 0;
      int all = 0;
      for (int i = 0; i < sizes.length; i++) {
        before += i < workers.rank() ? (int) sizes[i] : 0;
        all += (int) sizes[i];
      }
      return new Share(batch, all, before, sizes[workers.rank()] == 0);
    }
    int samples = batch.size();
    int from = bound(samples, workers.rank());
    int to = bound(samples, workers.rank() + 1);
    return from == to
        ? new Share(ArraySource.slice(batch, 0, 1), samples, from, true)
        : new Share(ArraySource.slice(batch, from, to), samples, from, false);
  }

  private int bound(int samples, int rank) {
    return (int) ((long) samples * rank / workers.size());
  }

  /** Returns what a step of several workers is fed with first. */
  FloatNdArray header(Share share) {
    return Replica.header(share.samples(), share.offset(), wantsToStop.getAsBoolean());
  }

  /** Notes that some worker wants training to stop. */
  void stop() {
    stopped = true;
  }

  /** Returns the batches of a source, with a batch of nothing where others have more. */
  Source over(Source source) {
    return cuts ? source : new OwnData(source);
  }

  /** Data of a worker's own: before each batch all say how many samples they have. */
  private final class OwnData implements Source {
    private final Source source;

    OwnData(Source source) {
      this.source = source;
    }

    @Override
    public Integer steps() {
      return null;
    }

    @Override
    public int batchesIn(Batch batch) {
      return source.batchesIn(batch);
    }

    @Override
    public void skipEpochs(int epochs) {
      source.skipEpochs(epochs);
    }

    @Override
    public void restart() {
      source.restart();
    }

    @Override
    public void endEpoch() {
      source.endEpoch();
    }

    @Override
    public Iterator<Batch> epoch() {
      Iterator<Batch> own = source.epoch();
      return new Iterator<>() {
        private Batch last;
        private boolean ready;

        @Override
        public boolean hasNext() {
          if (ready) {
            return true;
          }
          float[] mine = new float[workers.size()];
          if (own.hasNext()) {
            last = own.next();
            mine[workers.rank()] = last.size();
          }
          sizes = workers.sum(mine);
          for (float size : sizes) {
            ready |= size > 0;
          }
          return ready;
        }

        @Override
        public Batch next() {
          if (!hasNext()) {
            throw new NoSuchElementException();
          }
          ready = false;
          return last;
        }
      };
    }
  }

  // ---- what all agree on

  /** Tells whether something is so on any worker. */
  boolean anyone(boolean own) {
    return workers.sum(new float[] {own ? 1 : 0})[0] > 0;
  }

  /** Tells whether some worker wants to stop; asks all of them. */
  boolean stops() {
    stopped |= anyone(wantsToStop.getAsBoolean());
    return stopped;
  }

  /** Sets whether callbacks may want to stop after a batch, which all then ask each other. */
  void asksAfterBatches(boolean value) {
    asksAfterBatches = value;
  }

  /** Tells whether training stops after the batch at hand. */
  boolean stopsAfterBatch() {
    return asksAfterBatches ? stops() : stopped;
  }

  /**
   * Fails if the workers' models are different.
   *
   * @param model what it is and what it was compiled with
   * @param variables the values that all must have
   */
  void checkSame(String model, List<Variable> variables) {
    long numbers = variables.stream().mapToLong(Variable::size).sum();
    float[] own = pieces(model.hashCode(), variables.size(), numbers);
    float[] all = new float[own.length * workers.size()];
    System.arraycopy(own, 0, all, workers.rank() * own.length, own.length);
    all = workers.sum(all);
    long[] first = longs(slice(all, 0, own.length));
    for (int rank = 1; rank < workers.size(); rank++) {
      long[] other = longs(slice(all, rank * own.length, own.length));
      if (!java.util.Arrays.equals(first, other)) {
        throw new DistributionException(
            Errors.message(
                "model.distribute",
                "worker " + rank + " has another model than worker 0.",
                described(first),
                described(other),
                "make and compile the same model on all workers"));
      }
    }
  }

  private static String described(long[] what) {
    return what[1]
        + " arrays with "
        + what[2]
        + " numbers, configuration "
        + Long.toHexString(what[0] & 0xffffffffL);
  }

  /** Gives all workers the values that rank 0 has. */
  void sendValues(List<Variable> variables) {
    List<float[]> parts = new ArrayList<>();
    int length = 0;
    for (Variable variable : variables) {
      parts.add(numbers(variable));
      length += parts.get(parts.size() - 1).length;
    }
    float[] all = new float[length];
    int next = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, next, part.length);
      next += part.length;
    }
    all = workers.broadcast(all);
    if (leads()) {
      return;
    }
    next = 0;
    for (int i = 0; i < parts.size(); i++) {
      assign(variables.get(i), slice(all, next, parts.get(i).length));
      next += parts.get(i).length;
    }
  }

  private static float[] numbers(Variable variable) {
    if (variable.type() == Variable.Type.INT64) {
      return pieces(variable.longs());
    }
    return VariableAccess.isStoredScaled(variable)
        ? VariableAccess.storedFloats(variable)
        : variable.floats();
  }

  private static void assign(Variable variable, float... numbers) {
    if (variable.type() == Variable.Type.INT64) {
      variable.assign(longs(numbers));
    } else if (VariableAccess.isStoredScaled(variable)) {
      VariableAccess.assignStored(variable, numbers);
    } else {
      variable.assign(numbers);
    }
  }

  /** Returns where rank 0 goes on; null if it begins anew. */
  ResumePoint send(ResumePoint point) {
    int count = leads() && point != null ? point.totals().size() : 0;
    long[] header = {
      point == null ? 0 : 1,
      point == null ? 0 : point.epoch(),
      point == null ? 0 : point.batches(),
      count
    };
    header = longs(workers.broadcast(pieces(header)));
    if (header[0] == 0) {
      return null;
    }
    long[] bits = new long[(int) header[3]];
    for (int i = 0; i < count; i++) {
      bits[i] = Double.doubleToRawLongBits(point.totals().get(i));
    }
    bits = longs(workers.broadcast(pieces(bits)));
    List<Double> totals = new ArrayList<>();
    for (long each : bits) {
      totals.add(Double.longBitsToDouble(each));
    }
    return new ResumePoint(
        (int) header[1], (int) header[2], totals, leads() ? point.again() : () -> {});
  }

  /** Returns a seed of rank 0's. */
  long sendSeed() {
    return longs(workers.broadcast(pieces(new SplittableRandom().nextLong())))[0];
  }

  /** Returns whole numbers in pieces that floats hold exactly. */
  private static float[] pieces(long... values) {
    float[] pieces = new float[values.length * PIECES];
    for (int i = 0; i < pieces.length; i++) {
      pieces[i] = (values[i / PIECES] >>> (PIECE_BITS * (i % PIECES))) & PIECE;
    }
    return pieces;
  }

  private static long[] longs(float... pieces) {
    long[] values = new long[pieces.length / PIECES];
    for (int i = 0; i < pieces.length; i++) {
      values[i / PIECES] |= (long) pieces[i] << (PIECE_BITS * (i % PIECES));
    }
    return values;
  }

  private static float[] slice(float[] all, int from, int length) {
    return java.util.Arrays.copyOfRange(all, from, from + length);
  }
}
