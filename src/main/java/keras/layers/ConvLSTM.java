package keras.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import keras.activations.Activation;
import keras.activations.Activations;
import keras.backend.LayerContext;
import keras.backend.Variable;
import keras.initializers.Initializer;
import keras.internal.config.Serialized;
import keras.internal.graph.Dims;
import keras.internal.graph.MaskedTensor;
import keras.internal.graph.Tape;
import keras.internal.messages.Errors;
import keras.internal.naming.NameScope;
import keras.internal.ops.Convolutions;
import keras.internal.ops.DropoutMask;
import keras.internal.weights.WeightGroup;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * An LSTM whose products are convolutions. Keras: {@code ConvLSTM}.
 *
 * <p>The inputs of all timesteps are convolved at once; what is left for each timestep is the
 * convolution of the state.
 *
 * @param <S> the layer, so that chained calls keep their type
 */
public abstract class ConvLSTM<S extends ConvLSTM<S>> extends RecurrentArguments<S> {

  private static final int GATES = 4;

  private final int[] kernelSize;
  private final Window window;
  private int[] dilationRate;
  private Activation recurrentActivation = Activations.get("sigmoid");
  private boolean unitForgetBias = true;
  private Variable kernel;
  private Variable recurrentKernel;
  private Variable bias;

  /** The recurrence over what the inputs' convolution gives. */
  private RNN loop;

  private Cell cell;

  ConvLSTM(String layer, int rank, int filters, int... kernelSize) {
    super(layer, filters);
    this.kernelSize = Window.sizes(this, "kernelSize", rank, kernelSize);
    this.window = new Window(this, rank);
    this.dilationRate = Window.sizes(this, "dilationRate", rank, 1);
  }

  final int[] kernelSize() {
    return kernelSize.clone();
  }

  @Override
  void copyFrom(S other) {
    super.copyFrom(other);
    ConvLSTM<S> from = other;
    strides(from.window.strides());
    padding(from.window.padding());
    dataFormat(from.window.format().name());
    dilationRate(from.dilationRate);
    recurrentActivation = from.recurrentActivation;
    unitForgetBias = from.unitForgetBias;
  }

  /**
   * Sets how far a kernel moves over the input.
   *
   * @param values one for all dimensions, or one for each; 1 by default
   * @return this layer
   * @throws IllegalArgumentException if one is less than 1
   */
  public S strides(int... values) {
    checkNotFrozen("strides");
    window.strides(values);
    return self();
  }

  /**
   * Sets what is done at the edges of the input; around the state there are zeros.
   *
   * @param value {@code "valid"}, the default, for kernels that lie within the input; {@code
   *     "same"} for zeros around it
   * @return this layer
   * @throws IllegalArgumentException if it is something else
   */
  public S padding(String value) {
    checkNotFrozen("padding");
    window.padding(value, false);
    return self();
  }

  /**
   * Sets which dimension of a timestep holds the features.
   *
   * @param value {@code "channels_last"}, the default, or {@code "channels_first"}
   * @return this layer
   * @throws IllegalArgumentException if it is neither
   */
  public S dataFormat(String value) {
    checkNotFrozen("dataFormat");
    window.format().set(value);
    return self();
  }

  /**
   * Sets how far apart the elements of the input are that a kernel sees.
   *
   * @param values one for all dimensions, or one for each; 1 by default
   * @return this layer
   * @throws IllegalArgumentException if one is less than 1
   */
  public S dilationRate(int... values) {
    checkNotFrozen("dilationRate");
    dilationRate = Window.sizes(this, "dilationRate", window.rank(), values);
    return self();
  }

  /**
   * Names what the gates are put through.
   *
   * @param name of an activation; {@code "sigmoid"} by default
   * @return this layer
   */
  public S recurrentActivation(String name) {
    checkNotFrozen("recurrentActivation");
    recurrentActivation = Activations.get(name);
    return self();
  }

