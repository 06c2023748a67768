package keras.internal.trainers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.BooleanSupplier;
import keras.backend.Variable;
import keras.backend.VariableAccess;
import keras.distribution.Collective;
import keras.distribution.DistributionException;
import keras.internal.graph.Replica;
import keras.internal.messages.Errors;
import keras.utils.Batch;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;

/**
 * This process's part in what several workers do together: its rows of each global batch, and what
 * all of them must agree on. All workers call the same methods in the same order.
 */
final class Shares {

  private static final int PIECE_BITS = 16;
  private static final int PIECES = Long.SIZE / PIECE_BITS;

  /** How many numbers are sent at once: whoever sends them keeps memory for as many. */
  private static final int MOST_AT_ONCE = 1 << 20;

  private static final long PIECE = (1L << PIECE_BITS) - 1;

  private final Collective workers;
  private final boolean cuts;

  /** The share that the batch is which a source has given last. */
  private Share latest;

  private boolean stopped;
  private boolean asksAfterBatches;
  private final BooleanSupplier wantsToStop;

  /**
   * @param cuts whether this worker takes its rows of batches that all workers have
   * @param wantsToStop whether training shall stop, as far as this worker is concerned
   */
  Shares(Collective workers, boolean cuts, BooleanSupplier wantsToStop) {
    this.workers = workers;
    this.cuts = cuts;
    this.wantsToStop = wantsToStop;
  }

  /**
   * The rows of a worker.
   *
   * @param samples the size of the global batch
   * @param offset how many rows those before have
   * @param rows how many rows it has itself
   */
  record Share(int samples, int offset, int rows) {}

  Collective workers() {
    return workers;
  }

  /** Tells whether this worker takes its rows of batches that all workers have. */
  boolean cuts() {
    return cuts;
  }

  /** Tells whether this worker prints and writes. */
  boolean leads() {
    return workers.rank() == 0;
  }

  /** Returns the share that the batch at hand is. */
  Share share() {
    return latest;
  }

  /**
   * Takes this worker's rows of a batch that all workers have.
   *
   * @return the rows; any one if there are none, for the shapes
   */
  Batch cut(Batch batch) {
    Share share = cut(batch.size());
    int from = share.rows() == 0 ? 0 : share.offset();
    return ArraySource.slice(batch, from, from + Math.max(1, share.rows()));
  }

  /** Returns which rows this worker takes of a batch that all workers have. */
  Share cut(int samples) {
    int from = bound(samples, workers.rank());
    latest = new Share(samples, from, bound(samples, workers.rank() + 1) - from);
    return latest;
  }

  private int bound(int samples, int rank) {
    return (int) ((long) samples * rank / workers.size());
  }

  /** Returns what a step of several workers is fed with first. */
  FloatNdArray header() {
    return Replica.header(latest.samples(), latest.offset(), wantsToStop.getAsBoolean());
  }

  /** Notes that some worker wants training to stop. */
  void stop() {
    stopped = true;
  }

  /** Returns this worker's parts of the batches of a source. */
  Source over(Source source) {
    if (!cuts) {
      return new OwnData(source);
    }
    return source instanceof ArraySource arrays ? arrays.cut(this) : new Cut(source);
  }

  /** Another source's batches. */
  private abstract static class Of implements Source {
    private final Source source;

    Of(Source source) {
      this.source = source;
    }

    @Override
    public int batchesIn(Batch batch) {
      return 1;
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
  }

  /** This worker's rows of batches that all workers have. */
  private final class Cut extends Of {
    private final Source source;

    Cut(Source source) {
      super(source);
      this.source = source;
    }

    @Override
    public Integer steps() {
      return source.steps();
    }

    @Override
    public Iterator<Batch> epoch() {
      Iterator<Batch> all = source.epoch();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return all.hasNext();
        }

        @Override
        public Batch next() {
          return cut(all.next());
        }
      };
    }
  }

  /** Data of a worker's own: before each batch all say how many samples they have. */
  private final class OwnData extends Of {
    private final Source source;

    /** The last batch that there was, whose shapes stand for a batch of nothing. */
    private Batch last;

    OwnData(Source source) {
      super(source);
      this.source = source;
    }

    @Override
    public Integer steps() {
      return null;
    }

    @Override
    public Iterator<Batch> epoch() {
      Iterator<Batch> own = source.epoch();
      return new Iterator<>() {
        private boolean ready;

        @Override
        public boolean hasNext() {
          if (ready) {
            return true;
          }
          float[] mine = new float[2 * workers.size()];
          if (own.hasNext()) {
            last = own.next();
            mine[workers.rank()] = last.size();
          }
          mine[workers.size() + workers.rank()] = shapeOfSample(last);
          float[] all = workers.sum(mine);
          latest = share(slice(all, 0, workers.size()));
          ready = latest.samples() > 0;
          if (ready) {
            checkShapes(slice(all, workers.size(), workers.size()));
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

  /** Returns a number that stands for the shapes of a sample. */
  private static float shapeOfSample(Batch batch) {
    if (batch == null) {
      return 0;
    }
    List<Shape> shapes = new ArrayList<>();
    batch.inputs().forEach(each -> shapes.add(each.shape().tail()));
    batch.targets().forEach(each -> shapes.add(each.shape().tail()));
    return shapes.toString().hashCode() & PIECE;
  }

  private static void checkShapes(float... shapes) {
    for (int rank = 1; rank < shapes.length; rank++) {
      if (shapes[rank] != shapes[0]) {
        throw Errors.in("fit", "worker " + rank + " has samples of other shapes than worker 0.")
            .expected(
                "as many timesteps on all workers in each step, also in the last batch of each")
            .got("others, or no batch at all")
            .fix("pad all sequences to one length, and give each worker at least one batch")
            .argument();
      }
    }
  }

  private Share share(float... sizes) {
    int before = 0;
    int all = 0;
    for (int rank = 0; rank < sizes.length; rank++) {
      before += rank < workers.rank() ? (int) sizes[rank] : 0;
      all += (int) sizes[rank];
    }
    return new Share(all, before, (int) sizes[workers.rank()]);
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
      if (!Arrays.equals(first, other)) {
        throw new DistributionException(
            Errors.message(
                "model.distribute",
                "worker " + rank + " has another model or other data than worker 0.",
                described(first),
                described(other),
                "make and compile the same model on all workers, and give them the same data unless"
                    + " autoShardDataset(false)"));
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
    all = broadcast(all);
    if (leads()) {
      return;
    }
    next = 0;
    for (int i = 0; i < parts.size(); i++) {
      assign(variables.get(i), slice(all, next, parts.get(i).length));
      next += parts.get(i).length;
    }
  }

  /** Sends numbers of rank 0's, a part at a time. */
  private float[] broadcast(float... own) {
    float[] all = new float[own.length];
    for (int from = 0; from < own.length; from += MOST_AT_ONCE) {
      int count = Math.min(MOST_AT_ONCE, own.length - from);
      System.arraycopy(workers.broadcast(slice(own, from, count)), 0, all, from, count);
    }
    return all;
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

  /** Returns the order that rank 0 has drawn. */
  int[] sendOrder(int... own) {
    long[] order = new long[own.length];
    Arrays.setAll(order, i -> own[i]);
    long[] first = longs(broadcast(pieces(order)));
    int[] agreed = new int[own.length];
    Arrays.setAll(agreed, i -> (int) first[i]);
    return agreed;
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
    return Arrays.copyOfRange(all, from, from + length);
  }
}
