package keras.internal.trainers;

import java.util.Arrays;
import java.util.List;
import keras.internal.graph.Shards;
import keras.internal.graph.Tuning;
import keras.internal.trainers.Programs.Mode;
import keras.utils.Batch;
import org.tensorflow.ndarray.Shape;

/**
 * Puts several small batches of a test or a prediction into one run of a program: what a run costs
 * in itself is more than they do. The numbers are the same, but for rounding.
 */
final class BatchMerging {

  private final Network network;
  private final Programs programs;

  BatchMerging(Network network, Programs programs) {
    this.network = network;
    this.programs = programs;
  }

  /**
   * Returns a source of the same samples.
   *
   * @param mode a test or a prediction
   * @param source where the batches come from
   * @return batches that are several of the source's, or the source
   */
  Source of(Mode mode, Source source) {
    if (!(source instanceof ArraySource arrays) || arrays.steps() < 2 || isBatchSizeFixed()) {
      return source;
    }
    int batches = (int) (samples(arrays) / arrays.batchSize());
    if (batches < 2) {
      return source;
    }
    ArraySource joined = arrays.joined(batches);
    Batch first = joined.epoch().next();
    String where = mode == Mode.PREDICT ? "predict" : "evaluate";
    boolean addUp = Inputs.tried(where, network, first, () -> programs.addUp(mode, first));
    return addUp ? joined : source;
  }

  private boolean isBatchSizeFixed() {
    return isBatchSizeFixed(network);
  }

  /** Tells whether a model wants batches of one size, or keeps something from one to the next. */
  static boolean isBatchSizeFixed(Network network) {
    return network.isStateful()
        || network.inputShapes().stream().anyMatch(shape -> shape.get(0) != Shape.UNKNOWN_SIZE);
  }

  private long samples(ArraySource arrays) {
    Shape shape = arrays.shape();
    long size = Math.max(1, Arrays.stream(shape.tail().asArray()).reduce(1, (a, b) -> a * b));
    long few = Shards.few(StepBuilder.work(network, List.of(shape)));
    return Math.min(Tuning.MOST_MERGED_SAMPLES, Math.min(Tuning.MOST_MERGED_NUMBERS / size, few));
  }
}
