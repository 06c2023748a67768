package keras.internal.trainers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import keras.backend.Variable;
import keras.distribution.Collective;
import keras.internal.graph.Casts;
import keras.internal.graph.Dims;
import keras.internal.graph.MaskedTensor;
import keras.internal.graph.Program;
import keras.internal.graph.ProgramBuilder;
import keras.internal.graph.Replica;
import keras.internal.graph.ReplicaSum;
import keras.internal.graph.Shards;
import keras.internal.graph.Tape;
import keras.internal.graph.TapeContext;
import keras.internal.losses.LossReduction;
import keras.internal.messages.Errors;
import keras.internal.messages.NativeErrors;
import keras.internal.messages.Warnings;
import keras.losses.Loss;
import keras.metrics.Metric;
import keras.optimizers.Optimizer;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * Turns a model, what it was compiled with and the shapes of a batch into a program that does one
 * step of training, testing or prediction.
 */
final class StepBuilder {

  /** The assumed number of timesteps where it is left open. */
  private static final long USUAL_TIMESTEPS = 20;

  private final Network network;
  private final Compiled compiled;
  private final Ops tf;
  private final ProgramBuilder program;
  private final Replica replica;
  private final Shards shards;
  private final List<Tape> tapes = new ArrayList<>();

  /** For each tape, one tensor for each output. */
  private final List<List<MaskedTensor>> predictions = new ArrayList<>();

  /**
   * A step.
   *
   * @param program the program
   * @param addsUp true if several batches may be computed as one run with the same results
   * @param names what the outputs are called, where they have names
   */
  record CompiledStep(Program program, boolean addsUp, List<String> names) {}

  private StepBuilder(
      Network network,
      Compiled compiled,
      List<Shape> inputShapes,
      boolean training,
      Collective workers) {
    this(
        network,
        compiled,
        inputShapes,
        training,
        workers,
        shardCount(network, compiled, inputShapes),
        network::forward);
  }

  private StepBuilder(
      Network network,
      Compiled compiled,
      List<Shape> inputShapes,
      boolean training,
      Collective workers,
      int shardCount,
      BiFunction<List<Tape>, List<List<MaskedTensor>>, List<List<MaskedTensor>>> forward) {
    this.network = network;
    this.compiled = compiled;
    this.program = network.engine().program();
    this.tf = program.tf();
    this.replica = workers == null ? null : new Replica(workers, program);
    List<Operand<TFloat32>> inputs = new ArrayList<>();
    for (int i = 0; i < inputShapes.size(); i++) {
      inputs.add(program.input(inputShapes.get(i), network.inputType(i)));
    }
    this.shards = new Shards(program, inputs.get(0), shardCount, replica);
    List<List<MaskedTensor>> parts = new ArrayList<>();
    for (int s = 0; s < shards.shards(); s++) {
      Tape tape = new Tape(program, shards, s, training);
      tapes.add(tape);
      List<MaskedTensor> rows = new ArrayList<>();
      for (Operand<TFloat32> input : inputs) {
        rows.add(new MaskedTensor(Casts.beneath(tf, input, all -> tape.rows(all))));
      }
      parts.add(rows);
    }
    predictions.addAll(forward.apply(tapes, parts));
  }

  /** Returns a program from the inputs to all outputs. */
  static CompiledStep predict(Network network, List<Shape> inputs) {
    StepBuilder step = new StepBuilder(network, null, inputs, false, null);
    for (int i = 0; i < step.predictions.get(0).size(); i++) {
      step.program.output(step.whole(i));
    }
    return step.build(true);
  }

  /** Returns a program from the inputs to what each layer makes of them, outside of training. */
  static CompiledStep layers(Network network, List<Shape> inputs) {
    Map<String, MaskedTensor> made = new LinkedHashMap<>();
    StepBuilder step =
        new StepBuilder(
            network,
            null,
            inputs,
            false,
            null,
            1,
            (tapes, rows) -> {
              made.putAll(network.layerOutputs(tapes.get(0), rows.get(0)));
              return List.of(List.copyOf(made.values()));
            });
    made.values().forEach(tensor -> step.program.output(tensor.tensor()));
    return new CompiledStep(step.build(false).program(), false, List.copyOf(made.keySet()));
  }

