package keras.internal.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import keras.backend.LayerContext;
import keras.backend.Variable;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * Records what one shard of a batch goes through, so that the gradients of the loss can be found in
 * a pass back over it.
 *
 * <p>Each step is either a group of plain ops, whose gradient TensorFlow knows, or something that
 * brings its own. Steps are cut off from one another: a step's inputs and weights go through an
 * identity of its own, so that asking TensorFlow for its gradient never reaches into another step.
 */
public final class Tape {

  /** Plain ops with a gradient that TensorFlow knows. */
  @FunctionalInterface
  public interface PlainOps {
    /**
     * Adds the ops.
     *
     * @param context gives the weights
     * @param inputs the step's inputs
     * @return the step's outputs
     */
    List<Operand<TFloat32>> add(LayerContext context, List<Operand<TFloat32>> inputs);
  }

  /** The backward pass of a step that brings its own gradient. */
  @FunctionalInterface
  public interface Backward {
    /**
     * Adds the ops of the gradient.
     *
     * @param outputGradients one for each output; null where the loss does not depend on it
     * @return one for each input, then one for each weight; null where there is none
     */
    List<Operand<TFloat32>> add(List<Operand<TFloat32>> outputGradients);
  }

  private static final Set<String> WITH_LOGITS = Set.of("Softmax", "Sigmoid");

  private final ProgramBuilder program;
  private final Shards shards;
  private final int shard;
  private final boolean training;
  private final Set<String> given;
  private final Tape outer;
  private final MergedDims folds;
  private final List<Operand<TFloat32>> losses;
  private final boolean exported;
  private final StepStates stream;
  private int draws;

  /**
   * An empty tape.
   *
   * @param program the program that the ops are added to
   * @param shards how the batch is cut
   * @param shard which part of the batch goes over this tape
   * @param training whether gradients are wanted, and layers behave as in training
   */
  public Tape(ProgramBuilder program, Shards shards, int shard, boolean training) {
    this(program, shards, shard, training, false, null);
  }

  private Tape(
      ProgramBuilder program,
      Shards shards,
      int shard,
      boolean training,
      boolean exported,
      StepStates stream) {
    this.program = program;
    this.shards = shards;
    this.shard = shard;
    this.training = training;
    this.given = Set.of();
    this.outer = null;
    this.folds = MergedDims.NONE;
    this.losses = new ArrayList<>();
    this.exported = exported;
    this.stream = stream;
  }

  /**
   * Returns a tape for a model that is exported: nothing is trained, and no variable changes.
   *
   * @param program the program that the ops are added to
   * @param input a tensor with one row a sample
   * @param stream null for whole sequences, which start with states of zero; for a single timestep,
   *     where its states come from and go to
   * @return an empty tape
   */
  public static Tape ofExport(ProgramBuilder program, Operand<TFloat32> input, StepStates stream) {
    return new Tape(program, new Shards(program, input, 1), 0, false, true, stream);
  }

  private Tape(Tape outer, MergedDims folds, Set<String> given, StepStates stream) {
    this.program = outer.program;
    this.shards = outer.shards;
    this.shard = outer.shard;
    this.training = outer.training;
    this.given = given;
    this.outer = outer;
    this.folds = folds;
    this.losses = outer.losses;
    this.exported = outer.exported;
    this.stream = stream;
  }

  /**
   * This tape, for a layer that is given a dimension of the samples as a part of the batch: (rows,
   * size, ...) has become (rows * size, ...), as a wrapper does that treats timesteps as samples.
   *
   * @param size the dimension's size, or {@link org.tensorflow.ndarray.Shape#UNKNOWN_SIZE}
   * @param count the same as a tensor
   * @return a tape that records to the same place
   */
  public Tape folded(long size, Operand<TInt32> count) {
    // Within a timestep every sequence is whole.
    return new Tape(this, folds.and(size, count), Set.of(), null);
  }

  /**
   * This tape, for a layer whose call was given further arguments.
   *
   * @param arguments their names, as Keras has them
   * @return a tape that records to the same place
   */
  public Tape withGiven(Set<String> arguments) {
    return new Tape(this, folds, arguments, stream);
  }

  /**
   * The sizes of the dimensions that have become a part of the batch.
   *
   * @return the outermost first, -1 for sizes that are not known; empty as a rule
   */
  public List<Long> foldedSizes() {
    return folds.sizes();
  }

  /**
   * Tells where ops are added.
   *
   * @return the ops of the model's graph
   */
  public Ops tf() {
    return program.tf();
  }

  /**
   * Whether the model is being trained.
   *
   * @return true within {@code fit} and {@code trainOnBatch}
   */
  public boolean training() {
    return training;
  }

  /**
   * Tells whether a layer's call was given an argument. A recurrent layer that is called with
   * initial states uses only a mask that was given so.
   *
   * @param argument its name, as {@code "mask"}
   * @return false where it has its default; a mask then comes from the layers before
   */
  public boolean isGiven(String argument) {
    return given.contains(argument);
  }

