package keras.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import keras.backend.Variable;
import keras.internal.config.Serialized;
import keras.internal.graph.Dims;
import keras.internal.graph.MaskedTensor;
import keras.internal.graph.StepStates;
import keras.internal.graph.Tape;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.ops.TimeMajor;
import keras.internal.rnn.CellRecurrence;
import keras.internal.weights.WeightGroup;
import keras.internal.weights.WeightLimit;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * Goes over the timesteps of a sequence with any cell. Keras: {@code keras.layers.RNN}.
 *
 * <pre>{@code
 * model.add(new RNN(new LSTMCell(20)).returnSequences(true));
 * model.add(new RNN(List.of(new GRUCell(20), new GRUCell(10))));
 * }</pre>
 *
 * <p>Shapes: (batch, timesteps, ...) → (batch, what the cell gives), or (batch, timesteps, what the
 * cell gives) with {@code returnSequences(true)}.
 */
public final class RNN extends KerasLayer<RNN> {

  private final Layer<?> layer;
  private boolean returnSequences;
  private boolean returnState;
  private boolean goBackwards;
  private boolean stateful;
  private boolean unroll;
  private boolean zeroOutputForMask;
  private List<Variable> states;

  /**
   * A layer of a cell.
   *
   * @param cell an {@link LSTMCell}, a {@link GRUCell}, a {@link SimpleRNNCell}, {@link
   *     StackedRNNCells}, or a cell of one's own
   * @param <C> the class of the cell
   */
  public <C extends Layer<?> & RNNCell> RNN(C cell) {
    this((RNNCell) cell);
  }

  /**
   * A layer of several cells, one on top of the other.
   *
   * @param cells the first one gets the input
   * @param <C> their class
   */
  public <C extends Layer<?>> RNN(List<C> cells) {
    this((RNNCell) new StackedRNNCells(cells));
  }

  private RNN(RNNCell cell) {
    if (cell == null) {
      throw Errors.in("RNN", "there is no cell.")
          .expected("a cell")
          .got(null)
          .fix("new RNN(new LSTMCell(20))")
          .argument();
    }
    this.layer = (Layer<?>) cell;
  }

  /**
   * Returns the cell. Keras: {@code layer.cell}.
   *
   * @return the one given to the constructor
   */
  public RNNCell cell() {
    return (RNNCell) layer;
  }

  /**
   * Sets whether the outputs of all timesteps are given, or the last one only.
   *
   * @param value false by default
   * @return this layer
   */
  public RNN returnSequences(boolean value) {
    checkNotFrozen("returnSequences");
    returnSequences = value;
    return this;
  }

  /**
   * Sets whether the states at the end are given as well, after the output.
   *
   * @param value false by default
   * @return this layer
   */
  public RNN returnState(boolean value) {
    checkNotFrozen("returnState");
    returnState = value;
    return this;
  }

  /**
   * Sets whether the timesteps are gone through from last to first; the outputs come in that order.
   *
   * @param value false by default
   * @return this layer
   */
  public RNN goBackwards(boolean value) {
    checkNotFrozen("goBackwards");
    goBackwards = value;
    return this;
  }

  /**
   * Sets whether a batch starts with the states that the batch before it ended with, sample by
   * sample. Needs a fixed batch size.
   *
   * @param value false by default
   * @return this layer
   */
  public RNN stateful(boolean value) {
    checkNotFrozen("stateful");
    stateful = value;
    return this;
  }

  /**
   * Sets whether the timesteps are written out instead of looped over; needs a known number of
   * them. By default the quicker one is taken.
   *
   * @param value false by default
   * @return this layer
   */
  public RNN unroll(boolean value) {
    checkNotFrozen("unroll");
    unroll = value;
    return this;
  }

  /**
   * Sets whether the output of a masked timestep is zero, instead of the one before it.
   *
   * @param value false by default
   * @return this layer
   */
  public RNN zeroOutputForMask(boolean value) {
    checkNotFrozen("zeroOutputForMask");
    zeroOutputForMask = value;
    return this;
  }

