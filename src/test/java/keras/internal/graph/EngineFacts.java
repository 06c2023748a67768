package keras.internal.graph;

import keras.backend.Variable;
import keras.backend.VariableAccess;

/**
 * Facts about the engine that a variable lives in.
 *
 * @param nodes the number of nodes in its graph
 * @param writes how many runs have written variables from Java
 */
public record EngineFacts(int nodes, int writes) {

  /** Of the engine of a variable that some program has used. */
  public static EngineFacts of(Variable variable) {
    Engine engine = (Engine) VariableAccess.home(variable);
    return new EngineFacts(engine.nodes(), engine.writes());
  }
}
