package keras.internal.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import keras.backend.Variable;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The steps of all tapes of a batch in the order in which they were recorded, so that a step may
 * take what several shards have given.
 */
final class Recording {

  private record Step(
      List<Operand<TFloat32>> inputs,
      List<Variable> weights,
      List<Operand<TFloat32>> outputs,
      Tape.Backward backward) {}

  private final List<Step> steps = new ArrayList<>();

  /** The rows that a step has taken of its weight, where it does no more. */
  private final IdentityHashMap<Step, Operand<TInt32>> rowsTaken = new IdentityHashMap<>();

  private final Set<Output<?>> differentiable = new HashSet<>();

  void add(
      List<Operand<TFloat32>> inputs,
      List<Variable> weights,
      List<Operand<TFloat32>> outputs,
      Tape.Backward backward) {
    outputs.forEach(output -> differentiable.add(output.asOutput()));
    steps.add(new Step(List.copyOf(inputs), weights, List.copyOf(outputs), backward));
  }

  /** Adds a step that takes rows of a weight; its backward pass gives the gradient of each. */
  void addRows(
      Variable weight, Operand<TInt32> rows, Operand<TFloat32> output, Tape.Backward backward) {
    add(List.of(), List.of(weight), List.of(output), backward);
    rowsTaken.put(steps.get(steps.size() - 1), rows);
  }

  /** Tells whether a tensor depends on a trainable variable. */
  boolean isDifferentiable(Operand<TFloat32> tensor) {
    return differentiable.contains(tensor.asOutput());
  }

  /**
   * Goes back over the steps; gives the gradient of each trainable variable. Those that are of
   * single rows alone are noted in the program as such.
   */
  Map<Variable, Operand<TFloat32>> gradients(ProgramBuilder program, List<Operand<TFloat32>> loss) {
    Ops tf = program.tf();
    Map<Variable, List<RowSlices>> slices = new LinkedHashMap<>();
    Map<Output<?>, List<Operand<TFloat32>>> tensors = new HashMap<>();
    Map<Variable, List<Operand<TFloat32>>> variables = new LinkedHashMap<>();
    loss.forEach(each -> add(tensors, each.asOutput(), tf.constant(1f)));
    for (int i = steps.size() - 1; i >= 0; i--) {
      Step step = steps.get(i);
      List<Operand<TFloat32>> outputs = new ArrayList<>();
      for (Operand<TFloat32> output : step.outputs()) {
        outputs.add(sum(tf, tensors.remove(output.asOutput())));
      }
      if (outputs.stream().allMatch(Objects::isNull)) {
        continue;
      }
      List<Operand<TFloat32>> found = step.backward().add(outputs);
      int inputs = step.inputs().size();
      for (int k = 0; k < found.size(); k++) {
        if (found.get(k) == null) {
          continue;
        }
        if (k >= inputs) {
          Variable weight = step.weights().get(k - inputs);
          if (weight.trainable() && rowsTaken.containsKey(step)) {
            slices
                .computeIfAbsent(weight, w -> new ArrayList<>())
                .add(new RowSlices(found.get(k), rowsTaken.get(step), weight.shape().get(0)));
          } else if (weight.trainable()) {
            add(variables, weight, found.get(k));
          }
        } else if (isDifferentiable(step.inputs().get(k))) {
          add(tensors, step.inputs().get(k).asOutput(), found.get(k));
        }
      }
    }
    Map<Variable, Operand<TFloat32>> gradients = new LinkedHashMap<>();
    slices.forEach(
        (variable, parts) -> {
          RowSlices all = RowSlices.joined(tf, parts);
          Operand<TFloat32> dense = all.dense(tf);
          if (variables.containsKey(variable)) {
            add(variables, variable, dense);
          } else {
            program.noteRows(dense, all);
            gradients.put(variable, dense);
          }
        });
    variables.forEach((variable, parts) -> gradients.put(variable, sum(tf, parts)));
    return gradients;
  }

  private static <K> void add(Map<K, List<Operand<TFloat32>>> sums, K key, Operand<TFloat32> part) {
    sums.computeIfAbsent(key, k -> new ArrayList<>()).add(part);
  }

  private static Operand<TFloat32> sum(Ops tf, List<Operand<TFloat32>> parts) {
    if (parts == null) {
      return null;
    }
    return parts.size() == 1 ? parts.get(0) : tf.math.addN(parts);
  }
}
