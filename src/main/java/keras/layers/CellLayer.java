package keras.layers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import keras.backend.LayerContext;
import keras.backend.Variable;
import keras.initializers.Initializer;
import keras.internal.graph.Dims;
import keras.internal.graph.Tape;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.ops.BiasedProduct;
import keras.internal.ops.DropoutMask;
import keras.internal.rnn.Formula;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The cell of a recurrent layer of Keras's, for {@link RNN}.
 *
 * @param <S> the cell, so that chained calls keep their type
 */
public abstract class CellLayer<S extends CellLayer<S>> extends CellArguments<S>
    implements RNNCell {

  private Variable kernel;
  private Variable recurrentKernel;
  private Variable bias;

  CellLayer(String layer, int units) {
    super(layer, units);
  }

  /** Returns the formula of one step. */
  abstract Formula formula();

  /** Returns a new cell of as many units, with Keras's defaults. */
  abstract S fresh();

  /** Returns a cell with the same arguments, which draws seeds of its own. */
  final S copied() {
    S copy = fresh();
    copy.copyFrom(self());
    copy.name(name());
    return copy;
  }

  /** The first value of the bias. */
  Initializer startBias() {
    return biasOptions.initializer();
  }

  /** Whether each gate's inputs and states get a dropout mask of their own. */
  boolean dropsForEachGate() {
    return false;
  }

  @Override
  void drawSeeds() {
    kernelOptions.initializer().drawSeed();
    recurrentOptions.initializer().drawSeed();
    biasOptions.initializer().drawSeed();
    seeds.drawSeed();
  }

  @Override
  List<Variable> seedStates() {
    return List.of(seeds.variable());
  }

  @Override
  public List<Shape> stateSize() {
    return Collections.nCopies(formula().stateCount(), Shape.of(units));
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    Arguments.rank(this, inputShape, 2, "(batch, features)", "give it one timestep");
    return Shape.of(inputShape.get(0), units);
  }

  /** Returns the width of the input. */
  final int features() {
    return (int) kernel.shape().get(0);
  }

  @Override
  protected void build(Shape inputShape) {
    Arguments.rank(this, inputShape, 2, "(batch, features)", "give a cell vectors");
    long columns = (long) formula().gateCount() * units;
    kernel = addWeight("kernel", Shape.of(inputShape.get(1), columns), kernelOptions);
    recurrentKernel = addWeight("recurrent_kernel", Shape.of(units, columns), recurrentOptions);
    if (useBias) {
      Shape shape = formula().hasRecurrentBias() ? Shape.of(2, columns) : Shape.of(columns);
      bias = addWeight("bias", shape, biasOptions, startBias());
    }
  }

  /**
   * Returns the masks of the inputs, then those of the states; null where nothing is dropped. Keras
   * draws them even where it does not train.
   */
  final List<Operand<TFloat32>> dropoutMasks(Tape tape, int features) {
    List<DropoutMask> masks = new ArrayList<>();
    int each = dropsForEachGate() ? formula().gateCount() : 1;
    for (int i = 0; i < each; i++) {
      masks.add(DropoutMask.ofVector(tape.tf(), dropout, features));
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

  private List<Operand<TFloat32>> masks(LayerContext context) {
    if (context instanceof CellContext cells && cells.masks().containsKey(this)) {
      return cells.masks().get(this);
    }
    throw Errors.in(toString(), "a cell is called by an RNN, at each timestep.")
        .expected("the context that an RNN with this cell gives")
        .got("another one")
        .fix("new RNN(cell), also in a layer of your own: call(context, rnn, inputs)")
        .argument();
  }

  @Override
  public Result call(
      LayerContext context, Operand<TFloat32> inputs, List<Operand<TFloat32>> states) {
    Checks.notNull(toString(), "context", context);
    Checks.notNull(toString(), "inputs", inputs);
    Checks.list(toString(), "states", states);
    Ops tf = context.tf();
    List<Operand<TFloat32>> masks = masks(context);
    int each = masks.size() / 2;
    Formula formula = formula();
    List<Integer> gates = Collections.nCopies(each == 1 ? 1 : formula.gateCount(), 1);
    boolean apart = each > 1;
    Operand<TFloat32> inputBias = biasRow(tf, context, 0);
    Operand<TFloat32> z;
    if (apart && masks.get(0) != null) {
      z =
          product(
              tf,
              Collections.nCopies(each, inputs),
              masks.subList(0, each),
              Formula.parts(tf, context.weight(kernel), 1, gates),
              inputBias);
    } else {
      z =
          BiasedProduct.of(
              tf, dropped(tf, inputs, masks.get(0)), context.weight(kernel), inputBias);
    }
    List<Operand<TFloat32>> parts = Formula.parts(tf, z, 1, formula.inputGates());
    List<Integer> products = formula.productGates();
    List<Operand<TFloat32>> kernels =
        Formula.parts(tf, context.weight(recurrentKernel), 1, products);
    Operand<TFloat32> stateBias =
        useBias && formula.hasRecurrentBias() ? biasRow(tf, context, 1) : null;
    List<Operand<TFloat32>> biases =
        stateBias == null ? null : Formula.parts(tf, stateBias, 0, products);
    List<Operand<TFloat32>> done = new ArrayList<>();
    int gate = 0;
    for (int k = 0; k < products.size(); k++) {
      boolean late = formula.isLastLate() && k == products.size() - 1;
      Operand<TFloat32> left = late ? formula.late(tf, parts, done, states) : states.get(0);
      int count = products.get(k);
      Operand<TFloat32> added = biases == null ? null : biases.get(k);
      if (apart) {
        done.add(
            product(
                tf,
                Collections.nCopies(count, left),
                masks.subList(each + gate, each + gate + count),
                Formula.parts(tf, kernels.get(k), 1, Collections.nCopies(count, 1)),
                added));
      } else {
        done.add(BiasedProduct.of(tf, dropped(tf, left, masks.get(1)), kernels.get(k), added));
      }
      gate += count;
    }
    List<Operand<TFloat32>> after = formula.call(tf, parts, done, states);
    return new Result(after.get(0), after);
  }

  private static Operand<TFloat32> dropped(Ops tf, Operand<TFloat32> x, Operand<TFloat32> factors) {
    return factors == null ? x : tf.math.mul(x, factors);
  }

  /** Multiplies for each gate on its own. */
  private static Operand<TFloat32> product(
      Ops tf,
      List<Operand<TFloat32>> lefts,
      List<Operand<TFloat32>> masks,
      List<Operand<TFloat32>> kernels,
      Operand<TFloat32> added) {
    List<Operand<TFloat32>> gates = new ArrayList<>();
    for (int i = 0; i < kernels.size(); i++) {
      gates.add(tf.linalg.matMul(dropped(tf, lefts.get(i), masks.get(i)), kernels.get(i)));
    }
    Operand<TFloat32> whole = Dims.concat(tf, gates, 1);
    return added == null ? whole : tf.math.add(whole, added);
  }

  private Operand<TFloat32> biasRow(Ops tf, LayerContext context, int row) {
    if (!useBias) {
      return null;
    }
    Operand<TFloat32> whole = context.weight(bias);
    return formula().hasRecurrentBias()
        ? tf.reshape(
            tf.slice(whole, tf.constant(new int[] {row, 0}), tf.constant(new int[] {1, -1})),
            tf.constant(new int[] {-1}))
        : whole;
  }

  @Override
  void addActivityRegularizer(Map<String, Object> config) {}

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    addCellConfig(config);
    addLastConfig(config);
    config.put("seed", seeds.given());
    return config;
  }

  /** Arguments of the subclass that follow {@code recurrent_dropout}. */
  void addLastConfig(Map<String, Object> config) {}
}
