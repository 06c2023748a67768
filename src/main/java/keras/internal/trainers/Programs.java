package keras.internal.trainers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import keras.distribution.Collective;
import keras.internal.graph.Building;
import keras.internal.graph.Engine;
import keras.internal.graph.Tuning;
import keras.internal.messages.NativeErrors;
import keras.utils.Batch;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;

/**
 * The programs of a model, made when a batch first needs them and kept.
 *
 * <p>A program made for one shape alone is the quickest. After a few shapes of the same kind, the
 * next ones share a program in which the batch size is left open, and the number of timesteps where
 * the model's input leaves it open. Tests and predictions share it from the second number of
 * timesteps on, and from a certain number of samples on, as to them knowing the numbers matters
 * less; a batch worth sharing between cores keeps its size, as how it is cut depends on it.
 */
final class Programs {

  enum Mode {
    TRAIN,
    TEST,
    PREDICT,
    /** Predictions for several threads in one run, of any number of samples. */
    JOINED,
    /** The outputs of every layer. */
    LAYERS;

    boolean hasTargets() {
      return this == TRAIN || this == TEST;
    }
  }

  private record Key(Mode mode, List<Shape> inputs, List<TargetShapes> targets) {

    /**
     * Returns the same sizes make the same key: to TensorFlow, a size left open is unlike itself.
     */
    @Override
    public boolean equals(Object other) {
      return other instanceof Key key
          && mode == key.mode
          && Arrays.deepEquals(sizes(), key.sizes());
    }

    @Override
    public int hashCode() {
      return Arrays.deepHashCode(sizes());
    }

    private boolean differsInBatchOnly(Key other) {
      for (int i = 0; i < inputs.size(); i++) {
        if (!inputs.get(i).tail().equals(other.inputs.get(i).tail())) {
          return false;
        }
      }
      return true;
    }

    /** Returns a row for each shape, null where there is none. */
    private long[][] sizes() {
      List<long[]> sizes = new ArrayList<>();
      inputs.forEach(input -> sizes.add(input.asArray()));
      for (TargetShapes each : targets) {
        sizes.add(each.target().asArray());
        sizes.add(each.weight() == null ? null : each.weight().asArray());
      }
      return sizes.toArray(long[][]::new);
    }
  }

  private final Network network;
  private final Compiled compiled;
  private final Collective workers;
  private final Map<Key, StepBuilder.CompiledStep> steps = new ConcurrentHashMap<>();
  private final Map<Mode, List<Key>> own = new HashMap<>();

  /**
   * @param workers who trains and tests together; null for this process alone
   */
  Programs(Network network, Compiled compiled, Collective workers) {
    this.network = network;
    this.workers = workers;
    this.compiled = compiled;
  }

  /** Whether steps of several batches give the same as one of this batch, which they make up. */
  boolean addUp(Mode mode, Batch batch) {
    return step(mode, batch).addsUp();
  }

  /** Returns the step for batches of this shape, made when it is first needed. */
  StepBuilder.CompiledStep step(Mode mode, Batch batch) {
    Key exact = exact(mode, batch);
    StepBuilder.CompiledStep step = steps.get(exact);
    Engine engine = network.engine();
    if (step != null && step.program().isCurrent(engine)) {
      return step;
    }
    return Building.alone(() -> found(engine, mode, exact, batch.size()));
  }

  /** Returns a step for batches of this shape alone, of which the number of samples is known. */
  StepBuilder.CompiledStep ownStep(Mode mode, Batch batch) {
    Key exact = exact(mode, batch);
    return Building.alone(
        () -> {
          StepBuilder.CompiledStep step = steps.get(exact);
          if (step == null || !step.program().isCurrent(network.engine())) {
            step = build(exact);
            steps.put(exact, step);
          }
          return step;
        });
  }

  private static Key exact(Mode mode, Batch batch) {
    return new Key(
        mode,
        batch.inputs().stream().map(FloatNdArray::shape).toList(),
        mode.hasTargets() ? targets(batch) : List.of());
  }

