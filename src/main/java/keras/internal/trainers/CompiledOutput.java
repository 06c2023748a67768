package keras.internal.trainers;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
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
   * @param output the name of the output; null for the only one
   * @param weighted whether it was given as a weighted metric
   */
  record Measure(Metric metric, String output, boolean weighted) {

    /** Returns the key in the logs, as long as no other metric has it. */
    String name(String prefix) {
      return (output == null ? "" : output + "_") + prefix + metric.name();
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  /** Shapes that do as well as others where only the name of a loss or metric matters. */
  private static final Shape ANY = Shape.of(Shape.UNKNOWN_SIZE, 1);

  private final int index;
  private final String name;
  private final Object lossIdentifier;
  private final double lossWeight;
  private final List<Object> metrics;
  private final List<Object> weightedMetrics;
  private Loss loss;
  private List<Measure> measures;

  /**
   * @param index the place among the model's outputs
   * @param name null for the only output
   */
  CompiledOutput(
      int index,
      String name,
      Object lossIdentifier,
      double lossWeight,
      List<Object> metrics,
      List<Object> weightedMetrics) {
    this.index = index;
    this.name = name;
    this.lossIdentifier = lossIdentifier;
    this.lossWeight = lossWeight;
    this.metrics = metrics;
    this.weightedMetrics = weightedMetrics;
    checkNames();
  }

  /** Refuses unknown names at once, whatever the shapes will be. */
  private void checkNames() {
    Losses.get(lossIdentifier, ANY, ANY);
    metrics.forEach(metric -> Metrics.get(metric, ANY, ANY));
    weightedMetrics.forEach(metric -> Metrics.get(metric, ANY, ANY));
  }

  int index() {
    return index;
  }

  /** Returns what the logs call the loss of this output: its name, else that of the loss. */
  String lossName() {
    return name == null ? Losses.get(lossIdentifier, ANY, ANY).name() : name;
  }

  boolean hasLoss() {
    return lossIdentifier != null;
  }

  /** Tells whether the loss compares samples with each other. */
  boolean needsWholeBatch() {
    return hasLoss() && Losses.get(lossIdentifier, ANY, ANY).needsWholeBatch();
  }

  /** Returns what needs a whole batch at once, a loss or a metric; null if nothing does. */
  String needsWholeBatchFor() {
    if (needsWholeBatch()) {
      return "the loss \"" + Losses.get(lossIdentifier, ANY, ANY).name() + "\"";
    }
    return Stream.of(metrics, weightedMetrics)
        .flatMap(List::stream)
        .map(identifier -> Metrics.get(identifier, ANY, ANY))
        .filter(Metric::needsWholeBatch)
        .map(metric -> "the metric \"" + metric.name() + "\"")
        .findFirst()
        .orElse(null);
  }

  /** Tells whether there is something to compare with targets. */
  boolean isMeasured() {
    return hasLoss() || !metrics.isEmpty() || !weightedMetrics.isEmpty();
  }

  /** Returns the loss or null, which "crossentropy" needs the first target's shape for. */
  synchronized Loss loss(Shape target, Shape output) {
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
  synchronized List<Measure> measures(Shape target, Shape output) {
    if (measures == null) {
      List<Measure> made = new ArrayList<>();
      for (Object identifier : metrics) {
        made.add(new Measure(Metrics.get(identifier, target, output), name, false));
      }
      for (Object identifier : weightedMetrics) {
        made.add(new Measure(Metrics.get(identifier, target, output), name, true));
      }
      measures = made;
    }
    return measures;
  }
}
