package keras.internal.trainers;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import keras.backend.Variable;
import keras.callbacks.CallbackList;
import keras.callbacks.History;
import keras.callbacks.TrainedModel;
import keras.internal.graph.MaskedTensor;
import keras.internal.graph.Program;
import keras.internal.graph.Tape;
import keras.internal.messages.Errors;
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
  private Compiled compiled;
  private Programs programs;
  private Totals totals;
  private Mode totalsOf;
  private volatile boolean stopTraining;
  private ResumePoint resumption;

  /**
   * A trainer.
   *
   * @param network the model's layers
   * @param model the view of it that callbacks have
   */
  public Trainer(Network network, TrainedModel model) {
    this.network = network;
    this.model = model;
    this.programs = new Programs(network, null);
  }

  /**
   * Says how to train. Keras: {@code model.compile(...)}.
   *
   * @param arguments loss, optimizer, metrics
   * @throws IllegalArgumentException if a name is not known
   */
  public void compile(CompileArguments arguments) {
    compiled = new Compiled(arguments, compiled, network);
    forgetPrograms();
  }

  /**
   * Makes what the optimizer remembers of each weight, as the first step of training would. Does
   * nothing if it is there, or if there is no optimizer or nothing to train.
   */
  public void buildOptimizer() {
    List<Variable> trainable = network.weights().stream().filter(Variable::trainable).toList();
    if (optimizer() != null && !trainable.isEmpty()) {
      compiled.optimizer().build(trainable);
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
          return compiled;
        });
  }

  /**
   * Returns the arguments of {@code compile}. Keras: {@code model.get_compile_config()}.
   *
   * @return a new map as Keras writes it, empty before {@code compile}
   */
  public Map<String, Object> compileConfig() {
    return compiled == null ? new LinkedHashMap<>() : compiled.config();
  }

  /** Makes new programs from now on, as after a change of what is trainable. */
  public void forgetPrograms() {
    network.forgetPrograms();
    programs = new Programs(network, compiled);
    totals = null;
  }

  /**
   * Returns the optimizer.
   *
   * @return the one that the model was compiled with, or null
   */
  public Optimizer<?> optimizer() {
    return compiled == null ? null : compiled.optimizer();
  }

  /**
   * A metric of the model.
   *
   * @param name its key in the logs
   * @return empty before the first batch, or if there is none of that name
   */
  public Optional<Metric> metric(String name) {
    return totals == null ? Optional.empty() : totals.metric(name);
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
    return totals == null ? List.of() : totals.values();
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
    if (totals != null) {
      totals.reset();
    }
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
    Sources.Fitted data = new Sources(network, compiled).fitted(x, y, o);
    return train(data.training(), data.validation(), o);
  }

  private History train(Source source, Source validation, FitArguments o) {
    CallbackList callbacks = new CallbackList(o.callbacks).addHistory(true);
    prepare(callbacks, o.verbose, o.epochs, source);
    stopTraining = false;
    resumption = null;
    callbacks.onTrainBegin(Map.of());
    ResumePoint from = resumption;
    int first = from == null ? o.initialEpoch : from.epoch();
    source.skipEpochs(first - o.initialEpoch);
    Map<String, Double> logs = new LinkedHashMap<>();
    for (int epoch = first; epoch < o.epochs && !stopTraining; epoch++) {
      resetMetrics();
      callbacks.onEpochBegin(epoch, Map.of());
      boolean goesOn = from != null && epoch == first && from.batches() > 0;
      trainEpoch(source, o, callbacks, goesOn ? from : null);
      logs = logs();
      if (validation != null && (epoch + 1) % o.validationFreq == 0) {
        Map<String, Double> measured = test(Sources.VALIDATION, validation, callbacks);
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

  private void trainEpoch(Source source, FitArguments o, CallbackList callbacks, ResumePoint from) {
    Iterator<Batch> batches = source.epoch();
    int step = 0;
    if (from != null) {
      step = skip(batches, from);
    }
    boolean stop = false;
    while (!stop && batches.hasNext()) {
      callbacks.onTrainBatchBegin(step, Map.of());
      step +=
          execution(
              source,
              batches,
              next ->
                  run(
                      Mode.TRAIN,
                      "fit",
                      weighted(Inputs.fitted("fit", network, compiled, next), o.classWeight)));
      callbacks.onTrainBatchEnd(step - 1, this::logs);
      stop = stopTraining;
    }
    source.endEpoch();
  }

  /**
   * Does something with as many batches as callbacks see as one. As in Keras, the last ones of an
   * epoch count as many even if there are fewer.
   *
   * @return how many these are
   */
  private int execution(Source source, Iterator<Batch> batches, Consumer<Batch> use) {
    int steps = compiled == null ? 1 : compiled.stepsPerExecution();
    int done = 0;
    for (int i = 0; i < steps && batches.hasNext(); i++) {
      Batch next = batches.next();
      use.accept(next);
      done += source.batchesIn(next);
    }
    return Math.max(steps, done);
  }

  private BatchMerging joining() {
    return new BatchMerging(network, programs);
  }

  /** Goes past the batches that were trained on; how many. */
  private int skip(Iterator<Batch> batches, ResumePoint from) {
    int skipped = 0;
    Batch last = null;
    while (skipped < from.batches() && batches.hasNext()) {
      last = batches.next();
      skipped++;
    }
    // The logs of a step of the model's own are known once it has run; they begin anew.
    if (last != null && network.ownStep() == null) {
      totals(Mode.TRAIN, last).restore(from.totals());
    }
    // Callbacks had done this at the epoch's beginning before the model was backed up.
    from.again().run();
    return skipped;
  }

  private Batch weighted(Batch batch, Map<Integer, Double> classWeight) {
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
    Source source =
        new Sources(network, compiled).of("evaluate", x, y, o.sampleWeight, o.batchSize, o.steps);
    CallbackList callbacks = new CallbackList(o.callbacks);
    prepare(callbacks, o.verbose, 1, source);
    return test("evaluate", source, callbacks);
  }

  private Map<String, Double> test(String where, Source source, CallbackList callbacks) {
    resetMetrics();
    callbacks.onTestBegin(Map.of());
    source.restart();
    Source runs = callbacks.seesTestBatches() ? source : joining().of(Mode.TEST, source);
    Iterator<Batch> batches = runs.epoch();
    int step = 0;
    while (batches.hasNext()) {
      callbacks.onTestBatchBegin(step, Map.of());
      step +=
          execution(
              runs,
              batches,
              next -> run(Mode.TEST, where, Inputs.fitted(where, network, compiled, next)));
      callbacks.onTestBatchEnd(step - 1, this::logs);
    }
    Map<String, Double> logs = logs();
    callbacks.onTestEnd(logs);
    return logs;
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
    Source source =
        new Sources(network, compiled).of("predict", x, null, null, o.batchSize, o.steps);
    CallbackList callbacks = new CallbackList(o.callbacks);
    prepare(callbacks, o.verbose, 1, source);
    callbacks.onPredictBegin(Map.of());
    List<List<FloatNdArray>> outputs = new ArrayList<>();
    Source runs = callbacks.seesPredictBatches() ? source : joining().of(Mode.PREDICT, source);
    Iterator<Batch> batches = runs.epoch();
    int step = 0;
    while (batches.hasNext()) {
      callbacks.onPredictBatchBegin(step, Map.of());
      List<List<FloatNdArray>> now = new ArrayList<>();
      step +=
          execution(
              runs,
              batches,
              next -> now.add(predicted("predict", Inputs.fitted("predict", network, null, next))));
      callbacks.onPredictBatchEnd(step - 1, Map.of("outputs", joined(now)));
      outputs.addAll(now);
    }
    callbacks.onPredictEnd(Map.of());
    return joined(outputs);
  }

  private List<FloatNdArray> predicted(String where, Batch batch) {
    Inputs.checkBatchSize(where, network, batch.size());
    return Inputs.tried(
        where, network, batch, () -> run(where, programs.of(Mode.PREDICT, batch), batch.inputs()));
  }

  private static List<FloatNdArray> run(String where, Program program, List<FloatNdArray> fed) {
    return NativeErrors.during(
        where,
        fed.stream().map(FloatNdArray::shape).toList(),
        () -> program.run(fed.toArray(FloatNdArray[]::new)));
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
    if (parts.size() == 1) {
      return parts.get(0);
    }
    long[] shape = FloatArrays.shape(parts.get(0));
    parts.forEach(part -> checkJoins(parts.get(0).shape(), part.shape()));
    long size = parts.stream().mapToLong(FloatNdArray::size).sum();
    long rows = parts.stream().mapToLong(part -> part.shape().get(0)).sum();
    float[] all = new float[(int) size];
    int next = 0;
    for (FloatNdArray part : parts) {
      float[] values = FloatArrays.values(part);
      System.arraycopy(values, 0, all, next, values.length);
      next += values.length;
    }
    shape[0] = rows;
    return FloatArrays.wrap(all, shape);
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
    build("trainOnBatch", batch);
    resetMetrics();
    run(
        Mode.TRAIN,
        "trainOnBatch",
        weighted(
            Inputs.fitted("trainOnBatch", network, compiled, batch),
            classWeight == null ? null : ClassWeights.copy(classWeight)));
    return logs();
  }

  /**
   * Tests on one batch. Keras: {@code model.test_on_batch(..., return_dict=True)}.
   *
   * @param batch inputs, targets and perhaps weights
   * @return the loss and the metrics of this batch, sorted by name as Keras sorts them
   */
  public Map<String, Double> testOnBatch(Batch batch) {
    checkCompiled("testOnBatch");
    build("testOnBatch", batch);
    resetMetrics();
    run(Mode.TEST, "testOnBatch", Inputs.fitted("testOnBatch", network, compiled, batch));
    return logs();
  }

  /**
   * Runs the model on one batch. Keras: {@code model.predict_on_batch(...)}.
   *
   * @param x an array
   * @return one array for each output, one row a sample
   */
  public List<FloatNdArray> predictOnBatch(Object x) {
    Batch batch = Batch.of("predictOnBatch", network.read("predictOnBatch", x), null, null);
    build("predictOnBatch", batch);
    return predicted("predictOnBatch", Inputs.fitted("predictOnBatch", network, null, batch));
  }

  /**
   * Runs the model once outside of training and gives tensors from inside of it. States move on.
   *
   * @param forward adds the model's ops and names the tensors that are wanted
   * @param batch the inputs
   * @return the values of the tensors, in the order in which {@code forward} names them
   * @throws IllegalArgumentException if the inputs do not fit the model
   */
  public Map<String, FloatNdArray> layerOutputs(
      BiFunction<Tape, List<MaskedTensor>, Map<String, MaskedTensor>> forward, Batch batch) {
    Batch fitted = Inputs.fitted("layerOutputs", network, null, batch);
    Inputs.checkBatchSize("layerOutputs", network, fitted.size());
    List<FloatNdArray> fed = fitted.inputs();
    List<String> names = new ArrayList<>();
    Program program =
        network
            .engine()
            .building(
                () ->
                    StepBuilder.inner(
                        network,
                        fed.stream().map(FloatNdArray::shape).toList(),
                        (tape, inputs) -> {
                          Map<String, MaskedTensor> wanted = forward.apply(tape, inputs);
                          names.addAll(wanted.keySet());
                          return List.copyOf(wanted.values());
                        }))
            .program();
    List<FloatNdArray> values = program.run(fed.toArray(FloatNdArray[]::new));
    Map<String, FloatNdArray> named = new LinkedHashMap<>();
    names.forEach(name -> named.put(name, values.get(named.size())));
    return named;
  }

  private void build(String where, Batch batch) {
    Inputs.checkSamples(where, batch);
    network.build(Inputs.shapes(batch));
  }

  // ---- steps

  private void run(Mode mode, String where, Batch batch) {
    Inputs.checkTargets(where, network, batch, compiled);
    Inputs.checkBatchSize(where, network, batch.size());
    List<FloatNdArray> fed = new ArrayList<>(batch.inputs());
    fed.addAll(batch.targets());
    fed.addAll(batch.sampleWeights());
    FloatNdArray result =
        Inputs.tried(where, network, batch, () -> run(where, programs.of(mode, batch), fed)).get(0);
    totals(mode, batch).add(FloatArrays.values(result), batch.size());
  }

  /** Returns the sums of loss and metrics, which depend on the shape of the targets. */
  private Totals totals(Mode mode, Batch batch) {
    if (network.ownStep() != null && totalsOf != mode) {
      totals = null; // A step of the model's own logs other things than a test.
    }
    if (totals == null) {
      List<Shape> targets = batch.targets().stream().map(FloatNdArray::shape).toList();
      totals =
          new Totals(
              compiled.measures(targets, network.outputShapes()),
              mode == Mode.TRAIN && network.ownStep() != null
                  ? compiled.ownLogs()
                  : compiled.lossNames());
      totalsOf = mode;
    }
    return totals;
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

  private Map<String, Double> logs() {
    return totals == null ? new LinkedHashMap<>() : totals.logs();
  }

  private void checkCompiled(String where) {
    if (compiled == null) {
      throw Errors.in(where, "the model is not compiled.")
          .expected("a call of compile before")
          .got("none")
          .fix("model.compile(c -> c.loss(\"mse\").optimizer(\"adam\"))")
          .state();
    }
  }
}
