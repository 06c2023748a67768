package keras.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import keras.backend.Variable;
import keras.internal.graph.Engine;
import keras.internal.graph.MaskedTensor;
import keras.internal.graph.Program;
import keras.internal.graph.ProgramBuilder;
import keras.internal.graph.Shards;
import keras.internal.graph.Tape;
import keras.layers.Layer;
import keras.layers.LayerAccess;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * One call of a layer, as a model would make it: cut into shards, with the gradients of {@code
 * sum(y * r)} in training.
 */
final class LayerRun {

  /** How a program is built; none of this may change the numbers. */
  record Variant(int shards, boolean unknownBatch, boolean unknownTime) {

    Shape of(Shape known) {
      long[] sizes = known.asArray();
      if (unknownBatch) {
        sizes[0] = Shape.UNKNOWN_SIZE;
      }
      if (unknownTime && sizes.length > 1) {
        sizes[1] = Shape.UNKNOWN_SIZE;
      }
      return Shape.of(sizes);
    }

    @Override
    public String toString() {
      return shards
          + (shards == 1 ? " shard" : " shards")
          + (unknownBatch ? ", unknown batch" : "")
          + (unknownTime ? ", unknown time" : "");
    }
  }

  /** Gradients of the input, and of the trainable weights and then of the further inputs. */
  record Gradients(FloatNdArray dx, List<FloatNdArray> dw) {}

  /**
   * The results of a call. Without training there are no gradients; without a mask, none; gradients
   * of the states only where there are states.
   */
  record Outcome(
      FloatNdArray y,
      FloatNdArray yMask,
      List<FloatNdArray> states,
      Gradients ofY,
      Gradients ofStates,
      float losses) {}

  /**
   * The further inputs of a call.
   *
   * @param inputs what comes after the first input
   * @param masks one for each, null where there is none
   * @param call the names of the call's arguments
   */
  record Others(List<FloatNdArray> inputs, List<FloatNdArray> masks, Set<String> call) {
    static final Others NONE = new Others(List.of(), List.of(), Set.of());
  }

  private final Layer<?> layer;
  private final Others others;
  private final Variant variant;
  private final boolean training;
  private final ProgramBuilder builder;
  private final Ops tf;
  private final boolean givesMask;
  private int stateCount;
  private final Program program;

  /**
   * Builds the program of a call.
   *
   * @param x the shape of what will be fed
   * @param mask the shape of the mask, or null if there is none
   * @param r the shape of the factors of the output, in training; null otherwise
   * @param statesR the shapes of the factors of the states
   */
  LayerRun(
      Engine engine,
      Layer<?> layer,
      Variant variant,
      Shape x,
      Shape mask,
      Shape r,
      List<Shape> statesR,
      Others others) {
    this.layer = layer;
    this.others = others;
    this.variant = variant;
    this.training = r != null;
    this.builder = engine.program();
    this.tf = builder.tf();
    this.givesMask = add(x, mask, r, statesR);
    this.program = builder.build(Program.Threads.POOL);
  }

  /**
   * Calls the layer, and in training then takes a step against the gradients.
   *
   * @param mask or null, as when this was built
   * @param r or null, as when this was built
   * @param statesR as when this was built
   * @param learningRate how far to step; of no meaning unless in training
   */
  Outcome run(
      FloatNdArray x,
      FloatNdArray mask,
      FloatNdArray r,
      List<FloatNdArray> statesR,
      float learningRate) {
    List<FloatNdArray> fed = new ArrayList<>(List.of(x));
    if (mask != null) {
      fed.add(mask);
    }
    for (int i = 0; i < others.inputs().size(); i++) {
      fed.add(others.inputs().get(i));
      if (others.masks().get(i) != null) {
        fed.add(others.masks().get(i));
      }
    }
    if (training) {
      fed.add(r);
      fed.addAll(statesR);
      fed.add(NdArrays.scalarOf(learningRate));
    }
    List<FloatNdArray> results = new ArrayList<>(program.run(fed.toArray(FloatNdArray[]::new)));
    FloatNdArray y = results.remove(0);
    FloatNdArray yMask = givesMask ? results.remove(0) : null;
    List<FloatNdArray> states = new ArrayList<>(results.subList(0, stateCount));
    results.subList(0, stateCount).clear();
    if (!training) {
      return new Outcome(y, yMask, states, null, null, 0);
    }
    float sum = results.remove(results.size() - 1).getFloat();
    int each = stateCount == 0 ? results.size() : results.size() / 2;
    Gradients ofStates = stateCount == 0 ? null : gradients(results.subList(each, 2 * each));
    return new Outcome(y, yMask, states, gradients(results.subList(0, each)), ofStates, sum);
  }

