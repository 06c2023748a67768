package keras.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Line charts as PNG files, in place of the scripts' matplotlib. */
final class Plots {

  private static final int WIDTH = 900;
  private static final int HEIGHT = 500;

  private Plots() {}

  /**
   * Draws lines over the numbers 1, 2, 3 ... and writes the file, with its folders.
   *
   * @param file the PNG file
   * @param title stands above the chart
   * @param across stands below the horizontal axis
   * @param lines the values of each line, by the name that the legend shows, in order
   */
  static void save(
      Path file,
      String title,
      String across,
      Map<String, ? extends Collection<? extends Number>> lines) {
    XYChart chart =
        new XYChartBuilder().width(WIDTH).height(HEIGHT).title(title).xAxisTitle(across).build();
    lines.forEach(
        (name, values) -> {
          double[] heights = values.stream().mapToDouble(Number::doubleValue).toArray();
          chart.addSeries(name, heights).setMarker(SeriesMarkers.NONE);
        });
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      ChartEncoder.saveChart(chart, file.toString(), "png");
    } catch (IOException e) {
      throw new UncheckedIOException("The plot could not be written to " + file, e);
    }
    System.out.println("Plot: " + file);
  }
}
