package keras.layers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import keras.backend.Variable;
import keras.initializers.Initializer;
import keras.internal.config.Serialized;
import keras.internal.graph.Dims;
import keras.internal.graph.MaskedTensor;
import keras.internal.graph.ProgramBuilder;
import keras.internal.graph.StepStates;
import keras.internal.graph.Tape;
import keras.internal.messages.Errors;
import keras.internal.naming.AutoNames;
import keras.internal.naming.NameScope;
import keras.internal.ops.BiasedProduct;
import keras.internal.ops.DropoutMask;
import keras.internal.ops.TimeMajor;
import keras.internal.rnn.CudnnMode;
import keras.internal.rnn.CudnnRecurrence;
import keras.internal.rnn.Formula;
import keras.internal.rnn.Recurrence;
import keras.internal.rnn.StateProduct;
import keras.internal.rnn.SteppedRecurrence;
import keras.internal.rnn.Timesteps;
import keras.internal.weights.WeightGroup;
import keras.internal.weights.WeightLimit;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.index.Indices;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * A layer that goes over the timesteps of a sequence with a state: {@link LSTM}, {@link GRU},
 * {@link SimpleRNN}.
 *
 * <p>Shapes: (batch, timesteps, features) → (batch, units), or (batch, timesteps, units) with
 * {@code returnSequences(true)}.
 *
 * @param <S> the layer, so that chained calls keep their type
 */
public abstract class Recurrent<S extends Recurrent<S>> extends RecurrentArguments<S> {

  /** Names of the states in a stream: the output first, then what an LSTM carries. */
  private static final List<String> STREAMED = List.of("h", "c");

  private Variable kernel;
  private Variable recurrentKernel;
  private Variable bias;
  private List<Variable> states;

  Recurrent(String layer, int units) {
    super(layer, units);
  }

  /** Returns the formula of one step. */
  abstract Formula cell();

  /** The first value of the bias. */
  Initializer startBias() {
    return biasOptions.initializer();
  }

  /** Tells whether {@link #fuse} computes what this layer's arguments ask for, without a mask. */
  boolean canFuse() {
    return false;
  }

  /**
   * All timesteps over TensorFlow's fused op.
   *
   * @param x (timesteps, batch, features)
   * @param weights kernel, recurrent kernel, and bias if there is one
   * @param start the states, each (batch, units)
   */
  Recurrence fuse(
      Tape tape, Operand<TFloat32> x, List<Variable> weights, List<Operand<TFloat32>> start) {
    throw new UnsupportedOperationException();
  }

  /**
   * Returns the mode of cuDNN that computes what this layer's arguments ask for, without a mask;
   * empty if it has none.
   */
  Optional<CudnnMode> cudnnMode() {
    return Optional.empty();
  }

  /** Whether each gate's inputs and states get a dropout mask of their own. */
  boolean dropsForEachGate() {
    return false;
  }

  /** Keras keeps the weights in the cell, a layer inside. */
  @Override
  protected WeightGroup weightGroup() {
    String cell = AutoNames.snakeCase(typeName()) + "_cell";
    return new WeightGroup(
        toString(),
        name(),
        List.of(),
        Map.of("cell", new WeightGroup(toString(), cell, weights(), Map.of())));
  }

  @Override
  boolean usesMask() {
    return true;
  }

  /** Keras's cell makes a seed generator whether it has dropout or not. */
  final void drawGeneratorSeed() {
    seeds.drawSeed();
  }

  @Override
  void drawSeeds() {
    kernelOptions.initializer().drawSeed();
    recurrentOptions.initializer().drawSeed();
    biasOptions.initializer().drawSeed();
    drawGeneratorSeed();
  }

  @Override
  List<Variable> seedStates() {
    return List.of(seeds.variable());
  }

  /**
   * Returns the masks of the inputs, then those of the states; null where nothing is dropped. Keras
   * draws them even where it does not train.
   */
  private List<Operand<TFloat32>> dropoutMasks(Tape tape) {
    List<DropoutMask> masks = new ArrayList<>();
    int each = dropsForEachGate() ? cell().gateCount() : 1;
    for (int i = 0; i < each; i++) {
      masks.add(DropoutMask.ofVector(tape.tf(), dropout, kernel.shape().get(0)));
    }
    for (int i = 0; i < each; i++) {
      masks.add(DropoutMask.ofVector(tape.tf(), recurrentDropout, units));
    }
    if (tape.training()) {
      return DropoutMask.draw(tape, seeds, masks);
    }
    DropoutMask.skip(tape, seeds, masks);
    return Collections.nCopies(2 * each, null);
  }

