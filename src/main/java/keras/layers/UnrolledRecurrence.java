package keras.layers;

import java.util.ArrayList;
import java.util.List;
import keras.backend.Gradient;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/** The loop written out, one group of ops a timestep: quickest, for a known number of timesteps. */
final class UnrolledRecurrence extends Recurrence {

  private final int timesteps;
  private final List<Operand<TFloat32>> start;
  private final List<Operand<TFloat32>> zs;
  private final List<Operand<TFloat32>> outputs = new ArrayList<>();
  private final List<List<Multiplied>> products = new ArrayList<>();
  private List<Operand<TFloat32>> end;

  UnrolledRecurrence(Ops tf, Sequence sequence) {
    super(tf, sequence);
    this.timesteps = (int) sequence.z().shape().get(0);
    this.start = sequence.startStates(tf);
    this.zs = unstack(sequence.z());
  }

  @Override
  Outcome forward(boolean returnSequences, boolean training) {
    List<Operand<TBool>> masks =
        sequence.mask() == null
            ? null
            : List.copyOf(tf.unstack(sequence.mask(), (long) timesteps, Unstack.axis(0L)).output());
    List<Operand<TFloat32>> states = start;
    for (int t = 0; t < timesteps; t++) {
      Gates gates = sequence.gatesAt(masks == null ? null : masks.get(t));
      List<Multiplied> multiplied = multiply(tf, gates, zs.get(t), sequence.products(), states);
      Gates.Step step = gates.call(tf, zs.get(t), Multiplied.results(multiplied), states);
      products.add(multiplied);
      outputs.add(step.output());
      states = step.states();
    }
    end = states.subList(0, sequence.states().size());
    return new Outcome(returnSequences ? tf.stack(outputs) : null, outputs.get(timesteps - 1), end);
  }

  /**
   * Asks TensorFlow once for the gradients of everything but the kernels, which would be taken in
   * each timestep: the products' gradients are enough to find them afterwards.
   */
  @Override
  Gradients backward(
      Operand<TFloat32> outputGradients,
      Operand<TFloat32> last,
      List<Operand<TFloat32>> stateGradients) {
    List<Operand<TFloat32>> ys = new ArrayList<>(end);
    List<Operand<TFloat32>> dys = new ArrayList<>(stateGradients);
    if (outputGradients != null) {
      ys.addAll(outputs);
      dys.addAll(unstack(outputGradients));
    }
    ys.add(outputs.get(timesteps - 1));
    dys.add(last);
    List<Operand<TFloat32>> sources = new ArrayList<>(zs);
    products.forEach(multiplied -> sources.addAll(Multiplied.results(multiplied)));
    sources.addAll(start.subList(0, sequence.states().size()));
    List<Operand<TFloat32>> gradients = Gradient.of(tf, ys, dys, sources);
    int count = sequence.products().size();
    for (int i = 0; i < timesteps * (1 + count); i++) {
      if (gradients.get(i) == null) {
        gradients.set(i, tf.zerosLike(sources.get(i)));
      }
    }
    List<Operand<TFloat32>> kernels = new ArrayList<>();
    List<Operand<TFloat32>> biases = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      List<Operand<TFloat32>> lefts = new ArrayList<>();
      List<Operand<TFloat32>> found = new ArrayList<>();
      for (int t = 0; t < timesteps; t++) {
        lefts.add(products.get(t).get(k).left());
        found.add(gradients.get(timesteps + t * count + k));
      }
      Operand<TFloat32> rows = Recurrence.rows(tf, found);
      kernels.add(kernelGradient(tf, Recurrence.rows(tf, lefts), rows));
      if (sequence.products().get(k).bias() != null) {
        biases.add(biasGradient(tf, rows));
      }
    }
    return new Gradients(
        tf.stack(gradients.subList(0, timesteps)),
        gradients.subList(timesteps * (1 + count), gradients.size()),
        kernels,
        biases);
  }

  private List<Operand<TFloat32>> unstack(Operand<TFloat32> stacked) {
    return List.copyOf(tf.unstack(stacked, (long) timesteps, Unstack.axis(0L)).output());
  }
}
