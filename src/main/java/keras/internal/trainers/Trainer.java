package keras.internal.trainers;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import keras.backend.Variable;
import keras.callbacks.CallbackList;
import keras.callbacks.History;
import keras.callbacks.RunObserver;
import keras.callbacks.TrainedModel;
import keras.distribution.Collective;
import keras.distribution.DataParallel;
import keras.distribution.DistributionException;
import keras.internal.graph.Building;
import keras.internal.messages.Errors;
import keras.internal.messages.Warnings;
import keras.internal.trainers.Programs.Mode;
import keras.metrics.Metric;
import keras.optimizers.Optimizer;
import keras.utils.Batch;
import keras.utils.Config;
import keras.utils.FloatArrays;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;

/** Trains, tests and runs a model: batches in, logs out. Keras: {@code Trainer}. */
public final class Trainer {

  private final Network network;
  private final TrainedModel model;
  private final Turns turns = new Turns();
  private final JoinedRequests requests = new JoinedRequests();
  private volatile RunObserver observer;

  /** The arguments of compile, who trains together and the programs: all change at once. */
  private record Setup(Compiled compiled, Programs programs, Workers workers) {}

  /** Who trains together, and whether each takes its rows of data that all are given. */
  private record Workers(Collective collective, boolean cuts) {}

  private volatile Setup setup;
  private volatile Steps latest;
  private volatile boolean stopTraining;
  private ResumePoint resumption;

  /** Whether the workers have the same model since it was compiled. */
  private boolean agreed;

  /**
   * A trainer.
   *
   * @param network the model's layers
   * @param model the view of it that callbacks have
   */
  public Trainer(Network network, TrainedModel model) {
    this.network = network;
    this.model = model;
    this.setup = new Setup(null, new Programs(network, null, null), null);
    this.latest = steps();
  }

  /**
   * Sets who is told of each run.
   *
   * @param observer null for nobody
   */
  public void observeRuns(RunObserver observer) {
    this.observer = observer;
  }

  private Compiled compiled() {
    return setup.compiled;
  }

  /** Returns what goes with a call that begins now. */
  private Steps steps() {
    Setup now = setup;
    Shares shares =
        now.workers == null
            ? null
            : new Shares(now.workers.collective, now.workers.cuts, () -> stopTraining);
    return new Steps(network, now.compiled, now.programs, observer, shares);
  }

  /**
   * Trains and tests together with other processes from now on. Keras: {@code
   * keras.distribution.set_distribution}.
   *
   * @param distribution who, and whose data; null for this process alone
   */
  public void distribute(DataParallel distribution) {
    turns.take(
        "distribute",
        () -> {
          Collective all =
              distribution == null ? null : new CheckedCollective(distribution.workers());
          boolean alone = all == null || all.size() == 1;
          setup(compiled(), alone ? null : new Workers(all, distribution.shardsDataset()));
          return null;
        });
  }

  /**
   * Says how to train. Keras: {@code model.compile(...)}.
   *
   * @param arguments loss, optimizer, metrics
   * @throws IllegalArgumentException if a name is not known
   */
  public void compile(CompileArguments arguments) {
    turns.take(
        "compile",
        () -> {
          setup(new Compiled(arguments, compiled(), network), setup.workers);
          return null;
        });
  }

  /**
   * Makes what the optimizer remembers of each weight, as the first step of training would. Does
   * nothing if it is there, or if there is no optimizer or nothing to train.
   */
  public void buildOptimizer() {
    List<Variable> trainable = network.weights().stream().filter(Variable::trainable).toList();
    if (optimizer() != null && !trainable.isEmpty()) {
      Building.alone(() -> optimizer().build(trainable));
    }
  }

  /**
   * Says how to train, as a configuration has it. Keras: {@code model.compile_from_config(...)}.
   *
   * @param config the arguments of {@code compile}, as Keras writes them
   * @throws IllegalArgumentException if something is wrong, or not known
   */
  public void compileFromConfig(Config config) {
    config.placed(
        () -> {
          CompileArguments arguments = new CompileArguments();
          arguments.read(config);
          compile(arguments);
          return compiled();
        });
  }

  /**
   * Returns the arguments of {@code compile}. Keras: {@code model.get_compile_config()}.
   *
   * @return a new map as Keras writes it, empty before {@code compile}
   */
  public Map<String, Object> compileConfig() {
    Compiled compiled = compiled();
    return compiled == null ? new LinkedHashMap<>() : compiled.config();
  }

