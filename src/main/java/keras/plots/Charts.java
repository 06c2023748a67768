package keras.plots;

import java.awt.Color;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Pictures as XChart draws them; the only class that uses it. */
final class Charts {
  private static final int MOST_POINTS_WITH_MARKERS = 3;
  private static final int TICKS_APART = 60;
  private static final int LEGEND_LINE = 50;
  private static final int LONGEST_LABEL = 100;

  /** Black numbers can be read on both. */
  private static final Color LIGHT = new Color(247, 251, 255);

  private static final Color DARK = new Color(107, 174, 214);

  private Charts() {}

  /** Sets what all charts look like: white, with letters that can be read at 800 × 500. */
  private static void style(AxesChartStyler styler) {
    styler
        .setChartBackgroundColor(Color.WHITE)
        .setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 15))
        .setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13))
        .setLegendPosition(LegendPosition.OutsideS);
    styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
    styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
  }

  /**
   * Draws lines.
   *
   * @param across how wide the picture is: a legend that does not fit below stands beside
   */
  static XYChart lines(Plot plot, int across) {
    XYChart chart =
        new XYChartBuilder()
            .title(plot.title)
            .xAxisTitle(plot.xLabel)
            .yAxisTitle(plot.yLabel)
            .build();
    style(chart.getStyler());
    chart.getStyler().setYAxisLogarithmic(plot.logarithmic);
    chart.getStyler().setXAxisTickMarkSpacingHint(TICKS_APART);
    if (legendWidth(plot, chart.getStyler().getLegendFont()) <= across) {
      chart.getStyler().setLegendLayout(LegendLayout.Horizontal);
    } else {
      chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
    }
    plot.marks.forEach(x -> chart.addAnnotation(new AnnotationLine(x, true, false)));
    Color[] colours = chart.getStyler().getSeriesColors();
    for (Plot.Line line : plot.lines) {
      double[] heights = line.heights().stream().mapToDouble(Double::doubleValue).toArray();
      double[] places =
          IntStream.range(0, heights.length).mapToDouble(i -> line.first() + i).toArray();
      XYSeries series = chart.addSeries(line.name(), places, heights);
      series.setLabel(label(line));
      // A line of a single point would not be seen.
      boolean few = heights.length <= MOST_POINTS_WITH_MARKERS;
      Color colour = colours[line.colour() % colours.length];
      series
          .setMarker(few ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE)
          .setMarkerColor(colour)
          .setLineColor(colour)
          .setLineStyle(line.dashed() ? SeriesLines.DASH_DASH : SeriesLines.SOLID);
    }
    return chart;
  }

  /** Returns the name in the legend. XChart shortens a long one letter by letter, for minutes. */
  private static String label(Plot.Line line) {
    String name = line.name();
    return name.length() <= LONGEST_LABEL ? name : name.substring(0, LONGEST_LABEL - 1) + "…";
  }

  private static double legendWidth(Plot plot, Font font) {
    FontRenderContext measures = new FontRenderContext(null, true, true);
    return plot.lines.stream()
        .mapToDouble(line -> font.getStringBounds(label(line), measures).getWidth() + LEGEND_LINE)
        .sum();
  }

  static HeatMapChart matrix(int[][] matrix, List<String> names) {
    HeatMapChart chart =
        new HeatMapChartBuilder()
            .title("Confusion matrix")
            .xAxisTitle("predicted")
            .yAxisTitle("true")
            .build();
    style(chart.getStyler());
    chart
        .getStyler()
        .setRangeColors(new Color[] {LIGHT, DARK})
        .setShowValue(true)
        .setPlotContentSize(1)
        .setLegendVisible(false);
    List<String> upwards = new ArrayList<>(names);
    Collections.reverse(upwards); // The first class stands on top, as in scikit-learn.
    List<Number[]> fields = new ArrayList<>();
    for (int row = 0; row < matrix.length; row++) {
      for (int column = 0; column < matrix.length; column++) {
        fields.add(new Number[] {column, matrix.length - 1 - row, matrix[row][column]});
      }
    }
    chart.addSeries("samples", names, upwards, fields);
    return chart;
  }
}
