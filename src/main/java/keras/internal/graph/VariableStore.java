package keras.internal.graph;

import java.util.List;
import java.util.function.UnaryOperator;
import keras.backend.Variable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/** Where the variables of a program live, and what runs it. */
interface VariableStore {

  /** Adds an op that gives the value of a variable at the start of a run. */
  <T extends TType> Operand<T> read(Ops tf, Variable variable, Class<T> type);

  /** Returns the resource of a variable, for ops that change it. */
  Operand<? extends TType> handle(Variable variable);

  /**
   * Caches tensors computed from variables only, for all programs that ask for them.
   *
   * @param what tells it from everything else made of the same variables
   * @param computation makes it of their values
   */
  WeightCache derived(
      String what, List<Variable> variables, UnaryOperator<List<Operand<TFloat32>>> computation);

  /** Ends the description of a program. */
  Program program(Program.Description description);
}