  @Override
  protected void build(Shape inputShape) {
    if (inputShape.numDimensions() != 3 || inputShape.get(2) == Shape.UNKNOWN_SIZE) {
      throw Errors.in(toString(), "the input must be a batch of sequences.")
          .expected("(batch, timesteps, features) with features known")
          .got(Errors.shape(inputShape.asArray()))
          .fix(
              inputShape.numDimensions() == 2
                  ? "chain returnSequences(true) on a recurrent layer before this one, or start the"
                      + " model with new Input(shape(timesteps, features))"
                  : "start the model with new Input(shape(timesteps, features)), without the batch")
          .argument();
    }
    if (unroll && inputShape.get(1) == Shape.UNKNOWN_SIZE) {
      throw Errors.in(toString(), "unroll(true) needs a known number of timesteps.")
          .expected("(batch, timesteps, features) with timesteps known")
          .got(Errors.shape(inputShape.asArray()))
          .fix("leave unroll out, or give the number of timesteps in the model's Input")
          .argument();
    }
    NameScope.in(
        AutoNames.snakeCase(getClass().getSimpleName()) + "_cell", () -> addWeights(inputShape));
    if (stateful) {
      makeStates(inputShape);
    }
  }

  private void addWeights(Shape inputShape) {
    long columns = (long) cell().gateCount() * units;
    kernel = addWeight("kernel", Shape.of(inputShape.get(2), columns), kernelOptions);
    recurrentKernel = addWeight("recurrent_kernel", Shape.of(units, columns), recurrentOptions);
    if (useBias) {
      Shape shape = cell().hasRecurrentBias() ? Shape.of(2, columns) : Shape.of(columns);
      bias = addWeight("bias", shape, biasOptions, startBias());
    }
  }

  private void makeStates(Shape inputShape) {
    long batch = inputShape.get(0);
    if (batch == Shape.UNKNOWN_SIZE) {
      throw Errors.in(toString(), "stateful(true) needs a fixed batch size.")
          .expected("(batch, timesteps, features) with batch known")
          .got(Errors.shape(inputShape.asArray()))
          .fix(
              "start the model with new Input(batchShape("
                  + "32, "
                  + (inputShape.get(1) < 0 ? "null" : inputShape.get(1))
                  + ", "
                  + inputShape.get(2)
                  + "))")
          .argument();
    }
    checkSize("the state", Shape.of(batch, units));
    states = new ArrayList<>();
    for (int i = 0; i < cell().stateCount(); i++) {
      WeightLimit.checkState(this, Shape.of(batch, units));
      states.add(
          Variable.of(
              "rnn_state", Shape.of(batch, units), new float[(int) (batch * units)], false));
    }
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    Arguments.sequences(this, inputShape);
    return returnSequences
        ? Shape.of(inputShape.get(0), inputShape.get(1), units)
        : Shape.of(inputShape.get(0), units);
  }

  /**
   * Calls the layer on a symbolic tensor, with the states to start from. Keras: {@code layer(x,
   * initial_state=[h, c])}.
   *
   * @param input a batch of sequences
   * @param initialState each (batch, units), in the order in which {@code returnState(true)} gives
   *     them
   * @return the output
   * @throws IllegalArgumentException if the number of states or a shape does not fit
   */
  public KerasTensor call(KerasTensor input, List<KerasTensor> initialState) {
    return onlyOutput(callAll(input, initialState));
  }

  /**
   * Calls a layer of several outputs on a symbolic tensor, with the states to start from. Keras:
   * {@code y, h, c = layer(x, initial_state=[h, c])}.
   *
   * @param input a batch of sequences
   * @param initialState each (batch, units), in the order in which {@code returnState(true)} gives
   *     them
   * @return the output, then the states
   * @throws IllegalArgumentException if the number of states or a shape does not fit
   */
  public List<KerasTensor> callAll(KerasTensor input, List<KerasTensor> initialState) {
    List<KerasTensor> all = new ArrayList<>();
    all.add(Arguments.tensor(this, input));
    all.addAll(Arguments.tensors(this, initialState));
    return callAll(all);
  }