  /** Makes new programs from now on, as after a change of what is trainable. */
  public void forgetPrograms() {
    setup(compiled(), setup.workers);
  }

  private void setup(Compiled compiled, Workers workers) {
    network.forgetPrograms();
    Collective collective = workers == null ? null : workers.collective;
    setup = new Setup(compiled, new Programs(network, compiled, collective), workers);
    latest = steps();
    agreed = false;
  }

  /**
   * Returns the optimizer.
   *
   * @return the one that the model was compiled with, or null
   */
  public Optimizer<?> optimizer() {
    Compiled compiled = compiled();
    return compiled == null ? null : compiled.optimizer();
  }

  /**
   * A metric of the model.
   *
   * @param name its key in the logs
   * @return empty before the first batch, or if there is none of that name
   */
  public Optional<Metric> metric(String name) {
    return latest.metric(name);
  }

  /**
   * Returns the names of loss and metrics in the logs.
   *
   * @return sorted; empty before the first batch
   */
  public List<String> metricNames() {
    return List.copyOf(latest.logs().keySet());
  }

  /**
   * Tells whether training shall stop after the batch at hand.
   *
   * @return true once a callback asked for it
   */
  public boolean stopTraining() {
    return stopTraining;
  }

  /**
   * Makes training stop after the batch at hand.
   *
   * @param value true to stop
   */
  public void stopTraining(boolean value) {
    stopTraining = value;
  }

  /**
   * Returns the sums of loss and metrics over the batches since they were last forgotten.
   *
   * @return numbers for {@link ResumePoint#totals}
   */
  public List<Double> totals() {
    return latest.sums();
  }

  /**
   * Makes the {@code fit} that begins go on where another one was cut off; to be called by its
   * callbacks at the beginning of training.
   *
   * @param from where that was
   */
  public void resume(ResumePoint from) {
    resumption = from;
  }

  /** Forgets the sums of loss and metrics. Keras: {@code model.reset_metrics()}. */
  public void resetMetrics() {
    latest.reset();
  }

  // ---- fit

  /**
   * Trains. Keras: {@code model.fit(...)}.
   *
   * @param x arrays, or what yields batches
   * @param y the targets; null where {@code x} yields them
   * @param o the arguments
   * @return the logs of each epoch
   */
  public History fit(Object x, Object y, FitArguments o) {
    checkCompiled("fit");
    return turns.fit(
        "fit",
        () -> {
          Steps steps = steps();
          latest = steps;
          return together(
              steps,
              () -> {
                Sources.Fitted data =
                    new Sources(network, steps.compiled(), orders(steps)).fitted(x, y, o);
                return train(steps, data.training(), data.validation(), o);
              });
        });
  }

  /** Does something with the other workers; if it fails here, tells them. */
  private static <T> T together(Steps steps, Supplier<T> work) {
    Shares shares = steps.shares();
    if (shares == null) {
      return work.get();
    }
    try {
      return work.get();
    } catch (DistributionException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      shares.workers().abort(e.toString());
      throw e;
    }
  }

  /** Returns where the orders of shuffles come from: the same on all workers. */
  private static Shuffles orders(Steps steps) {
    Shares shares = steps.shares();
    return shares == null || !shares.cuts() ? Shuffles.USUAL : new Shuffles(shares::sendOrder);
  }