  /**
   * Tells whether a run may change variables.
   *
   * @return false in a model that is exported, which starts every run with states of zero
   */
  public boolean changesVariables() {
    return !exported;
  }

  /**
   * Where the states of recurrent layers come from and go to, if a run is one timestep of a stream.
   *
   * @return null as a rule
   */
  public StepStates stream() {
    return stream;
  }

  /**
   * Returns the value of a variable at the start of the run. Inside plain ops use {@link
   * LayerContext#weight}, or the weight gets no gradient.
   *
   * @param variable the variable
   * @return its numbers
   */
  public Operand<TFloat32> value(Variable variable) {
    return program.value(variable);
  }

  /**
   * Computes tensors from weights only. In training they are computed in every run; otherwise
   * cached until one of the weights has changed.
   *
   * @param what tells it from everything else made of the same weights
   * @param weights the weights
   * @param computation makes it of their values; the shapes must be known
   * @return the tensor
   */
  public List<Operand<TFloat32>> derived(
      String what, List<Variable> weights, UnaryOperator<List<Operand<TFloat32>>> computation) {
    return training || exported
        ? computation.apply(weights.stream().map(this::value).toList())
        : program.derived(what, weights, computation);
  }

  /**
   * Returns the program that the ops belong to.
   *
   * @return the access to variables
   */
  public ProgramBuilder program() {
    return program;
  }

  /**
   * The whole batch, of which this tape sees one shard.
   *
   * @return the batch
   */
  public Shards shards() {
    return shards;
  }

  /**
   * Returns the number of samples in this shard, those that were folded into the batch included.
   *
   * @return a scalar
   */
  public Operand<TInt32> rowCount() {
    return folds.rowCount(tf(), shards.rowCount(shard));
  }

  /**
   * This shard's rows of something that was made for the whole batch.
   *
   * @param <T> the element type
   * @param whole one row a sample; where dimensions are folded, (batch, folded dimensions, ...),
   *     each of which may be 1 for something that is the same all along it
   * @return the shard's part
   */
  public <T extends TType> Operand<T> rows(Operand<T> whole) {
    return folds.fold(tf(), shards.rows(whole, shard));
  }

  /**
   * This shard's rows of something that was drawn for the whole batch, rows of other workers
   * included.
   *
   * @param <T> the element type
   * @param drawn one row a sample; folded dimensions as in {@link #rows}
   * @return the shard's part
   */
  public <T extends TType> Operand<T> rowsDrawn(Operand<T> drawn) {
    return rows(shards.own(drawn));
  }

  /**
   * Adds up a tensor over all workers that train together, and records it: its gradient is the sum
   * of theirs.
   *
   * @param x this worker's part; the shape must be known
   * @return the sum; {@code x} itself where one process trains alone
   */
  public Operand<TFloat32> sumOverWorkers(Operand<TFloat32> x) {
    if (!shards.hasOthers()) {
      return x;
    }
    Operand<TFloat32> sum = program.sumOverWorkers(x);
    record(
        List.of(x),
        List.of(),
        List.of(sum),
        gradients -> List.of(program.sumOverWorkers(gradients.get(0))));
    return sum;
  }

  /**
   * Returns this worker's share of a mean over all workers, by their samples.
   *
   * @param value of this worker's samples
   * @return the value itself where one process trains alone
   */
  Operand<TFloat32> share(Operand<TFloat32> value) {
    if (!shards.hasOthers()) {
      return value;
    }
    Operand<TFloat32> own = tf().dtypes.cast(shards.ownSize(), TFloat32.class);
    Operand<TFloat32> all = tf().dtypes.cast(shards.size(), TFloat32.class);
    return tf().math.mul(value, tf().math.div(own, all));
  }

  /**
   * Adds to the loss of the model what was made of this worker's samples.
   *
   * @param loss a recorded scalar
   */
  public void addLossOfSamples(Operand<TFloat32> loss) {
    addLoss(shards.hasOthers() ? op(loss, (context, own) -> share(own)).tensor() : loss);
  }

  /**
   * Something drawn at random for the whole batch, whichever shard asks first.
   *
   * @param <T> the element type
   * @param draw makes it, for the whole batch
   * @return the numbers for the whole batch; {@link #rows} gives the shard's part
   */
  public <T extends TType> Operand<T> drawnOnce(Supplier<Operand<T>> draw) {
    return outer == null ? shards.drawnOnce(draws++, draw) : outer.drawnOnce(draw);
  }

  /**
   * This shard's rows of a state that lasts from run to run. Where a layer is called again, they
   * are those that its last call left; no gradient goes through them.
   *
   * @param state a variable with one row a sample
   * @return its value by now
   */
  public Operand<TFloat32> stateRows(Variable state) {
    Operand<TFloat32> left = shards.left(state, shard);
    return left == null ? rows(value(state)) : tf().stopGradient(left);
  }

  /**
   * Returns the value of a variable that is the same for all shards, as the last call has left it.
   *
   * @param variable one that is not trained
   * @return its value by now; no gradient goes through it
   */
  public Operand<TFloat32> latest(Variable variable) {
    Operand<TFloat32> left = shards.left(variable, 0);
    return left == null ? value(variable) : tf().stopGradient(left);
  }

