package keras.internal.graph;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import keras.backend.Variable;
import keras.backend.VariableAccess;

/**
 * Lets several runs see the same weights, those of the first, whatever other threads do to them in
 * between. Costs nothing until a weight changes. Then its values are kept, which TensorFlow does by
 * leaving them where they are and changing a copy, and later runs go on in another session.
 *
 * <p>For one thread. Weights that this thread changes itself, in a callback, are seen by its next
 * run. So is whatever the runs themselves change, as states.
 */
public final class Snapshot implements AutoCloseable {

  /** Told of what this thread changes. */
  private final VariableAccess.Watcher watcher = this::changed;

  /** The engine of the latest run; null before the first. */
  private Engine engine;

  /** Variables that the runs read and do not change. */
  private final Set<Variable> read = new LinkedHashSet<>();

  /** Their values as they were; null until one changes. */
  private KeptValues kept;

  /** Whether this thread has changed one since the latest run. */
  private boolean outdated;

  /** A snapshot that the next run begins. */
  public Snapshot() {
    VariableAccess.watch(watcher);
  }

  private void changed(Collection<Variable> variables) {
    outdated |= sees(variables);
  }

  /** Returns the engine of the latest run; null before the first. */
  Engine engine() {
    return engine;
  }

  /** Notes a run that begins in an engine. */
  void enter(Engine where, Program.Description description) {
    engine = where;
    if (outdated) {
      forget();
    }
    if (kept == null) {
      description.read().stream()
          .filter(each -> !description.changed().contains(each))
          .forEach(read::add);
    }
  }

  /** Returns the values that are kept; null if the engine has those that the first run saw. */
  KeptValues kept() {
    return kept;
  }

  void keep(KeptValues values) {
    kept = values.shared();
  }

  /** Tells whether a change of these variables would be seen. */
  boolean sees(Collection<Variable> changed) {
    return !Collections.disjoint(read, changed);
  }

  /** The variables whose values are to be kept, or are. */
  List<Variable> variables() {
    return List.copyOf(read);
  }

  /** Lets go of what was seen; the next run begins anew. */
  void forget() {
    read.clear();
    outdated = false;
    if (kept != null) {
      kept.release();
      kept = null;
    }
  }

  /** Ends it, and frees the values that were kept. */
  @Override
  public void close() {
    VariableAccess.unwatch(watcher);
    if (engine != null) {
      engine.end(this);
    }
  }
}
