package keras.internal.trainers;

import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import keras.callbacks.RunObserver;
import keras.internal.graph.Snapshot;
import keras.internal.messages.Errors;
import keras.internal.messages.NativeErrors;
import keras.internal.messages.Warnings;
import keras.internal.trainers.Programs.Mode;
import keras.metrics.Metric;
import keras.utils.Batch;
import keras.utils.FloatArrays;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;

/**
 * Puts batches through a model's programs, and sums up loss and metrics, for one call of {@code
 * fit}, {@code evaluate} or {@code predict}: each call has its own, so that none disturbs another.
 */
final class Steps {

  private final Network network;
  private final Compiled compiled;
  private final Programs programs;
  private final RunObserver observer;
  private final Shares shares;
  private Totals totals;
  private Snapshot snapshot;

  /**
   * @param compiled what the model was compiled with when the call began, or null
   * @param programs the programs that go with it
   * @param observer who is told of each run, or null
   * @param shares this worker's part of each batch; null where one process trains alone
   */
  Steps(
      Network network, Compiled compiled, Programs programs, RunObserver observer, Shares shares) {
    this.shares = shares;
    this.network = network;
    this.compiled = compiled;
    this.programs = programs;
    this.observer = observer;
  }

  Compiled compiled() {
    return compiled;
  }

  /** Returns this worker's part in what several do; null where one process trains alone. */
  Shares shares() {
    return shares;
  }

  /** Refuses what several workers cannot do together. */
  void checkDistributes() {
    String what =
        network.isStateful()
            ? "a stateful layer goes on from batch to batch with the states of single rows"
            : network.ownStep() != null
                ? "the model has a training step of its own"
                : compiled.hindranceToDistribution();
    if (what != null) {
      throw Errors.in("Model \"" + network.name() + "\"", "workers cannot train it together.")
          .expected("a model and measures whose batches may be cut")
          .got(what)
          .fix("train it in one process: model.distribute(null)")
          .argument();
    }
  }

  /** Does something of which all batches see the same weights, whatever other threads do. */
  void withSameWeights(Runnable work) {
    try (Snapshot all = new Snapshot()) {
      snapshot = all;
      work.run();
    } finally {
      snapshot = null;
    }
  }

  BatchMerging joining() {
    return new BatchMerging(network, programs);
  }

  /** Trains or tests on one batch. */
  void run(Mode mode, String where, Batch batch) {
    Batch fitted = Inputs.fitted(where, network, compiled, batch);
    runFitted(mode, where, fitted);
  }

  /** Trains or tests on one batch that has the shapes that the model wants. */
  void runFitted(Mode mode, String where, Batch batch) {
    Inputs.checkTargets(where, network, batch, compiled);
    Inputs.checkBatchSize(where, network, batch.size());
    if (shares != null) {
      runShare(mode, where, batch);
      return;
    }
    FloatNdArray result = run(where, mode, batch).outputs().get(0);
    totals(mode, batch).add(FloatArrays.values(result), batch.size());
  }

  /** Does this worker's part of a batch; the results are those of all of it. */
  private void runShare(Mode mode, String where, Batch rows) {
    Shares.Share share = shares.share();
    Ran ran = run(where, mode, rows, Stream.of(shares.header()), share.rows() == 0);
    float[] result = FloatArrays.values(ran.outputs().get(0));
    int last = result.length - 1;
    if (result[last] > 0) {
      shares.stop();
    }
    totals(mode, rows).add(Arrays.copyOf(result, last), share.samples());
  }

  /** Returns the outputs for one batch. */
  List<FloatNdArray> predicted(String where, Batch batch) {
    return run(where, Mode.PREDICT, untargeted(where, batch)).outputs();
  }

  /** Returns the outputs for one batch, which may be run with what other threads ask for. */
  List<FloatNdArray> predicted(String where, Batch batch, JoinedRequests requests) {
    Batch fitted = untargeted(where, batch);
    boolean joins =
        JoinedRequests.isSmall(fitted)
            && !BatchMerging.isBatchSizeFixed(network)
            && Inputs.tried(where, network, fitted, () -> programs.addUp(Mode.PREDICT, fitted));
    return joins
        ? requests.run(
            fitted,
            alone -> run(where, Mode.PREDICT, alone).outputs(),
            joined -> run(where, Mode.JOINED, joined).outputs())
        : run(where, Mode.PREDICT, fitted).outputs();
  }

  /** Returns what each layer makes of one batch, by its name. */
  Map<String, FloatNdArray> layerOutputs(String where, Batch batch) {
    Ran ran = run(where, Mode.LAYERS, untargeted(where, batch));
    Map<String, FloatNdArray> named = new LinkedHashMap<>();
    ran.step().names().forEach(name -> named.put(name, ran.outputs().get(named.size())));
    return named;
  }

  private Batch untargeted(String where, Batch batch) {
    Batch fitted = Inputs.fitted(where, network, null, batch);
    Inputs.checkBatchSize(where, network, fitted.size());
    return new Batch(fitted.inputs(), List.of(), List.of());
  }

