package keras.internal.trainers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import keras.metrics.Metric;

/** The loss and the metrics, summed over batches. */
final class Totals {

  private final List<String> names;
  private final List<CompiledOutput.Measure> measures;
  private final List<String> lossNames;

  /**
   * The sum of the losses over samples, then those of single outputs over batches: Keras counts a
   * last batch with fewer samples as much as the others there.
   */
  private final double[] losses;

  private final double[][] sums;
  private double samples;
  private double batches;

  /**
   * @param measures the metrics by their names in the logs
   * @param lossNames the names of the losses of single outputs, if they are logged
   */
  Totals(Map<String, CompiledOutput.Measure> measures, List<String> lossNames) {
    this.names = List.copyOf(measures.keySet());
    this.measures = List.copyOf(measures.values());
    this.lossNames = lossNames;
    this.losses = new double[1 + lossNames.size()];
    this.sums = new double[measures.size()][];
    reset();
  }

  void reset() {
    Arrays.fill(losses, 0);
    samples = 0;
    batches = 0;
    for (int i = 0; i < sums.length; i++) {
      sums[i] = new double[measures.get(i).metric().size()];
    }
  }

  /** Adds what a step gave: the losses, then the statistics of each metric. */
  void add(float[] step, int batchSize) {
    int next = 0;
    for (int i = 0; i < losses.length; i++) {
      losses[i] += (double) step[next++] * (i == 0 ? batchSize : 1);
    }
    samples += batchSize;
    batches++;
    for (double[] sum : sums) {
      for (int k = 0; k < sum.length; k++) {
        sum[k] += step[next++];
      }
    }
  }

  /** Loss and metrics, sorted by name as Keras sorts them. */
  Map<String, Double> logs() {
    Map<String, Double> logs = new TreeMap<>();
    logs.put("loss", samples == 0 ? 0 : losses[0] / samples);
    for (int i = 0; i < lossNames.size(); i++) {
      logs.put(lossNames.get(i), batches == 0 ? 0 : losses[i + 1] / batches);
    }
    for (int i = 0; i < sums.length; i++) {
      logs.put(names.get(i), measures.get(i).metric().result(sums[i]));
    }
    return new LinkedHashMap<>(logs);
  }

  /** Returns all sums in a row, for {@link #restore}. */
  List<Double> values() {
    List<Double> values = new ArrayList<>(List.of(losses[0], samples, batches));
    for (int i = 1; i < losses.length; i++) {
      values.add(losses[i]);
    }
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
    losses[0] = values.get(0);
    samples = values.get(1);
    batches = values.get(2);
    int next = 3;
    for (int i = 1; i < losses.length; i++) {
      losses[i] = values.get(next++);
    }
    for (double[] sum : sums) {
      for (int k = 0; k < sum.length; k++) {
        sum[k] = values.get(next++);
      }
    }
  }

  Optional<Metric> metric(String name) {
    int place = names.indexOf(name);
    return place < 0 ? Optional.empty() : Optional.of(measures.get(place).metric());
  }
}
