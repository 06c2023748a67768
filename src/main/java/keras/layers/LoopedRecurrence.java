package keras.layers;

import java.util.ArrayList;
import java.util.List;
import keras.backend.Gradient;
import keras.backend.LoopVariables;
import keras.backend.LoopVariables.ArrayKey;
import keras.backend.LoopVariables.TensorKey;
import keras.backend.Sizes;
import keras.backend.StepArray;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The loop as a loop in the graph: one group of ops, whatever the number of timesteps, which need
 * not be known beforehand. On the way back each step is done again from what went into it.
 */
final class LoopedRecurrence extends Recurrence {

  private final Operand<TInt32> timesteps;
  private final StepArray<TFloat32> zs;
  private final StepArray<TBool> masks;
  private final List<StepArray<TFloat32>> statesBefore = new ArrayList<>();
  private final List<StepArray<TFloat32>> products = new ArrayList<>();

  LoopedRecurrence(Ops tf, Sequence sequence) {
    super(tf, sequence);
    this.timesteps = Sizes.of(tf, sequence.z(), 0);
    this.zs = StepArray.of(tf, TFloat32.class, sequence.z());
    this.masks = sequence.mask() == null ? null : StepArray.of(tf, TBool.class, sequence.mask());
  }

  /** The parts of the sequence that are the same in each round, and those that are read in it. */
  private final class Given {
    private final ArrayKey<TFloat32> z;
    private final ArrayKey<TBool> mask;
    private final List<TensorKey<TFloat32>> kernels = new ArrayList<>();
    private final List<TensorKey<TFloat32>> biases = new ArrayList<>();
    private final List<TensorKey<TFloat32>> dropouts = new ArrayList<>();

    Given(LoopVariables loop) {
      z = loop.add(zs);
      mask = masks == null ? null : loop.add(masks);
      for (Product product : sequence.products()) {
        kernels.add(loop.add(product.kernel()));
        biases.add(product.bias() == null ? null : loop.add(product.bias()));
        dropouts.add(product.dropout() == null ? null : loop.add(product.dropout()));
      }
    }

    List<Product> products(LoopVariables.Round round) {
      List<Product> all = new ArrayList<>();
      for (int k = 0; k < kernels.size(); k++) {
        all.add(
            new Product(
                round.get(kernels.get(k)),
                biases.get(k) == null ? null : round.get(biases.get(k)),
                dropouts.get(k) == null ? null : round.get(dropouts.get(k))));
      }
      return all;
    }

    Gates gates(Ops ops, Operand<TInt32> t, LoopVariables.Round round) {
      return sequence.gatesAt(mask == null ? null : round.get(mask).read(ops, t));
    }
  }

  @Override
  Outcome forward(boolean returnSequences, boolean training) {
    LoopVariables loop = new LoopVariables();
    Given given = new Given(loop);
    List<Operand<TFloat32>> start = sequence.startStates(tf);
    List<TensorKey<TFloat32>> states = loop.addAll(start);
    TensorKey<TFloat32> last = loop.add(tf.zerosLike(start.get(0)));
    ArrayKey<TFloat32> outputs = returnSequences ? loop.add(empty()) : null;
    List<ArrayKey<TFloat32>> before = new ArrayList<>();
    List<ArrayKey<TFloat32>> multiplied = new ArrayList<>();
    if (training) {
      start.forEach(state -> before.add(loop.add(empty())));
      sequence.products().forEach(product -> multiplied.add(loop.add(empty())));
    }
    LoopVariables.Round end =
        loop.run(
            tf,
            timesteps,
            (ops, t, round) -> {
              List<Operand<TFloat32>> now = round.getAll(states);
              Gates gates = given.gates(ops, t, round);
              Operand<TFloat32> z = round.get(given.z).read(ops, t);
              List<Operand<TFloat32>> product =
                  Multiplied.results(multiply(ops, gates, z, given.products(round), now));
              Gates.Step step = gates.call(ops, z, product, now);
              writeAll(ops, t, round, before, now);
              writeAll(ops, t, round, multiplied, product);
              for (int i = 0; i < states.size(); i++) {
                round.set(states.get(i), step.states().get(i));
              }
              round.set(last, step.output());
              if (returnSequences) {
                round.set(outputs, round.get(outputs).write(ops, t, step.output()));
              }
            });
    before.forEach(key -> statesBefore.add(end.get(key)));
    multiplied.forEach(key -> products.add(end.get(key)));
    return new Outcome(
        returnSequences ? end.get(outputs).stack(tf, timesteps, stacked(sequence.units())) : null,
        step(end.get(last)),
        end.getAll(states).subList(0, sequence.states().size()).stream().map(this::step).toList());
  }

