package keras.internal.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import keras.backend.Variable;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;

/**
 * The snapshots that look at the weights of an engine, and the sessions for those whose values were
 * kept. Called with a lock of the engine's runs; its maps are guarded by the engine's monitor.
 */
final class Snapshots {

  private final Engine engine;
  private final Set<Snapshot> begun = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<KeptValues, SecondSession> sessions = new HashMap<>();

  /** Sessions that are not needed at the moment: their programs are ready to be run. */
  private final Deque<Session> spare = new ArrayDeque<>();

  Snapshots(Engine engine) {
    this.engine = engine;
  }

  /**
   * Notes a run.
   *
   * @param snapshot whose weights it sees; null for the latest
   * @return whether it needs values that the engine's session may not have any more
   */
  boolean enter(Snapshot snapshot, Program.Description description) {
    if (snapshot == null) {
      return false;
    }
    synchronized (engine) {
      KeptValues before = snapshot.kept();
      snapshot.enter(engine, description);
      begun.add(snapshot);
      leave(before);
      return snapshot.kept() != null;
    }
  }

  /**
   * Keeps the values that snapshots see, before variables change.
   *
   * @param own the snapshot of the run that changes them; or null
   */
  void keepBefore(Collection<Variable> changed, Snapshot own) {
    synchronized (engine) {
      if (!begun.isEmpty()) {
        keep(begun.stream().filter(each -> each != own && each.sees(changed)).toList());
      }
    }
  }

  /** Keeps all values that are seen, before the engine's session is closed. */
  void endSessions() {
    synchronized (engine) {
      keep(begun);
      sessions.clear();
      spare.clear();
    }
  }

  private void keep(Collection<Snapshot> those) {
    Map<List<Variable>, KeptValues> alike = new HashMap<>();
    for (Snapshot each : those) {
      List<Variable> here = each.variables().stream().filter(engine::has).toList();
      if (each.kept() == null && !here.isEmpty()) {
        each.keep(alike.computeIfAbsent(here, all -> new KeptValues(all, engine.values(all))));
      }
    }
  }

  /** Runs a program with the values of a snapshot, in the session that has them. */
  <T> T run(Program.Description description, Snapshot snapshot, Function<Session, T> run) {
    SecondSession second = session(snapshot.kept());
    synchronized (second) {
      prepare(description, snapshot.kept(), second);
    }
    T result = run.apply(second.session());
    List<Variable> changed = List.copyOf(description.changed());
    if (!changed.isEmpty()) {
      keepBefore(changed, snapshot);
      move(changed, second.session(), engine.session());
    }
    return result;
  }

  private SecondSession session(KeptValues kept) {
    synchronized (engine) {
      return sessions.computeIfAbsent(
          kept, each -> new SecondSession(spare.isEmpty() ? engine.anotherSession() : spare.pop()));
    }
  }

  private void prepare(Program.Description description, KeptValues kept, SecondSession second) {
    List<Variable> latest = new ArrayList<>();
    List<Variable> old = new ArrayList<>();
    List<Tensor> values = new ArrayList<>();
    for (Variable each : description.read()) {
      Tensor value = description.changed().contains(each) ? null : kept.get(each);
      if (value == null) {
        latest.add(each);
      } else if (second.write(each)) {
        old.add(each);
        values.add(value);
      }
    }
    if (!old.isEmpty()) {
      engine.assign(second.session(), old, values);
    }
    move(latest, engine.session(), second.session());
    second.derive(description.derived(), kept);
  }

  private void move(List<Variable> some, Session from, Session to) {
    if (!some.isEmpty()) {
      try (Result values = engine.values(from, some)) {
        List<Tensor> all = new ArrayList<>();
        for (int i = 0; i < some.size(); i++) {
          all.add(values.get(i));
        }
        engine.assign(to, some, all);
      }
    }
  }

  /** Lets a snapshot go on in another engine, with the values that it has seen here. */
  void dismiss(Snapshot snapshot) {
    synchronized (engine) {
      if (!engine.isClosed()) {
        keep(List.of(snapshot));
      }
      begun.remove(snapshot);
      leave(snapshot.kept());
    }
  }

  /** Ends a snapshot, and frees what it has here. */
  void end(Snapshot snapshot) {
    synchronized (engine) {
      KeptValues before = snapshot.kept();
      begun.remove(snapshot);
      snapshot.forget();
      leave(before);
    }
  }

  /** Keeps a session for later whose values no snapshot sees any more, unless there are enough. */
  private void leave(KeptValues before) {
    if (before == null || begun.stream().anyMatch(each -> each.kept() == before)) {
      return;
    }
    SecondSession second = sessions.remove(before);
    if (second != null && spare.size() < Engine.cores()) {
      spare.push(second.session());
    } else if (second != null) {
      engine.closeSession(second.session());
    }
  }
}