  /**
   * Calls the layer on a symbolic tensor, with the states to start from. Keras: {@code layer(x,
   * initial_state=[...])}.
   *
   * @param input a batch of sequences
   * @param initialState in the order in which {@code returnState(true)} gives them
   * @return the output
   * @throws IllegalArgumentException if the number of states or a shape does not fit
   */
  public KerasTensor call(KerasTensor input, List<KerasTensor> initialState) {
    return onlyOutput(callAll(input, initialState));
  }

  /**
   * Calls a layer of several outputs on a symbolic tensor, with the states to start from.
   *
   * @param input a batch of sequences
   * @param initialState in the order in which {@code returnState(true)} gives them
   * @return the output, then the states
   * @throws IllegalArgumentException if the number of states or a shape does not fit
   */
  public List<KerasTensor> callAll(KerasTensor input, List<KerasTensor> initialState) {
    List<KerasTensor> all = new ArrayList<>();
    all.add(Arguments.tensor(this, input));
    all.addAll(Arguments.tensors(this, initialState));
    return callAll(all);
  }

  // ---- one way of two

  /** Returns this layer as {@link Bidirectional} needs to know it. */
  OneWay oneWay() {
    return new OneWay(
        returnSequences, returnState, goBackwards, this::copy, value -> zeroOutputForMask = value);
  }

  /** A cell of one's own is not copied: both directions need one then. */
  private Layer<?> copy(String name, boolean backwards) {
    freeze();
    Layer<?> cell = layer;
    if (layer instanceof CellLayer<?> known) {
      cell = known.copied();
    } else if (layer instanceof StackedRNNCells stacked && stacked.canBeCopied()) {
      cell = stacked.copied();
    }
    if (cell == layer && backwards != goBackwards) {
      throw Errors.in("Bidirectional", layer + " cannot be copied.")
          .expected("a layer for each direction, where the cell is one's own")
          .got("one layer")
          .fix("new Bidirectional(new RNN(cell), new RNN(other).goBackwards(true))")
          .argument();
    }
    return new RNN((RNNCell) cell)
        .returnSequences(returnSequences)
        .returnState(returnState)
        .goBackwards(backwards)
        .stateful(stateful)
        .unroll(unroll)
        .zeroOutputForMask(zeroOutputForMask)
        .trainable(trainable())
        .name(name);
  }

  // ---- the layer

  @Override
  protected List<Layer<?>> sublayers() {
    return List.of(layer);
  }

  @Override
  protected WeightGroup weightGroup() {
    return new WeightGroup(toString(), name(), List.of(), Map.of("cell", layer.weightGroup()));
  }

  @Override
  boolean usesMask() {
    return true;
  }

  @Override
  boolean implicitTime() {
    return true;
  }

  @Override
  boolean isStateful() {
    return stateful;
  }

  /**
   * Returns the states of a stateful layer.
   *
   * @return in the cell's order; none unless {@code stateful(true)}
   */
  public List<Variable> states() {
    return states == null ? List.of() : List.copyOf(states);
  }

  @Override
  List<Variable> lastingStates() {
    return states();
  }

  /** Sets the states to zero. Keras: {@code layer.reset_state()}. */
  @Override
  public void resetState() {
    if (states != null) {
      states.forEach(Variable::assignZeros);
    }
  }

  /**
   * Sets the states that the next batch starts from. Keras 2: {@code layer.reset_states(states)}.
   *
   * @param values arrays, one for each of {@code states()}, in their shapes
   * @throws IllegalArgumentException if the number or a shape does not fit; nothing is changed then
   * @throws IllegalStateException if the layer is not stateful, or not built
   */
  public void resetState(List<?> values) {
    Arguments.states(this, lastingStates(), values);
  }

  @Override
  Optional<String> hindranceToStreaming(Shape inputShape) {
    return goBackwards
        ? Optional.of("goBackwards(true) begins with the last timestep, which a stream has not")
        : Optional.empty();
  }

