package keras.internal.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import keras.backend.Variable;
import keras.distribution.Collective;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.io.FifoQueue;
import org.tensorflow.op.io.QueueClose;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TType;

/**
 * Collects what one run shall do: what is fed, which variables are read and changed, what comes
 * back. {@link #build} makes a {@link Program} of it.
 *
 * <p>A variable is read once a program, before anything changes it, however often {@link #value} is
 * asked for.
 */
public final class ProgramBuilder {

  private final VariableStore variables;
  private final Ops tf;
  private final List<Placeholder<? extends TType>> inputs = new ArrayList<>();
  private final List<Operand<TFloat32>> outputs = new ArrayList<>();

  /** Tensors that cannot be fetched, or not once more, as they are fed or outputs already. */
  private final Set<Output<?>> taken = new HashSet<>();

  private final List<Op> updates = new ArrayList<>();
  private final Map<Variable, Operand<?>> values = new HashMap<>();

  /** Rows that were read of variables, apart from their values. */
  private final Map<Variable, List<Op>> rowReaders = new HashMap<>();

  private final Map<WeightCache, List<Operand<TFloat32>>> derived = new HashMap<>();
  private final Set<Variable> changed = new HashSet<>();
  private final Map<Output<?>, RowSlices> ofRows = new HashMap<>();
  private final Set<Variable> replaced = new HashSet<>();
  private final List<Exchange> exchanges = new ArrayList<>();
  private Collective workers;
  private boolean onGpu;
  private boolean forOnnx;

  ProgramBuilder(VariableStore variables, Ops tf) {
    this.variables = variables;
    this.tf = tf;
  }

  /** Says that the program will be run where there is a GPU; otherwise it runs anywhere. */
  ProgramBuilder onGpu(boolean value) {
    onGpu = value;
    return this;
  }

  /**
   * Tells whether the program may have ops that run on GPUs only.
   *
   * @return true if it will be run where TensorFlow sees a GPU
   */
  public boolean onGpu() {
    return onGpu;
  }

  /** Says that the program will be run by several workers at the same time. */
  void workers(Collective value) {
    workers = value;
  }

  /**
   * Adds up a tensor over all workers that run the program at the same time.
   *
   * @param x this worker's part; the shape must be known
   * @return the sum; {@code x} itself where one process runs alone
   */
  public Operand<TFloat32> sumOverWorkers(Operand<TFloat32> x) {
    if (workers == null) {
      return x;
    }
    long[] shape = x.shape().asArray();
    Operand<TFloat32> flat = tf.reshape(x, tf.constant(new int[] {-1}));
    return tf.reshape(vectorOverWorkers(flat, x.shape().size(), 0), tf.constant(shape));
  }

  /**
   * Adds up a vector over all workers that run the program at the same time.
   *
   * @param vector this worker's part
   * @param fixed how many numbers there are, apart from those for each sample
   * @param perSample how many more there are for each sample of the global batch
   * @return the sum
   */
  public Operand<TFloat32> vectorOverWorkers(Operand<TFloat32> vector, long fixed, long perSample) {
    List<Class<? extends TType>> type = List.of(TFloat32.class);
    FifoQueue out = tf.io.fifoQueue(type, FifoQueue.capacity(1L));
    FifoQueue in = tf.io.fifoQueue(type, FifoQueue.capacity(1L));
    Placeholder<TFloat32> sum = tf.placeholder(TFloat32.class);
    exchanges.add(
        new Exchange(
            tf.io.queueEnqueue(out, List.of(vector)),
            taken(out, type),
            sum,
            tf.io.queueEnqueue(in, List.of(sum)),
            tf.withControlDependencies(
                    List.of(
                        tf.io.queueClose(out, QueueClose.cancelPendingEnqueues(true)),
                        tf.io.queueClose(in, QueueClose.cancelPendingEnqueues(true))))
                .noOp(),
            fixed,
            perSample));
    return taken(in, type);
  }

  @SuppressWarnings("unchecked")
  private Operand<TFloat32> taken(FifoQueue queue, List<Class<? extends TType>> type) {
    return (Operand<TFloat32>) tf.io.queueDequeue(queue, type).components().get(0);
  }

