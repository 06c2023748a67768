package keras.utils;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import keras.internal.messages.Checks;
import keras.internal.text.Output;
import keras.internal.text.PythonFormat;

/**
 * A progress bar. Keras: {@code keras.utils.Progbar}.
 *
 * <pre>
 * 3/3 ━━━━━━━━━━━━━━━━━━━━ 0s 12ms/step - accuracy: 0.5000 - loss: 1.2345
 * </pre>
 *
 * <p>With {@code verbose(1)} the line is drawn again while work goes on, at most once per {@link
 * #interval}; with {@code verbose(2)} there is one line without a bar at the end; with {@code
 * verbose(0)} there is nothing. Values are averaged over the steps, or shown as they are if {@link
 * #statefulMetrics} or {@link #statelessMetrics} says so.
 *
 * <p>Porting note: where the output is no terminal, Keras fills it with backspaces and colours;
 * here {@code verbose(1)} then prints the last line alone, without colours.
 */
public final class Progbar {
  private static final double NANOS = 1e-9;

  private Integer target;
  private int width = 20;
  private int verbose = 1;
  private double interval = 0.05;
  private Set<String> stateful = Set.of();
  private Set<String> stateless;
  private String unitName = "step";
  private Output output = Output.standard();
  private LongSupplier clock = System::nanoTime;

  private final Map<String, Average> values = new LinkedHashMap<>();
  private int seenSoFar;
  private long start = clock.getAsLong();
  private long lastUpdate;
  private boolean updated;
  private Long afterFirstStep;
  private int previousWidth;

  /**
   * A bar for so many steps.
   *
   * @param target the number of steps to come; null if it is not known
   */
  public Progbar(Integer target) {
    this.target = target;
  }

  /**
   * Sets the number of steps, once it is known.
   *
   * @param value the number of steps; null if it is not known
   * @return this bar
   */
  public Progbar target(Integer value) {
    target = value;
    return this;
  }

  /**
   * Sets how long the bar is, without the numbers around it.
   *
   * @param value in characters; 20 by default
   * @return this bar
   */
  public Progbar width(int value) {
    width = Checks.positive("Progbar", "width", value);
    return this;
  }

  /**
   * Sets how much is shown.
   *
   * @param value 0 for nothing, 1 for the bar, which is the default, 2 for one line at the end
   * @return this bar
   */
  public Progbar verbose(int value) {
    verbose = value;
    return this;
  }

  /**
   * Sets how long a drawn line stays at least.
   *
   * @param seconds 0.05 by default
   * @return this bar
   */
  public Progbar interval(double seconds) {
    interval = seconds;
    return this;
  }

  /**
   * Names the values to be shown as they are; all others are averaged over the steps.
   *
   * @param names none by default
   * @return this bar
   */
  public Progbar statefulMetrics(String... names) {
    stateful = new HashSet<>(Checks.each("Progbar", "statefulMetrics", names));
    stateless = null;
    return this;
  }

  /**
   * Names the values to be averaged over the steps; all others are shown as they are.
   *
   * @param names by default there is no such list, and every value is averaged
   * @return this bar
   */
  public Progbar statelessMetrics(String... names) {
    stateless = new HashSet<>(Checks.each("Progbar", "statelessMetrics", names));
    stateful = null;
    return this;
  }

  /**
   * Sets what the steps are called.
   *
   * @param value {@code step} by default
   * @return this bar
   */
  public Progbar unitName(String value) {
    unitName = value;
    return this;
  }

  /**
   * Sets where the bar is drawn. Ours alone.
   *
   * @param value standard output by default
   * @return this bar
   */
  public Progbar output(Output value) {
    output = Checks.given("Progbar", "output", value);
    return this;
  }

  /**
   * Sets what tells the time, and starts counting now. Ours alone.
   *
   * @param nanoseconds tells nanoseconds since any moment; {@code System::nanoTime} by default
   * @return this bar
   */
  public Progbar clock(LongSupplier nanoseconds) {
    clock = Checks.given("Progbar", "clock", nanoseconds);
    start = clock.getAsLong();
    return this;
  }

  /**
   * Tells whether an {@link #update} now, before the last step, would draw anything. If not, the
   * values need not be computed for it, unless they are averaged. Ours alone.
   *
   * @return true if the bar is drawn on the way and the last drawing is old enough
   */
  public boolean isDue() {
    return isDue(clock.getAsLong());
  }

  /**
   * Says how far the work is, without values.
   *
   * @param current how many steps are done
   */
  public void update(int current) {
    update(current, Map.of());
  }

  /**
   * Says how far the work is. It is the last update if all steps are done.
   *
   * @param current how many steps are done
   * @param latest the values of the last step by name, in the order in which to show them
   */
  public void update(int current, Map<String, Double> latest) {
    update(current, latest, target != null && current >= target);
  }

  /**
   * Says how far the work is.
   *
   * @param current how many steps are done
   * @param latest the values by name, in the order in which to show them: those of the last step,
   *     or, with the last update, those to be shown
   * @param last whether it is the last update
   */
  public void update(int current, Map<String, Double> latest, boolean last) {
    int steps = Math.max(current - seenSoFar, 1);
    if (latest != null) {
      latest.forEach((name, value) -> take(name, value, steps, last));
    }
    seenSoFar = current;
    long now = clock.getAsLong();
    double perUnit = estimateStepDuration(current, now);
    if (verbose == 1 && (last || isDue(now))) {
      output.print(
          output.isTerminal() ? redrawn(current, perUnit, now, last) : plain(perUnit, now));
      lastUpdate = now;
      updated = true;
    } else if (verbose == 2 && last && known()) {
      output.println(counted(current) + " - " + elapsed(now) + " -" + time(perUnit) + shown(false));
    }
  }