  @Override
  void checkInputs(List<Shape> given) {
    List<Shape> sizes = cell().stateSize();
    boolean fits = given.size() == 1 || given.size() == 1 + sizes.size();
    for (int i = 1; fits && i < given.size(); i++) {
      fits = Dims.agree(given.get(i).tail(), sizes.get(i - 1));
    }
    if (!fits) {
      throw Errors.in(toString(), "the initial states do not fit.")
          .expected("states of " + Errors.shapes(sizes.stream().map(Shape::asArray).toList()))
          .got(Errors.shapes(given.stream().skip(1).map(Shape::asArray).toList()))
          .fix("take those of a layer with returnState(true) and a cell of this size")
          .argument();
    }
  }

  private void checkSequences(Shape given) {
    Arguments.leastRank(
        this,
        given,
        3,
        "(batch, timesteps, ...)",
        "chain returnSequences(true) on a recurrent layer before this one");
  }

  @Override
  protected void build(List<Shape> inputShapes) {
    Shape input = inputShapes.get(0);
    checkSequences(input);
    if (input.tail().tail().hasUnknownDimension()) {
      throw Arguments.wrongShape(
          this,
          "all dimensions of a timestep must be known.",
          "(batch, timesteps, ...)",
          input,
          "give them in the model's Input");
    }
    if (unroll && input.get(1) == Shape.UNKNOWN_SIZE) {
      throw Arguments.wrongShape(
          this,
          "unroll(true) needs a known number of timesteps.",
          "(batch, timesteps, ...) with timesteps known",
          input,
          "leave unroll out, or give the number of timesteps in the model's Input");
    }
    layer.buildOnce(List.of(input.take(1).append(input.tail().tail())));
    if (stateful) {
      makeStates(input);
    }
  }

  private void makeStates(Shape input) {
    if (input.get(0) == Shape.UNKNOWN_SIZE) {
      throw Arguments.wrongShape(
          this,
          "stateful(true) needs a fixed batch size.",
          "(batch, timesteps, ...) with batch known",
          input,
          "start the model with new Input(batchShape(32, timesteps, features))");
    }
    states = new ArrayList<>();
    for (Shape size : cell().stateSize()) {
      Shape shape = Shape.of(input.get(0)).append(size);
      checkSize("the state", shape);
      WeightLimit.checkState(this, shape);
      states.add(Variable.of("rnn_state", shape, new float[(int) shape.size()], false));
    }
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    checkSequences(inputShape);
    Shape output = cell().outputSize();
    return returnSequences ? inputShape.take(2).append(output) : inputShape.take(1).append(output);
  }

  @Override
  public List<Shape> computeOutputShape(List<Shape> inputShapes) {
    Arguments.some(this, inputShapes);
    List<Shape> shapes = new ArrayList<>();
    shapes.add(computeOutputShape(inputShapes.get(0)));
    if (returnState) {
      cell().stateSize().forEach(size -> shapes.add(inputShapes.get(0).take(1).append(size)));
    }
    return shapes;
  }

  private static int width(Shape size) {
    return (int) Arrays.stream(size.asArray()).reduce(1, (a, b) -> a * b);
  }

  private boolean keepsStates(Tape tape) {
    return stateful && tape.changesVariables();
  }

  @Override
  protected List<MaskedTensor> forward(Tape tape, List<MaskedTensor> inputs) {
    MaskedTensor input = inputs.get(0);
    Ops tf = tape.tf();
    boolean masked = input.mask() != null && (inputs.size() == 1 || tape.isGiven("mask"));
    Operand<TBool> mask =
        masked
            ? inOrder(tf, TimeMajor.swapped(tf, tf.expandDims(input.mask(), tf.constant(2))))
            : null;
    Operand<TFloat32> x = timeMajor(tape, input.tensor());
    List<StepStates.State> streamed = inputs.size() == 1 ? streamed(tape) : List.of();
    List<Operand<TFloat32>> start = startStates(tape, inputs, streamed);
    List<Operand<TFloat32>> given = recorded(tape, x, mask, start, input.tensor().shape());
    for (int i = 0; i < cell().stateSize().size(); i++) {
      if (!streamed.isEmpty()) {
        streamed.get(i).after(given.get(1 + i));
      } else if (keepsStates(tape)) {
        Shape size = cell().stateSize().get(i);
        tape.assignRows(states.get(i), shaped(tape, given.get(1 + i), size));
      }
    }
    return outputs(tape, input, given);
  }

