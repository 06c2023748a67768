package keras.internal.graph;

import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import keras.backend.Variable;
import keras.backend.VariableAccess;
import keras.internal.messages.Errors;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.proto.RewriterConfig.NumIterationsType;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TType;

/**
 * Owns a TensorFlow graph, the session that runs it and the variables that live there. Everything
 * native ends with {@link #close()}; an engine that is forgotten is closed by a {@link Cleaner}.
 *
 * <p>Any number of threads may use it. Three locks are taken in this order: {@link Building}, the
 * one of the runs, the engine's monitor. Runs that change no variable go on at the same time, those
 * that do are alone, so that nobody sees half a step.
 */
public final class Engine implements AutoCloseable, VariableAccess.Home {

  private static final String MEMORY_LIMIT = "org.bytedeco.javacpp.maxPhysicalBytes";

  static {
    // By default JavaCPP asks the operating system at every tensor how much memory the process has,
    // and fails when that is twice the heap. Here every tensor has an owner that closes it.
    if (System.getProperty(MEMORY_LIMIT) == null) {
      System.setProperty(MEMORY_LIMIT, "0");
    }
  }

  private static final Cleaner CLEANER = Cleaner.create();
  private static final AtomicLong COUNT = new AtomicLong();

  /** One variable as TensorFlow has it. */
  private record Resource(
      Operand<? extends TType> handle,
      Placeholder<? extends TType> fed,
      Op assignment,
      Operand<? extends TType> value) {}

  /** The engine as programs see it. */
  private final class Store implements VariableStore {
    @Override
    public <T extends TType> Operand<T> read(Ops ops, Variable variable, Class<T> type) {
      return ops.readVariableOp(handle(variable), type);
    }

    @Override
    public Operand<? extends TType> handle(Variable variable) {
      return Engine.this.handle(variable);
    }

    @Override
    public WeightCache derived(
        String what, List<Variable> from, UnaryOperator<List<Operand<TFloat32>>> computation) {
      return Engine.this.derived(what, from, computation);
    }

    @Override
    public Program program(Program.Description description) {
      return new Program(Engine.this, description);
    }
  }

  /** The native part, which must not refer to the engine: the cleaner waits for that one. */
  private static final class Native implements Runnable {
    private final Set<Tensor> tensors = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Sessions with variables of their own, for snapshots. */
    private final Set<Session> others = Collections.newSetFromMap(new IdentityHashMap<>());

    private Graph graph;
    private Session session;

    Native() {
      open();
    }

    void open() {
      graph = new Graph();
      session = new Session(graph, configuration());
    }

    Session another() {
      Session other = new Session(graph, configuration());
      others.add(other);
      return other;
    }

    void close(Session other) {
      if (others.remove(other)) {
        other.close();
      }
    }

    @Override
    public void run() {
      tensors.forEach(Tensor::close);
      tensors.clear();
      others.forEach(Session::close);
      others.clear();
      session.close();
      graph.close();
    }
  }

  private final BooleanSupplier gpu;
  private final Native resources = new Native();
  private final Cleaner.Cleanable cleanable = CLEANER.register(this, resources);
  private final Map<Variable, Resource> variables = new HashMap<>();

  /**
   * Values of variables that were moved here since the last run. They are written at once before
   * the next one: TensorFlow prepares the whole graph again for a run after it has grown.
   */
  private final Map<Variable, Object> unwritten = new LinkedHashMap<>();

  private final Map<List<Object>, WeightCache> derived = new HashMap<>();

  private final Snapshots snapshots = new Snapshots(this);

  /** Shared by runs that change no variable; taken alone by those that do, and to start over. */
  private final ReadWriteLock runs = new ReentrantReadWriteLock();

  private final long id = COUNT.getAndIncrement();

  private volatile Ops tf = GraphScope.ops(resources.graph);
  private int programs;
  private int writes;
  private boolean closed;

  /** Whether some variable is in another engine too. The value is where it was used last. */
  private volatile boolean shares;

  /** The models that run here; one that was forgotten is no user any more. */
  private final Set<Object> users = Collections.newSetFromMap(new WeakHashMap<>());

  /** The variables of layers of models that were closed while others ran on. */
  private final Set<Variable> retained = new LinkedHashSet<>();