  /** The inputs after the first one are the states at the start. */
  @Override
  protected void build(List<Shape> inputShapes) {
    build(inputShapes.get(0));
  }

  @Override
  void checkInputs(List<Shape> given) {
    int states = cell().stateCount();
    boolean fits = given.size() == 1 || given.size() == 1 + states;
    for (int i = 1; fits && i < given.size(); i++) {
      fits = given.get(i).numDimensions() == 2 && Dims.agree(given.get(i).get(1), units);
    }
    if (!fits) {
      throw Errors.in(toString(), "the initial states do not fit.")
          .expected(states + " states, each (batch, " + units + ")")
          .got(Errors.shapes(given.subList(1, given.size()).stream().map(Shape::asArray).toList()))
          .fix("take those of a layer with returnState(true) and as many units")
          .argument();
    }
  }

  @Override
  Map<String, Object> buildConfig(List<List<Object>> shapes) {
    return buildConfigOf(shapes);
  }

  /** Returns what Keras writes of the shapes of sequences and states. */
  static Map<String, Object> buildConfigOf(List<List<Object>> shapes) {
    if (shapes.size() == 1) {
      return Map.of("input_shape", shapes.get(0));
    }
    Map<String, Object> named = new LinkedHashMap<>();
    named.put("sequences_shape", shapes.get(0));
    named.put("initial_state_shape", states(shapes));
    return Map.of("shapes_dict", named);
  }

  /** Keras writes the states at the start as an argument of their own. */
  @Override
  protected Map<String, Object> serializeCall(List<?> tensors) {
    return tensors.size() == 1
        ? super.serializeCall(tensors)
        : Serialized.call(tensors.subList(0, 1), Map.of("initial_state", states(tensors)));
  }

  /** Returns a single state as such, several as a list. */
  static Object states(List<?> inputs) {
    return inputs.size() == 2 ? inputs.get(1) : inputs.subList(1, inputs.size());
  }