  /**
   * Sets what the gates are put through.
   *
   * @param function an activation; {@code "sigmoid"} by default
   * @return this layer
   */
  public S recurrentActivation(Activation function) {
    checkNotFrozen("recurrentActivation");
    recurrentActivation = Activations.get(function);
    return self();
  }

  /**
   * Sets whether the forget gate's bias starts with ones.
   *
   * @param value true by default
   * @return this layer
   */
  public S unitForgetBias(boolean value) {
    checkNotFrozen("unitForgetBias");
    unitForgetBias = value;
    return self();
  }

  @Override
  void drawSeeds() {
    seeds.drawSeed(); // Before the initializers, unlike the other recurrent layers.
    kernelOptions.initializer().drawSeed();
    recurrentOptions.initializer().drawSeed();
    biasOptions.initializer().drawSeed();
  }

  @Override
  List<Variable> seedStates() {
    return List.of(seeds.variable());
  }

  @Override
  protected WeightGroup weightGroup() {
    WeightGroup cell = new WeightGroup(toString(), "conv_lstm_cell", weights(), Map.of());
    return new WeightGroup(toString(), name(), List.of(), Map.of("cell", cell));
  }

  @Override
  boolean usesMask() {
    return true;
  }

  @Override
  boolean isStateful() {
    return stateful;
  }

  @Override
  List<Variable> lastingStates() {
    return loop == null ? List.of() : loop.lastingStates();
  }

  /** Sets the states to zero. Keras: {@code layer.reset_state()}. */
  @Override
  public void resetState() {
    if (loop != null) {
      loop.resetState();
    }
  }

  @Override
  Optional<String> hindranceToStreaming(Shape inputShape) {
    return Optional.of("its states are no vectors, as those of a stream are");
  }

  /** Returns the shape of one timestep. */
  private static Shape timestep(Shape sequences) {
    return sequences.take(1).append(sequences.tail().tail());
  }

  private Shape checked(Shape sequences) {
    Arguments.rank(
        this,
        sequences,
        window.rank() + 3,
        "(batch, timesteps, " + (window.format().isFirst() ? "features, ...)" : "..., features)"),
        "give samples of " + (window.rank() + 2) + " dimensions, the timesteps first");
    return timestep(sequences);
  }

  /** Returns the shape of the state of one sample, as the arguments have it. */
  private Shape state(Shape sequences) {
    return window.outputShape(checked(sequences), extents(), units).tail();
  }

  private int[] extents() {
    int[] extents = new int[kernelSize.length];
    for (int i = 0; i < extents.length; i++) {
      extents[i] = (kernelSize[i] - 1) * dilationRate[i] + 1;
    }
    return extents;
  }

  @Override
  int featuresAxis(Shape shape) {
    return window.format().isFirst() ? 2 : shape.numDimensions() - 1;
  }

  @Override
  void checkInputs(List<Shape> given) {
    boolean fits = given.size() == 1 || given.size() == 3;
    for (int i = 1; fits && i < given.size(); i++) {
      fits = Dims.agree(given.get(i).tail(), state(given.get(0)));
    }
    if (!fits) {
      throw Errors.in(toString(), "the initial states do not fit.")
          .expected("two states of " + Errors.shape(state(given.get(0)).asArray()) + " a sample")
          .got(given.stream().skip(1).map(each -> Errors.shape(each.asArray())).toList().toString())
          .fix("take those of a layer with returnState(true) of the same size")
          .argument();
    }
  }

