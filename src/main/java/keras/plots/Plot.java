package keras.plots;

import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;

/**
 * Lines over a common axis, as the scripts draw them with {@code plt.plot}.
 *
 * <pre>{@code
 * new Plot("Passengers", "month", "thousands")
 *     .pair("passengers", expected, predicted)
 *     .save(Path.of("passengers.png"));
 * }</pre>
 *
 * <p>Not safe for use by several threads.
 */
public final class Plot extends Picture {

  /** A line: where it begins, how high it is, and which colour it has. */
  record Line(String name, double first, List<Double> heights, int colour, boolean dashed) {}

  final String title;
  final String xLabel;
  final String yLabel;
  final List<Line> lines = new ArrayList<>();
  final List<Double> marks = new ArrayList<>();
  boolean logarithmic;
  private double first = 1;
  private int colours;

  /**
   * Makes an empty plot.
   *
   * @param title stands above it, {@code plt.title}
   * @param xLabel stands below the horizontal axis, {@code plt.xlabel}
   * @param yLabel stands beside the vertical axis, {@code plt.ylabel}
   */
  public Plot(String title, String xLabel, String yLabel) {
    this.title = Checks.given("Plot", "title", title);
    this.xLabel = Checks.given("Plot", "xLabel", xLabel);
    this.yLabel = Checks.given("Plot", "yLabel", yLabel);
  }

  @Override
  void check() {
    super.check();
    if (lines.isEmpty()) {
      throw Errors.in("Plot", "there is nothing to draw.")
          .expected("one line or more")
          .got("none")
          .fix("line(\"loss\", history.get(\"loss\"))")
          .state();
    }
  }

  @Override
  void paint(Graphics2D surface, int across, int down) {
    Charts.lines(this, across).paint(surface, across, down);
  }

  @Override
  public Plot size(int across, int down) {
    super.size(across, down);
    return this;
  }

  /**
   * Sets where lines that are added from now on begin on the horizontal axis; 1 by default.
   *
   * @param x the place of their first value
   * @return this
   */
  public Plot from(double x) {
    first = x;
    return this;
  }

  /**
   * Gives each power of ten the same height: for losses that fall fast and then slowly. Python:
   * {@code plt.yscale("log")}.
   *
   * @return this
   */
  public Plot logarithmic() {
    logarithmic = true;
    return this;
  }

  /**
   * Draws a vertical line, such as where training data end. Python: {@code plt.axvline(x)}.
   *
   * @param x its place on the horizontal axis
   * @return this
   */
  public Plot mark(double x) {
    marks.add(x);
    return this;
  }

  /**
   * Adds a line. Python: {@code plt.plot(values, label=name)}.
   *
   * @param name stands in the legend
   * @param values its heights from left to right; {@code NaN} leaves a gap
   * @return this
   * @throws IllegalArgumentException if there are none, one is infinite, or the name is taken
   */
  public Plot line(String name, Collection<? extends Number> values) {
    add(name, numbers(name, values), colours++, false);
    return this;
  }

  /**
   * Adds a line.
   *
   * @param name stands in the legend
   * @param values its heights from left to right; {@code NaN} leaves a gap
   * @return this
   * @throws IllegalArgumentException if there are none, one is infinite, or the name is taken
   */
  public Plot line(String name, double... values) {
    add(name, Checks.given("Plot", "values", values), colours++, false);
    return this;
  }

  /**
   * Adds the true values of a line and, dashed in the same colour, those that were predicted.
   *
   * @param name stands in the legend, with {@code true} and {@code predicted}
   * @param expected true values
   * @param predicted what a model gives
   * @return this
   * @throws IllegalArgumentException if there are none, one is infinite, or the name is taken
   */
  public Plot pair(
      String name, Collection<? extends Number> expected, Collection<? extends Number> predicted) {
    return pair(name, numbers(name, expected), numbers(name, predicted));
  }

  /**
   * Adds the true values of a line and, dashed in the same colour, those that were predicted.
   *
   * @param name stands in the legend, with {@code true} and {@code predicted}
   * @param expected true values
   * @param predicted what a model gives
   * @return this
   * @throws IllegalArgumentException if there are none, one is infinite, or the name is taken
   */
  public Plot pair(String name, double[] expected, double[] predicted) {
    add(name + ", true", expected, colours, false);
    add(name + ", predicted", predicted, colours++, true);
    return this;
  }

  private static double[] numbers(String name, Collection<? extends Number> values) {
    return Checks.given("Plot", "values of " + name, values).stream()
        .mapToDouble(value -> Checks.given("Plot", "a value of " + name, value).doubleValue())
        .toArray();
  }

  private void add(String name, double[] heights, int colour, boolean dashed) {
    check(name, Checks.given("Plot", "values", heights));
    lines.add(new Line(name, first, Arrays.stream(heights).boxed().toList(), colour, dashed));
  }

  private void check(String name, double[] heights) {
    String got = null;
    if (Checks.given("Plot", "name", name).isBlank() || isTaken(name)) {
      got = "\"" + name + "\" a second time, or no name";
    } else if (heights.length == 0) {
      got = "no values";
    } else if (IntStream.range(0, heights.length).anyMatch(i -> Double.isInfinite(heights[i]))) {
      got = "infinity";
    }
    if (got != null) {
      throw Errors.in("Plot: " + name, "this line cannot be drawn.")
          .expected("a name of its own, and one finite value or more")
          .got(got)
          .fix("give lines different names, and leave infinity out")
          .argument();
    }
  }

  private boolean isTaken(String name) {
    return lines.stream().anyMatch(line -> line.name.equals(name));
  }
}