  @Override
  public List<Shape> computeOutputShape(List<Shape> inputShapes) {
    Arguments.some(this, inputShapes);
    List<Shape> shapes = new ArrayList<>();
    shapes.add(computeOutputShape(inputShapes.get(0)));
    if (returnState) {
      for (int i = 0; i < cell().stateCount(); i++) {
        shapes.add(Shape.of(inputShapes.get(0).get(0), units));
      }
    }
    return shapes;
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
  boolean isStateful() {
    return stateful;
  }

  /**
   * Returns the states of a stateful layer.
   *
   * @return each (batch, units), in the cell's order; none unless {@code stateful(true)}
   */
  public List<Variable> states() {
    return states == null ? List.of() : List.copyOf(states);
  }

  @Override
  List<Variable> lastingStates() {
    return states();
  }

  @Override
  boolean implicitTime() {
    return true;
  }

  @Override
  protected List<MaskedTensor> forward(Tape tape, List<MaskedTensor> inputs) {
    MaskedTensor input = inputs.get(0);
    // Keras hands a mask on to layers that are called on a single tensor alone.
    boolean masked = input.mask() != null && (inputs.size() == 1 || tape.isGiven("mask"));
    Operand<TBool> mask = masked ? stepMask(tape.tf(), input.mask()) : null;
    List<StepStates.State> streamed = inputs.size() == 1 ? streamed(tape) : List.of();
    List<Operand<TFloat32>> start = startStates(tape, inputs, streamed);
    Operand<TFloat32> x = inOrder(tape, TimeMajor.swapped(tape, input.tensor()));
    List<Operand<TFloat32>> dropped = dropoutMasks(tape);
    List<Operand<TFloat32>> given = timesteps(tape, x, mask, start, dropped);
    leaveStates(tape, given.subList(1, given.size()), streamed);
    Operand<TFloat32> output = given.get(0);
    boolean startsAtZero = inputs.size() == 1 && !keepsStates(tape);
    if (mask != null && (zeroOutputForMask || !(startsAtZero || tape.stream() != null))) {
      output = withoutMasked(tape, output, mask);
    }
    if (returnSequences) {
      output = TimeMajor.swapped(tape, output);
    }
    List<MaskedTensor> outputs = new ArrayList<>();
    outputs.add(
        regularized(tape, new MaskedTensor(output, returnSequences ? input.mask() : null, null)));
    if (returnState) {
      given.subList(1, given.size()).forEach(state -> outputs.add(new MaskedTensor(state)));
    }
    return outputs;
  }

  /**
   * Returns the output and the states at the end, time-major; on a GPU over cuDNN where Keras does
   * so.
   */
  private List<Operand<TFloat32>> timesteps(
      Tape tape,
      Operand<TFloat32> x,
      Operand<TBool> mask,
      List<Operand<TFloat32>> start,
      List<Operand<TFloat32>> dropped) {
    if (mask == null && goesOverCudnn(tape.program())) {
      return overCudnn(tape, cudnnMode().get(), dropped(tape, x, dropped.get(0)), start);
    }
    if (mask == null && canFuse()) {
      return fused(tape, dropped(tape, x, dropped.get(0)), start);
    }
    return stepped(tape, x, mask, start, dropped);
  }

  /** Whether one op over all timesteps is there, and Keras takes it, or ONNX has the same. */
  private boolean goesOverCudnn(ProgramBuilder program) {
    return cudnnMode().isPresent()
        && (program.forOnnx() || (program.onGpu() && useBias && cudnnMode().get().isKerasOnGpu()));
  }

  private boolean keepsStates(Tape tape) {
    return stateful && tape.changesVariables();
  }

  /**
   * Sets the outputs of masked timesteps. Where a timestep is masked the state stays, and the
   * output is the one before it. It differs from the state before the first unmasked timestep: then
   * it is zero, as are all masked outputs if {@code zeroOutputForMask} is set.
   */
  private Operand<TFloat32> withoutMasked(
      Tape tape, Operand<TFloat32> output, Operand<TBool> mask) {
    Ops tf = tape.tf();
    Operand<TFloat32> steps = tf.dtypes.cast(mask, TFloat32.class);
    Operand<TFloat32> factor;
    if (returnSequences) {
      Operand<TFloat32> count = tf.math.cumsum(steps, tf.constant(0));
      factor = zeroOutputForMask ? steps : tf.math.minimum(count, tf.constant(1f));
    } else {
      factor =
          zeroOutputForMask
              ? tf.stridedSlice(steps, Indices.at(-1))
              : tf.max(steps, tf.constant(0));
    }
    return tape.op(output, (context, own) -> tf.math.mul(own, factor)).tensor();
  }

  private Operand<TFloat32> inOrder(Tape tape, Operand<TFloat32> steps) {
    return goBackwards
        ? tape.op(steps, (context, own) -> inOrder(context.tf(), own)).tensor()
        : steps;
  }

  private <T extends TType> Operand<T> inOrder(Ops tf, Operand<T> steps) {
    return goBackwards ? tf.reverse(steps, tf.constant(new int[] {0})) : steps;
  }

  /** Returns the states that somebody else keeps; none as a rule. */
  private List<StepStates.State> streamed(Tape tape) {
    List<StepStates.State> streamed = new ArrayList<>();
    for (int i = 0; tape.stream() != null && i < cell().stateCount(); i++) {
      streamed.add(tape.stream().add(name() + "_" + STREAMED.get(i), units));
    }
    return streamed;
  }

  private List<Operand<TFloat32>> startStates(
      Tape tape, List<MaskedTensor> inputs, List<StepStates.State> streamed) {
    Ops tf = tape.tf();
    List<Operand<TFloat32>> start = new ArrayList<>();
    for (int i = 0; i < cell().stateCount(); i++) {
      if (inputs.size() > 1) {
        start.add(inputs.get(1 + i).tensor());
      } else if (!streamed.isEmpty()) {
        start.add(streamed.get(i).before());
      } else if (keepsStates(tape)) {
        start.add(tape.stateRows(states.get(i)));
      } else {
        start.add(zeros(tf, tape.rowCount()));
      }
    }
    return start;
  }

  private void leaveStates(
      Tape tape, List<Operand<TFloat32>> given, List<StepStates.State> streamed) {
    for (int i = 0; i < given.size(); i++) {
      if (!streamed.isEmpty()) {
        streamed.get(i).after(given.get(i));
      } else if (keepsStates(tape)) {
        tape.assignRows(states.get(i), given.get(i));
      }
    }
  }

  @Override
  Optional<String> hindranceToStreaming(Shape inputShape) {
    return goBackwards
        ? Optional.of("goBackwards(true) begins with the last timestep, which a stream has not")
        : Optional.empty();
  }

  private Operand<TFloat32> zeros(Ops tf, Operand<TInt32> rows) {
    return tf.fill(tf.stack(List.of(rows, tf.constant(units))), tf.constant(0f));
  }

  /** Returns the output and the states at the end, over TensorFlow's fused op. */
  private List<Operand<TFloat32>> fused(
      Tape tape, Operand<TFloat32> x, List<Operand<TFloat32>> start) {
    List<Operand<TFloat32>> inputs = new ArrayList<>(start);
    inputs.add(0, x);
    List<Variable> weights =
        useBias ? List.of(kernel, recurrentKernel, bias) : List.of(kernel, recurrentKernel);
    return recorded(tape, fuse(tape, x, weights, start), inputs, weights);
  }

  /** Returns the output and the states at the end, over cuDNN. */
  private List<Operand<TFloat32>> overCudnn(
      Tape tape, CudnnMode mode, Operand<TFloat32> x, List<Operand<TFloat32>> start) {
    Operand<TFloat32> parameters = cudnnParameters(tape, mode);
    List<Operand<TFloat32>> inputs = new ArrayList<>(start);
    inputs.add(0, x);
    inputs.add(parameters);
    return recorded(
        tape,
        new CudnnRecurrence(tape.tf(), mode, x, start, parameters, tape.training()),
        inputs,
        List.of());
  }

  /**
   * Returns the weights as cuDNN has them, recorded: their gradients come out of that of the
   * vector.
   */
  private Operand<TFloat32> cudnnParameters(Tape tape, CudnnMode mode) {
    return tape.ops(
            List.of(),
            (context, none) ->
                List.of(
                    mode.parameters(
                        context.tf(),
                        context.weight(kernel),
                        context.weight(recurrentKernel),
                        useBias ? context.weight(bias) : mode.noBias(context.tf(), units))))
        .get(0)
        .tensor();
  }

  /** Returns the output and the states at the end, recorded with their backward pass. */
  private List<Operand<TFloat32>> recorded(
      Tape tape, Recurrence layer, List<Operand<TFloat32>> inputs, List<Variable> weights) {
    Ops tf = tape.tf();
    List<Operand<TFloat32>> outputs = new ArrayList<>(layer.lastStates());
    outputs.add(0, returnSequences ? layer.outputs() : outputs.get(0));
    tape.record(
        inputs,
        weights,
        outputs,
        gradients -> {
          List<Operand<TFloat32>> last = new ArrayList<>(gradients.subList(1, gradients.size()));
          if (!returnSequences) {
            last.set(0, Timesteps.sum(tf, gradients.get(0), last.get(0)));
          }
          return layer
              .backward(
                  returnSequences ? gradients.get(0) : null,
                  last,
                  tape.isDifferentiable(inputs.get(0)))
              .subList(0, inputs.size() + weights.size());
        });
    return outputs;
  }

  /** Returns the output and the states at the end, step by step. */
  private List<Operand<TFloat32>> stepped(
      Tape tape,
      Operand<TFloat32> x,
      Operand<TBool> mask,
      List<Operand<TFloat32>> start,
      List<Operand<TFloat32>> dropped) {
    int each = dropped.size() / 2;
    Operand<TFloat32> z = inputs(tape, x, dropped.subList(0, each));
    List<StateProduct> products = products(tape, x, dropped.subList(each, 2 * each));
    SteppedRecurrence recurrence =
        new SteppedRecurrence(
            tape.tf(),
            cell(),
            z,
            mask,
            start,
            products,
            new SteppedRecurrence.Options(tape.training(), returnSequences, unroll));
    List<Operand<TFloat32>> inputs = new ArrayList<>(start);
    inputs.add(0, z);
    products.forEach(product -> inputs.addAll(product.weights()));
    return recorded(tape, recurrence, inputs, List.of());
  }

  /** Returns the products of the state in each step; gate by gate if each drops on its own. */
  private List<StateProduct> products(
      Tape tape, Operand<TFloat32> x, List<Operand<TFloat32>> dropouts) {
    Ops tf = tape.tf();
    boolean drops = dropouts.get(0) != null;
    int gateCount = cell().gateCount();
    List<Integer> products = cell().productGates();
    List<Integer> split = drops ? Collections.nCopies(gateCount, 1) : products;
    List<MaskedTensor> kernels =
        tape.ops(
            List.of(),
            (context, none) ->
                Formula.parts(tf, tf.identity(context.weight(recurrentKernel)), 1, split));
    List<MaskedTensor> biases =
        useBias && cell().hasRecurrentBias()
            ? tape.ops(
                List.of(),
                (context, none) ->
                    Formula.parts(tf, biasRow(tf, context.weight(bias), 1), 0, products))
            : null;
    List<StateProduct> all = new ArrayList<>();
    int gate = 0;
    for (int k = 0; k < products.size(); k++) {
      int end = drops ? gate + products.get(k) : gate + 1;
      all.add(
          new StateProduct(
              kernels.subList(gate, end).stream().map(MaskedTensor::tensor).toList(),
              biases == null ? null : biases.get(k).tensor(),
              drops ? dropouts.subList(gate, end) : List.of(),
              x.shape().get(1)));
      gate = end;
    }
    return all;
  }

  /**
   * Returns the bias of the inputs' products, row 0, or of the states', row 1; there may be but the
   * one.
   */
  private Operand<TFloat32> biasRow(Ops tf, Operand<TFloat32> whole, int row) {
    return cell().hasRecurrentBias()
        ? tf.reshape(
            tf.slice(whole, tf.constant(new int[] {row, 0}), tf.constant(new int[] {1, -1})),
            tf.constant(new int[] {-1}))
        : whole;
  }

  private static Operand<TFloat32> dropped(
      Tape tape, Operand<TFloat32> steps, Operand<TFloat32> factors) {
    if (factors == null) {
      return steps;
    }
    Ops tf = tape.tf();
    Operand<TFloat32> same = tf.expandDims(factors, tf.constant(0));
    return tape.op(steps, (context, own) -> tf.math.mul(own, same)).tensor();
  }

  /** Returns the products of all timesteps' inputs with {@code kernel}, with the bias. */
  private Operand<TFloat32> inputs(
      Tape tape, Operand<TFloat32> x, List<Operand<TFloat32>> factors) {
    Ops tf = tape.tf();
    if (factors.size() == 1 || factors.get(0) == null) {
      return tape.op(
              dropped(tape, x, factors.get(0)),
              (context, own) ->
                  project(
                      tf,
                      own,
                      context.weight(kernel),
                      useBias ? biasRow(tf, context.weight(bias), 0) : null))
          .tensor();
    }
    List<Operand<TFloat32>> gates = factors.stream().map(f -> dropped(tape, x, f)).toList();
    return tape.ops(
            gates,
            (context, own) -> {
              List<Integer> one = Collections.nCopies(cell().gateCount(), 1);
              List<Operand<TFloat32>> kernels = Formula.parts(tf, context.weight(kernel), 1, one);
              List<Operand<TFloat32>> biases =
                  useBias ? Formula.parts(tf, biasRow(tf, context.weight(bias), 0), 0, one) : null;
              List<Operand<TFloat32>> parts = new ArrayList<>();
              for (int k = 0; k < kernels.size(); k++) {
                parts.add(project(tf, own.get(k), kernels.get(k), useBias ? biases.get(k) : null));
              }
              return List.of(Dims.concat(tf, parts, 2));
            })
        .get(0)
        .tensor();
  }

  private Operand<TFloat32> project(
      Ops tf, Operand<TFloat32> steps, Operand<TFloat32> weights, Operand<TFloat32> added) {
    Operand<TFloat32> rows = tf.reshape(steps, tf.constant(new long[] {-1, kernel.shape().get(0)}));
    Operand<TFloat32> sums = BiasedProduct.of(tf, rows, weights, added);
    long columns = weights.shape().get(1);
    return tf.reshape(
        sums, Dims.shape(tf, steps, Shape.of(steps.shape().get(0), steps.shape().get(1), columns)));
  }

  /** From (batch, timesteps) to (timesteps, batch, 1). */
  private Operand<TBool> stepMask(Ops tf, Operand<TBool> mask) {
    return inOrder(tf, TimeMajor.swapped(tf, tf.expandDims(mask, tf.constant(2))));
  }
}