  /**
   * Sets a variable that is the same for all shards.
   *
   * @param variable one that is not trained
   * @param value its value after the run, unless a later call sets another one
   */
  public void assignLatest(Variable variable, Operand<TFloat32> value) {
    shards.state(variable, 0, value);
  }

  /**
   * Sets this shard's rows of a state that lasts from run to run.
   *
   * @param state a variable with one row a sample
   * @param rows the shard's part of its new value
   */
  public void assignRows(Variable state, Operand<TFloat32> rows) {
    shards.state(state, shard, rows);
  }

  /**
   * Records plain ops.
   *
   * @param inputs the tensors that they work on
   * @param body adds them
   * @return their outputs
   */
  public List<MaskedTensor> ops(List<Operand<TFloat32>> inputs, PlainOps body) {
    return layer(inputs.stream().map(MaskedTensor::new).toList(), body);
  }

  /**
   * Records the plain ops of a layer, which may look at masks and call other layers.
   *
   * @param inputs the tensors that they work on
   * @param body adds them
   * @return their outputs, without masks
   */
  public List<MaskedTensor> layer(List<MaskedTensor> inputs, PlainOps body) {
    TapeContext context = new TapeContext(this, inputs);
    List<Operand<TFloat32>> outputs = body.add(context, context.own());
    List<MaskedTensor> values = new ArrayList<>();
    List<Operand<TFloat32>> recorded = new ArrayList<>();
    for (Operand<TFloat32> output : outputs) {
      Operand<TFloat32> logits = logits(output);
      recorded.add(output);
      if (logits != null) {
        recorded.add(logits);
      }
      values.add(new MaskedTensor(output, null, logits));
    }
    context.record(recorded);
    return values;
  }

  /**
   * Records plain ops with one input and one output.
   *
   * @param input the tensors that they work on
   * @param body adds them
   * @return their output
   */
  public MaskedTensor op(
      Operand<TFloat32> input,
      java.util.function.BiFunction<LayerContext, Operand<TFloat32>, Operand<TFloat32>> body) {
    return ops(List.of(input), (context, own) -> List.of(body.apply(context, own.get(0)))).get(0);
  }

  @SuppressWarnings("unchecked")
  private static Operand<TFloat32> logits(Operand<TFloat32> output) {
    return WITH_LOGITS.contains(output.op().type())
        ? (Operand<TFloat32>) ((GraphOperation) output.op()).input(0)
        : null;
  }

  /**
   * Records something that brings its own gradient.
   *
   * @param inputs the tensors that it works on
   * @param weights the variables that it reads
   * @param outputs the tensors that came of it
   * @param backward adds the ops of the gradient
   */
  public void record(
      List<Operand<TFloat32>> inputs,
      List<Variable> weights,
      List<Operand<TFloat32>> outputs,
      Backward backward) {
    boolean needed =
        inputs.stream().anyMatch(this::isDifferentiable)
            || weights.stream().anyMatch(Variable::trainable);
    if (!training || !needed) {
      return;
    }
    shards.recording().add(inputs, weights, outputs, backward);
  }

  /**
   * Takes rows of a weight and records it so that its gradient is known to be of these rows alone.
   *
   * @param weight a matrix
   * @param rows which rows, in any shape
   * @return (rows..., width)
   */
  public Operand<TFloat32> rowsOf(Variable weight, Operand<TInt32> rows) {
    Ops tf = tf();
    Operand<TFloat32> taken =
        exported ? tf.gather(value(weight), rows, tf.constant(0)) : program.rows(weight, rows);
    if (training && weight.trainable()) {
      int width = (int) weight.shape().get(1);
      Operand<TInt32> flat = tf.reshape(rows, tf.constant(new int[] {-1}));
      shards
          .recording()
          .addRows(
              weight,
              flat,
              taken,
              gradients ->
                  List.of(tf.reshape(gradients.get(0), tf.constant(new int[] {-1, width}))));
    }
    return taken;
  }

  /**
   * Tells whether a gradient of this tensor is of any use.
   *
   * @param tensor an input of a step
   * @return true if it depends on a trainable variable
   */
  public boolean isDifferentiable(Operand<TFloat32> tensor) {
    return shards.recording().isDifferentiable(tensor);
  }

  /**
   * Adds to the loss of the model, as an activity regularizer does.
   *
   * @param loss a recorded scalar
   */
  public void addLoss(Operand<TFloat32> loss) {
    losses.add(loss);
  }

  /**
   * Returns the losses that {@link #addLoss} was given.
   *
   * @return scalars, in order
   */
  public List<Operand<TFloat32>> losses() {
    return losses;
  }

  /**
   * Goes back over the tapes of all shards.
   *
   * @param loss recorded scalars, of any shard
   * @return the gradient of each trainable variable that the loss depends on
   */
  public Map<Variable, Operand<TFloat32>> gradients(List<Operand<TFloat32>> loss) {
    return shards.recording().gradients(program, loss);
  }
}
