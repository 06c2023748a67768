package keras.callbacks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.messages.Names;
import keras.internal.messages.Warnings;
import keras.metrics.Direction;

/**
 * A callback that acts upon whether a number in the logs gets better. Keras: {@code
 * MonitorCallback}, which it does not export.
 *
 * @param <S> the class itself, which chained calls return
 */
public abstract class MonitorCallback<S extends MonitorCallback<S>> extends Callback {
  private final Set<String> warned = new TreeSet<>();

  private String monitor = "val_loss";
  private String mode = "auto";
  private double minDelta;
  private int verbose;
  private Direction direction;
  private Double best;

  MonitorCallback() {}

  /**
   * Sets which number to look at.
   *
   * @param name a name in the logs; {@code val_loss} by default
   * @return this callback
   */
  public S monitor(String name) {
    monitor = Checks.given(getClass().getSimpleName(), "monitor", name);
    direction = null;
    return self();
  }

  /**
   * Sets which way is better.
   *
   * @param value {@code min}, {@code max} or {@code auto}, the default: as the metric itself says,
   *     and {@code min} for the loss. Any other is taken for {@code auto}, with a warning
   * @return this callback
   */
  public S mode(String value) {
    boolean known = Set.of("auto", "min", "max").contains(String.valueOf(value));
    if (!known) {
      Warnings.warn(getClass(), "{} mode '{}' is unknown, fallback to auto mode.", where(), value);
    }
    mode = known ? value : "auto";
    direction = null;
    return self();
  }

  /**
   * Sets how much better a number must be to count as better.
   *
   * @param value an amount; its sign does not matter
   * @return this callback
   */
  public S minDelta(double value) {
    minDelta = Math.abs(value);
    return self();
  }

  /**
   * Sets whether to say what is done.
   *
   * @param value 0 for no, the default; 1 for yes
   * @return this callback
   */
  public S verbose(int value) {
    verbose = value;
    return self();
  }

  /**
   * Returns the best number so far.
   *
   * @return null before the first one
   */
  public final Double best() {
    return best;
  }

  final void best(Double value) {
    best = value;
  }

  final String monitor() {
    return monitor;
  }

  /** Prints a line if told to. */
  final void say(String line) {
    if (verbose > 0) {
      output().println(line);
    }
  }

  /** Tells whether a number is better than another; anything is better than null. */
  final boolean isImprovement(double value, Double reference) {
    if (reference == null) {
      return true;
    }
    // Keras hands both to TensorFlow, which compares them as 32-bit floats.
    return direction == Direction.UP
        ? (float) (value - minDelta) > reference.floatValue()
        : (float) (value + minDelta) < reference.floatValue();
  }

  /**
   * Returns the number to look at.
   *
   * @param unavailable the beginning of the warning: the callback that does nothing without it
   * @return null, with a warning, if it is not in the logs
   */
  final Double monitored(Map<String, Double> given, String unavailable) {
    Map<String, Double> logs = orNone(given);
    Double value = logs.get(monitor);
    if (value == null) {
      String warning =
          String.format(
              "%s metric `%s` which is not available. Available metrics are: %s.",
              unavailable, monitor, String.join(",", logs.keySet()));
      if (warned.add(warning)) {
        Warnings.warn(getClass(), "{}", warning);
      }
    }
    return value;
  }

  /** Finds out which way is better; metrics are known only after a first batch. */
  final void resolveDirection() {
    if (direction == null) {
      direction =
          switch (mode) {
            case "min" -> Direction.DOWN;
            case "max" -> Direction.UP;
            default -> directionOfMetric();
          };
    }
  }

  private Direction directionOfMetric() {
    String metric = monitor.startsWith("val_") ? monitor.substring(4) : monitor;
    return trained()
        .metricDirection(metric)
        .or(() -> metric.equals("loss") ? Optional.of(Direction.DOWN) : Optional.empty())
        .orElseThrow(() -> noDirection(metric));
  }

  private IllegalArgumentException noDirection(String metric) {
    List<String> names = new ArrayList<>(trained().metricNames());
    boolean isMetric = names.contains(metric);
    String validated = names.stream().map(each -> "val_" + each).collect(Collectors.joining(", "));
    String there = String.join(", ", names) + "; with validation data also " + validated;
    List.copyOf(names).forEach(each -> names.add("val_" + each));
    String ways = "chain .mode(\"min\") if less is better, mode(\"max\") if more is";
    boolean knowsNoWay = isMetric || names.isEmpty();
    return Errors.in(where(), "it is not known whether \"" + monitor + "\" should go up or down.")
        .expected(
            knowsNoWay
                ? "\"loss\", or a metric of the model that knows its direction"
                : "one of " + there)
        .got("monitor(\"" + monitor + "\") with mode(\"auto\")")
        .fix(
            knowsNoWay
                ? ways
                : Names.nearest(monitor, names)
                    .map(name -> "monitor(\"" + name + "\")")
                    .orElse("monitor one of these; for what another callback logs, " + ways))
        .argument();
  }

  final String where() {
    return getClass().getSimpleName();
  }

  @SuppressWarnings("unchecked")
  private S self() {
    return (S) this;
  }
}
