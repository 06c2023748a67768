package keras.internal.graph;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import keras.backend.Variable;
import org.tensorflow.Result;
import org.tensorflow.Tensor;

/** Values that variables had before they changed, for all snapshots that saw them. */
final class KeptValues {

  private final Map<Variable, Tensor> values = new HashMap<>();
  private final Result owner;
  private int users;

  /**
   * @param variables which
   * @param owner their values, in this order; closed after the last use
   */
  KeptValues(List<Variable> variables, Result owner) {
    this.owner = owner;
    for (int i = 0; i < variables.size(); i++) {
      values.put(variables.get(i), owner.get(i));
    }
  }

  /** Returns a value; null if it is not kept. */
  Tensor get(Variable variable) {
    return values.get(variable);
  }

  /** Counts one more use, until it is {@linkplain #release released}. */
  synchronized KeptValues shared() {
    users++;
    return this;
  }

  /** Ends a use; frees the values after the last one. */
  synchronized void release() {
    users--;
    if (users == 0) {
      owner.close();
    }
  }
}