  private static Gradients gradients(List<FloatNdArray> results) {
    return new Gradients(results.get(0), List.copyOf(results.subList(1, results.size())));
  }

  private boolean add(Shape x, Shape mask, Shape r, List<Shape> statesR) {
    Operand<TFloat32> input = builder.input(variant.of(x));
    Operand<TBool> masked = null;
    if (mask != null) {
      masked = tf.math.greater(builder.input(variant.of(mask)), tf.constant(0.5f));
    }
    List<Operand<TFloat32>> further = new ArrayList<>();
    List<Operand<TBool>> furtherMasks = new ArrayList<>();
    List<Variable> furtherAdded = new ArrayList<>();
    for (int i = 0; i < others.inputs().size(); i++) {
      Shape shape = others.inputs().get(i).shape();
      further.add(builder.input(variant.of(shape)));
      FloatNdArray own = others.masks().get(i);
      furtherMasks.add(
          own == null
              ? null
              : tf.math.greater(builder.input(variant.of(own.shape())), tf.constant(0.5f)));
      furtherAdded.add(
          Variable.of("added_" + i, shape, new float[Math.toIntExact(shape.size())], true));
    }
    Operand<TFloat32> factors = training ? builder.input(variant.of(r)) : null;
    List<Operand<TFloat32>> stateFactors = new ArrayList<>();
    statesR.forEach(shape -> stateFactors.add(builder.input(variant.of(shape))));
    Operand<TFloat32> learningRate = training ? builder.input(Shape.scalar()) : null;
    Variable added = Variable.of("added", x, new float[Math.toIntExact(x.size())], true);
    Shards shards = new Shards(builder, input, variant.shards());
    List<Operand<TFloat32>> ys = new ArrayList<>();
    List<Operand<TFloat32>> yMasks = new ArrayList<>();
    List<List<Operand<TFloat32>>> states = new ArrayList<>();
    List<Operand<TFloat32>> losses = new ArrayList<>();
    for (Variable weight : layer.weights()) {
      if (weight.trainable() && weight.regularizer() != null) {
        losses.add(weight.regularizer().call(tf, builder.value(weight)));
      }
    }
    Map<Variable, List<Operand<TFloat32>>> gradients = new HashMap<>();
    Map<Variable, List<Operand<TFloat32>>> ofStates = new HashMap<>();
    List<Tape> tapes = new ArrayList<>();
    List<List<MaskedTensor>> parts = new ArrayList<>();
    for (int shard = 0; shard < variant.shards(); shard++) {
      Tape tape = new Tape(builder, shards, shard, training);
      MaskedTensor start = start(tape, input, added);
      tapes.add(others.call().isEmpty() ? tape : tape.withGiven(others.call()));
      List<MaskedTensor> given = new ArrayList<>();
      given.add(masked == null ? start : start.withMask(tape.rows(masked)));
      for (int i = 0; i < further.size(); i++) {
        MaskedTensor next = start(tape, further.get(i), furtherAdded.get(i));
        Operand<TBool> own = furtherMasks.get(i);
        given.add(own == null ? next : next.withMask(tape.rows(own)));
      }
      parts.add(given);
    }
    List<List<MaskedTensor>> all = LayerAccess.forward(layer, tapes, parts);
    for (int shard = 0; shard < variant.shards(); shard++) {
      Tape tape = tapes.get(shard);
      List<MaskedTensor> outputs = all.get(shard);
      MaskedTensor y = outputs.get(0);
      ys.add(y.tensor());
      List<MaskedTensor> own = outputs.subList(1, outputs.size());
      states.add(own.stream().map(MaskedTensor::tensor).toList());
      if (y.mask() != null) {
        yMasks.add(tf.dtypes.cast(y.mask(), TFloat32.class));
      }
      if (training) {
        losses.addAll(tape.losses());
        addGradients(tape, List.of(y), List.of(factors), gradients);
        if (!own.isEmpty()) {
          addGradients(tape, own, stateFactors, ofStates);
        }
      }
    }
    shards.assignStates();
    builder.output(joined(ys));
    if (!yMasks.isEmpty()) {
      builder.output(joined(yMasks));
    }
    stateCount = states.get(0).size();
    for (int i = 0; i < stateCount; i++) {
      int index = i;
      builder.output(joined(states.stream().map(each -> each.get(index)).toList()));
    }
    if (training) {
      builder.output(gradient(gradients, added));
      for (Variable weight : layer.weights()) {
        if (weight.trainable()) {
          Operand<TFloat32> gradient = gradient(gradients, weight);
          builder.output(gradient);
          Operand<TFloat32> step = tf.math.mul(gradient, learningRate);
          builder.assign(weight, tf.math.sub(builder.value(weight), step));
        }
      }
      furtherAdded.forEach(each -> builder.output(gradient(gradients, each)));
      if (stateCount > 0) {
        builder.output(gradient(ofStates, added));
        layer.weights().stream()
            .filter(Variable::trainable)
            .forEach(weight -> builder.output(gradient(ofStates, weight)));
        furtherAdded.forEach(each -> builder.output(gradient(ofStates, each)));
      }
      builder.output(losses.isEmpty() ? tf.constant(0f) : tf.math.addN(losses));
    }
    return !yMasks.isEmpty();
  }