  private History train(Steps steps, Source data, Source validation, FitArguments o) {
    Shares shares = steps.shares();
    boolean leads = shares == null || shares.leads();
    CallbackList callbacks = new CallbackList(o.callbacks).withoutWriting(!leads).addHistory(true);
    Source source = shares == null ? data : shares.over(data);
    stopTraining = false;
    if (shares != null) {
      agree(steps, shares.cuts() ? List.of(data.length(), length(validation)) : List.of());
    }
    prepare(callbacks, leads ? o.verbose : 0, o.epochs, source);
    resumption = null;
    callbacks.onTrainBegin(Map.of());
    if (shares != null) {
      resumption = shares.send(resumption);
      shares.sendValues(values());
      shares.asksAfterBatches(shares.anyone(callbacks.seesTrainBatches()));
    }
    ResumePoint from = resumption;
    int first = from == null ? o.initialEpoch : from.epoch();
    source.skipEpochs(first - o.initialEpoch);
    Map<String, Double> logs = new LinkedHashMap<>();
    for (int epoch = first; epoch < o.epochs && !stops(shares); epoch++) {
      steps.reset();
      callbacks.onEpochBegin(epoch, Map.of());
      boolean goesOn = from != null && epoch == first && from.batches() > 0;
      trainEpoch(steps, source, o, callbacks, goesOn ? from : null);
      logs = steps.logs();
      if (validation != null && (epoch + 1) % o.validationFreq == 0) {
        Map<String, Double> measured = test(steps(), Sources.VALIDATION, validation, callbacks);
        for (Map.Entry<String, Double> entry : measured.entrySet()) {
          logs.put("val_" + entry.getKey(), entry.getValue());
        }
      }
      callbacks.onEpochEnd(epoch, logs);
    }
    optimizer().finalizeVariableValues();
    callbacks.onTrainEnd(logs);
    return callbacks.history();
  }

  /** Tells whether training is over, on all workers alike. */
  private boolean stops(Shares shares) {
    return shares == null ? stopTraining : shares.stops();
  }

  /** Makes sure that the workers can train together, and that they train the same. */
  private void agree(Steps steps, Object data) {
    steps.checkDistributes();
    buildOptimizer();
    List<String> seeAll = network.wholeBatchLayers();
    if (!agreed && !seeAll.isEmpty() && steps.shares().leads()) {
      Warnings.warn(
          Trainer.class,
          "Layers {} are given the rows of their worker, not the whole batch. That is the same if"
              + " samples do not depend on each other there.",
          seeAll);
    }
    Map<String, Object> config = compileConfig();
    steps.shares().checkSame(network.layout() + config + data, values());
    agreed = true;
  }

  private static long length(Source source) {
    return source == null ? -1 : source.length();
  }

  /** Returns all that is the same on all workers. */
  private List<Variable> values() {
    List<Variable> values = new ArrayList<>(network.variables());
    values.addAll(optimizer().variables());
    return values;
  }

  private void trainEpoch(
      Steps steps, Source source, FitArguments o, CallbackList callbacks, ResumePoint from) {
    Iterator<Batch> batches = source.epoch();
    int step = 0;
    if (from != null) {
      step = skip(steps, batches, from);
    }
    boolean stop = false;
    while (!stop && batches.hasNext()) {
      callbacks.onTrainBatchBegin(step, Map.of());
      step +=
          steps.execution(
              source,
              batches,
              next ->
                  steps.runFitted(
                      Mode.TRAIN,
                      "fit",
                      steps.weighted(
                          Inputs.fitted("fit", network, steps.compiled(), next), o.classWeight)));
      callbacks.onTrainBatchEnd(step - 1, steps::logs);
      stop = steps.shares() == null ? stopTraining : steps.shares().stopsAfterBatch();
    }
    source.endEpoch();
  }

  /** Goes past the batches that were trained on; how many. */
  private int skip(Steps steps, Iterator<Batch> batches, ResumePoint from) {
    int skipped = 0;
    Batch last = null;
    while (skipped < from.batches() && batches.hasNext()) {
      last = batches.next();
      skipped++;
    }
    // The logs of a step of the model's own are known once it has run; they begin anew.
    if (last != null && network.ownStep() == null) {
      steps.restore(from.totals(), last);
    }
    // Callbacks had done this at the epoch's beginning before the model was backed up.
    from.again().run();
    if (steps.shares() != null) {
      steps.shares().sendValues(values());
    }
    return skipped;
  }

  // ---- evaluate

  /**
   * Measures loss and metrics. Keras: {@code model.evaluate(..., return_dict=True)}.
   *
   * @param x arrays, or what yields batches
   * @param y the targets; null where {@code x} yields them
   * @param o the arguments
   * @return the loss and the metrics, sorted by name as Keras sorts them
   */
  public Map<String, Double> evaluate(Object x, Object y, EvaluateArguments o) {
    checkCompiled("evaluate");
    return inTurn(
        "evaluate",
        () -> {
          Steps steps = steps();
          latest = steps;
          return together(steps, () -> test(steps, x, y, o));
        });
  }