  private List<MaskedTensor> outputs(Tape tape, MaskedTensor input, List<Operand<TFloat32>> given) {
    Operand<TFloat32> output = given.get(0);
    Shape size = cell().outputSize();
    if (returnSequences) {
      output = TimeMajor.swapped(tape, output);
      if (size.numDimensions() != 1) {
        List<Operand<TInt32>> sizes = Dims.from(tape.tf(), output, 0);
        output = reshaped(tape, output, sizes.subList(0, 2), size);
      }
    } else {
      output = shaped(tape, output, size);
    }
    List<MaskedTensor> outputs = new ArrayList<>();
    outputs.add(
        regularized(tape, new MaskedTensor(output, returnSequences ? input.mask() : null, null)));
    for (int i = 0; returnState && i < cell().stateSize().size(); i++) {
      outputs.add(new MaskedTensor(shaped(tape, given.get(1 + i), cell().stateSize().get(i))));
    }
    return outputs;
  }

  /** Returns rows of numbers in the shape of a state or an output. */
  private static Operand<TFloat32> shaped(Tape tape, Operand<TFloat32> rows, Shape size) {
    return size.numDimensions() == 1
        ? rows
        : reshaped(tape, rows, List.of(tape.tf().constant(-1)), size);
  }

  private static Operand<TFloat32> reshaped(
      Tape tape, Operand<TFloat32> tensor, List<Operand<TInt32>> first, Shape size) {
    return tape.op(
            tensor,
            (context, own) -> {
              List<Operand<TInt32>> sizes = new ArrayList<>(first);
              for (long each : size.asArray()) {
                sizes.add(context.tf().constant((int) each));
              }
              return context.tf().reshape(own, Dims.shape(context.tf(), sizes));
            })
        .tensor();
  }

  /** From (batch, timesteps, ...) to (timesteps, batch, width), in the order of the timesteps. */
  private Operand<TFloat32> timeMajor(Tape tape, Operand<TFloat32> input) {
    Operand<TFloat32> sequences = input;
    if (input.shape().numDimensions() > 3) {
      List<Operand<TInt32>> sizes = Dims.from(tape.tf(), input, 0);
      Shape flat = Shape.of(width(input.shape().tail().tail()));
      sequences = reshaped(tape, input, sizes.subList(0, 2), flat);
    }
    Operand<TFloat32> swapped = TimeMajor.swapped(tape, sequences);
    return goBackwards
        ? tape.op(swapped, (context, own) -> inOrder(context.tf(), own)).tensor()
        : swapped;
  }

  private <T extends TType> Operand<T> inOrder(Ops tf, Operand<T> steps) {
    return goBackwards ? tf.reverse(steps, tf.constant(new int[] {0})) : steps;
  }

  private List<StepStates.State> streamed(Tape tape) {
    List<StepStates.State> streamed = new ArrayList<>();
    for (int i = 0; tape.stream() != null && i < cell().stateSize().size(); i++) {
      streamed.add(tape.stream().add(name() + "_" + i, width(cell().stateSize().get(i))));
    }
    return streamed;
  }