  /** Adds the gradients of the sum of tensors, each times its factors. */
  private static void addGradients(
      Tape tape,
      List<MaskedTensor> tensors,
      List<Operand<TFloat32>> factors,
      Map<Variable, List<Operand<TFloat32>>> gradients) {
    List<Operand<TFloat32>> objectives = new ArrayList<>();
    for (int i = 0; i < tensors.size(); i++) {
      Operand<TFloat32> part = tape.rows(factors.get(i));
      objectives.add(
          tape.op(
                  tensors.get(i).tensor(),
                  (context, own) -> sum(context.tf(), context.tf().math.mul(own, part)))
              .tensor());
    }
    tape.gradients(objectives)
        .forEach((v, g) -> gradients.computeIfAbsent(v, key -> new ArrayList<>()).add(g));
  }

  /**
   * The input plus a variable of zeros, whose gradient is that of the input. The sum has the
   * input's static shape, unknown dimensions included.
   */
  private MaskedTensor start(Tape tape, Operand<TFloat32> input, Variable added) {
    return tape.ops(
            List.of(),
            (context, none) -> {
              Operand<TFloat32> zeros =
                  tf.slice(
                      context.weight(added),
                      tf.constant(new int[input.shape().numDimensions()]),
                      tf.shape(input));
              return List.of(tape.rows(tf.math.add(input, zeros)));
            })
        .get(0);
  }

  private static Operand<TFloat32> sum(Ops tf, Operand<TFloat32> x) {
    return tf.sum(tf.reshape(x, tf.constant(new int[] {-1})), tf.constant(0));
  }

  private Operand<TFloat32> joined(List<Operand<TFloat32>> parts) {
    return parts.size() == 1 ? parts.get(0) : tf.concat(parts, tf.constant(0));
  }

  private Operand<TFloat32> gradient(
      Map<Variable, List<Operand<TFloat32>>> gradients, Variable variable) {
    List<Operand<TFloat32>> parts = gradients.get(variable);
    if (parts != null) {
      return tf.math.addN(parts);
    }
    Operand<TInt32> shape = tf.shape(builder.value(variable));
    return tf.zeros(shape, TFloat32.class);
  }
}