  /**
   * Returns a program from inputs, targets and their weights to one vector: the loss, then the
   * statistics of each metric.
   *
   * @param workers who does the step together; null for this process alone
   */
  static CompiledStep step(
      Network network,
      Compiled compiled,
      List<Shape> inputs,
      List<TargetShapes> targets,
      boolean training,
      Collective workers) {
    StepBuilder step = new StepBuilder(network, compiled, inputs, training, workers);
    int outputs = step.predictions.get(0).size();
    if (targets.size() != compiled.measured().size() || compiled.outputs().size() != outputs) {
      throw Errors.in("Model \"" + network.name() + "\"", "each output needs its targets and loss.")
          .expected(outputs + " outputs, as the model has")
          .got(targets.size() + " targets and " + compiled.outputs().size() + " losses")
          .fix("give compile and fit as many as there are outputs")
          .argument();
    }
    step.measure(step.measured(step.targets(targets)), training);
    boolean weighted = targets.stream().anyMatch(each -> each.weight() != null);
    return step.build(!weighted && step.addsUp);
  }

  /** Returns a program for a training step of the model's own. */
  static CompiledStep own(
      Network network, Compiled compiled, List<Shape> inputs, List<TargetShapes> targets) {
    StepBuilder step =
        new StepBuilder(network, compiled, inputs, true, null, 1, (tapes, given) -> given);
    step.ownStep(step.targets(targets));
    return step.build(false);
  }

  private CompiledStep build(boolean sumsAddUp) {
    shards.assignStates();
    boolean addsUp = sumsAddUp && !program.changesVariables() && !network.needsWholeBatch();
    return new CompiledStep(
        program.build(shards.shards() == 1 ? Program.Threads.CALLER : Program.Threads.POOL),
        addsUp,
        List.of());
  }

  /** Tells into how many shards a batch is cut. */
  static int shardCount(Network network, Compiled compiled, List<Shape> inputs) {
    // A GPU is busiest with a whole batch at once.
    boolean whole =
        network.engine().hasGpu()
            || network.needsWholeBatch()
            || (compiled != null && compiled.needsWholeBatch());
    return whole ? 1 : Shards.count(inputs.get(0).get(0), work(network, inputs));
  }

  /** Multiplications in one pass over a sample. */
  static double work(Network network, List<Shape> inputs) {
    long parameters = network.weights().stream().mapToLong(Variable::size).sum();
    long timesteps = 1;
    for (Shape input : inputs) {
      long own = 1;
      for (int i = 1; i < input.numDimensions() - 1; i++) {
        own *= input.get(i) == Shape.UNKNOWN_SIZE ? USUAL_TIMESTEPS : input.get(i);
      }
      timesteps = Math.max(timesteps, own);
    }
    return (double) parameters * timesteps;
  }

  /** The targets of an output and the weights of its samples, or null. */
  private record Target(Operand<TFloat32> target, Operand<TFloat32> weight) {}

  /** One output with the data that belongs to it, its loss and its metrics. */
  private final class Measured {
    private final CompiledOutput compiled;
    private final Operand<TFloat32> target;
    private final Operand<TFloat32> weight;
    private final Loss loss;
    private LossReduction reduction;
    private Operand<TFloat32> weights;

    Measured(CompiledOutput compiled, Target given) {
      this.compiled = compiled;
      this.target = given.target();
      this.weight = given.weight();
      this.loss = compiled.loss(target.shape(), outputShape());
    }

    Shape outputShape() {
      return prediction(0).tensor().shape();
    }

    MaskedTensor prediction(int shard) {
      return predictions.get(shard).get(compiled.index());
    }

    /** Makes the weights of all samples, for the loss's share of each shard. */
    void weigh() {
      if (loss != null) {
        reduction =
            new LossReduction(loss.reduction(), replica == null ? null : program::sumOverWorkers);
        Operand<TBool> mask = lossMask();
        weights = reduction.weights(tf, weight, mask);
        addsUp &= loss.reducesLastAxis() && reduction.isOfEachSample() && mask == null;
        addsUp &= !loss.needsWholeBatch();
        addsUp &= StepBuilder.this.compiled.lossNames().isEmpty();
      }
    }

    /** Tells which values of the whole batch count: by the model's mask and by the loss's own. */
    private Operand<TBool> lossMask() {
      return LossReduction.both(tf, wholeMask(), loss.mask(tf, target, outputShape()));
    }

    /** Weighs by a mask that is known only with the values, which are those of the whole batch. */
    private void weighBy(Operand<TBool> maskOfValues) {
      if (maskOfValues != null) {
        weights = reduction.weights(tf, weight, LossReduction.both(tf, lossMask(), maskOfValues));
      }
    }

