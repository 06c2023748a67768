package keras.internal.rnn;

import java.util.ArrayList;
import java.util.List;
import keras.internal.graph.Dims;
import keras.internal.graph.Gradient;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * Repeats any cell over the timesteps, of which nothing is known but how to add the ops of one
 * timestep. Everything is time-major; inputs, outputs and states are (batch, width) in each
 * timestep.
 *
 * <p>The forward pass keeps the states. The backward pass computes several timesteps again, from
 * the states before the first of them, and has TensorFlow differentiate them together.
 */
public final class CellRecurrence {

  /** One timestep. */
  @FunctionalInterface
  public interface Step {

    /**
     * Adds its ops, which may use nothing but what is given here.
     *
     * @param tf where the ops go
     * @param x the timestep of the input
     * @param states the states before it
     * @param same tensors that are the same in all timesteps
     * @return the output, then the states after it
     */
    List<Operand<TFloat32>> call(
        Ops tf, Operand<TFloat32> x, List<Operand<TFloat32>> states, List<Operand<TFloat32>> same);
  }

  /**
   * The options of a recurrence.
   *
   * @param training whether {@link #backward} will be called
   * @param returnSequences whether the outputs of all timesteps are wanted, or the last one
   * @param unrolled whether all timesteps are written out
   * @param zeroOutputForMask whether the output of a masked timestep is zero, and not the one
   *     before
   */
  public record Options(
      boolean training, boolean returnSequences, boolean unrolled, boolean zeroOutputForMask) {}

  private final Ops tf;
  private final Step step;
  private final Operand<TFloat32> x;
  private final Operand<TBool> mask;
  private final List<Operand<TFloat32>> start;
  private final List<Operand<TFloat32>> same;
  private final int weights;
  private final Options options;
  private final boolean carriesOutput;
  private final Chunks.Result end;

  /**
   * Adds the forward pass.
   *
   * @param x the input, (timesteps, batch, width)
   * @param mask false where a timestep leaves the states as they are, (timesteps, batch, 1); null
   *     for nowhere
   * @param start the states at the start, (batch, width) each
   * @param outputWidth the width of the output
   * @param same tensors that are the same in all timesteps, those first that have a gradient
   * @param weights how many of them have a gradient
   */
  public CellRecurrence(
      Ops tf,
      Step step,
      Operand<TFloat32> x,
      Operand<TBool> mask,
      List<Operand<TFloat32>> start,
      long outputWidth,
      List<Operand<TFloat32>> same,
      int weights,
      Options options) {
    this.tf = tf;
    this.step = step;
    this.x = x;
    this.mask = mask;
    this.same = same;
    this.weights = weights;
    this.options = options;
    this.carriesOutput = mask != null || !options.returnSequences();
    this.start = new ArrayList<>(start);
    if (carriesOutput) {
      Operand<TFloat32> none =
          tf.fill(
              tf.stack(List.of(Dims.of(tf, x, 1), tf.constant((int) outputWidth))),
              tf.constant(0f));
      this.start.add(none);
    }
    List<Long> widths = new ArrayList<>();
    if (options.returnSequences()) {
      widths.add(outputWidth);
    }
    if (options.training()) {
      this.start.forEach(state -> widths.add(state.shape().get(1)));
    }
    this.end =
        new Chunks(tf, widths, this::forward)
            .small(!options.training())
            .unrolled(options.unrolled())
            .over(List.of(x), mask, List.of(same), this.start);
  }

  /** Returns the outputs, (timesteps, batch, width), or the last one, (batch, width). */
  public Operand<TFloat32> output() {
    return options.returnSequences()
        ? end.made().get(0)
        : end.states().get(end.states().size() - 1);
  }

  /** Returns the states after the last timestep. */
  public List<Operand<TFloat32>> lastStates() {
    return end.states().subList(0, start.size() - (carriesOutput ? 1 : 0));
  }

  private Chunks.Result forward(Ops ops, Chunks.Chunk chunk, List<Operand<TFloat32>> before) {
    List<List<Operand<TFloat32>>> made = new ArrayList<>();
    List<Operand<TFloat32>> states =
        steps(ops, chunk, chunk.sequences().get(0), before, chunk.same().get(0), made);
    int from = options.returnSequences() ? 0 : 1;
    int wanted = options.training() ? 1 + start.size() : 1;
    List<Operand<TFloat32>> sequences =
        from < wanted ? Timesteps.stacked(ops, made, wanted).subList(from, wanted) : List.of();
    return new Chunks.Result(sequences, states);
  }

