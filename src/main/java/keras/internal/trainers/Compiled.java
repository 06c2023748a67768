package keras.internal.trainers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import keras.losses.Loss;
import keras.losses.Losses;
import keras.metrics.Metric;
import keras.metrics.Metrics;
import keras.optimizers.Optimizer;
import keras.optimizers.Optimizers;
import org.tensorflow.ndarray.Shape;

/** What a model was compiled with, strings turned into objects. */
final class Compiled {

  /**
   * A metric and whether it sees the weights of the samples.
   *
   * @param metric what is measured
   * @param name its key in the logs
   * @param weighted whether it was given as a weighted metric
   */
  record Measure(Metric metric, String name, boolean weighted) {}

  private final Object lossIdentifier;
  private final Optimizer<?> optimizer;
  private final List<Object> metrics;
  private final List<Object> weightedMetrics;
  private final Map<String, Object> config;
  private final int stepsPerExecution;
  private Loss loss;
  private List<Measure> measures;

  /**
   * Takes the arguments of a call of compile. Loss and metrics that it does not name stay those of
   * the call before, as in Keras.
   *
   * @param earlier that call, or null
   */
  Compiled(CompileArguments options, Compiled earlier) {
    boolean namesMetrics = options.metrics != null || options.weightedMetrics != null;
    boolean keepsMetrics = !namesMetrics && earlier != null;
    optimizer = Optimizers.get(options.optimizer);
    lossIdentifier =
        options.loss == null && earlier != null ? earlier.lossIdentifier : options.loss;
    metrics = keepsMetrics ? earlier.metrics : orNone(options.metrics);
    weightedMetrics = keepsMetrics ? earlier.weightedMetrics : orNone(options.weightedMetrics);
    checkNames();
    config = options.asRead == null ? options.written(optimizer) : options.asRead;
    stepsPerExecution = options.stepsPerExecution;
  }

  /** The arguments as Keras writes them, with the optimizer as it is now. */
  Map<String, Object> config() {
    Map<String, Object> now = new LinkedHashMap<>(config);
    now.put("optimizer", Optimizers.serialize(optimizer));
    return now;
  }

  /** How many batches callbacks see as one. */
  int stepsPerExecution() {
    return stepsPerExecution;
  }

  private static List<Object> orNone(List<Object> given) {
    return given == null ? List.of() : given;
  }

  /** Refuses unknown names at once, whatever the shapes will be. */
  private void checkNames() {
    Shape any = Shape.of(Shape.UNKNOWN_SIZE, 1);
    Losses.get(lossIdentifier, any, any);
    metrics.forEach(metric -> Metrics.get(metric, any, any));
    weightedMetrics.forEach(metric -> Metrics.get(metric, any, any));
  }

  /** The loss or null, which "crossentropy" needs the first target's shape for. */
  Loss loss(Shape target, Shape output) {
    if (loss == null && lossIdentifier != null) {
      loss = Losses.get(lossIdentifier, target, output);
    }
    return loss;
  }

  Optimizer<?> optimizer() {
    return optimizer;
  }

  /** The metrics, which "accuracy" needs the first target's shape for. */
  List<Measure> measures(Shape target, Shape output) {
    if (measures == null) {
      List<Measure> made = new ArrayList<>();
      List<String> names = new ArrayList<>();
      for (Object identifier : metrics) {
        add(made, names, Metrics.get(identifier, target, output), false);
      }
      for (Object identifier : weightedMetrics) {
        add(made, names, Metrics.get(identifier, target, output), true);
      }
      measures = made;
    }
    return measures;
  }

  private static void add(List<Measure> made, List<String> names, Metric metric, boolean weighted) {
    String name = metric.name();
    if (weighted && names.contains(name)) {
      name = "weighted_" + name;
    }
    String unique = name;
    for (int i = 1; names.contains(unique); i++) {
      unique = name + "_" + i;
    }
    names.add(unique);
    made.add(new Measure(metric, unique, weighted));
  }
}