  /**
   * Says that some more steps are done.
   *
   * @param n how many
   * @param latest their values by name
   */
  public void add(int n, Map<String, Double> latest) {
    update(seenSoFar + n, latest);
  }

  private void take(String name, double value, int steps, boolean last) {
    boolean asIs = stateful == null ? !stateless.contains(name) : stateful.contains(name);
    Average average = values.computeIfAbsent(name, any -> new Average());
    if (asIs || last) {
      average.set(value);
    } else {
      average.add(value, steps);
    }
  }

  private boolean isDue(long now) {
    boolean drawsOnTheWay = verbose == 1 && output.isTerminal();
    return drawsOnTheWay && (!updated || seconds(now - lastUpdate) >= interval);
  }

  /** Returns the line that takes the place of the one before. */
  private String redrawn(int current, double perUnit, long now, boolean last) {
    StringBuilder line = new StringBuilder("\b".repeat(previousWidth)).append('\r');
    String count;
    int visible;
    if (known()) {
      int done = (int) (width * ((double) current / target));
      count = counted(current);
      line.append("\u001b[1m").append(count).append("\u001b[0m ");
      if (done > 0) {
        line.append("\u001b[32m").append(line(done)).append("\u001b[0m");
      }
      line.append("\u001b[37m").append(line(width - done)).append("\u001b[0m");
      visible = count.length() + 1 + Math.max(width, done);
    } else {
      count = counted(current);
      line.append(count);
      visible = count.length();
    }
    String clockText = known() && !last ? remaining(perUnit * (target - current)) : elapsed(now);
    String rest = time(perUnit) + shown(true);
    line.append(" \u001b[1m").append(clockText).append("\u001b[0m").append(rest);
    visible += 1 + clockText.length() + rest.length();
    line.append(" ".repeat(Math.max(0, previousWidth - visible)));
    previousWidth = visible;
    return line.append(last ? "\n" : "").toString();
  }

  private String plain(double perUnit, long now) {
    String bar = known() ? counted(seenSoFar) + " " + line(width) : counted(seenSoFar);
    return bar + " " + elapsed(now) + time(perUnit) + shown(true) + "\n";
  }

  private boolean known() {
    return target != null && target > 0;
  }

  private String counted(int current) {
    if (!known()) {
      return padded(Integer.toString(current), 7) + "/Unknown";
    }
    String total = Integer.toString(target);
    return padded(Integer.toString(current), total.length()) + "/" + total;
  }

  private static String padded(String number, int length) {
    return " ".repeat(Math.max(0, length - number.length())) + number;
  }

  private static String line(int length) {
    return "━".repeat(Math.max(0, length));
  }

  private String elapsed(long now) {
    return PythonFormat.fixed(seconds(now - start), 0) + "s";
  }

  private static String remaining(double eta) {
    long whole = (long) eta;
    if (eta > 3600) {
      return whole / 3600 + ":" + twoDigits(whole % 3600 / 60) + ":" + twoDigits(whole % 60);
    }
    return eta > 60 ? whole / 60 + ":" + twoDigits(whole % 60) : whole + "s";
  }

  private static String twoDigits(long number) {
    return (number < 10 ? "0" : "") + number;
  }

  private String time(double perUnit) {
    String duration =
        perUnit >= 1 || perUnit == 0
            ? PythonFormat.fixed(perUnit, 0) + "s"
            : perUnit >= 1e-3
                ? PythonFormat.fixed(perUnit * 1e3, 0) + "ms"
                : PythonFormat.fixed(perUnit * 1e6, 0) + "us";
    return " " + duration + "/" + unitName;
  }

  /**
   * Returns the values. Keras's bar looks at their magnitude, its one line at their sign as well.
   */
  private String shown(boolean magnitude) {
    StringBuilder text = new StringBuilder();
    values.forEach(
        (name, average) -> {
          double value = average.value();
          boolean large = (magnitude ? Math.abs(value) : value) > 1e-3;
          String number = large ? PythonFormat.fixed(value, 4) : PythonFormat.scientific(value, 4);
          text.append(" - ").append(name).append(": ").append(number);
        });
    return text.toString();
  }

  /** Returns the first step is left out as soon as there are others: it is not like them. */
  private double estimateStepDuration(int current, long now) {
    if (current == 0) {
      return 0;
    }
    double perUnit =
        afterFirstStep != null && current > 1
            ? seconds(now - afterFirstStep) / (current - 1)
            : seconds(now - start) / current;
    if (current == 1) {
      afterFirstStep = now;
    }
    return perUnit;
  }

  private static double seconds(long nanoseconds) {
    return nanoseconds * NANOS;
  }

  private static final class Average {
    private double sum;
    private int count;

    void set(double value) {
      sum = value;
      count = 1;
    }

    void add(double value, int steps) {
      sum += value * steps;
      count += steps;
    }

    double value() {
      return sum / Math.max(1, count);
    }
  }
}