  /** An engine without programs so far. */
  public Engine() {
    this(Devices::haveGpu);
  }

  /** An engine that is told whether there is a GPU, when a program is described. */
  Engine(BooleanSupplier gpu) {
    this.gpu = gpu;
  }

  /**
   * Returns the settings of every session: work inside an op is done by one thread, since a program
   * brings its own independent chains; see docs/architecture.md. TensorFlow would rewrite each
   * program twice before its first run; the second time makes nothing faster. Nor do the passes
   * that are switched off, which take a quarter of the time before a first run.
   */
  static ConfigProto configuration() {
    return ConfigProto.newBuilder()
        .setIntraOpParallelismThreads(1)
        .setInterOpParallelismThreads(cores())
        .setGraphOptions(
            GraphOptions.newBuilder()
                .setRewriteOptions(
                    RewriterConfig.newBuilder()
                        .setMetaOptimizerIterations(NumIterationsType.ONE)
                        .setFunctionOptimization(RewriterConfig.Toggle.OFF)
                        .setLoopOptimization(RewriterConfig.Toggle.OFF)
                        .setMemoryOptimization(RewriterConfig.MemOptType.NO_MEM_OPT)))
        .build();
  }

  /**
   * Tells how many chains can run at the same time.
   *
   * @return the processors that this JVM may use
   */
  public static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  /**
   * Whether TensorFlow sees a GPU. It then puts there what it can.
   *
   * @return false on machines without one, and with natives for the CPU only
   */
  public boolean hasGpu() {
    return gpu.getAsBoolean();
  }

  /**
   * Starts the description of a program, within {@link Building#alone}.
   *
   * @return an empty one
   */
  public synchronized ProgramBuilder program() {
    checkOpen();
    programs++;
    return new ProgramBuilder(new Store(), tf).onGpu(hasGpu());
  }

  /**
   * Starts over with an empty graph: TensorFlow cannot take ops out of one, and each program that
   * nobody runs any more would make every later one slower to build. The variables keep their
   * values; those that are not used again are free to be forgotten. The programs that there were
   * cannot be run any more.
   */
  public void forgetPrograms() {
    Building.alone(() -> locked(runs.writeLock(), this::startOver));
  }

  private Void startOver() {
    if (closed || programs == 0) {
      return null;
    }
    snapshots.endSessions();
    giveBack(variables.keySet());
    variables.clear();
    unwritten.clear();
    derived.clear();
    resources.run();
    resources.open();
    tf = GraphScope.ops(resources.graph);
    programs = 0;
    return null;
  }

  /** Gives Java the values of those variables that are here; with all locks held. */
  private void giveBack(Collection<Variable> some) {
    List<Variable> here = some.stream().filter(v -> VariableAccess.home(v) == this).toList();
    List<Object> values = read(here);
    for (int i = 0; i < values.size(); i++) {
      VariableAccess.giveBack(here.get(i), values.get(i));
    }
  }