    /** Returns the shard's share of the loss that is minimised, and of the one that is logged. */
    List<MaskedTensor> shares(int shard) {
      Operand<TFloat32> rows = shards.rows(target, shard);
      MaskedTensor prediction = prediction(shard);
      boolean logits =
          prediction.logits() != null
              && loss.canUseLogits(
                  prediction.activation(), rows.shape(), prediction.tensor().shape());
      return tapes
          .get(shard)
          .ops(
              List.of(logits ? prediction.logits() : prediction.tensor()),
              (context, values) -> {
                Operand<TFloat32> each =
                    NativeErrors.named(
                        "Loss \"" + loss.name() + "\"",
                        rows.shape(),
                        values.get(0).shape(),
                        () ->
                            logits
                                ? loss.callLogits(tf, rows, values.get(0), prediction.activation())
                                : loss.call(tf, rows, values.get(0)));
                weighBy(loss.maskOfValues(tf, each));
                Operand<TFloat32> rowWeights = weights == null ? null : shards.rows(weights, shard);
                Operand<TFloat32> share =
                    reduction.share(tf, each, rowWeights, weights, shards.size());
                Operand<TFloat32> logged = reduction.logged(tf, share, each, shards.size());
                return StepBuilder.this.compiled.lossNames().isEmpty()
                    ? List.of(weighed(share), weighed(logged))
                    : List.of(weighed(share), weighed(logged), tf.identity(logged));
              });
    }

    private Operand<TFloat32> weighed(Operand<TFloat32> share) {
      double factor = compiled.lossWeight();
      return factor == 1 ? share : tf.math.mul(share, tf.constant((float) factor));
    }

    /** Returns the sums of each metric. */
    List<Operand<TFloat32>> statistics() {
      List<Operand<TFloat32>> all = new ArrayList<>();
      for (CompiledOutput.Measure measure : compiled.measures(target.shape(), outputShape())) {
        addsUp &= !measure.metric().needsWholeBatch();
        all.add(statistics(measure.metric(), measure.weighted() ? weight : null));
      }
      return all;
    }

    private Operand<TFloat32> statistics(Metric metric, Operand<TFloat32> sampleWeight) {
      if (metric.needsWholeBatch()) {
        return StepBuilder.this.statistics(metric, target, wholePrediction(), sampleWeight);
      }
      List<Operand<TFloat32>> parts = new ArrayList<>();
      for (int s = 0; s < tapes.size(); s++) {
        parts.add(
            StepBuilder.this.statistics(
                metric,
                shards.rows(target, s),
                prediction(s),
                sampleWeight == null ? null : shards.rows(sampleWeight, s)));
      }
      return addAll(parts);
    }

    private MaskedTensor wholePrediction() {
      if (tapes.size() == 1) {
        return prediction(0);
      }
      return new MaskedTensor(whole(compiled.index()), wholeMask(), null);
    }

    private Operand<TBool> wholeMask() {
      if (prediction(0).mask() == null) {
        return null;
      }
      List<Operand<TBool>> masks = new ArrayList<>();
      for (int s = 0; s < tapes.size(); s++) {
        masks.add(prediction(s).mask());
      }
      return Dims.concat(tf, masks, 0);
    }
  }

  /** Returns the output of all shards. */
  private Operand<TFloat32> whole(int output) {
    List<Operand<TFloat32>> rows = new ArrayList<>();
    predictions.forEach(each -> rows.add(each.get(output).tensor()));
    return Dims.concat(tf, rows, 0);
  }