  private Map<String, Double> test(Steps steps, Object x, Object y, EvaluateArguments o) {
    boolean leads = steps.shares() == null || steps.shares().leads();
    Source source =
        new Sources(network, steps.compiled(), Shuffles.USUAL)
            .of("evaluate", x, y, o.sampleWeight, o.batchSize, o.steps);
    CallbackList callbacks = new CallbackList(o.callbacks).withoutWriting(!leads);
    if (steps.shares() != null) {
      agree(steps, steps.shares().cuts() ? length(source) : List.of());
      steps.shares().sendValues(values());
    }
    prepare(callbacks, leads ? o.verbose : 0, 1, source);
    return test(steps, "evaluate", source, callbacks);
  }

  private static Map<String, Double> test(
      Steps steps, String where, Source source, CallbackList callbacks) {
    callbacks.onTestBegin(Map.of());
    source.restart();
    Shares shares = steps.shares();
    boolean sees = callbacks.seesTestBatches();
    boolean each = shares == null ? sees : shares.anyone(sees);
    Source own = each ? source : steps.joining().of(Mode.TEST, source);
    Source runs = shares == null ? own : shares.over(own);
    steps.withSameWeights(() -> testBatches(steps, where, runs, callbacks));
    Map<String, Double> logs = steps.logs();
    callbacks.onTestEnd(logs);
    return logs;
  }

  private static void testBatches(
      Steps steps, String where, Source source, CallbackList callbacks) {
    Iterator<Batch> batches = source.epoch();
    int step = 0;
    while (batches.hasNext()) {
      callbacks.onTestBatchBegin(step, Map.of());
      step += steps.execution(source, batches, next -> steps.run(Mode.TEST, where, next));
      callbacks.onTestBatchEnd(step - 1, steps::logs);
    }
  }

  /**
   * Does something that moves the states of a stateful model, for one thread at a time.
   *
   * <p>Where workers train together, whatever uses them is for one thread at a time as well.
   *
   * @throws IllegalStateException if another thread trains the model
   */
  public <T> T inTurn(String where, Supplier<T> work) {
    boolean takesTurns = setup.workers != null || (network.isBuilt() && network.isStateful());
    return takesTurns ? turns.take(where, work) : work.get();
  }

  // ---- predict

  /**
   * Runs the model. Keras: {@code model.predict(...)}.
   *
   * @param x an array, or what yields batches
   * @param o the arguments
   * @return one array for each output, one row a sample
   */
  public List<FloatNdArray> predict(Object x, EvaluateArguments o) {
    return inTurn("predict", () -> predictInTurn(x, o));
  }

  private List<FloatNdArray> predictInTurn(Object x, EvaluateArguments o) {
    Steps steps = steps();
    Source source =
        new Sources(network, steps.compiled(), Shuffles.USUAL)
            .of("predict", x, null, null, o.batchSize, o.steps);
    CallbackList callbacks = new CallbackList(o.callbacks);
    prepare(callbacks, o.verbose, 1, source);
    callbacks.onPredictBegin(Map.of());
    List<List<FloatNdArray>> outputs = new ArrayList<>();
    Source runs =
        callbacks.seesPredictBatches() ? source : steps.joining().of(Mode.PREDICT, source);
    steps.withSameWeights(() -> outputs.addAll(predictBatches(steps, runs, callbacks)));
    callbacks.onPredictEnd(Map.of());
    return joined(outputs);
  }

  private static List<List<FloatNdArray>> predictBatches(
      Steps steps, Source source, CallbackList callbacks) {
    List<List<FloatNdArray>> outputs = new ArrayList<>();
    Iterator<Batch> batches = source.epoch();
    int step = 0;
    while (batches.hasNext()) {
      callbacks.onPredictBatchBegin(step, Map.of());
      List<List<FloatNdArray>> now = new ArrayList<>();
      step += steps.execution(source, batches, next -> now.add(steps.predicted("predict", next)));
      callbacks.onPredictBatchEnd(step - 1, Map.of("outputs", joined(now)));
      outputs.addAll(now);
    }
    return outputs;
  }

  /** Returns the outputs of all batches: for each output one array. */
  private static List<FloatNdArray> joined(List<List<FloatNdArray>> batches) {
    List<FloatNdArray> all = new ArrayList<>();
    for (int i = 0; i < batches.get(0).size(); i++) {
      int output = i;
      all.add(joinedRows(batches.stream().map(batch -> batch.get(output)).toList()));
    }
    return all;
  }

