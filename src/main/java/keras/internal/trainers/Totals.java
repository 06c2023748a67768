package keras.internal.trainers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import keras.metrics.Metric;

/** The loss and the metrics, summed over batches. */
final class Totals {

  private final List<CompiledOutput.Measure> measures;
  private final double[][] sums;
  private double loss;
  private double samples;

  Totals(List<CompiledOutput.Measure> measures) {
    this.measures = measures;
    this.sums = new double[measures.size()][];
    reset();
  }

  void reset() {
    loss = 0;
    samples = 0;
    for (int i = 0; i < sums.length; i++) {
      sums[i] = new double[measures.get(i).metric().size()];
    }
  }

  /** Adds what a step gave: the loss, then the statistics of each metric. */
  void add(float[] step, int batchSize) {
    loss += (double) step[0] * batchSize;
    samples += batchSize;
    int next = 1;
    for (double[] sum : sums) {
      for (int k = 0; k < sum.length; k++) {
        sum[k] += step[next++];
      }
    }
  }

  /** Loss and metrics, sorted by name as Keras sorts them. */
  Map<String, Double> logs() {
    Map<String, Double> logs = new TreeMap<>();
    logs.put("loss", samples == 0 ? 0 : loss / samples);
    for (int i = 0; i < sums.length; i++) {
      logs.put(measures.get(i).name(), measures.get(i).metric().result(sums[i]));
    }
    return new LinkedHashMap<>(logs);
  }

  /** Returns all sums in a row, for {@link #restore}. */
  List<Double> values() {
    List<Double> values = new ArrayList<>(List.of(loss, samples));
    for (double[] sum : sums) {
      for (double value : sum) {
        values.add(value);
      }
    }
    return values;
  }

  /** Sets all sums; does nothing if they are those of other metrics. */
  void restore(List<Double> values) {
    if (values.size() != values().size()) {
      return;
    }
    loss = values.get(0);
    samples = values.get(1);
    int next = 2;
    for (double[] sum : sums) {
      for (int k = 0; k < sum.length; k++) {
        sum[k] = values.get(next++);
      }
    }
  }

  Optional<Metric> metric(String name) {
    return measures.stream()
        .filter(measure -> measure.name().equals(name))
        .map(CompiledOutput.Measure::metric)
        .findFirst();
  }
}
