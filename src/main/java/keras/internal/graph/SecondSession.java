package keras.internal.graph;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import keras.backend.Variable;
import org.tensorflow.Session;

/** A session of a graph beside the engine's own, whose variables have values that were kept. */
final class SecondSession {

  private final Session session;
  private final Set<Variable> written = new HashSet<>();
  private final Set<WeightCache> derived = new HashSet<>();

  SecondSession(Session session) {
    this.session = session;
  }

  Session session() {
    return session;
  }

  /** Notes that it has the kept value of a variable; false if that is so already. */
  boolean write(Variable variable) {
    return written.add(variable);
  }

  /** Makes what is computed from weights, where it is not there. */
  void derive(List<WeightCache> wanted, KeptValues kept) {
    List<WeightCache> missing =
        wanted.stream()
            .filter(
                each ->
                    derived.add(each)
                        || each.variables().stream().anyMatch(v -> kept.get(v) == null))
            .toList();
    WeightCache.compute(session, missing);
  }
}
