package keras.utils;

import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.IntStream;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.random.NumpyRandom;
import org.tensorflow.ndarray.FloatNdArray;

/** Batches of sliding windows over a time series: {@link Utils#timeseriesDatasetFromArray}. */
final class TimeseriesDataset implements Batches {
  private static final String WHERE = TimeseriesDatasetOptions.WHERE;
  private static final long SEEDS_WITHOUT_SEED = 1_000_000;

  private final FloatNdArray data;
  private final FloatNdArray targets;
  private final int sequenceLength;
  private final TimeseriesDatasetOptions options;
  private final int[] starts;
  private final ShuffleBuffer shuffler;

  TimeseriesDataset(
      Object data, Object targets, int sequenceLength, TimeseriesDatasetOptions options) {
    this.data = Windows.series(WHERE + ": data", data);
    this.targets = targets == null ? null : Windows.series(WHERE + ": targets", targets);
    this.sequenceLength = Checks.positive(WHERE, "sequenceLength", sequenceLength);
    this.options = options;
    checkWithin("startIndex", options.startIndex);
    checkWithin("samplingRate", options.samplingRate);
    checkWithin("sequenceStride", options.sequenceStride);
    this.starts = starts();
    checkTargets();
    this.shuffler = options.shuffle ? shuffled() : null;
  }

  @Override
  public int length() {
    return (starts.length + options.batchSize - 1) / options.batchSize;
  }

  @Override
  public Iterator<Batch> iterator() {
    int[] order = shuffler == null ? starts : shuffledStarts();
    int size = options.batchSize;
    return IntStream.range(0, length())
        .mapToObj(i -> Arrays.copyOfRange(order, i * size, Math.min((i + 1) * size, order.length)))
        .map(this::batch)
        .iterator();
  }

  private int[] shuffledStarts() {
    Iterator<Integer> shuffled = shuffler.shuffle(Arrays.stream(starts).iterator());
    int[] order = new int[starts.length];
    Arrays.setAll(order, any -> shuffled.next());
    return order;
  }

  private Batch batch(int[] at) {
    int span = sequenceLength * options.samplingRate;
    FloatNdArray x = Windows.gather(data, at, span, options.samplingRate, false);
    return Batch.of(x, targets == null ? null : FloatArrays.gather(targets, at));
  }

  /** Tells where the windows begin, counted from the beginning of the data. */
  private int[] starts() {
    int end = end();
    long span = (long) (sequenceLength - 1) * options.samplingRate;
    long count = end - options.startIndex - span;
    if (targets != null) {
      count = Math.min(count, targets.shape().get(0));
    }
    int first = options.startIndex;
    long last = first + count - 1;
    return IntStream.iterate(first, start -> start <= last, start -> start + options.sequenceStride)
        .toArray();
  }

  private int end() {
    if (options.endIndex == null) {
      return steps();
    }
    checkWithin("endIndex", options.endIndex);
    if (options.endIndex <= options.startIndex) {
      throw Errors.in(WHERE, "endIndex must be greater than startIndex.")
          .expected("more than " + options.startIndex)
          .got(options.endIndex)
          .fix("leave endIndex out to use the data to their end")
          .argument();
    }
    return options.endIndex;
  }

  private void checkTargets() {
    if (targets == null || starts.length == 0) {
      return;
    }
    int last = starts[starts.length - 1];
    long there = targets.shape().get(0);
    if (last >= there) {
      throw Errors.in(WHERE, "there are too few targets.")
          .expected(last + 1 + " targets, up to the step where the last window begins")
          .got(there + " targets")
          .fix("pass targets[i] for the window that begins at data[i]")
          .argument();
    }
  }

  private ShuffleBuffer shuffled() {
    long seed =
        options.seed == null ? NumpyRandom.shared().randint(SEEDS_WITHOUT_SEED) : options.seed;
    new NumpyRandom(seed).shuffle(starts);
    return new ShuffleBuffer(8 * options.batchSize, seed);
  }

  private void checkWithin(String argument, int value) {
    if (value >= steps()) {
      throw Errors.in(WHERE, argument + " is not less than the number of steps.")
          .expected("less than " + steps())
          .got(value)
          .fix("pass a smaller " + argument + " or more data")
          .argument();
    }
  }

  private int steps() {
    return (int) data.shape().get(0);
  }
}
