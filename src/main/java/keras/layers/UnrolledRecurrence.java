package keras.layers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/** The loop written out, one group of ops a timestep: quickest, for a known number of timesteps. */
final class UnrolledRecurrence extends Recurrence {

  /**
   * The ops of one timestep, cut off from those of the others so that each has its own gradient.
   */
  private record Timestep(
      List<Operand<TFloat32>> sources, Operand<TFloat32> state, Gates.Step step) {}

  private final int timesteps;
  private final List<Timestep> history = new ArrayList<>();

  UnrolledRecurrence(Ops tf, Sequence sequence) {
    super(tf, sequence);
    this.timesteps = (int) sequence.z().shape().get(0);
  }

  @Override
  Outcome forward(boolean returnSequences, boolean training) {
    List<Operand<TFloat32>> zs = unstack(sequence.z());
    List<Operand<TBool>> masks =
        sequence.mask() == null
            ? null
            : new ArrayList<>(
                tf.unstack(sequence.mask(), (long) timesteps, Unstack.axis(0L)).output());
    List<Operand<TFloat32>> states = sequence.startStates(tf);
    List<Operand<TFloat32>> outputs = new ArrayList<>();
    for (int t = 0; t < timesteps; t++) {
      Gates gates = sequence.gatesAt(masks == null ? null : masks.get(t));
      List<Operand<TFloat32>> products = multiply(tf, sequence.products(), states.get(0));
      List<Operand<TFloat32>> own = new ArrayList<>();
      for (Operand<TFloat32> state : states) {
        own.add(training ? tf.identity(state) : state);
      }
      Gates.Step step = gates.call(tf, zs.get(t), products, own);
      if (training) {
        List<Operand<TFloat32>> sources = new ArrayList<>();
        sources.add(zs.get(t));
        sources.addAll(products);
        sources.addAll(own);
        history.add(new Timestep(sources, states.get(0), step));
      }
      outputs.add(step.output());
      states = step.states();
    }
    return new Outcome(
        returnSequences ? tf.stack(outputs) : null,
        outputs.get(timesteps - 1),
        states.subList(0, sequence.states().size()));
  }

  @Override
  Gradients backward(
      Operand<TFloat32> outputs, Operand<TFloat32> last, List<Operand<TFloat32>> states) {
    int productCount = sequence.products().size();
    List<Operand<TFloat32>> outputGradients =
        outputs == null ? new ArrayList<>(Collections.nCopies(timesteps, null)) : unstack(outputs);
    List<Operand<TFloat32>> stateGradients = new ArrayList<>(states);
    if (sequence.mask() != null) {
      stateGradients.add(null);
    }
    List<Operand<TFloat32>> z = new ArrayList<>();
    List<List<Operand<TFloat32>>> products = new ArrayList<>();
    for (int k = 0; k < productCount; k++) {
      products.add(new ArrayList<>());
    }
    for (int t = timesteps - 1; t >= 0; t--) {
      Timestep step = history.get(t);
      Operand<TFloat32> output = outputGradients.get(t);
      if (t == timesteps - 1) {
        output = sum(tf, output, last);
      }
      List<Operand<TFloat32>> gradients =
          stepGradients(tf, step.step(), output, stateGradients, step.sources());
      z.add(0, orZeros(gradients.get(0), step.sources().get(0)));
      Operand<TFloat32> first = gradients.get(1 + productCount);
      for (int k = 0; k < productCount; k++) {
        Operand<TFloat32> product = orZeros(gradients.get(1 + k), step.sources().get(1 + k));
        products.get(k).add(0, product);
        first = sum(tf, first, sequence.products().get(k).stateGradient(tf, product));
      }
      stateGradients.clear();
      stateGradients.addAll(gradients.subList(1 + productCount, gradients.size()));
      stateGradients.set(0, first);
    }
    return new Gradients(
        tf.stack(z),
        stateGradients.subList(0, sequence.states().size()),
        kernelGradients(products));
  }

  private List<Operand<TFloat32>> kernelGradients(List<List<Operand<TFloat32>>> products) {
    List<Operand<TFloat32>> kernels = new ArrayList<>();
    for (int k = 0; k < products.size(); k++) {
      Product product = sequence.products().get(k);
      List<Operand<TFloat32>> lefts = new ArrayList<>();
      history.forEach(step -> lefts.add(product.left(tf, step.state())));
      kernels.add(
          kernelGradient(
              tf, tf.concat(lefts, tf.constant(0)), tf.concat(products.get(k), tf.constant(0))));
    }
    return kernels;
  }

  private Operand<TFloat32> orZeros(Operand<TFloat32> gradient, Operand<TFloat32> like) {
    return gradient == null ? tf.zerosLike(like) : gradient;
  }

  private List<Operand<TFloat32>> unstack(Operand<TFloat32> stacked) {
    return new ArrayList<>(tf.unstack(stacked, (long) timesteps, Unstack.axis(0L)).output());
  }
}
