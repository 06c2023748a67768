package keras.internal.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import keras.backend.LayerContext;
import keras.backend.Variable;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The context of one step of plain ops; notes what the step reads.
 *
 * <p>A layer that is called within the step brings its own gradient. What leads to its inputs is
 * recorded as a step before it, and its outputs are further inputs of the steps after it, behind a
 * {@code stopGradient} at which TensorFlow's gradient ends.
 */
public final class TapeContext implements LayerContext {

  private final Tape tape;

  /** The inputs of the steps, as they are recorded. */
  private final List<Operand<TFloat32>> inputs = new ArrayList<>();

  /** The tensors that stand for the inputs within the steps. */
  private final List<Operand<TFloat32>> sources = new ArrayList<>();

  private final Map<Variable, Operand<TFloat32>> weights = new LinkedHashMap<>();
  private final Map<Output<?>, Operand<TBool>> masks = new HashMap<>();

  /** The outputs of inner layers, by the tensors that stand for them. */
  private final Map<Output<?>, MaskedTensor> given = new HashMap<>();

  private final int own;

  /**
   * A step.
   *
   * @param tape where it is recorded
   * @param given its inputs
   */
  public TapeContext(Tape tape, List<MaskedTensor> given) {
    this.tape = tape;
    this.own = given.size();
    for (MaskedTensor input : given) {
      addSource(input.tensor(), tape.tf().identity(input.tensor()), input.mask());
    }
  }

  private Operand<TFloat32> addSource(
      Operand<TFloat32> input, Operand<TFloat32> source, Operand<TBool> mask) {
    inputs.add(input);
    sources.add(source);
    masks.put(source.asOutput(), mask);
    return source;
  }

  @Override
  public Ops tf() {
    return tape.tf();
  }

  @Override
  public boolean training() {
    return tape.training();
  }

  @Override
  public Operand<TFloat32> weight(Variable variable) {
    checkFloats("weight", variable);
    return weights.computeIfAbsent(variable, v -> tf().identity(tape.value(v)));
  }

  @Override
  public Operand<TInt32> batchSize() {
    return tape.rowCount();
  }

  @Override
  public Operand<TBool> mask(int input) {
    if (input < 0 || input >= sources.size()) {
      throw Errors.in("mask", "there is no such input.")
          .expected("0 to " + (sources.size() - 1))
          .got(input)
          .fix("count the inputs of the layer from 0")
          .argument();
    }
    return masks.get(sources.get(input).asOutput());
  }

  @Override
  public void addLoss(Operand<TFloat32> loss) {
    Checks.notNull("addLoss", "loss", loss);
    checkWhole("addLoss");
    tape.addLoss(recorded(List.of(tape.share(loss))).get(0));
  }

  @Override
  public void assign(Variable variable, Operand<TFloat32> value) {
    checkFloats("assign", variable);
    Checks.notNull("assign", "value", value);
    if (!value.shape().isUnknown() && !Dims.agree(value.shape(), variable.shape())) {
      throw Errors.in("assign", "the value has another shape than the weight.")
          .expected(Errors.shape(variable.shape().asArray()))
          .got(Errors.shape(value.shape().asArray()))
          .fix("give a tensor of the weight's shape")
          .argument();
    }
    checkWhole("assign");
    if (tape.changesVariables()) {
      tape.program().assign(variable, tape.program().sumOverWorkers(tape.share(value)));
    }
  }

  private static void checkFloats(String where, Variable variable) {
    Checks.notNull(where, "variable", variable);
    if (variable.type() != Variable.Type.FLOAT32) {
      throw Errors.in(where, "the variable has whole numbers.")
          .expected("a weight, made with addWeight")
          .got(variable)
          .fix("keep what a layer computes with as a weight")
          .argument();
    }
  }

  private void checkWhole(String where) {
    if (tape.shards().shards() > 1) {
      throw Errors.in(where, "the layer sees only a part of the batch.")
          .expected("a layer that needs the whole batch")
          .got("one of " + tape.shards().shards() + " parts")
          .fix("leave needsWholeBatch() as it is")
          .state();
    }
  }

  /** Returns the tape that the steps go to. */
  public Tape tape() {
    return tape;
  }

  /**
   * Returns the inputs as the step sees them.
   *
   * @return one for each that the context was given
   */
  public List<Operand<TFloat32>> own() {
    return List.copyOf(sources.subList(0, own));
  }

  /**
   * Calls a layer within this one.
   *
   * @param given its inputs, made within this call
   * @param forward records the layer
   * @return its outputs
   */
  public List<Operand<TFloat32>> inner(
      List<Operand<TFloat32>> given,
      BiFunction<Tape, List<MaskedTensor>, List<MaskedTensor>> forward) {
    List<Operand<TFloat32>> cut = recorded(given);
    List<MaskedTensor> masked = new ArrayList<>();
    for (int i = 0; i < cut.size(); i++) {
      masked.add(new MaskedTensor(cut.get(i), masks.get(given.get(i).asOutput()), null));
    }
    List<Operand<TFloat32>> outputs = new ArrayList<>();
    for (MaskedTensor output : forward.apply(tape, masked)) {
      outputs.add(addSource(output.tensor(), tf().stopGradient(output.tensor()), output.mask()));
      this.given.put(outputs.get(outputs.size() - 1).asOutput(), output);
    }
    return outputs;
  }

  /**
   * Returns tensors as the tape has them: those that a layer gave with their masks and logits.
   *
   * @param tensors made within this step
   * @return one for each
   */
  public List<MaskedTensor> onTape(List<Operand<TFloat32>> tensors) {
    List<MaskedTensor> all = new ArrayList<>();
    for (Operand<TFloat32> tensor : tensors) {
      MaskedTensor known = given.get(tensor.asOutput());
      all.add(known == null ? new MaskedTensor(recorded(List.of(tensor)).get(0)) : known);
    }
    return all;
  }

  /**
   * Returns a tensor of the tape for use within this step.
   *
   * @param tensor recorded on the tape
   * @return what stands for it; gradients go through
   */
  public Operand<TFloat32> ofTape(Operand<TFloat32> tensor) {
    return addSource(tensor, tf().stopGradient(tensor), null);
  }

  /**
   * Returns the gradients of a loss.
   *
   * @param loss a scalar made within this step
   * @return the gradient of each trainable variable that the loss depends on
   */
  public Map<Variable, Operand<TFloat32>> gradients(Operand<TFloat32> loss) {
    return tape.gradients(recorded(List.of(loss)));
  }

  /** Records what leads to some tensors as a step of its own, and gives these. */
  private List<Operand<TFloat32>> recorded(List<Operand<TFloat32>> tensors) {
    List<Operand<TFloat32>> outputs = new ArrayList<>();
    tensors.forEach(tensor -> outputs.add(tf().identity(tensor)));
    record(outputs);
    return outputs;
  }

  /** Records the step from all inputs so far to some outputs. */
  void record(List<Operand<TFloat32>> outputs) {
    List<Operand<TFloat32>> from = new ArrayList<>(sources);
    from.addAll(weights.values());
    tape.record(
        List.copyOf(inputs),
        List.copyOf(weights.keySet()),
        outputs,
        gradients -> Gradient.of(tf(), outputs, gradients, from));
  }
}
