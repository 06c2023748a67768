package keras.internal.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import keras.backend.Variable;
import keras.distribution.Collective;
import keras.distribution.DistributionException;
import keras.utils.FloatArrays;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

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
   * @param read the variables whose values it needs, those that it changes too
   * @param changed the variables that have other values afterwards
   * @param threads where the ops are run
   * @param exchanges where vectors are added up over all workers, in the order in which all do it
   * @param workers who adds up; null where one process runs alone
   */
  record Description(
      List<Placeholder<? extends TType>> inputs,
      List<Operand<TFloat32>> outputs,
      List<Op> updates,
      List<WeightCache> derived,
      Set<Variable> read,
      Set<Variable> changed,
      Threads threads,
      List<Exchange> exchanges,
      Collective workers) {}

  private static final ExecutorService RUNS =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "keras-steps");
            thread.setDaemon(true);
            return thread;
          });

  private final Engine engine;
  private final Description description;
  private final Object generation;

  /** True once an exchange has failed, after which the queues are closed. */
  private volatile boolean broken;

  /** Tensors for the inputs, kept from run to run: those that no thread uses at the moment. */
  private final Deque<Tensor[]> idle = new ArrayDeque<>();

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
    return engine == where && engine.generation() == generation && !broken;
  }

  /**
   * Runs the program once. Several threads may do so at the same time.
   *
   * @param arrays one for each input, in the order in which the inputs were added
   * @return one for each output, in the order in which the outputs were added; empty if the engine
   *     has forgotten its programs
   */
  public Optional<List<FloatNdArray>> tryRun(FloatNdArray... arrays) {
    return tryRun(null, arrays);
  }

  /**
   * Runs the program once, with the same weights as other runs.
   *
   * @param snapshot whose weights; null for the latest
   * @param arrays one for each input, in the order in which the inputs were added
   * @return one for each output, in the order in which the outputs were added; empty if the engine
   *     has forgotten its programs
   */
  public Optional<List<FloatNdArray>> tryRun(Snapshot snapshot, FloatNdArray... arrays) {
    return Optional.ofNullable(
        engine.running(description, generation, snapshot, session -> run(session, true, arrays)));
  }

  /**
   * Takes part in a step in which this worker has no sample: it adds zeros to each sum, and changes
   * variables as the others do.
   *
   * @param header the size of the global batch and an offset
   * @return one for each output; empty if the engine has forgotten its programs
   */
  public Optional<List<FloatNdArray>> tryRunWithoutSamples(FloatNdArray header) {
    return Optional.ofNullable(
        engine.running(description, generation, null, session -> run(session, false, header)));
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

  /** Runs once, with the samples that are fed or without any. */
  private List<FloatNdArray> run(Session session, boolean samples, FloatNdArray... arrays) {
    Session.Runner runner = session.runner();
    if (description.threads() == Threads.CALLER) {
      runner.setOptions(IN_CALLER);
    }
    Tensor[] fed = taken();
    try {
      for (int i = 0; i < arrays.length; i++) {
        runner.feed(description.inputs().get(i), tensor(fed, i, arrays[i]));
      }
      description.outputs().forEach(runner::fetch);
      description.updates().forEach(runner::addTarget);
      if (!description.exchanges().isEmpty()) {
        return together(session, runner, samples, arrays[0]);
      }
      try (Result result = runner.run()) {
        return copies(result);
      }
    } finally {
      putBack(fed);
    }
  }

  /** Runs in another thread, while this one exchanges vectors with the other workers. */
  private List<FloatNdArray> together(
      Session session, Session.Runner runner, boolean samples, FloatNdArray header) {
    if (samples) {
      description.exchanges().forEach(exchange -> runner.addTarget(exchange.send()));
    }
    Future<Result> running = RUNS.submit(() -> ran(session, runner));
    try {
      for (Exchange exchange : description.exchanges()) {
        float[] own =
            samples
                ? sent(session, exchange)
                : new float[exchange.length((long) header.getFloat(0))];
        give(session, exchange, description.workers().sum(own));
      }
    } catch (RuntimeException | Error e) {
      end(session);
      ended(running, e);
      throw e;
    }
    try (Result result = ended(running, null)) {
      return copies(result);
    }
  }

  private Result ran(Session session, Session.Runner runner) {
    try {
      return runner.run();
    } catch (RuntimeException | Error e) {
      end(session); // The other thread waits for a vector that will not come.
      throw e;
    }
  }

  /** Waits for the run; if it failed of itself, that counts more than what failed after it. */
  private static Result ended(Future<Result> running, Throwable other) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          Result result = running.get();
          if (other == null) {
            return result;
          }
          result.close();
          return null;
        } catch (InterruptedException e) {
          interrupted = true; // TensorFlow cannot be interrupted, and ends soon.
        } catch (ExecutionException e) {
          if (other instanceof DistributionException
              || (other != null && isOfQueue(e.getCause()))) {
            return null;
          }
          if (e.getCause() instanceof Error error) {
            throw error;
          }
          throw (RuntimeException) e.getCause();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Tells whether a run failed because the queues were closed. */
  private static boolean isOfQueue(Throwable cause) {
    return cause.getMessage() != null && cause.getMessage().contains("FIFOQueue");
  }

  private static float[] sent(Session session, Exchange exchange) {
    try (Result result = session.runner().setOptions(IN_CALLER).fetch(exchange.sent()).run()) {
      return values((TFloat32) result.get(0));
    }
  }

  private static void give(Session session, Exchange exchange, float[] sum) {
    try (TFloat32 tensor = Tensors.floats(Shape.of(sum.length))) {
      tensor.copyFrom(DataBuffers.of(sum));
      session
          .runner()
          .setOptions(IN_CALLER)
          .feed(exchange.sum(), tensor)
          .addTarget(exchange.give())
          .run()
          .close();
    }
  }

  /** Closes the queues, so that nobody waits for them any more. */
  private void end(Session session) {
    broken = true;
    Session.Runner runner = session.runner().setOptions(IN_CALLER);
    description.exchanges().forEach(exchange -> runner.addTarget(exchange.close()));
    runner.run().close();
  }

  private Tensor[] taken() {
    synchronized (idle) {
      Tensor[] last = idle.poll();
      return last == null ? new Tensor[description.inputs().size()] : last;
    }
  }

  /** Keeps tensors for the next run, unless there are enough for all cores. */
  private void putBack(Tensor... fed) {
    synchronized (idle) {
      if (idle.size() < Engine.cores()) {
        idle.push(fed);
        return;
      }
    }
    for (Tensor tensor : fed) {
      if (tensor != null) {
        engine.disown(tensor);
      }
    }
  }

  private static List<FloatNdArray> copies(Result result) {
    List<FloatNdArray> copies = new ArrayList<>(result.size());
    for (int i = 0; i < result.size(); i++) {
      TFloat32 output = (TFloat32) result.get(i);
      copies.add(FloatArrays.wrap(values(output), output.shape().asArray()));
    }
    return copies;
  }

  private static float[] values(TFloat32 tensor) {
    float[] values = new float[(int) tensor.size()];
    tensor.copyTo(DataBuffers.of(values));
    return values;
  }

  /** Returns the tensor of an input, kept from run to run as long as the shape stays. */
  private Tensor tensor(Tensor[] fed, int index, FloatNdArray array) {
    Class<? extends TType> type = description.inputs().get(index).type();
    Tensor tensor = fed[index];
    if (tensor == null || !tensor.shape().equals(array.shape())) {
      if (tensor != null) {
        fed[index] = null;
        engine.disown(tensor);
      }
      tensor = engine.own(Tensors.of(type, array.shape()));
      fed[index] = tensor;
    }
    if (tensor instanceof TFloat32 floats) {
      array.copyTo(floats);
    } else if (FloatArrays.isRounded(array)) {
      Tensors.write(tensor, FloatArrays.longs(array, "x"));
    } else {
      Tensors.write(tensor, FloatArrays.values(array));
    }
    return tensor;
  }
}