  /** Says that the program will be converted to ONNX, and not run as it is. */
  ProgramBuilder forOnnx(boolean value) {
    forOnnx = value;
    return this;
  }

  /**
   * Tells whether the program may have ops that TensorFlow cannot run here, but ONNX has.
   *
   * @return true if it will be converted to ONNX
   */
  public boolean forOnnx() {
    return forOnnx;
  }

  /**
   * Where ops are added.
   *
   * @return the ops of the engine's graph
   */
  public Ops tf() {
    return tf;
  }

  /**
   * Adds something that every run is fed with.
   *
   * @param shape its dimensions, unknown ones as -1
   * @return the tensor that a run gets
   */
  public Operand<TFloat32> input(Shape shape) {
    return input(shape, TFloat32.class);
  }

  /**
   * Adds something that every run is fed with.
   *
   * @param shape its dimensions, unknown ones as -1
   * @param type of floats, whole numbers or truth values
   * @return what a run gets, as floats
   */
  public Operand<TFloat32> input(Shape shape, Class<? extends TType> type) {
    Operand<? extends TType> input = input("Placeholder", shape, type);
    // TensorFlow forgets the shape of what is fed; with it, it computes shapes once and for all.
    return Casts.toFloats(tf, shape.hasUnknownDimension() ? input : tf.ensureShape(input, shape));
  }

  /**
   * Adds something that every run is fed with, under a name that one may see in the graph.
   *
   * @param name letters, digits and underscores
   * @param shape its dimensions, unknown ones as -1
   * @return the tensor that a run gets
   */
  public Operand<TFloat32> input(String name, Shape shape) {
    return input(name, shape, TFloat32.class);
  }

  /**
   * Adds something that every run is fed with, under a name that one may see in the graph.
   *
   * @param <T> the type of its elements
   * @param name letters, digits and underscores
   * @param shape its dimensions, unknown ones as -1
   * @param type of floats, whole numbers or truth values
   * @return the tensor that a run gets
   */
  public <T extends TType> Operand<T> input(String name, Shape shape, Class<T> type) {
    Placeholder<T> input = tf.withName(name).placeholder(type, Placeholder.shape(shape));
    inputs.add(input);
    taken.add(input.asOutput());
    return input;
  }

  /**
   * Adds something that every run brings back.
   *
   * @param output the tensor to copy to Java; it may be an input, or an output already
   */
  public void output(Operand<TFloat32> output) {
    outputs.add(taken.add(output.asOutput()) ? output : tf.identity(output));
  }

  /**
   * The value that a float variable has at the start of a run.
   *
   * @param variable any variable; moved into the engine if it is new
   * @return its value
   */
  @SuppressWarnings("unchecked")
  public Operand<TFloat32> value(Variable variable) {
    return (Operand<TFloat32>)
        values.computeIfAbsent(variable, v -> variables.read(tf, v, TFloat32.class));
  }

  /**
   * Returns the value that an integer variable has at the start of a run.
   *
   * @param variable any variable; moved into the engine if it is new
   * @return its value
   */
  @SuppressWarnings("unchecked")
  public Operand<TInt64> longValue(Variable variable) {
    return (Operand<TInt64>)
        values.computeIfAbsent(variable, v -> variables.read(tf, v, TInt64.class));
  }

  /**
   * Caches tensors computed from variables only. They are not computed in every run but kept until
   * one of the variables has changed, which pays in programs that change none of them.
   *
   * @param what tells it from everything else made of the same variables
   * @param variables float variables
   * @param computation makes it of their values; the shapes must be known
   * @return the tensor that was kept
   */
  public List<Operand<TFloat32>> derived(
      String what, List<Variable> variables, UnaryOperator<List<Operand<TFloat32>>> computation) {
    return derived.computeIfAbsent(
        this.variables.derived(what, variables, computation), kept -> kept.read(tf));
  }

  /**
   * Changes a variable at the beginning of a run: everything that reads it later, and what changes
   * it at the end, finds the new value. Does so once, however often it is asked for.
   *
   * @param variable a float variable that nothing has read yet
   * @param change from the value that it has to the one that it gets
   */
  public void replaceOnce(Variable variable, UnaryOperator<Operand<TFloat32>> change) {
    if (!replaced.add(variable)) {
      return;
    }
    Operand<TFloat32> after = change.apply(value(variable));
    Op assigned =
        tf.withControlDependencies(readersOf(variable).toArray(Op[]::new))
            .assignVariableOp(handle(variable), after);
    update(assigned);
    values.put(variable, tf.withControlDependencies(assigned).identity(after));
  }