  @Override
  protected void build(List<Shape> inputShapes) {
    Shape input = inputShapes.get(0);
    Shape each = checked(input);
    if (each.tail().hasUnknownDimension()) {
      throw Arguments.wrongShape(
          this,
          "all dimensions of a timestep must be known.",
          "(batch, timesteps, ...)",
          input,
          "give them in the model's Input");
    }
    boolean strided = Arrays.stream(window.strides()).anyMatch(step -> step > 1);
    if (strided && Arrays.stream(dilationRate).anyMatch(apart -> apart > 1)) {
      throw Errors.in(toString(), "strides and dilationRate cannot both be above 1.")
          .expected("one of them 1")
          .got(
              "strides "
                  + Arrays.toString(window.strides())
                  + ", dilationRate "
                  + Arrays.toString(dilationRate))
          .fix("leave one of them out")
          .argument();
    }
    NameScope.in("conv_lstm_cell", () -> addWeights(each));
    cell = new Cell(last(state(input)));
    loop =
        new RNN(cell)
            .name(name())
            .returnSequences(returnSequences)
            .returnState(returnState)
            .goBackwards(goBackwards)
            .stateful(stateful)
            .unroll(unroll)
            .zeroOutputForMask(zeroOutputForMask);
    Shape gates = last(state(input));
    Shape sequences = input.take(2).append(gates.take(window.rank()).append((long) GATES * units));
    loop.buildOnce(List.of(sequences));
  }

  private void addWeights(Shape each) {
    kernel = addWeight("kernel", kernelShape(window.format().features(each)), kernelOptions);
    recurrentKernel = addWeight("recurrent_kernel", kernelShape(units), recurrentOptions);
    if (useBias) {
      Initializer start = biasOptions.initializer();
      bias =
          addWeight(
              "bias",
              Shape.of((long) GATES * units),
              biasOptions,
              unitForgetBias ? new ForgetGateOnes(start) : start);
    }
  }

  private Shape kernelShape(long features) {
    Shape shape = Shape.of();
    for (int size : kernelSize) {
      shape = shape.append(size);
    }
    return shape.append(features).append((long) GATES * units);
  }

  /** Returns the shape of a sample with its features last. */
  private Shape last(Shape sample) {
    return window.format().isFirst() ? sample.tail().append(sample.get(0)) : sample;
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    Shape state = state(inputShape);
    return inputShape.take(returnSequences ? 2 : 1).append(state);
  }

  @Override
  public List<Shape> computeOutputShape(List<Shape> inputShapes) {
    Arguments.some(this, inputShapes);
    List<Shape> shapes = new ArrayList<>();
    shapes.add(computeOutputShape(inputShapes.get(0)));
    if (returnState) {
      Shape state = inputShapes.get(0).take(1).append(state(inputShapes.get(0)));
      shapes.addAll(List.of(state, state));
    }
    return shapes;
  }

  /**
   * Calls the layer on a symbolic tensor, with initial states. Keras: {@code layer(x,
   * initial_state=[h, c])}.
   *
   * @param input the sequences
   * @param initialState two tensors in the shape of the output of one timestep
   * @return the output
   * @throws IllegalArgumentException if they do not fit, or if there are several outputs
   */
  public KerasTensor call(KerasTensor input, List<KerasTensor> initialState) {
    List<KerasTensor> all = new ArrayList<>();
    all.add(Arguments.tensor(this, input));
    all.addAll(Arguments.tensors(this, initialState));
    return onlyOutput(callAll(all));
  }

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

  @Override
  protected List<MaskedTensor> forward(Tape tape, List<MaskedTensor> inputs) {
    MaskedTensor input = inputs.get(0);
    List<Operand<TFloat32>> drops = drops(tape, input.tensor());
    MaskedTensor gates =
        tape.op(input.tensor(), (context, own) -> convolved(context, own, drops.subList(0, GATES)));
    List<MaskedTensor> given = new ArrayList<>();
    given.add(gates.withMask(input.mask()));
    for (MaskedTensor state : inputs.subList(1, inputs.size())) {
      given.add(
          tape.op(state.tensor(), (context, own) -> window.format().toLast(context.tf(), own)));
    }
    cell.drops(drops.subList(GATES, 2 * GATES));
    List<MaskedTensor> outputs = loop.forward(tape, given);
    List<MaskedTensor> all = new ArrayList<>();
    for (MaskedTensor output : outputs) {
      MaskedTensor own =
          window.format().isFirst()
              ? tape.op(output.tensor(), (context, x) -> channelsFirst(context.tf(), x))
              : output;
      all.add(own.withMask(output.mask()));
    }
    all.set(0, regularized(tape, all.get(0)));
    return all;
  }