  /** A step that was run, and what came out. */
  private record Ran(StepBuilder.CompiledStep step, List<FloatNdArray> outputs) {}

  private Ran run(String where, Mode mode, Batch batch) {
    return run(where, mode, batch, Stream.empty(), false);
  }

  private Ran run(
      String where, Mode mode, Batch batch, Stream<FloatNdArray> first, boolean withoutSamples) {
    FloatNdArray[] fed =
        Stream.concat(
                first,
                Stream.of(batch.inputs(), batch.targets(), batch.sampleWeights())
                    .flatMap(List::stream))
            .toArray(FloatNdArray[]::new);
    long start = System.nanoTime();
    Ran ran =
        Inputs.tried(
            where,
            network,
            batch,
            () ->
                withoutSamples
                    ? runWithout(where, mode, batch, fed[0])
                    : run(where, mode, batch, fed));
    if (observer != null) {
      observe(new RunObserver.Run(where, batch.size(), System.nanoTime() - start));
    }
    return ran;
  }

  private void observe(RunObserver.Run run) {
    try {
      observer.onRun(run);
    } catch (RuntimeException e) {
      Warnings.warn(Steps.class, "The observer of runs has failed: {}", e.toString());
    }
  }

  /** Takes part in a step without a sample. */
  private Ran runWithout(String where, Mode mode, Batch any, FloatNdArray header) {
    StepBuilder.CompiledStep step = programs.ownStep(mode, any);
    return NativeErrors.during(
        where,
        List.of(header.shape()),
        () -> new Ran(step, step.program().tryRunWithoutSamples(header).orElseThrow()));
  }

  /** Runs a program; another thread may make the engine forget it before, and it is made again. */
  private Ran run(String where, Mode mode, Batch batch, FloatNdArray... fed) {
    while (true) {
      StepBuilder.CompiledStep step = programs.step(mode, batch);
      Optional<List<FloatNdArray>> outputs =
          NativeErrors.during(
              where,
              Stream.of(fed).map(FloatNdArray::shape).toList(),
              () -> step.program().tryRun(snapshot, fed));
      if (outputs.isPresent()) {
        return new Ran(step, outputs.get());
      }
    }
  }

  /**
   * Does something with as many batches as callbacks see as one. As in Keras, the last ones of an
   * epoch count as many even if there are fewer.
   *
   * @return how many these are
   */
  int execution(Source source, Iterator<Batch> batches, Consumer<Batch> use) {
    int steps = compiled == null ? 1 : compiled.stepsPerExecution();
    int done = 0;
    for (int i = 0; i < steps && batches.hasNext(); i++) {
      Batch next = batches.next();
      use.accept(next);
      done += source.batchesIn(next);
    }
    return Math.max(steps, done);
  }

  /** Returns a batch with the weights that its classes have. */
  Batch weighted(Batch batch, Map<Integer, Double> classWeight) {
    if (classWeight == null) {
      return batch;
    }
    if (!batch.sampleWeights().isEmpty()) {
      throw Errors.in("fit", "classWeight and sampleWeight cannot be used together.")
          .expected("one of them")
          .got("both")
          .fix("multiply them into sampleWeight(...)")
          .argument();
    }
    if (compiled.outputs().size() > 1) {
      throw Errors.in("fit", "classWeight is for models with one output.")
          .expected("one output")
          .got(compiled.outputs().size() + " outputs")
          .fix("give sampleWeight(...) for each output")
          .argument();
    }
    Inputs.checkTargets("fit", batch, 1);
    return new Batch(
        batch.inputs(),
        batch.targets(),
        List.of(ClassWeights.of(classWeight, batch.targets().get(0))));
  }

  // ---- loss and metrics

  /** Returns loss and metrics over the batches so far; nothing before the first. */
  Map<String, Double> logs() {
    return totals == null ? new LinkedHashMap<>() : totals.logs();
  }

  /** Forgets the sums. */
  void reset() {
    if (totals != null) {
      totals.reset();
    }
  }

  /** Returns the sums in a row, for {@link #restore}. */
  List<Double> sums() {
    return totals == null ? List.of() : totals.values();
  }

  /** Sets the sums of an epoch that was cut off after this batch. */
  void restore(List<Double> sums, Batch batch) {
    totals(Mode.TRAIN, batch).restore(sums);
  }

  Optional<Metric> metric(String name) {
    return totals == null ? Optional.empty() : totals.metric(name);
  }

  /** Returns the sums of loss and metrics, which depend on the shape of the targets. */
  private Totals totals(Mode mode, Batch batch) {
    if (totals == null) {
      List<Shape> targets = batch.targets().stream().map(FloatNdArray::shape).toList();
      boolean own = mode == Mode.TRAIN && network.ownStep() != null;
      totals =
          new Totals(
              compiled.measures(targets, network.outputShapes()),
              own ? compiled.ownLogs() : compiled.lossNames());
    }
    return totals;
  }
}