  /** Does something with a lock of the runs and the monitor. */
  private <T> T locked(Lock lock, Supplier<T> work) {
    lock.lock();
    try {
      synchronized (this) {
        return work.get();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Returns the graph at hand: a program that was built in another one is out of date. */
  Object generation() {
    return tf;
  }

  /**
   * Takes up variables: from now on their values live here. Variables that are here already are
   * left alone. Those of another engine move; they move back when that one next runs.
   *
   * @param added new variables
   * @throws IllegalStateException if one of them lived in an engine that is closed
   */
  public void attach(List<Variable> added) {
    Building.alone(() -> added.forEach(this::attach));
  }

  private void attach(Variable variable) {
    if (VariableAccess.home(variable) instanceof Engine other && other != this) {
      // Between two runs there, and before the monitor here.
      VariableAccess.alone(List.of(variable), () -> take(variable, other));
    } else {
      take(variable, null);
    }
  }

  /** Takes up one variable, of another engine or of none. */
  private synchronized void take(Variable variable, Engine other) {
    checkOpen();
    if (variables.containsKey(variable)) {
      return;
    }
    if (other != null) {
      if (other.isClosed()) {
        throw Errors.in(
                "Variable \"" + variable.name() + "\"", "it went with a model that was closed.")
            .expected("variables of layers, or of an open model")
            .got("an optimizer or a metric that a closed model was compiled with")
            .fix("make a new one for each model")
            .state();
      }
      other.shares = true;
      shares = true;
    }
    variables.put(variable, declare(variable));
    unwritten.put(variable, VariableAccess.takenUpBy(variable, this));
  }

  /**
   * Tells whether a model runs here, and none of its variables went to another engine.
   *
   * @return false where {@link #commonTo} may find another engine
   */
  public boolean keepsAll() {
    return !shares;
  }

  /**
   * Finds the open engine that some variables live in.
   *
   * @param wanted a model's weights
   * @param all whether all of them must be there, or some
   * @return null if there is none, or if they live in several
   */
  public static Engine commonTo(Collection<Variable> wanted, boolean all) {
    Engine common = null;
    for (Variable variable : wanted) {
      if (VariableAccess.home(variable) instanceof Engine engine && !engine.isClosed()) {
        if (common != null && common != engine) {
          return null;
        }
        common = engine;
      } else if (all) {
        return null;
      }
    }
    return common;
  }

  /**
   * Notes that a model runs here, until it is {@linkplain #release released}.
   *
   * @param user the model
   * @param before the engine that it ran in before, whose variables come along; or null
   */
  public void use(Object user, Engine before) {
    Building.alone(
        () -> {
          if (before != null) {
            // It is not closed here, as another thread may be running in it; the cleaner does that.
            attach(before.leftBy(user));
          }
          synchronized (this) {
            users.add(user);
          }
        });
  }

  private synchronized List<Variable> leftBy(Object user) {
    users.remove(user);
    return variables.keySet().stream().filter(v -> VariableAccess.home(v) == this).toList();
  }

  /** Writes the values of variables that were moved here since the last run. */
  private synchronized void writeTakenUp() {
    if (!unwritten.isEmpty()) {
      List<Variable> fresh = List.copyOf(unwritten.keySet());
      writeNow(fresh, List.copyOf(unwritten.values()));
      fresh.forEach(unwritten::remove); // If that fails, they are still to be written.
    }
  }

  /** Fetches the variables that another engine, which shares them, has had last. */
  private void bringHome() {
    List<Variable> all;
    synchronized (this) {
      all = List.copyOf(variables.keySet());
    }
    VariableAccess.alone(
        all,
        () ->
            locked(
                runs.writeLock(),
                () -> {
                  List<Variable> away =
                      all.stream().filter(v -> VariableAccess.home(v) != this).toList();
                  List<Object> values = new ArrayList<>();
                  away.forEach(variable -> values.add(VariableAccess.takenUpBy(variable, this)));
                  snapshots.keepBefore(away, null);
                  write(away, values);
                  return null;
                }));
  }

  private Resource declare(Variable variable) {
    Class<? extends TType> type =
        variable.type() == Variable.Type.FLOAT32 ? TFloat32.class : TInt64.class;
    Operand<? extends TType> handle =
        tf.varHandleOp(
            type, variable.shape(), VarHandleOp.sharedName(VariableAccess.sharedName(variable)));
    Placeholder<? extends TType> fed = tf.placeholder(type, Placeholder.shape(variable.shape()));
    return new Resource(
        handle, fed, tf.assignVariableOp(handle, fed), tf.readVariableOp(handle, type));
  }

  private Operand<? extends TType> handle(Variable variable) {
    attach(List.of(variable));
    return resource(variable).handle();
  }

  private WeightCache derived(
      String what, List<Variable> from, UnaryOperator<List<Operand<TFloat32>>> computation) {
    List<Object> key = List.of(what, List.copyOf(from));
    WeightCache known = derived.get(key);
    if (known == null) {
      known = WeightCache.of(tf, "derived_" + derived.size(), from, this::handle, computation);
      synchronized (this) {
        derived.put(key, known);
      }
    }
    return known;
  }

  @Override
  public ReadWriteLock runs() {
    return runs;
  }

  @Override
  public long id() {
    return id;
  }

  /** Returns a copy of the value of a variable, or null if it is no longer here. */
  @Override
  public Object readIfHere(Variable variable) {
    return locked(
        runs.readLock(),
        () -> VariableAccess.home(variable) == this ? read(List.of(variable)).get(0) : null);
  }

  /** Sets the value of a variable; false if it is no longer here. */
  @Override
  public boolean writeIfHere(Variable variable, Object value) {
    return locked(
        runs.writeLock(),
        () -> {
          boolean here = VariableAccess.home(variable) == this;
          if (here) {
            snapshots.keepBefore(List.of(variable), null);
            write(List.of(variable), List.of(value));
          }
          return here;
        });
  }

  /** Copies of values after the same step, each a {@code float[]} or {@code long[]}. */
  @Override
  public List<Object> read(List<Variable> wanted) {
    return locked(runs.readLock(), () -> copies(wanted));
  }

  private List<Object> copies(List<Variable> wanted) {
    checkOpen();
    List<Object> values = new ArrayList<>();
    if (wanted.isEmpty()) {
      return values;
    }
    List<Variable> fetched =
        wanted.stream().filter(variable -> !unwritten.containsKey(variable)).toList();
    try (Result result = fetched.isEmpty() ? null : values(fetched)) {
      int next = 0;
      for (Variable variable : wanted) {
        Object value = unwritten.get(variable);
        values.add(value == null ? copy(result.get(next++)) : copy(value));
      }
    }
    return values;
  }

  private static Object copy(Object value) {
    return value instanceof float[] floats ? floats.clone() : ((long[]) value).clone();
  }

  private static Object copy(Tensor tensor) {
    if (tensor instanceof TFloat32 floats) {
      float[] values = new float[(int) floats.size()];
      floats.copyTo(DataBuffers.of(values));
      return values;
    }
    TInt64 longs = (TInt64) tensor;
    long[] values = new long[(int) longs.size()];
    longs.copyTo(DataBuffers.of(values));
    return values;
  }

  private void write(List<Variable> changed, List<Object> values) {
    checkOpen();
    if (changed.isEmpty()) {
      return;
    }
    writeTakenUp();
    writeNow(changed, values);
  }

  private void writeNow(List<Variable> changed, List<Object> values) {
    List<Tensor> fed = new ArrayList<>();
    try {
      for (int i = 0; i < changed.size(); i++) {
        fed.add(Tensors.of(changed.get(i).shape(), values.get(i)));
      }
      writes++;
      assign(resources.session, changed, fed);
    } finally {
      fed.forEach(Tensor::close);
      changed(changed);
    }
  }

  /** Sets variables of a session. */
  void assign(Session session, List<Variable> changed, List<Tensor> values) {
    Session.Runner runner = session.runner().setOptions(Program.IN_CALLER);
    for (int i = 0; i < changed.size(); i++) {
      Resource resource = resource(changed.get(i));
      runner.feed(resource.fed(), values.get(i)).addTarget(resource.assignment());
    }
    runner.run().close();
  }

  /** Returns values of the engine's session, which stay as they are until they are closed. */
  Result values(List<Variable> wanted) {
    return values(resources.session, wanted);
  }

  /** Returns values of a session, which stay as they are until they are closed. */
  Result values(Session session, List<Variable> wanted) {
    Session.Runner runner = session.runner().setOptions(Program.IN_CALLER);
    wanted.forEach(variable -> runner.fetch(resource(variable).value()));
    return runner.run();
  }

  private synchronized Resource resource(Variable variable) {
    return variables.get(variable);
  }

  /** {@return the graph at hand, of all programs together} */
  public GraphDef graphDef() {
    return locked(runs.readLock(), resources.graph::toGraphDef);
  }

  /**
   * Tells how many runs have written variables from Java: each one while programs are built is
   * costly.
   */
  synchronized int writes() {
    return writes;
  }

  /** The number of sessions that run the graph: its own, and those of snapshots. */
  synchronized int sessions() {
    return 1 + resources.others.size();
  }

  /** The number of nodes in the graph, of all programs together. */
  synchronized int nodes() {
    int count = 0;
    for (Iterator<GraphOperation> all = resources.graph.operations(); all.hasNext(); all.next()) {
      count++;
    }
    return count;
  }

  /** Tells that variables have or may have new values. */
  synchronized void changed(Collection<Variable> changed) {
    derived.values().forEach(d -> d.changed(changed));
  }

  /**
   * Runs a program with the latest value of every variable, or with those of a snapshot.
   *
   * @param description what it needs and changes
   * @param generation the graph that it was built in
   * @param snapshot whose weights it sees; null for the latest
   * @param run is given the session
   * @return null if the engine has started over since
   */
  <T> T running(
      Program.Description description,
      Object generation,
      Snapshot snapshot,
      Function<Session, T> run) {
    Lock lock = description.changed().isEmpty() ? runs.readLock() : runs.writeLock();
    if (snapshot != null && snapshot.engine() != null && snapshot.engine() != this) {
      snapshot.engine().dismiss(snapshot);
    }
    while (true) {
      if (shares && !Building.isAlone()) {
        return Building.alone(() -> running(description, generation, snapshot, run));
      }
      if (shares) {
        bringHome();
      }
      lock.lock();
      try {
        if (shares && !Building.isAlone()) {
          continue; // Another engine took variables in between.
        }
        checkOpen();
        if (tf != generation) {
          return null;
        }
        VariableAccess.noteChange(description.changed());
        if (snapshots.enter(snapshot, description)) {
          writeTakenUp();
          return snapshots.run(description, snapshot, run);
        }
        prepare(description, snapshot);
        return run.apply(resources.session);
      } finally {
        changed(description.changed());
        lock.unlock();
      }
    }
  }

  /** One at a time: a second program must not run before what it reads is there. */
  private synchronized void prepare(Program.Description description, Snapshot own) {
    writeTakenUp();
    snapshots.keepBefore(description.changed(), own);
    WeightCache.bringUpToDate(resources.session, description.derived());
  }

  // ---- for snapshots

  /** Lets a snapshot go on in another engine, with the values that it has seen here. */
  private void dismiss(Snapshot snapshot) {
    locked(
        runs.readLock(),
        () -> {
          snapshots.dismiss(snapshot);
          return null;
        });
  }

  /** Ends a snapshot, and frees what it has here. */
  void end(Snapshot snapshot) {
    snapshots.end(snapshot);
  }

  Session session() {
    return resources.session;
  }

  /** Returns a session with variables of its own. */
  Session anotherSession() {
    return resources.another();
  }

  void closeSession(Session other) {
    resources.close(other);
  }

  /** Tells whether a variable has been here; its latest value may be elsewhere. */
  synchronized boolean has(Variable variable) {
    return variables.containsKey(variable);
  }

  /** Makes the engine the owner of a tensor that programs use again and again. */
  synchronized <T extends Tensor> T own(T tensor) {
    resources.tensors.add(tensor);
    return tensor;
  }

  /** Closes a tensor that no program uses any more. */
  synchronized void disown(Tensor tensor) {
    resources.tensors.remove(tensor);
    tensor.close();
  }

  private void checkOpen() {
    if (closed) {
      throw Errors.in("Model", "the model is closed.")
          .expected("an open model")
          .got("a call after close()")
          .fix("use weights and programs inside of the try block that the model is opened in")
          .state();
    }
  }

  /**
   * Tells whether {@link #close()} was called.
   *
   * @return true once nothing can be run any more
   */
  public synchronized boolean isClosed() {
    return closed;
  }

  /** Frees everything native, once no program runs. Values of variables that are here are lost. */
  @Override
  public void close() {
    Building.alone(
        () ->
            locked(
                runs.writeLock(),
                () -> {
                  if (!closed) {
                    snapshots.endSessions(); // One may go on in another engine.
                  }
                  closed = true;
                  cleanable.clean();
                  return null;
                }));
  }

  /**
   * Ends the use by a model. After the last one, values of variables are given back to Java, and
   * everything native is freed.
   *
   * @param user the model
   * @param kept variables that may be used again, as those of layers; others are lost
   */
  public void release(Object user, Collection<Variable> kept) {
    Building.alone(() -> locked(runs.writeLock(), () -> released(user, kept)));
  }

  private Void released(Object user, Collection<Variable> kept) {
    users.remove(user);
    retained.addAll(kept);
    if (closed || !users.isEmpty()) {
      return null;
    }
    try {
      giveBack(retained);
    } finally {
      close();
    }
    return null;
  }
}
