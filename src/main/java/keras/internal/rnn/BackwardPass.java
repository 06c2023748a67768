package keras.internal.rnn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * Goes back over the timesteps of a recurrence (back-propagation through time), from the gradients
 * of its outputs to those of the gates. Only what depends on the timestep after it is done timestep
 * by timestep; the gradients of the weights come afterwards, as one product each.
 */
final class BackwardPass {

  /** Computes what the backward pass of some timesteps needs from what the forward pass left. */
  @FunctionalInterface
  interface Source {

    /**
     * Adds the ops.
     *
     * @param sequences the timesteps of what {@link #gradients} was given
     * @param operands those of each product, as it needs them forward
     */
    FormulaBackward of(
        Ops ops, List<Operand<TFloat32>> sequences, List<List<Operand<TFloat32>>> operands);
  }

  /**
   * The gradients.
   *
   * @param inputs of the inputs' products, (timesteps, batch, columns)
   * @param products of the state's products, (timesteps, batch, columns) each
   * @param late the left side of the last product, if it is not the state
   * @param start of the states at the start, (batch, units) each
   */
  record Gradients(
      Operand<TFloat32> inputs,
      List<Operand<TFloat32>> products,
      Operand<TFloat32> late,
      List<Operand<TFloat32>> start) {}

  private final Ops tf;
  private final Source source;
  private final List<StateProduct> products;
  private final boolean apart;
  private Operand<TBool> mask;
  private boolean unrolled;

  /**
   * Describes the backward pass.
   *
   * @param products the products of the state
   * @param apart whether the gradient of the inputs' products is not that of the state's only one
   */
  BackwardPass(Ops tf, Source source, List<StateProduct> products, boolean apart) {
    this.tf = tf;
    this.source = source;
    this.products = products;
    this.apart = apart;
  }

  /**
   * Sets which timesteps were masked.
   *
   * @param values false where a timestep left the states as they were, (timesteps, batch, units);
   *     null for nowhere
   */
  BackwardPass masked(Operand<TBool> values) {
    mask = values;
    return this;
  }

  /** Says whether all timesteps are written out. */
  BackwardPass unrolled(boolean value) {
    unrolled = value;
    return this;
  }

  /**
   * Adds the ops.
   *
   * @param left the tensors of the forward pass, (timesteps, batch, width) each
   * @param outputs the gradient of the outputs, (timesteps, batch, units), or null
   * @param start the states at the start
   * @param last the gradients of the states after the last timestep, each of them or null
   */
  Gradients gradients(
      List<Operand<TFloat32>> left,
      Operand<TFloat32> outputs,
      List<Operand<TFloat32>> start,
      List<Operand<TFloat32>> last) {
    List<Operand<TFloat32>> sequences = new ArrayList<>(left);
    if (mask != null) {
      sequences.add(tf.dtypes.cast(mask, TFloat32.class));
    }
    if (outputs != null) {
      sequences.add(outputs);
    }
    List<List<Operand<TFloat32>>> same = new ArrayList<>();
    products.forEach(product -> same.add(product.operands()));
    products.forEach(product -> same.add(product.backwardOperands(tf)));
    List<Operand<TFloat32>> after = new ArrayList<>();
    for (int i = 0; i < start.size(); i++) {
      after.add(last.get(i) == null ? tf.zerosLike(start.get(i)) : last.get(i));
    }
    boolean isOutputs = outputs != null;
    Chunks.Result back =
        new Chunks(
                tf,
                widths(start.get(0).shape().get(1)),
                (ops, chunk, states) -> steps(ops, chunk, states, left.size(), isOutputs))
            .backwards()
            .unrolled(unrolled)
            .over(sequences, null, same, after);
    int count = products.size();
    return new Gradients(
        back.made().get(apart ? count : 0),
        back.made().subList(0, count),
        back.made().get(back.made().size() - 1),
        back.states());
  }

  /** Of the products, of the inputs if they differ, and of the late left side. */
  private List<Long> widths(long units) {
    List<Long> widths = new ArrayList<>();
    products.forEach(product -> widths.add(product.columns()));
    if (apart) {
      widths.add(products.stream().mapToLong(StateProduct::columns).sum());
    }
    if (products.size() > 1) {
      widths.add(units);
    }
    return widths;
  }

  /**
   * Returns some timesteps, given what the forward pass left, the mask and the outputs' gradients.
   */
  private Chunks.Result steps(
      Ops ops,
      Chunks.Chunk chunk,
      List<Operand<TFloat32>> last,
      int leftCount,
      boolean withOutputs) {
    List<Operand<TFloat32>> given = chunk.sequences();
    int count = products.size();
    FormulaBackward cell =
        source.of(ops, given.subList(0, leftCount), chunk.same().subList(0, count));
    List<List<Operand<TFloat32>>> operands = chunk.same().subList(count, 2 * count);
    List<List<Operand<TFloat32>>> factors =
        cell.factors().stream().map(factor -> Timesteps.split(ops, factor, chunk.count())).toList();
    List<Operand<TFloat32>> masks = mask == null ? null : chunk.steps(ops, given.get(leftCount));
    List<Operand<TFloat32>> outputs =
        withOutputs ? chunk.steps(ops, given.get(given.size() - 1)) : null;
    List<List<Operand<TFloat32>>> kept = new ArrayList<>();
    List<Operand<TFloat32>> after = last;
    for (int t = chunk.count() - 1; t >= 0; t--) {
      int now = t;
      List<Operand<TFloat32>> reached = new ArrayList<>(after);
      if (withOutputs) {
        reached.set(0, ops.math.add(outputs.get(t), reached.get(0)));
      }
      List<Operand<TFloat32>> passing = new ArrayList<>();
      for (int i = 0; masks != null && i < reached.size(); i++) {
        // The gradient of a masked timestep's states passes it by.
        Operand<TFloat32> whole = reached.get(i);
        reached.set(i, ops.math.mul(whole, masks.get(t)));
        passing.add(ops.math.sub(whole, reached.get(i)));
      }
      FormulaBackward.Step step =
          cell.step(
              ops,
              factors.stream().map(factor -> factor.get(now)).toList(),
              reached,
              (k, gradient) -> products.get(k).leftGradient(ops, gradient, operands.get(k)));
      kept.add(step.kept());
      after = new ArrayList<>(step.before());
      for (int i = 0; i < passing.size(); i++) {
        after.set(i, ops.math.add(after.get(i), passing.get(i)));
      }
    }
    Collections.reverse(kept);
    FormulaBackward.Gradients found = cell.gradients(ops, Timesteps.joined(ops, kept));
    List<Operand<TFloat32>> made = new ArrayList<>(found.products());
    if (apart) {
      made.add(found.inputs());
    }
    if (found.late() != null) {
      made.add(found.late());
    }
    return new Chunks.Result(
        made.stream().map(rows -> Timesteps.sequence(ops, rows, given.get(0))).toList(), after);
  }
}
