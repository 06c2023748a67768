package keras.internal.rnn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import keras.internal.graph.Dims;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Repeats a cell's step over the timesteps: whatever the cell, its activations, mask, dropout and
 * the number of timesteps. Everything is time-major.
 *
 * <p>Only what depends on the step before is done step by step. The products with {@code kernel}
 * are there for all timesteps before, and the gradients of the weights are taken after.
 */
public final class SteppedRecurrence implements Recurrence {

  private final Ops tf;
  private final Formula cell;
  private final List<Operand<TFloat32>> inputs;
  private final Operand<TBool> mask;
  private final List<Operand<TFloat32>> start;
  private final List<StateProduct> products;
  private final long units;
  private final boolean unrolled;
  private final Chunks.Result end;

  /**
   * The options of a recurrence.
   *
   * @param training whether {@link #backward} will be called
   * @param returnSequences whether {@link #outputs} will be called
   * @param unrolled whether all timesteps are written out
   */
  public record Options(boolean training, boolean returnSequences, boolean unrolled) {}

  /**
   * Adds the forward pass.
   *
   * @param z the inputs after their product with {@code kernel}, (timesteps, batch, columns)
   * @param mask false where a timestep leaves the states as they are, (timesteps, batch, 1); null
   *     for nowhere
   * @param start the states at the start, each (batch, units)
   * @param products the products of the state in each step
   */
  public SteppedRecurrence(
      Ops tf,
      Formula cell,
      Operand<TFloat32> z,
      Operand<TBool> mask,
      List<Operand<TFloat32>> start,
      List<StateProduct> products,
      Options options) {
    this.tf = tf;
    this.cell = cell;
    this.units = z.shape().get(2) / cell.gateCount();
    this.inputs = Formula.parts(tf, z, 2, cell.inputGates());
    this.mask = mask == null ? null : forEachUnit(mask);
    this.start = start;
    this.products = products;
    this.unrolled = options.unrolled();
    int wanted = options.training() ? start.size() : options.returnSequences() ? 1 : 0;
    this.end =
        new Chunks(
                tf,
                Collections.nCopies(wanted, units),
                (ops, chunk, states) -> steps(ops, chunk, states, wanted))
            .small(!options.training())
            .unrolled(unrolled)
            .over(inputs, this.mask, products.stream().map(StateProduct::operands).toList(), start);
  }

  /** As wide as a state: looking at it once for each row takes longer. */
  private Operand<TBool> forEachUnit(Operand<TBool> each) {
    List<Operand<TInt32>> sizes =
        List.of(Dims.of(tf, each, 0), Dims.of(tf, each, 1), tf.constant((int) units));
    return tf.broadcastTo(each, Dims.shape(tf, sizes));
  }

  /** Returns some timesteps, of which the states are kept, as many of them as are wanted. */
  private Chunks.Result steps(
      Ops ops, Chunks.Chunk chunk, List<Operand<TFloat32>> start, int wanted) {
    List<List<Operand<TFloat32>>> steps =
        chunk.sequences().stream().map(sequence -> chunk.steps(ops, sequence)).toList();
    List<Operand<TBool>> masks = chunk.mask() == null ? null : chunk.steps(ops, chunk.mask());
    List<List<Operand<TFloat32>>> made = new ArrayList<>();
    List<Operand<TFloat32>> states = start;
    for (int t = 0; t < chunk.count(); t++) {
      int now = t;
      List<Operand<TFloat32>> given = steps.stream().map(sequence -> sequence.get(now)).toList();
      List<Operand<TFloat32>> done = new ArrayList<>();
      for (int k = 0; k < products.size(); k++) {
        Operand<TFloat32> left = isLate(k) ? cell.late(ops, given, done, states) : states.get(0);
        done.add(products.get(k).multiply(ops, left, chunk.same().get(k)));
      }
      List<Operand<TFloat32>> after = new ArrayList<>(cell.call(ops, given, done, states));
      for (int i = 0; masks != null && i < after.size(); i++) {
        after.set(i, ops.select(masks.get(t), after.get(i), states.get(i)));
      }
      states = after;
      made.add(states);
    }
    return new Chunks.Result(Timesteps.stacked(ops, made, wanted), states);
  }

  private boolean isLate(int product) {
    return cell.isLastLate() && product == products.size() - 1;
  }

  @Override
  public Operand<TFloat32> outputs() {
    return end.made().get(0);
  }

  @Override
  public List<Operand<TFloat32>> lastStates() {
    return end.states();
  }

  /** Returns the weights are the products', one after the other. */
  @Override
  public List<Operand<TFloat32>> backward(
      Operand<TFloat32> outputGradients,
      List<Operand<TFloat32>> lastGradients,
      boolean inputWanted) {
    List<Operand<TFloat32>> before = new ArrayList<>();
    for (int i = 0; i < start.size(); i++) {
      before.add(Timesteps.before(tf, start.get(i), end.made().get(i)));
    }
    List<Operand<TFloat32>> sequences = new ArrayList<>(inputs);
    sequences.addAll(before);
    sequences.addAll(end.made());
    boolean apart = products.size() > 1 || cell.hasRecurrentBias();
    BackwardPass.Gradients found =
        new BackwardPass(tf, this::cellBackward, products, apart)
            .masked(mask)
            .unrolled(unrolled)
            .gradients(sequences, outputGradients, start, lastGradients);
    List<Operand<TFloat32>> gradients = new ArrayList<>();
    gradients.add(found.inputs());
    gradients.addAll(found.start());
    for (int k = 0; k < products.size(); k++) {
      Operand<TFloat32> left = isLate(k) ? found.late() : before.get(0);
      gradients.addAll(products.get(k).gradients(tf, left, found.products().get(k)));
    }
    return gradients;
  }

  /**
   * Returns the backward pass of some timesteps, from the inputs and states alone: doing the
   * products again takes no longer than keeping them.
   */
  private FormulaBackward cellBackward(
      Ops ops, List<Operand<TFloat32>> sequences, List<List<Operand<TFloat32>>> operands) {
    int afterInputs = inputs.size();
    int afterBefore = afterInputs + start.size();
    List<Operand<TFloat32>> rows =
        sequences.stream().map(sequence -> Timesteps.rows(ops, sequence)).toList();
    Formula.Forward forward =
        new Formula.Forward(
            rows.subList(0, afterInputs),
            new ArrayList<>(),
            rows.subList(afterInputs, afterBefore),
            rows.subList(afterBefore, rows.size()));
    Operand<TFloat32> before = sequences.get(afterInputs);
    for (int k = 0; k < products.size(); k++) {
      Operand<TFloat32> left = before;
      if (isLate(k)) {
        Operand<TFloat32> late =
            cell.late(ops, forward.inputs(), forward.products(), forward.before());
        left = ops.reshape(late, ops.shape(before));
      }
      forward.products().add(products.get(k).multiplyAll(ops, left, operands.get(k)));
    }
    return cell.backward(ops, forward);
  }
}
