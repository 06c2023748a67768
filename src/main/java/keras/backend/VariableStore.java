package keras.backend;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/** Where the variables of a program live, and what runs it. */
interface VariableStore {

  /** Adds an op that gives the value of a variable at the start of a run. */
  <T extends TType> Operand<T> read(Ops tf, Variable variable, Class<T> type);

  /** The resource of a variable, for ops that change it. */
  Operand<? extends TType> handle(Variable variable);

  /** Ends the description of a program. */
  Program program(
      List<Placeholder<TFloat32>> inputs,
      List<Operand<TFloat32>> outputs,
      List<Op> updates,
      Threads threads);
}