  /** Moves the features from the last place to where they come right before rows and columns. */
  private Operand<TFloat32> channelsFirst(Ops tf, Operand<TFloat32> x) {
    int dimensions = x.shape().numDimensions();
    int before = dimensions - window.rank() - 1;
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < dimensions - 1; i++) {
      order.add(i);
    }
    order.add(before, dimensions - 1);
    return tf.linalg.transpose(
        x, tf.constant(order.stream().mapToInt(Integer::intValue).toArray()));
  }

  /** Returns what the inputs of each gate are multiplied by, then the states; nulls for nothing. */
  private List<Operand<TFloat32>> drops(Tape tape, Operand<TFloat32> sequences) {
    Ops tf = tape.tf();
    List<DropoutMask> masks = new ArrayList<>();
    List<Operand<TInt32>> ofInput = Dims.from(tf, sequences, 2);
    List<Operand<TInt32>> ofState = new ArrayList<>();
    for (long size : state(sequences.shape()).asArray()) {
      ofState.add(tf.constant((int) size));
    }
    for (int i = 0; i < GATES; i++) {
      masks.add(new DropoutMask(dropout, true, ofInput));
    }
    for (int i = 0; i < GATES; i++) {
      masks.add(new DropoutMask(recurrentDropout, true, ofState));
    }
    if (tape.training()) {
      return DropoutMask.draw(tape, seeds, masks);
    }
    DropoutMask.skip(tape, seeds, masks);
    return Collections.nCopies(2 * GATES, null);
  }

  /** Returns the convolutions of all timesteps for all gates, features last. */
  private Operand<TFloat32> convolved(
      LayerContext context, Operand<TFloat32> sequences, List<Operand<TFloat32>> masks) {
    Ops tf = context.tf();
    List<Operand<TInt32>> sizes = Dims.from(tf, sequences, 0);
    List<Operand<TInt32>> folded = new ArrayList<>(sizes.subList(1, sizes.size()));
    folded.set(0, tf.constant(-1));
    Convolutions by =
        new Convolutions(
            Window.list(window.strides()), window.nativePadding(), Window.list(dilationRate));
    Operand<TFloat32> weights = context.weight(kernel);
    Operand<TFloat32> sums;
    if (masks.get(0) == null) {
      Operand<TFloat32> all = tf.reshape(sequences, Dims.shape(tf, folded));
      sums = by.plain(tf, window.format().toLast(tf, all), weights, 1);
    } else {
      List<Operand<TFloat32>> kernels = gates(tf, weights);
      List<Operand<TFloat32>> parts = new ArrayList<>();
      for (int i = 0; i < GATES; i++) {
        Operand<TFloat32> kept =
            tf.math.mul(sequences, tf.expandDims(masks.get(i), tf.constant(1)));
        Operand<TFloat32> all = tf.reshape(kept, Dims.shape(tf, folded));
        parts.add(by.plain(tf, window.format().toLast(tf, all), kernels.get(i), 1));
      }
      sums = tf.concat(parts, tf.constant(-1));
    }
    if (bias != null) {
      sums = tf.math.add(sums, context.weight(bias));
    }
    List<Operand<TInt32>> unfolded = new ArrayList<>(sizes.subList(0, 2));
    unfolded.set(0, sequences.shape().get(1) < 0 ? sizes.get(0) : tf.constant(-1));
    for (long size : last(state(sequences.shape())).take(window.rank()).asArray()) {
      unfolded.add(tf.constant((int) size));
    }
    unfolded.add(tf.constant(GATES * units));
    return tf.reshape(sums, Dims.shape(tf, unfolded));
  }

  private static List<Operand<TFloat32>> gates(Ops tf, Operand<TFloat32> whole) {
    int last = whole.shape().numDimensions() - 1;
    return List.copyOf(tf.split(tf.constant(last), whole, (long) GATES).output());
  }

  /** One timestep: the gates of the input are there, those of the state are added. */
  private final class Cell extends Layer<Cell> implements RNNCell {
    private final Shape state;
    private List<Operand<TFloat32>> drops;

    Cell(Shape state) {
      this.state = state;
    }

    /** Sets what the state of each gate is multiplied by, as the arguments have it. */
    void drops(List<Operand<TFloat32>> masks) {
      drops = masks;
    }

    @Override
    public List<Variable> weights() {
      return List.of(recurrentKernel);
    }

    @Override
    public List<Shape> stateSize() {
      return List.of(state, state);
    }

    @Override
    List<Operand<TFloat32>> same() {
      return drops.get(0) == null ? List.of() : drops;
    }

    @Override
    public Result call(
        LayerContext context, Operand<TFloat32> inputs, List<Operand<TFloat32>> states) {
      Ops tf = context.tf();
      List<Integer> ones = Collections.nCopies(window.rank(), 1);
      Convolutions by = new Convolutions(ones, "SAME", ones);
      Operand<TFloat32> weights = context.weight(recurrentKernel);
      List<Operand<TFloat32>> masks = ((CellContext) context).masks().get(this);
      Operand<TFloat32> ofState;
      if (masks == null || masks.isEmpty()) {
        ofState = by.plain(tf, states.get(0), weights, 1);
      } else {
        List<Operand<TFloat32>> kernels = gates(tf, weights);
        List<Operand<TFloat32>> parts = new ArrayList<>();
        for (int i = 0; i < GATES; i++) {
          Operand<TFloat32> mask = window.format().toLast(tf, masks.get(i));
          parts.add(by.plain(tf, tf.math.mul(states.get(0), mask), kernels.get(i), 1));
        }
        ofState = tf.concat(parts, tf.constant(-1));
      }
      List<Operand<TFloat32>> sums = gates(tf, tf.math.add(inputs, ofState));
      Operand<TFloat32> input = recurrentActivation.call(tf, sums.get(0));
      Operand<TFloat32> forget = recurrentActivation.call(tf, sums.get(1));
      Operand<TFloat32> carry =
          tf.math.add(
              tf.math.mul(forget, states.get(1)),
              tf.math.mul(input, activation.call(tf, sums.get(2))));
      Operand<TFloat32> output = recurrentActivation.call(tf, sums.get(3));
      Operand<TFloat32> hidden = tf.math.mul(output, activation.call(tf, carry));
      return new Result(hidden, List.of(hidden, carry));
    }
  }

  final S convolutionFrom(Config config) {
    recurrentFrom(config);
    window.read(config, false);
    if (config.given("dilation_rate")) {
      dilationRate(config.integers("dilation_rate"));
    }
    config.identifier("recurrent_activation", id -> recurrentActivation = Activations.get(id));
    config.bool("unit_forget_bias", this::unitForgetBias);
    return self();
  }

  @Override
  void addSizeConfig(Map<String, Object> config) {
    config.put("filters", units);
    config.put("kernel_size", Window.list(kernelSize));
    config.put("strides", Window.list(window.strides()));
    config.put("padding", window.padding());
    config.put("data_format", window.format().name());
    config.put("dilation_rate", Window.list(dilationRate));
  }

  @Override
  void addConfig(Map<String, Object> config) {
    config.put("recurrent_activation", Activations.serialize(recurrentActivation));
  }

  @Override
  void addBiasConfig(Map<String, Object> config) {
    config.put("unit_forget_bias", unitForgetBias);
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("seed", seeds.given());
    return config;
  }
}