  /** Returns the step for some shapes, made if it is not there; while no other thread builds. */
  private StepBuilder.CompiledStep found(Engine engine, Mode mode, Key exact, int batchSize) {
    StepBuilder.CompiledStep step = steps.get(exact);
    if (step != null && step.program().isCurrent(engine)) {
      return step;
    }
    if (!steps.values().stream().allMatch(other -> other.program().isCurrent(engine))) {
      // Another model that shares layers was compiled anew, or has taken them to its engine.
      steps.clear();
      own.clear();
    }
    if (mode == Mode.JOINED) {
      return steps.computeIfAbsent(open(exact, true), this::build);
    }
    List<Key> known = own.computeIfAbsent(mode, m -> new ArrayList<>());
    Compiled measured = mode.hasTargets() ? compiled : null;
    boolean oneShard = StepBuilder.shardCount(network, measured, exact.inputs()) == 1;
    boolean opens =
        mode != Mode.TRAIN
            && ((oneShard && batchSize > Tuning.MOST_OWN_SAMPLES)
                || (!known.isEmpty() && !exact.differsInBatchOnly(known.get(0))));
    Key key = opens ? open(exact, oneShard) : exact;
    if (!steps.containsKey(key) && !(opens && oneShard)) {
      if (known.size() == Tuning.OWN_PROGRAMS) {
        key = open(exact, true);
      } else {
        known.add(key);
      }
    }
    StepBuilder.CompiledStep made = steps.get(key);
    if (made == null) {
      made = build(key);
      steps.put(key, made);
    }
    return made;
  }

  private StepBuilder.CompiledStep build(Key key) {
    List<Shape> shapes = new ArrayList<>(key.inputs());
    for (TargetShapes each : key.targets()) {
      Stream.of(each.target(), each.weight()).filter(Objects::nonNull).forEach(shapes::add);
    }
    boolean training = key.mode() == Mode.TRAIN;
    if (training && network.ownStep() != null) {
      return NativeErrors.during(
          "Model \"" + network.name() + "\": trainStep",
          shapes,
          () -> StepBuilder.own(network, compiled, key.inputs(), key.targets()));
    }
    return NativeErrors.during(
        "Model \"" + network.name() + "\"",
        shapes,
        () ->
            switch (key.mode()) {
              case PREDICT, JOINED -> StepBuilder.predict(network, key.inputs());
              case LAYERS -> StepBuilder.layers(network, key.inputs());
              default ->
                  StepBuilder.step(
                      network, compiled, key.inputs(), key.targets(), training, workers);
            });
  }

  private Key open(Key key, boolean batch) {
    List<Shape> inputs = new ArrayList<>();
    for (int i = 0; i < key.inputs().size(); i++) {
      inputs.add(open(key.inputs().get(i), network.inputShapes().get(i), batch));
    }
    List<TargetShapes> targets = new ArrayList<>();
    for (int i = 0; i < key.targets().size(); i++) {
      TargetShapes each = key.targets().get(i);
      Shape output = network.outputShapes().get(compiled.measured().get(i).index());
      targets.add(
          new TargetShapes(open(each.target(), output, batch), open(each.weight(), output, batch)));
    }
    return new Key(key.mode(), inputs, targets);
  }

  private static List<TargetShapes> targets(Batch batch) {
    List<TargetShapes> targets = new ArrayList<>();
    for (int i = 0; i < batch.targets().size(); i++) {
      boolean weighted = i < batch.sampleWeights().size();
      targets.add(
          new TargetShapes(
              batch.targets().get(i).shape(),
              weighted ? batch.sampleWeights().get(i).shape() : null));
    }
    return targets;
  }

  /** Leaves open what the model leaves open; the batch size only if asked to. */
  private Shape open(Shape shape, Shape model, boolean withBatch) {
    if (shape == null) {
      return null;
    }
    long[] sizes = shape.asArray().clone();
    for (int i = 0; i < sizes.length; i++) {
      boolean batch = i == 0 && withBatch && !network.isStateful();
      boolean unknown = i > 0 && i < model.numDimensions() && model.get(i) != sizes[i];
      if (batch || unknown) {
        sizes[i] = Shape.UNKNOWN_SIZE;
      }
    }
    return Shape.of(sizes);
  }
}
