package keras.internal.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import keras.backend.Variable;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;

/**
 * Lets several runs see the same weights, those of the first, whatever other threads do to them in
 * between. Costs nothing until a weight changes. Then its values are kept, which TensorFlow does by
 * leaving them where they are and changing a copy, and later runs go on in a session of their own.
 *
 * <p>For one thread. Weights that this thread changes itself, in a callback, are seen by its next
 * run. So is whatever the runs themselves change, as states.
 */
public final class Snapshot implements AutoCloseable {

  private final Thread owner = Thread.currentThread();

  /** The engine of the latest run; null before the first. */
  private Engine engine;

  /** Variables that the runs read and do not change. */
  private final Set<Variable> read = new LinkedHashSet<>();

  /** The values that are kept, by variable, in what TensorFlow gave; none until one changes. */
  private final Map<Variable, Tensor> kept = new LinkedHashMap<>();

  private final List<Result> results = new ArrayList<>();

  /** Where runs go on once values are kept; null before. */
  private Session session;

  private final Set<Variable> written = new HashSet<>();
  private final Set<WeightCache> derived = new HashSet<>();

  /** A snapshot that the next run begins. */
  public Snapshot() {}

  /** Returns the engine of the latest run; null before the first. */
  Engine engine() {
    return engine;
  }

  /** Notes a run that begins in an engine. */
  void enter(Engine where, Program.Description description) {
    engine = where;
    if (!keeps()) {
      description.read().stream()
          .filter(each -> !description.changed().contains(each))
          .forEach(read::add);
    }
  }

  /** Tells whether values are kept, and the engine's session has or may have other ones. */
  boolean keeps() {
    return !kept.isEmpty();
  }

  /** Tells whether a change of these variables would be seen. */
  boolean sees(Collection<Variable> changed) {
    return !Collections.disjoint(read, changed);
  }

  /** Tells whether the calling thread is the one that the snapshot is for. */
  boolean isOwn() {
    return owner == Thread.currentThread();
  }

  /** The variables whose values are to be kept, or are. */
  List<Variable> variables() {
    return List.copyOf(read);
  }

  /** Keeps values; closes them in the end. */
  void keep(List<Variable> variables, Result values) {
    results.add(values);
    for (int i = 0; i < variables.size(); i++) {
      kept.put(variables.get(i), values.get(i));
    }
  }

  /** Begins anew with the next run. Returns the session that is not needed any more, or null. */
  Session restart() {
    read.clear();
    kept.clear();
    results.forEach(Result::close);
    results.clear();
    return leave();
  }

  /** Goes on elsewhere with the values that are kept. Returns the session, or null. */
  Session leave() {
    Session left = session;
    session = null;
    written.clear();
    derived.clear();
    return left;
  }

  /** Returns the session for runs with the values that are kept; null if there is none yet. */
  Session session() {
    return session;
  }

  void session(Session value) {
    session = value;
  }

  /** Returns the value to write into the session before a run reads it; null for the latest one. */
  Tensor value(Variable variable, Program.Description description) {
    return description.changed().contains(variable) ? null : kept.get(variable);
  }

  /** Notes that the session has the value of a variable; false if that is so already. */
  boolean write(Variable variable) {
    return written.add(variable);
  }

  /** Returns what has to be computed from weights before a run. */
  List<WeightCache> missing(Collection<WeightCache> wanted) {
    return wanted.stream()
        .filter(each -> derived.add(each) || !kept.keySet().containsAll(each.variables()))
        .toList();
  }

  /** Ends it, and frees the values that were kept. */
  @Override
  public void close() {
    if (engine != null) {
      engine.end(this);
    }
  }
}