  private static FloatNdArray joinedRows(List<FloatNdArray> parts) {
    parts.forEach(part -> checkJoins(parts.get(0).shape(), part.shape()));
    return FloatArrays.concatenate(parts);
  }

  private static void checkJoins(Shape first, Shape other) {
    if (!first.tail().equals(other.tail())) {
      throw Errors.in("predict", "outputs of different shapes cannot become one array.")
          .expected(Errors.shape(Shape.of(Shape.UNKNOWN_SIZE).append(first.tail()).asArray()))
          .got(Errors.shape(other.asArray()))
          .fix("call predict or predictOnBatch for each length alone, or pad all to one length")
          .argument();
    }
  }

  // ---- single batches

  /**
   * Trains on one batch. Keras: {@code model.train_on_batch(..., return_dict=True)}.
   *
   * @param batch inputs, targets and perhaps weights
   * @param classWeight weights by class, or null
   * @return the loss and the metrics of this batch, sorted by name as Keras sorts them
   */
  public Map<String, Double> trainOnBatch(Batch batch, Map<Integer, ? extends Number> classWeight) {
    checkCompiled("trainOnBatch");
    return turns.take(
        "trainOnBatch",
        () -> {
          Steps steps = steps();
          latest = steps;
          return together(
              steps,
              () -> {
                build("trainOnBatch", batch);
                Batch fitted =
                    steps.weighted(
                        Inputs.fitted("trainOnBatch", network, steps.compiled(), batch),
                        classWeight == null ? null : ClassWeights.copy(classWeight));
                steps.runFitted(Mode.TRAIN, "trainOnBatch", alone(steps, fitted));
                return steps.logs();
              });
        });
  }

  /** Returns a batch that is given alone, or this worker's part of it. */
  private Batch alone(Steps steps, Batch batch) {
    Shares shares = steps.shares();
    if (shares == null) {
      return batch;
    }
    if (!agreed) {
      agree(steps, List.of());
      shares.sendValues(values());
    }
    Source source = shares.over(new BatchSource("trainOnBatch", network, List.of(batch), null));
    return source.epoch().next();
  }

  /**
   * Tests on one batch. Keras: {@code model.test_on_batch(..., return_dict=True)}.
   *
   * @param batch inputs, targets and perhaps weights
   * @return the loss and the metrics of this batch, sorted by name as Keras sorts them
   */
  public Map<String, Double> testOnBatch(Batch batch) {
    checkCompiled("testOnBatch");
    return inTurn(
        "testOnBatch",
        () -> {
          Steps steps = steps();
          latest = steps;
          return together(
              steps,
              () -> {
                build("testOnBatch", batch);
                steps.run(Mode.TEST, "testOnBatch", alone(steps, batch));
                return steps.logs();
              });
        });
  }

  /**
   * Runs the model on one batch. Keras: {@code model.predict_on_batch(...)}.
   *
   * @param x an array
   * @return one array for each output, one row a sample
   */
  public List<FloatNdArray> predictOnBatch(Object x) {
    Batch batch = Batch.of("predictOnBatch", network.read("predictOnBatch", x), null, null);
    return inTurn(
        "predictOnBatch",
        () -> {
          build("predictOnBatch", batch);
          return steps().predicted("predictOnBatch", batch, requests);
        });
  }

  /**
   * Runs the model once outside of training and gives what each layer makes of it. States move on.
   *
   * @param batch the inputs
   * @return by the layers' names, in their order
   * @throws IllegalArgumentException if the inputs do not fit the model
   */
  public Map<String, FloatNdArray> layerOutputs(Batch batch) {
    return inTurn("layerOutputs", () -> steps().layerOutputs("layerOutputs", batch));
  }

  private void build(String where, Batch batch) {
    Inputs.checkSamples(where, batch);
    network.build(Inputs.shapes(batch));
  }

  private void prepare(CallbackList callbacks, int verbose, int epochs, Source source) {
    callbacks.addProgbar(verbose != 0);
    callbacks.setModel(model);
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("verbose", verbose);
    params.put("epochs", epochs);
    params.put("steps", source.steps());
    callbacks.setParams(params);
  }

  private void checkCompiled(String where) {
    if (compiled() == null) {
      throw Errors.in(where, "the model is not compiled.")
          .expected("a call of compile before")
          .got("none")
          .fix("model.compile(c -> c.loss(\"mse\").optimizer(\"adam\"))")
          .state();
    }
  }
}