  /** Reads rows of a variable alone: the time does not grow with the number of its rows. */
  Operand<TFloat32> rows(Variable variable, Operand<TInt32> rows) {
    Operand<TFloat32> read = tf.resourceGather(variables.handle(variable), rows, TFloat32.class);
    rowReaders.computeIfAbsent(variable, each -> new ArrayList<>()).add(read);
    return read;
  }

  /**
   * Returns the ops that read a variable so far, which must be done before it changes.
   *
   * @param variable any variable
   * @return none if nothing reads it
   */
  public List<Op> readersOf(Variable variable) {
    List<Op> readers = new ArrayList<>(rowReaders.getOrDefault(variable, List.of()));
    if (values.containsKey(variable)) {
      readers.add(values.get(variable));
    }
    return readers;
  }

  /** Notes that a gradient is of single rows alone. */
  void noteRows(Operand<TFloat32> dense, RowSlices rows) {
    ofRows.put(dense.asOutput(), rows);
  }

  /**
   * Returns the rows that a gradient is of, where it is of single rows alone.
   *
   * @param gradient a whole matrix, as the tape gave it
   * @return null for any other gradient
   */
  public RowSlices rowsOf(Operand<TFloat32> gradient) {
    return ofRows.get(gradient.asOutput());
  }

  /**
   * Changes a gradient; of single rows what each use of a row gives, before it is added up.
   *
   * @param gradient as the tape gave it
   * @param change of each number alone
   * @return the changed gradient
   */
  public Operand<TFloat32> changed(
      Operand<TFloat32> gradient, UnaryOperator<Operand<TFloat32>> change) {
    RowSlices rows = rowsOf(gradient);
    Operand<TFloat32> changed = change.apply(gradient);
    if (rows == null || changed.equals(gradient)) {
      return changed;
    }
    RowSlices uses = rows.with(change);
    Operand<TFloat32> dense = uses.dense(tf());
    noteRows(dense, uses);
    return dense;
  }

  /**
   * Returns the resource of a variable, for ops that change it in place.
   *
   * @param variable any variable; moved into the engine if it is new
   * @return its handle
   */
  public Operand<? extends TType> handle(Variable variable) {
    changed.add(variable);
    return variables.handle(variable);
  }

  /**
   * Makes every run end with a new value of a variable.
   *
   * @param variable the variable that changes
   * @param value its value at the end of a run
   */
  public void assign(Variable variable, Operand<? extends TType> value) {
    List<Op> readers = readersOf(variable);
    Ops after = readers.isEmpty() ? tf : tf.withControlDependencies(readers);
    update(after.assignVariableOp(handle(variable), value));
  }

  /**
   * Makes every run do an op that gives nothing back, as one that changes a variable in place.
   *
   * @param op the op to run
   */
  public void update(Op op) {
    updates.add(op);
  }

  /**
   * Whether a run leaves something behind: a state, or a random layer's counter.
   *
   * @return false if running it twice gives the same twice
   */
  public boolean changesVariables() {
    return !updates.isEmpty();
  }

  private Set<Variable> read() {
    Set<Variable> read = new HashSet<>(changed);
    read.addAll(values.keySet());
    read.addAll(rowReaders.keySet());
    derived.keySet().forEach(each -> read.addAll(each.variables()));
    return read;
  }

  /**
   * Ends the description.
   *
   * @param threads how the program shall be run
   * @return a program that can be run again and again
   */
  public Program build(Program.Threads threads) {
    // One op that stands for all: each one that a run names costs time at every run.
    List<Op> last =
        updates.size() < 2
            ? updates
            : List.of(tf.withSubScope("updates").withControlDependencies(updates).noOp());
    return variables.program(
        new Program.Description(
            List.copyOf(inputs),
            List.copyOf(outputs),
            List.copyOf(last),
            List.copyOf(derived.keySet()),
            read(),
            Set.copyOf(changed),
            threads,
            List.copyOf(exchanges),
            workers));
  }
}
