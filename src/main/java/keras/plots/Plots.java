package keras.plots;

import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;

/** Pictures that are more than lines. */
public final class Plots {
  private static final String VALIDATION = "val_";

  private Plots() {}

  /**
   * Draws what {@code fit} has logged: a chart for each metric, with its values in training and in
   * validation.
   *
   * @param history numbers of each epoch by name, as {@code History.history()} has them
   * @return the picture
   * @throws IllegalArgumentException if there are no numbers
   */
  public static Picture history(Map<String, List<Double>> history) {
    return new Grid(charts(history));
  }

  /** Returns a chart for each metric. */
  static List<Plot> charts(Map<String, List<Double>> history) {
    Map<String, Plot> charts = new LinkedHashMap<>();
    Checks.given("Plots.history", "history", history)
        .forEach(
            (name, values) -> {
              List<Double> drawn = values.stream().map(Plots::finite).toList();
              if (drawn.stream().anyMatch(value -> !value.isNaN())) {
                boolean validation = name.startsWith(VALIDATION);
                String metric = validation ? name.substring(VALIDATION.length()) : name;
                charts
                    .computeIfAbsent(metric, each -> new Plot(each, "epoch", each))
                    .line(validation ? "validation" : "training", drawn);
              }
            });
    if (charts.isEmpty()) {
      throw Errors.in("plot", "there are no numbers to draw.")
          .expected("the history of one epoch or more")
          .got(history.keySet())
          .fix("call fit before")
          .argument();
    }
    List<Plot> all = new ArrayList<>(charts.values());
    all.sort(Comparator.comparing(chart -> !chart.title.equals("loss"))); // It comes first.
    return all;
  }

  private static Double finite(Double value) {
    return value == null || value.isInfinite() ? Double.NaN : value;
  }

  /** Charts beside and below each other. */
  private static final class Grid extends Picture {
    private final List<Plot> charts;

    Grid(List<Plot> charts) {
      this.charts = charts;
    }

    @Override
    void paint(Graphics2D surface, int across, int down) {
      int columns = (int) Math.ceil(Math.sqrt(charts.size()));
      int rows = (charts.size() + columns - 1) / columns;
      int width = across / columns;
      int height = down / rows;
      for (int i = 0; i < charts.size(); i++) {
        Graphics2D part = (Graphics2D) surface.create();
        part.translate(i % columns * width, i / columns * height);
        charts.get(i).paint(part, width, height);
        part.dispose();
      }
    }
  }

  /**
   * Draws how often each true class was predicted as each class.
   *
   * @param matrix a row for each true class, as {@code Scores.confusionMatrix} gives it
   * @param names a name for each class; none for their numbers
   * @return the picture
   * @throws IllegalArgumentException if the matrix is not square, or there are not as many names
   */
  public static Picture confusionMatrix(int[][] matrix, String... names) {
    String where = "Plots.confusionMatrix";
    int size = Checks.given(where, "matrix", matrix).length;
    boolean square = size > 0;
    for (int[] row : matrix) {
      square &= Checks.given(where, "a row", row).length == size;
    }
    boolean named = !Checks.each(where, "names", names).isEmpty();
    if (!square || (named && names.length != size)) {
      throw Errors.in(where, "this is no confusion matrix.")
          .expected("as many columns as rows, and as many names or none")
          .got(size + " rows, " + names.length + " names")
          .fix("Plots.confusionMatrix(Scores.confusionMatrix(yTrue, yPred))")
          .argument();
    }
    return new Matrix(
        Arrays.stream(matrix).map(int[]::clone).toArray(int[][]::new),
        named ? List.of(names) : IntStream.range(0, size).mapToObj(String::valueOf).toList());
  }

  /** A field for each pair of classes, the darker the more there are. */
  private static final class Matrix extends Picture {
    private final int[][] matrix;
    private final List<String> names;

    Matrix(int[][] matrix, List<String> names) {
      this.matrix = matrix;
      this.names = names;
    }

    @Override
    void paint(Graphics2D surface, int across, int down) {
      Charts.matrix(matrix, names).paint(surface, across, down);
    }
  }
}
