package keras.examples;

import java.awt.Color;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.stream.IntStream;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A line chart as a PNG file, in place of the scripts' matplotlib. */
final class Plot {

  private static final int WIDTH = 900;
  private static final int HEIGHT = 500;

  private final XYChart chart;
  private double first = 1;
  private int colour;

  /**
   * An empty chart.
   *
   * @param title stands above the chart
   * @param across stands below the horizontal axis
   * @param up stands beside the vertical axis
   */
  Plot(String title, String across, String up) {
    chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(across)
            .yAxisTitle(up)
            .build();
  }

  /** Sets where lines begin on the horizontal axis; at 1 by default. */
  Plot from(double x) {
    first = x;
    return this;
  }

  /** Gives each power of ten the same height: for losses that fall fast and then slowly. */
  Plot logarithmic() {
    chart.getStyler().setYAxisLogarithmic(true);
    return this;
  }

  /** Draws a vertical line. */
  Plot mark(double x) {
    chart.addAnnotation(new AnnotationLine(x, true, false));
    return this;
  }

  /** Adds a line. */
  Plot line(String name, Collection<? extends Number> values) {
    add(name, values).setLineColor(nextColour());
    return this;
  }

  /** Adds the true values of a line and, dashed in the same colour, those that were predicted. */
  Plot pair(
      String name, Collection<? extends Number> expected, Collection<? extends Number> predicted) {
    Color both = nextColour();
    add(name + ", true", expected).setLineColor(both);
    add(name + ", predicted", predicted).setLineColor(both).setLineStyle(SeriesLines.DASH_DASH);
    return this;
  }

  private Color nextColour() {
    Color[] colours = chart.getStyler().getSeriesColors();
    return colours[colour++ % colours.length];
  }

  private XYSeries add(String name, Collection<? extends Number> values) {
    double[] heights = values.stream().mapToDouble(Number::doubleValue).toArray();
    double[] places = IntStream.range(0, heights.length).mapToDouble(i -> first + i).toArray();
    XYSeries series = chart.addSeries(name, places, heights);
    series.setMarker(SeriesMarkers.NONE);
    return series;
  }

  /** Writes the file, with its folders. */
  void save(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      ChartEncoder.saveChart(chart, file.toString(), "png");
    } catch (IOException e) {
      throw new UncheckedIOException("The plot could not be written to " + file, e);
    }
    System.out.println("Plot: " + file);
  }
}