  /** Returns the states at the start as rows of numbers. */
  private List<Operand<TFloat32>> startStates(
      Tape tape, List<MaskedTensor> inputs, List<StepStates.State> streamed) {
    List<Shape> sizes = cell().stateSize();
    List<Operand<TFloat32>> start = new ArrayList<>();
    List<MaskedTensor> initial =
        inputs.size() > 1 || !streamed.isEmpty() || keepsStates(tape)
            ? null
            : tape.ops(List.of(), (context, none) -> cell().getInitialState(context));
    for (int i = 0; i < sizes.size(); i++) {
      Operand<TFloat32> state;
      if (inputs.size() > 1) {
        state = inputs.get(1 + i).tensor();
      } else if (!streamed.isEmpty()) {
        state = streamed.get(i).before();
      } else if (keepsStates(tape)) {
        state = tape.stateRows(states.get(i));
      } else {
        state = initial.get(i).tensor();
      }
      boolean flat = state.shape().numDimensions() == 2;
      start.add(
          flat
              ? state
              : reshaped(
                  tape, state, List.of(tape.tf().constant(-1)), Shape.of(width(sizes.get(i)))));
    }
    return start;
  }

  /** Returns the output and the states at the end, recorded with their backward pass. */
  private List<Operand<TFloat32>> recorded(
      Tape tape,
      Operand<TFloat32> x,
      Operand<TBool> mask,
      List<Operand<TFloat32>> start,
      Shape inputShape) {
    Ops tf = tape.tf();
    List<Variable> weights = layer.weights();
    List<Operand<TFloat32>> same = new ArrayList<>();
    weights.forEach(weight -> same.add(tape.value(weight)));
    Map<Layer<?>, List<Integer>> places = new LinkedHashMap<>();
    cellsWithDropout()
        .forEach(
            (cell, features) -> {
              List<Integer> own = new ArrayList<>();
              for (Operand<TFloat32> drop : cell.dropoutMasks(tape, features)) {
                own.add(drop == null ? -1 : same.size());
                if (drop != null) {
                  same.add(drop);
                }
              }
              places.put(cell, own);
            });
    List<Integer> further = new ArrayList<>();
    for (Operand<TFloat32> each : layer.same()) {
      further.add(same.size());
      same.add(each);
    }
    if (!further.isEmpty()) {
      places.put(layer, further);
    }
    CellRecurrence recurrence =
        new CellRecurrence(
            tf,
            (ops, step, states, constants) ->
                step(ops, step, states, constants, weights, places, tape.training(), inputShape),
            x,
            mask,
            start,
            width(cell().outputSize()),
            same,
            weights.size(),
            new CellRecurrence.Options(
                tape.training(), returnSequences, unroll, zeroOutputForMask));
    List<Operand<TFloat32>> inputs = new ArrayList<>(start);
    inputs.add(0, x);
    List<Operand<TFloat32>> outputs = new ArrayList<>(recurrence.lastStates());
    outputs.add(0, recurrence.output());
    tape.record(
        inputs,
        weights,
        outputs,
        gradients -> recurrence.backward(gradients.get(0), gradients.subList(1, gradients.size())));
    return outputs;
  }

  /** Returns the cells that may have dropout, with the width of the input of each. */
  private Map<CellLayer<?>, Integer> cellsWithDropout() {
    Map<CellLayer<?>, Integer> cells = new LinkedHashMap<>();
    List<Layer<?>> all =
        layer instanceof StackedRNNCells stacked ? stacked.cells() : List.of(layer);
    for (Layer<?> each : all) {
      if (each instanceof CellLayer<?> known) {
        cells.put(known, known.features());
      }
    }
    return cells;
  }