  /** Returns inputs of the program for targets and weights. */
  private List<Target> targets(List<TargetShapes> shapes) {
    List<Operand<TFloat32>> targets = new ArrayList<>();
    shapes.forEach(each -> targets.add(program.input(each.target())));
    List<Target> all = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      Shape weight = shapes.get(i).weight();
      all.add(new Target(targets.get(i), weight == null ? null : program.input(weight)));
    }
    return all;
  }

  /** Returns the outputs that are measured; their predictions must be there. */
  private List<Measured> measured(List<Target> targets) {
    List<Measured> outputs = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      outputs.add(new Measured(compiled.measured().get(i), targets.get(i)));
    }
    return outputs;
  }

  private void measure(List<Measured> outputs, boolean training) {
    List<Operand<TFloat32>> results = new ArrayList<>();
    results.add(number(losses(outputs)));
    lossesOfOutput.values().forEach(parts -> results.add(number(parts)));
    outputs.forEach(output -> results.addAll(output.statistics()));
    if (replica != null) {
      results.add(replica.stops());
      together(Dims.concat(tf, results, 0), training);
      return;
    }
    output(results);
    if (training) {
      update();
    }
  }

  /** Adds results and gradients up over all workers, and updates with the sums. */
  private void together(Operand<TFloat32> results, boolean training) {
    List<Variable> trainable = training ? trainable() : List.of();
    Tape tape = tapes.get(0);
    // Each worker knows the weights: what depends on them alone is not added up.
    List<Operand<TFloat32>> penalties = penalties(tape);
    boolean ofPenaltiesAlone =
        !penalties.isEmpty() && lossesOfTape.stream().allMatch(List::isEmpty);
    List<Operand<TFloat32>> own =
        trainable.isEmpty()
            ? List.of()
            : ofPenaltiesAlone
                ? Collections.nCopies(trainable.size(), null)
                : gradients(trainable, lossesOfTape);
    ReplicaSum sum = new ReplicaSum(program, shards, own, results);
    program.output(penalties.isEmpty() ? sum.numbers() : withPenalties(sum.numbers(), penalties));
    if (trainable.isEmpty()) {
      return;
    }
    List<Operand<TFloat32>> gradients = new ArrayList<>(sum.gradients());
    if (!penalties.isEmpty()) {
      List<Operand<TFloat32>> more = gradients(trainable, List.of(penalties));
      for (int i = 0; i < gradients.size(); i++) {
        if (gradients.get(i) == null || more.get(i) == null) {
          gradients.set(i, gradients.get(i) == null ? more.get(i) : gradients.get(i));
        } else {
          gradients.set(i, tf.math.add(gradients.get(i), more.get(i)));
        }
      }
    }
    compiled.optimizer().apply(program, gradients, trainable);
  }

  /** Adds penalties to the first of some numbers, the loss. */
  private Operand<TFloat32> withPenalties(
      Operand<TFloat32> numbers, List<Operand<TFloat32>> penalties) {
    int size = (int) numbers.shape().get(0);
    float[] first = new float[size];
    first[0] = 1;
    return tf.math.add(numbers, tf.math.mul(tf.constant(first), addAll(penalties)));
  }

  private void output(List<Operand<TFloat32>> results) {
    program.output(Dims.concat(tf, results, 0));
  }

  /** Runs the model's own step; metrics are computed of what it took the compiled loss of. */
  private void ownStep(List<Target> targets) {
    TapeContext context = new TapeContext(tapes.get(0), predictions.get(0));
    List<Measured> outputs = new ArrayList<>();
    UnaryOperator<List<Operand<TFloat32>>> compiledLoss =
        predicted -> {
          predictions.set(0, context.onTape(predicted));
          outputs.clear();
          outputs.addAll(measured(targets));
          lossesOfTape.clear();
          losses(outputs);
          return List.of(context.ofTape(sum(lossesOfTape.get(0))));
        };
    Map<String, Operand<TFloat32>> given =
        network
            .ownStep()
            .apply(
                new OwnStep(
                    program,
                    context,
                    targets.stream().map(Target::target).toList(),
                    targets.stream().map(Target::weight).collect(Collectors.toList()),
                    compiled.optimizer(),
                    compiledLoss));
    if (given == null) {
      throw Errors.in("trainStep", "the step returned no logs.")
          .expected("a map of names and numbers, as fit logs them")
          .got("null")
          .fix("return Map.of(\"loss\", loss)")
          .state();
    }
    Map<String, Operand<TFloat32>> logs = new TreeMap<>(given);
    List<Operand<TFloat32>> results = new ArrayList<>();
    Operand<TFloat32> loss = logs.remove("loss");
    results.add(number(List.of(loss == null ? tf.constant(0f) : loss)));
    logs.values().forEach(each -> results.add(number(List.of(each))));
    compiled.ownLogs(List.copyOf(logs.keySet()));
    if (outputs.isEmpty() && !targets.isEmpty()) {
      throw Errors.in("trainStep", "the step does not use what compile was given.")
          .expected("computeLoss(predictions), which metrics are computed with too")
          .got("loss or metrics in compile, and no call of computeLoss")
          .fix("call computeLoss, or leave loss and metrics out of compile")
          .state();
    }
    outputs.forEach(output -> results.addAll(output.statistics()));
    output(results);
  }

  /** Returns the sum of recorded scalars. */
  private Operand<TFloat32> sum(List<Operand<TFloat32>> parts) {
    return tapes.get(0).ops(parts, (context, own) -> List.of(addAll(own))).get(0).tensor();
  }

  private Operand<TFloat32> number(List<Operand<TFloat32>> parts) {
    return tf.reshape(addAll(parts), tf.constant(new int[] {1}));
  }

  private final List<List<Operand<TFloat32>>> lossesOfTape = new ArrayList<>();

  /** The parts of the loss of each output, as it is logged, without its weight. */
  private final Map<Measured, List<Operand<TFloat32>>> lossesOfOutput = new LinkedHashMap<>();

  private boolean addsUp = true;

  /**
   * Returns the parts of the loss that is logged: one for each output and shard, and those that
   * layers and weights add. The parts of the loss that is minimised are kept for {@link #update}.
   */
  private List<Operand<TFloat32>> losses(List<Measured> outputs) {
    List<Operand<TFloat32>> all = new ArrayList<>();
    outputs.forEach(Measured::weigh);
    for (int s = 0; s < tapes.size(); s++) {
      Tape tape = tapes.get(s);
      List<Operand<TFloat32>> own = new ArrayList<>();
      for (Measured output : outputs) {
        if (output.loss != null) {
          List<MaskedTensor> shares = output.shares(s);
          own.add(shares.get(0).tensor());
          all.add(shares.get(1).tensor());
          if (shares.size() > 2) {
            lossesOfOutput
                .computeIfAbsent(output, o -> new ArrayList<>())
                .add(shares.get(2).tensor());
          }
        }
      }
      List<Operand<TFloat32>> added = new ArrayList<>(tape.losses());
      addsUp &= added.isEmpty();
      if (s == 0 && replica == null) {
        added.addAll(penalties(tape));
      }
      own.addAll(added);
      all.addAll(added);
      lossesOfTape.add(own);
    }
    if (all.isEmpty()) {
      all.add(tf.constant(0f));
    }
    return all;
  }

  private List<Operand<TFloat32>> penalties(Tape tape) {
    List<Operand<TFloat32>> penalties = new ArrayList<>();
    for (Variable weight : network.weights()) {
      if (weight.trainable() && weight.regularizer() != null) {
        penalties.add(
            tape.ops(
                    List.of(),
                    (context, none) ->
                        List.of(weight.regularizer().call(tf, context.weight(weight))))
                .get(0)
                .tensor());
      }
    }
    return penalties;
  }

  private Operand<TFloat32> statistics(
      Metric metric, Operand<TFloat32> target, MaskedTensor prediction, Operand<TFloat32> weight) {
    boolean logits =
        prediction.logits() != null
            && metric.canUseLogits(
                prediction.activation(), target.shape(), prediction.tensor().shape());
    return NativeErrors.named(
        "Metric \"" + metric.name() + "\"",
        target.shape(),
        prediction.tensor().shape(),
        () ->
            logits
                ? metric.statisticsFromLogits(
                    tf, target, prediction.logits(), weight, prediction.mask())
                : metric.statistics(tf, target, prediction.tensor(), weight, prediction.mask()));
  }

  private void update() {
    List<Variable> trainable = trainable();
    if (!trainable.isEmpty()) {
      compiled.optimizer().apply(program, gradients(trainable, lossesOfTape), trainable);
    }
  }

  private List<Variable> trainable() {
    List<Variable> trainable = network.weights().stream().filter(Variable::trainable).toList();
    if (trainable.isEmpty()) {
      Warnings.warn(
          StepBuilder.class,
          "Model \"{}\" has no trainable weights: training changes nothing.",
          network.name());
    }
    return trainable;
  }

  /** Returns the gradient of each variable, null where there is none, of losses on each tape. */
  private List<Operand<TFloat32>> gradients(
      List<Variable> trainable, List<List<Operand<TFloat32>>> ofTape) {
    Optimizer<?> optimizer = compiled.optimizer();
    List<Operand<TFloat32>> losses = new ArrayList<>();
    for (int s = 0; s < ofTape.size(); s++) {
      for (Operand<TFloat32> loss : ofTape.get(s)) {
        losses.add(
            tapes
                .get(s)
                .op(loss, (context, own) -> optimizer.scaleLoss(context.tf(), own))
                .tensor());
      }
    }
    if (losses.isEmpty()) {
      throw Errors.in("Model \"" + network.name() + "\"", "there is no loss to minimise.")
          .expected("a loss in compile, or one that a layer or the model adds")
          .got("compile without loss(...)")
          .fix("model.compile(c -> c.loss(\"mse\").optimizer(\"adam\"))")
          .state();
    }
    Map<Variable, Operand<TFloat32>> found = tapes.get(0).gradients(losses);
    List<Operand<TFloat32>> gradients = new ArrayList<>();
    trainable.forEach(variable -> gradients.add(found.get(variable)));
    return gradients;
  }

  private Operand<TFloat32> addAll(List<Operand<TFloat32>> parts) {
    return parts.size() == 1 ? parts.get(0) : tf.math.addN(parts);
  }
}
