package keras.internal.trainers;

import java.util.ArrayList;
import java.util.List;
import keras.internal.messages.Errors;
import keras.utils.Batch;
import keras.utils.Sequence;
import org.tensorflow.ndarray.Shape;

/** Turns what {@code fit}, {@code evaluate} and {@code predict} are given into batches. */
final class Sources {

  /** The name of the validation data in messages. */
  static final String VALIDATION = "fit: validationData";

  private static final int DEFAULT_BATCH_SIZE = 32;

  /**
   * The data of {@code fit}.
   *
   * @param training the batches to train on
   * @param validation the batches to validate on, or null
   */
  record Fitted(Source training, Source validation) {}

  private final Network network;
  private final Compiled compiled;
  private final Shuffles shuffles;

  /**
   * @param shuffles where the orders of samples come from
   */
  Sources(Network network, Compiled compiled, Shuffles shuffles) {
    this.network = network;
    this.shuffles = shuffles;
    this.compiled = compiled;
  }

  /** Batches to train on and to validate on. */
  Fitted fitted(Object x, Object y, FitArguments o) {
    Source validation = null;
    Source training;
    if (BatchSource.accepts(x)) {
      refuseSplit(o);
      Object batches =
          o.shuffle && x instanceof Sequence sequence
              ? new ShuffledSequence(sequence, shuffles)
              : x;
      training = of("fit", batches, y, o.sampleWeight, o.batchSize, o.stepsPerEpoch);
    } else {
      Batch given = Batch.of("fit", network.read("fit", x), y, o.sampleWeight);
      boolean splits = o.validationSplit > 0 && o.validationData == null;
      Inputs.checkSamples("fit", given);
      int kept = splits ? split(given.size(), o.validationSplit) : given.size();
      build(given, o.batchSize, kept);
      Batch data = Inputs.fitted("fit", network, compiled, given);
      if (splits) {
        Batch held = ArraySource.slice(data, kept, data.size());
        data = ArraySource.slice(data, 0, kept);
        validation = arrays("fit: validation", held, batchSize(validationBatchSize(o)), false);
      }
      training =
          limited("fit", arrays("fit", data, batchSize(o.batchSize), o.shuffle), o.stepsPerEpoch);
    }
    if (o.validationData != null) {
      validation =
          of(
              VALIDATION,
              o.validationData,
              o.validationTargets,
              o.validationWeights,
              validationBatchSize(o),
              o.validationSteps);
    }
    return new Fitted(training, validation);
  }

  private static int split(int size, double fraction) {
    int kept = (int) Math.floor(size * (1 - fraction));
    if (kept == 0 || kept == size) {
      throw Errors.in("fit", "validationSplit leaves no samples on one side.")
          .expected("at least one sample to train on and one to validate on")
          .got(size + " samples, validationSplit " + fraction)
          .fix("give more samples or another fraction")
          .argument();
    }
    return kept;
  }

  /**
   * Batches to test or to predict with.
   *
   * @param where who asks, as messages name it
   * @param x arrays, or what yields batches
   * @param y the targets, or null
   * @param sampleWeight the weights, or null
   * @param batchSize null for the default
   * @param steps how many batches; null for all
   */
  Source of(
      String where, Object x, Object y, Object sampleWeight, Integer batchSize, Integer steps) {
    if (BatchSource.accepts(x)) {
      refuseWithBatches(where, "y", y);
      refuseWithBatches(where, "sampleWeight", sampleWeight);
      BatchSource source = new BatchSource(where, network, x, steps);
      if (!network.isBuilt()) {
        Batch first = source.first();
        Inputs.checkSamples(where, first);
        network.build(Inputs.shapes(first));
      }
      return source;
    }
    Batch given = Batch.of(where, network.read(where, x), y, sampleWeight);
    Inputs.checkSamples(where, given);
    build(given, batchSize, given.size());
    Batch data = Inputs.fitted(where, network, where.equals("predict") ? null : compiled, given);
    return limited(where, arrays(where, data, batchSize(batchSize), false), steps);
  }

  /** Makes the weights for the batches that data will be cut into, if they are not there yet. */
  private void build(Batch data, Integer batchSize, int samples) {
    long size = Math.min(batchSize == null ? DEFAULT_BATCH_SIZE : batchSize, samples);
    List<Shape> shapes = new ArrayList<>();
    Inputs.shapes(data).forEach(shape -> shapes.add(Shape.of(size).append(shape.tail())));
    network.build(shapes);
  }

  private Source arrays(String where, Batch data, int batchSize, boolean shuffle) {
    Source source = new ArraySource(data, batchSize, shuffle ? shuffles : null);
    if (!where.equals("predict")) {
      Inputs.checkTargets(where, network, data, compiled);
    }
    int rest = data.size() % batchSize;
    Inputs.checkBatchSize(where, network, rest == 0 ? batchSize : rest);
    return source;
  }

  private Source limited(String where, Source source, Integer steps) {
    return steps == null
        ? source
        : new BatchSource(where, network, (Iterable<Batch>) source::epoch, steps);
  }

  private int batchSize(Integer given) {
    if (given != null) {
      return given;
    }
    long fixed = network.inputShapes().get(0).get(0);
    return fixed == Shape.UNKNOWN_SIZE ? DEFAULT_BATCH_SIZE : (int) fixed;
  }

  private static Integer validationBatchSize(FitArguments o) {
    return o.validationBatchSize != null ? o.validationBatchSize : o.batchSize;
  }

  private static void refuseSplit(FitArguments o) {
    if (o.validationSplit > 0 && o.validationData == null) {
      throw Errors.in("fit", "validationSplit cannot be used when x yields batches.")
          .expected("arrays, whose last samples can be kept back")
          .got("validationSplit(" + o.validationSplit + ")")
          .fix("give validationData(batches) with batches of their own")
          .argument();
    }
  }

  private static void refuseWithBatches(String where, String argument, Object value) {
    if (value != null) {
      throw Errors.in(where, argument + " cannot be given when x yields batches.")
          .expected("no " + argument)
          .got(value.getClass().getSimpleName())
          .fix("yield Batch.of(x, y, sampleWeight)")
          .argument();
    }
  }
}