  /** Adds one timestep, in which everything is rows of numbers to the outside. */
  private List<Operand<TFloat32>> step(
      Ops tf,
      Operand<TFloat32> x,
      List<Operand<TFloat32>> before,
      List<Operand<TFloat32>> same,
      List<Variable> weights,
      Map<Layer<?>, List<Integer>> places,
      boolean training,
      Shape inputShape) {
    Map<Variable, Operand<TFloat32>> values = new HashMap<>();
    for (int i = 0; i < weights.size(); i++) {
      values.put(weights.get(i), same.get(i));
    }
    Map<Layer<?>, List<Operand<TFloat32>>> masks = new HashMap<>();
    places.forEach(
        (cell, own) -> {
          List<Operand<TFloat32>> each = new ArrayList<>();
          own.forEach(place -> each.add(place < 0 ? null : same.get(place)));
          masks.put(cell, each);
        });
    Operand<TFloat32> input = rows(tf, x, inputShape.tail().tail());
    List<Operand<TFloat32>> states = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      states.add(rows(tf, before.get(i), cell().stateSize().get(i)));
    }
    RNNCell.Result result =
        cell().call(new CellContext(tf, training, values, input, masks), input, states);
    checkResult(result);
    List<Operand<TFloat32>> flat = new ArrayList<>();
    flat.add(rows(tf, result.output(), Shape.of(width(cell().outputSize()))));
    for (int i = 0; i < before.size(); i++) {
      flat.add(rows(tf, result.states().get(i), Shape.of(width(cell().stateSize().get(i)))));
    }
    return flat;
  }

  private void checkResult(RNNCell.Result result) {
    List<Shape> sizes = cell().stateSize();
    boolean fits =
        result != null
            && result.output() != null
            && result.states().size() == sizes.size()
            && Dims.agree(result.output().shape().tail(), cell().outputSize());
    for (int i = 0; fits && i < sizes.size(); i++) {
      fits = Dims.agree(result.states().get(i).shape().tail(), sizes.get(i));
    }
    if (!fits) {
      throw Errors.in(layer + ".call", "its result is not what stateSize and outputSize say.")
          .expected(
              "an output "
                  + Errors.shape(cell().outputSize().asArray())
                  + " and states "
                  + Errors.shapes(sizes.stream().map(Shape::asArray).toList())
                  + ", besides the batch")
          .got(
              result == null || result.output() == null
                  ? "null"
                  : "an output "
                      + Errors.shape(result.output().shape().tail().asArray())
                      + " and states "
                      + Errors.shapes(
                          result.states().stream()
                              .map(state -> state.shape().tail().asArray())
                              .toList()))
          .fix("return new Result(output, List.of(state, ...))")
          .argument();
    }
  }

  private static Operand<TFloat32> rows(Ops tf, Operand<TFloat32> tensor, Shape size) {
    if (size.numDimensions() == 1 && tensor.shape().numDimensions() == 2) {
      return tensor;
    }
    List<Operand<TInt32>> sizes = new ArrayList<>(List.of(tf.constant(-1)));
    for (long each : size.asArray()) {
      sizes.add(tf.constant((int) each));
    }
    return tf.reshape(tensor, Dims.shape(tf, sizes));
  }

  // ---- configuration

  @Override
  protected Map<String, Object> serializeCall(List<?> tensors) {
    return tensors.size() == 1
        ? super.serializeCall(tensors)
        : Serialized.call(
            tensors.subList(0, 1), Map.of("initial_state", Recurrent.states(tensors)));
  }

  @Override
  Map<String, Object> buildConfig(List<List<Object>> shapes) {
    return Recurrent.buildConfigOf(shapes);
  }

  /**
   * Returns a layer of its arguments. Keras: {@code RNN.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static RNN fromConfig(Config config) {
    Checks.notNull("RNN.fromConfig", "config", config);
    if (!(Layers.unbuilt(config.inner("cell")) instanceof RNNCell cell)) {
      throw config.wrong("cell", "a cell");
    }
    RNN made = new RNN(cell).common(config);
    config.bool("return_sequences", made::returnSequences);
    config.bool("return_state", made::returnState);
    config.bool("go_backwards", made::goBackwards);
    config.bool("stateful", made::stateful);
    config.bool("unroll", made::unroll);
    config.bool("zero_output_for_mask", made::zeroOutputForMask);
    return made;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("return_sequences", returnSequences);
    config.put("return_state", returnState);
    config.put("go_backwards", goBackwards);
    config.put("stateful", stateful);
    config.put("unroll", unroll);
    config.put("zero_output_for_mask", zeroOutputForMask);
    config.put("cell", layer.serialize());
    return config;
  }
}