  @Override
  Gradients backward(
      Operand<TFloat32> outputs, Operand<TFloat32> last, List<Operand<TFloat32>> states) {
    LoopVariables loop = new LoopVariables();
    Given given = new Given(loop);
    List<Operand<TFloat32>> start = sequence.startStates(tf);
    List<TensorKey<TFloat32>> stateGradients = new ArrayList<>();
    for (int i = 0; i < start.size(); i++) {
      Operand<TFloat32> gradient = i < states.size() ? states.get(i) : null;
      stateGradients.add(loop.add(gradient == null ? tf.zerosLike(start.get(i)) : gradient));
    }
    TensorKey<TInt32> count = loop.add(timesteps);
    TensorKey<TFloat32> lastGradient = loop.add(last == null ? tf.zerosLike(start.get(0)) : last);
    ArrayKey<TFloat32> outputGradients =
        outputs == null ? null : loop.add(StepArray.of(tf, TFloat32.class, outputs));
    List<ArrayKey<TFloat32>> before = statesBefore.stream().map(loop::add).toList();
    List<ArrayKey<TFloat32>> multiplied = products.stream().map(loop::add).toList();
    ArrayKey<TFloat32> zGradients = loop.add(empty());
    ArrayKey<TFloat32> lateLefts = sequence.gates().isLastLate() ? loop.add(empty()) : null;
    int lastProduct = products.size() - 1;
    List<ArrayKey<TFloat32>> productGradients =
        products.stream().map(product -> loop.add(empty())).toList();
    LoopVariables.Round end =
        loop.run(
            tf,
            timesteps,
            (ops, r, round) -> {
              Operand<TInt32> t = ops.math.sub(ops.math.sub(round.get(count), ops.constant(1)), r);
              Operand<TFloat32> output = round.get(lastGradient);
              round.set(lastGradient, ops.zerosLike(output));
              if (outputGradients != null) {
                output = ops.math.add(output, round.get(outputGradients).read(ops, t));
              }
              List<Operand<TFloat32>> sources = new ArrayList<>();
              sources.add(ops.identity(round.get(given.z).read(ops, t)));
              multiplied.forEach(key -> sources.add(round.get(key).read(ops, t)));
              before.forEach(key -> sources.add(round.get(key).read(ops, t)));
              int own = 1 + multiplied.size();
              Gates gates = given.gates(ops, t, round);
              List<Product> productsNow = given.products(round);
              List<Operand<TFloat32>> now = sources.subList(own, sources.size());
              if (lateLefts != null) {
                // Multiplied again, for the gradient to go through it to what it is made of.
                Product product = productsNow.get(lastProduct);
                Operand<TFloat32> left =
                    product.left(
                        ops, gates.late(ops, sources.get(0), sources.subList(1, own - 1), now));
                sources.set(own - 1, product.result(ops, left));
                round.set(lateLefts, round.get(lateLefts).write(ops, t, left));
              }
              Gates.Step step = gates.call(ops, sources.get(0), sources.subList(1, own), now);
              List<Operand<TFloat32>> gradients =
                  stepGradients(ops, step, output, round.getAll(stateGradients), sources);
              round.set(
                  zGradients,
                  round.get(zGradients).write(ops, t, orZeros(ops, gradients, sources, 0)));
              Operand<TFloat32> first = gradients.get(own);
              for (int k = 0; k < productsNow.size(); k++) {
                Operand<TFloat32> product = orZeros(ops, gradients, sources, 1 + k);
                ArrayKey<TFloat32> key = productGradients.get(k);
                round.set(key, round.get(key).write(ops, t, product));
                if (k != lastProduct || lateLefts == null) {
                  first = sum(ops, first, productsNow.get(k).stateGradient(ops, product));
                }
              }
              round.set(
                  stateGradients.get(0), first == null ? ops.zerosLike(sources.get(own)) : first);
              for (int i = 1; i < stateGradients.size(); i++) {
                round.set(stateGradients.get(i), orZeros(ops, gradients, sources, own + i));
              }
            });
    List<Operand<TFloat32>> kernels = new ArrayList<>();
    List<Operand<TFloat32>> biases = new ArrayList<>();
    for (int k = 0; k < products.size(); k++) {
      Product product = sequence.products().get(k);
      Shape shape = stacked(sequence.units());
      Operand<TFloat32> lefts =
          k == lastProduct && lateLefts != null
              ? end.get(lateLefts).stack(tf, timesteps, shape)
              : product.left(tf, statesBefore.get(0).stack(tf, timesteps, shape));
      long columns = product.kernel().shape().get(1);
      Operand<TFloat32> found =
          rows(end.get(productGradients.get(k)).stack(tf, timesteps, stacked(columns)), columns);
      kernels.add(kernelGradient(tf, rows(lefts, sequence.units()), found));
      if (product.bias() != null) {
        biases.add(biasGradient(tf, found));
      }
    }
    return new Gradients(
        end.get(zGradients).stack(tf, timesteps, sequence.z().shape()),
        end.getAll(stateGradients).subList(0, sequence.states().size()),
        kernels,
        biases);
  }

