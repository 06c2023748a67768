package keras.internal.trainers;

import java.util.ArrayList;
import java.util.List;
import keras.losses.Loss;
import keras.losses.Losses;
import keras.metrics.Metric;
import keras.metrics.Metrics;
import org.tensorflow.ndarray.Shape;

/** The loss and the metrics that one output of a model was compiled with. */
final class CompiledOutput {

  /**
   * A metric and whether it sees the weights of the samples.
   *
   * @param metric the metric
   * @param name its key in the logs
   * @param weighted whether it was given as a weighted metric
   */
  record Measure(Metric metric, String name, boolean weighted) {}

  private final Object lossIdentifier;
  private final double lossWeight;
  private final List<Object> metrics;
  private final List<Object> weightedMetrics;
  private Loss loss;
  private List<Measure> measures;

  CompiledOutput(
      Object lossIdentifier,
      double lossWeight,
      List<Object> metrics,
      List<Object> weightedMetrics) {
    this.lossIdentifier = lossIdentifier;
    this.lossWeight = lossWeight;
    this.metrics = metrics;
    this.weightedMetrics = weightedMetrics;
    checkNames();
  }

  /** Refuses unknown names at once, whatever the shapes will be. */
  private void checkNames() {
    Shape any = Shape.of(Shape.UNKNOWN_SIZE, 1);
    Losses.get(lossIdentifier, any, any);
    metrics.forEach(metric -> Metrics.get(metric, any, any));
    weightedMetrics.forEach(metric -> Metrics.get(metric, any, any));
  }

  /** Returns the same loss and metrics for a model that is compiled anew. */
  CompiledOutput anew(Object otherLoss) {
    return new CompiledOutput(
        otherLoss == null ? lossIdentifier : otherLoss, lossWeight, metrics, weightedMetrics);
  }

  /** Returns the same loss, unless there is another one, with other metrics. */
  CompiledOutput anew(Object otherLoss, List<Object> others, List<Object> weightedOthers) {
    return new CompiledOutput(
        otherLoss == null ? lossIdentifier : otherLoss, lossWeight, others, weightedOthers);
  }

  /** Returns the loss or null, which "crossentropy" needs the first target's shape for. */
  Loss loss(Shape target, Shape output) {
    if (loss == null && lossIdentifier != null) {
      loss = Losses.get(lossIdentifier, target, output);
    }
    return loss;
  }

  /** Tells how much the loss counts in that of the model. */
  double lossWeight() {
    return lossWeight;
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
