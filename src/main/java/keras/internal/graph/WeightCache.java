package keras.internal.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import keras.backend.Variable;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/**
 * Caches tensors computed from variables only, until one of these changes, so that runs which
 * change none need not make it anew. Belongs to an {@link Engine}.
 */
final class WeightCache {

  private final List<Variable> variables;
  private final List<Operand<? extends TType>> handles;
  private final List<Op> computations;
  private boolean current;

  private WeightCache(
      List<Variable> variables, List<Operand<? extends TType>> handles, List<Op> computations) {
    this.variables = variables;
    this.handles = handles;
    this.computations = computations;
  }

  /**
   * Adds the ops that make it, which {@link #bringUpToDate} runs.
   *
   * @param name where it is kept begins so; a name that no variable has
   * @param variables the variables that it is made of
   * @param handles gives the resource of a variable
   * @param computation makes it of the variables' values; the shapes must be known
   */
  static WeightCache of(
      Ops tf,
      String name,
      List<Variable> variables,
      Function<Variable, Operand<? extends TType>> handles,
      UnaryOperator<List<Operand<TFloat32>>> computation) {
    List<Operand<TFloat32>> values = new ArrayList<>();
    variables.forEach(v -> values.add(tf.readVariableOp(handles.apply(v), TFloat32.class)));
    List<Operand<? extends TType>> kept = new ArrayList<>();
    List<Op> computations = new ArrayList<>();
    for (Operand<TFloat32> made : computation.apply(values)) {
      String sharedName = name + "_" + kept.size();
      kept.add(tf.varHandleOp(TFloat32.class, made.shape(), VarHandleOp.sharedName(sharedName)));
      computations.add(tf.assignVariableOp(kept.get(kept.size() - 1), made));
    }
    return new WeightCache(List.copyOf(variables), kept, computations);
  }

  /** Makes anew what was made of variables that have changed since. */
  static void bringUpToDate(Session session, List<WeightCache> wanted) {
    List<WeightCache> old = wanted.stream().filter(derived -> !derived.current).toList();
    compute(session, old);
    old.forEach(derived -> derived.current = true);
  }

  /** Makes them of the values that a session has of the variables. */
  static void compute(Session session, List<WeightCache> wanted) {
    if (!wanted.isEmpty()) {
      Session.Runner runner = session.runner().setOptions(Program.IN_CALLER);
      wanted.forEach(derived -> derived.computations.forEach(runner::addTarget));
      runner.run().close();
    }
  }

  /** Returns what it is made of. */
  List<Variable> variables() {
    return variables;
  }

  /** Tells that variables have or may have new values. */
  void changed(Collection<Variable> these) {
    current = current && Collections.disjoint(these, variables);
  }

  /** Adds ops that give what is kept. */
  List<Operand<TFloat32>> read(Ops tf) {
    List<Operand<TFloat32>> values = new ArrayList<>();
    handles.forEach(handle -> values.add(tf.readVariableOp(handle, TFloat32.class)));
    return values;
  }
}