  private StepArray<TFloat32> empty() {
    return StepArray.empty(tf, timesteps, TFloat32.class);
  }

  /** One step's output or state, whose shape the loop forgets. */
  private Operand<TFloat32> step(Operand<TFloat32> tensor) {
    return tf.ensureShape(tensor, Shape.of(sequence.z().shape().get(1), sequence.units()));
  }

  private Shape stacked(long width) {
    return Shape.of(sequence.z().shape().get(0), sequence.z().shape().get(1), width);
  }

  private Operand<TFloat32> rows(Operand<TFloat32> steps, long width) {
    return tf.reshape(steps, tf.constant(new long[] {-1, width}));
  }

  private static void writeAll(
      Ops ops,
      Operand<TInt32> t,
      LoopVariables.Round round,
      List<ArrayKey<TFloat32>> keys,
      List<Operand<TFloat32>> values) {
    for (int i = 0; i < keys.size(); i++) {
      round.set(keys.get(i), round.get(keys.get(i)).write(ops, t, values.get(i)));
    }
  }

  private static Operand<TFloat32> orZeros(
      Ops ops, List<Operand<TFloat32>> gradients, List<Operand<TFloat32>> like, int index) {
    return gradients.get(index) == null ? ops.zerosLike(like.get(index)) : gradients.get(index);
  }

  /**
   * The gradients of one step's element-wise part.
   *
   * @param output the gradient of the step's output, or null
   * @param states the gradients of its states after it, each of them or null
   * @param sources what went in: z, the products, the states
   */
  private static List<Operand<TFloat32>> stepGradients(
      Ops tf,
      Gates.Step step,
      Operand<TFloat32> output,
      List<Operand<TFloat32>> states,
      List<Operand<TFloat32>> sources) {
    List<Operand<TFloat32>> ys = new ArrayList<>(step.states());
    List<Operand<TFloat32>> dys = new ArrayList<>(states);
    ys.add(step.output());
    dys.add(output);
    return Gradient.of(tf, ys, dys, sources);
  }
}
