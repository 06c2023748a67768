package keras.internal.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import keras.backend.Variable;
import keras.utils.FloatArrays;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TFloat32;

/** A description that was compiled: fed with arrays, it runs and gives arrays back. */
public final class Program {

  /** How many threads work on one run of a program. */
  public enum Threads {
    /** The caller's alone: quickest where handing work over costs more than the work. */
    CALLER,
    /** As many as the machine has cores, each with an independent chain of ops. */
    POOL
  }

  /** Makes a run stay in the calling thread. */
  static final RunOptions IN_CALLER = RunOptions.newBuilder().setInterOpThreadPool(-1).build();

  /**
   * The description of a run.
   *
   * @param inputs the placeholders that are fed
   * @param outputs the tensors that come back
   * @param updates the ops that are run besides
   * @param derived the derived values that have to be up to date before
   * @param changed the variables that have other values afterwards
   * @param threads where the ops are run
   */
  record Description(
      List<Placeholder<TFloat32>> inputs,
      List<Operand<TFloat32>> outputs,
      List<Op> updates,
      List<WeightCache> derived,
      Set<Variable> changed,
      Threads threads) {}

  private final Engine engine;
  private final Description description;
  private final Object generation;

  /** Tensors for the inputs, kept from run to run: those that no thread uses at the moment. */
  private final Deque<TFloat32[]> idle = new ArrayDeque<>();

  Program(Engine engine, Description description) {
    this.engine = engine;
    this.description = description;
    this.generation = engine.generation();
  }

  /**
   * Tells whether the program can still be run, in a certain engine.
   *
   * @param where the engine that the model runs in now
   * @return false once the engine has forgotten its programs, and in another one
   */
  public boolean isCurrent(Engine where) {
    return engine == where && engine.generation() == generation;
  }

  /**
   * Runs the program once. Several threads may do so at the same time.
   *
   * @param arrays one for each input, in the order in which the inputs were added
   * @return one for each output, in the order in which the outputs were added; empty if the engine
   *     has forgotten its programs
   */
  public Optional<List<FloatNdArray>> tryRun(FloatNdArray... arrays) {
    return Optional.ofNullable(
        engine.running(description, generation, session -> run(session, arrays)));
  }

  /**
   * Runs the program once.
   *
   * @param arrays one for each input, in the order in which the inputs were added
   * @return one for each output, in the order in which the outputs were added
   * @throws java.util.NoSuchElementException if the engine has forgotten its programs
   */
  public List<FloatNdArray> run(FloatNdArray... arrays) {
    return tryRun(arrays).orElseThrow();
  }

  private List<FloatNdArray> run(Session session, FloatNdArray... arrays) {
    Session.Runner runner = session.runner();
    if (description.threads() == Threads.CALLER) {
      runner.setOptions(IN_CALLER);
    }
    TFloat32[] fed = taken();
    try {
      for (int i = 0; i < arrays.length; i++) {
        runner.feed(description.inputs().get(i), tensor(fed, i, arrays[i]));
      }
      description.outputs().forEach(runner::fetch);
      description.updates().forEach(runner::addTarget);
      try (Result result = runner.run()) {
        return copies(result);
      }
    } finally {
      putBack(fed);
    }
  }

  private TFloat32[] taken() {
    synchronized (idle) {
      TFloat32[] last = idle.poll();
      return last == null ? new TFloat32[description.inputs().size()] : last;
    }
  }

  /** Keeps tensors for the next run, unless there are enough for all cores. */
  private void putBack(TFloat32... fed) {
    synchronized (idle) {
      if (idle.size() < Engine.cores()) {
        idle.push(fed);
        return;
      }
    }
    for (TFloat32 tensor : fed) {
      if (tensor != null) {
        engine.disown(tensor);
      }
    }
  }

  private static List<FloatNdArray> copies(Result result) {
    List<FloatNdArray> copies = new ArrayList<>(result.size());
    for (int i = 0; i < result.size(); i++) {
      TFloat32 output = (TFloat32) result.get(i);
      float[] values = new float[(int) output.size()];
      output.copyTo(DataBuffers.of(values));
      copies.add(FloatArrays.wrap(values, output.shape().asArray()));
    }
    return copies;
  }

  /** Returns the tensor of an input, kept from run to run as long as the shape stays. */
  private TFloat32 tensor(TFloat32[] fed, int index, FloatNdArray array) {
    TFloat32 tensor = fed[index];
    if (tensor == null || !tensor.shape().equals(array.shape())) {
      if (tensor != null) {
        fed[index] = null;
        engine.disown(tensor);
      }
      tensor = engine.own(Tensors.floats(array.shape()));
      fed[index] = tensor;
    }
    array.copyTo(tensor);
    return tensor;
  }
}