  /** Adds timesteps; notes the output and the states of each, and returns the last states. */
  private List<Operand<TFloat32>> steps(
      Ops ops,
      Chunks.Chunk chunk,
      Operand<TFloat32> input,
      List<Operand<TFloat32>> before,
      List<Operand<TFloat32>> constants,
      List<List<Operand<TFloat32>>> made) {
    List<Operand<TFloat32>> inputs = chunk.steps(ops, input);
    List<Operand<TBool>> masks = chunk.mask() == null ? null : chunk.steps(ops, chunk.mask());
    List<Operand<TFloat32>> states = before;
    int own = start.size() - (carriesOutput ? 1 : 0);
    for (int t = 0; t < chunk.count(); t++) {
      List<Operand<TFloat32>> given = states.subList(0, own);
      List<Operand<TFloat32>> done = step.call(ops, inputs.get(t), given, constants);
      Operand<TFloat32> output = done.get(0);
      List<Operand<TFloat32>> after = new ArrayList<>(done.subList(1, done.size()));
      if (masks != null) {
        Operand<TBool> now = masks.get(t);
        for (int i = 0; i < own; i++) {
          after.set(i, ops.select(now, after.get(i), states.get(i)));
        }
        Operand<TFloat32> instead =
            options.zeroOutputForMask() ? ops.zerosLike(output) : states.get(own);
        output = ops.select(now, output, instead);
      }
      if (carriesOutput) {
        after.add(output);
      }
      List<Operand<TFloat32>> noted = new ArrayList<>(after);
      noted.add(0, output);
      made.add(noted);
      states = after;
    }
    return states;
  }

  /**
   * Adds the backward pass.
   *
   * @param outputGradient that of {@link #output}, or null
   * @param lastGradients those of the last states, each of them or null
   * @return the gradients of the input, of the states at the start, and of the tensors that are the
   *     same in all timesteps and have one
   */
  public List<Operand<TFloat32>> backward(
      Operand<TFloat32> outputGradient, List<Operand<TFloat32>> lastGradients) {
    boolean sequences = options.returnSequences() && outputGradient != null;
    List<Operand<TFloat32>> given = new ArrayList<>();
    given.add(x);
    int first = options.returnSequences() ? 1 : 0;
    for (int i = 0; i < start.size(); i++) {
      given.add(Timesteps.before(tf, start.get(i), end.made().get(first + i)));
    }
    if (sequences) {
      given.add(outputGradient);
    }
    List<Operand<TFloat32>> after = new ArrayList<>();
    for (int i = 0; i < start.size(); i++) {
      Operand<TFloat32> gradient =
          i < lastGradients.size()
              ? lastGradients.get(i)
              : options.returnSequences() ? null : outputGradient;
      after.add(gradient == null ? tf.zerosLike(start.get(i)) : gradient);
    }
    same.subList(0, weights).forEach(weight -> after.add(tf.zerosLike(weight)));
    Chunks.Result back =
        new Chunks(
                tf,
                List.of(x.shape().get(2)),
                (ops, chunk, gradients) -> backward(ops, chunk, gradients, sequences))
            .backwards()
            .unrolled(options.unrolled())
            .over(given, mask, List.of(same), after);
    int own = start.size() - (carriesOutput ? 1 : 0);
    List<Operand<TFloat32>> found = new ArrayList<>();
    found.add(back.made().get(0));
    found.addAll(back.states().subList(0, own));
    found.addAll(back.states().subList(start.size(), start.size() + weights));
    return found;
  }

  private Chunks.Result backward(
      Ops ops, Chunks.Chunk chunk, List<Operand<TFloat32>> gradients, boolean sequences) {
    List<Operand<TFloat32>> sources = new ArrayList<>();
    sources.add(ops.identity(chunk.sequences().get(0)));
    for (int i = 0; i < start.size(); i++) {
      Operand<TFloat32> before = chunk.sequences().get(1 + i);
      sources.add(ops.identity(chunk.steps(ops, before).get(0)));
    }
    List<Operand<TFloat32>> constants = new ArrayList<>();
    for (Operand<TFloat32> each : chunk.same().get(0)) {
      constants.add(constants.size() < weights ? ops.identity(each) : each);
    }
    sources.addAll(constants.subList(0, weights));
    List<List<Operand<TFloat32>>> made = new ArrayList<>();
    List<Operand<TFloat32>> outputs =
        new ArrayList<>(
            steps(
                ops, chunk, sources.get(0), sources.subList(1, 1 + start.size()), constants, made));
    List<Operand<TFloat32>> outputGradients = new ArrayList<>(gradients.subList(0, start.size()));
    if (sequences) {
      List<Operand<TFloat32>> each =
          chunk.steps(ops, chunk.sequences().get(chunk.sequences().size() - 1));
      made.forEach(step -> outputs.add(step.get(0)));
      outputGradients.addAll(each);
    }
    List<Operand<TFloat32>> found =
        new ArrayList<>(Gradient.of(ops, outputs, outputGradients, sources));
    for (int i = 0; i < found.size(); i++) {
      if (found.get(i) == null) {
        found.set(i, ops.zerosLike(sources.get(i)));
      }
    }
    List<Operand<TFloat32>> before = new ArrayList<>(found.subList(1, 1 + start.size()));
    for (int i = 0; i < weights; i++) {
      before.add(ops.math.add(gradients.get(start.size() + i), found.get(1 + start.size() + i)));
    }
    return new Chunks.Result(List.of(found.get(0)), before);
  }
}
