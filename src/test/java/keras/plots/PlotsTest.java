package keras.plots;

import static keras.layers.Input.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.awt.GraphicsEnvironment;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import keras.callbacks.History;
import keras.layers.Dense;
import keras.layers.Input;
import keras.models.Sequential;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.HeatMapSeries;
import org.w3c.dom.Element;

class PlotsTest {

  @TempDir private Path folder;

  private static Plot waves() {
    double[] expected = new double[60];
    double[] predicted = new double[60];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = Math.sin(i / 5.0);
      predicted[i] = 0.9 * Math.sin(i / 5.0 - 0.2);
    }
    predicted[30] = Double.NaN;
    return new Plot("Waves", "step", "height").pair("wave", expected, predicted).mark(40);
  }

  private static Set<Integer> colours(BufferedImage image) {
    Set<Integer> colours = new HashSet<>();
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        colours.add(image.getRGB(x, y));
      }
    }
    return colours;
  }

  @Test
  void writeLinesAsPngOfTheSizeAskedFor() throws IOException {
    Path file = folder.resolve("of/waves.png");

    waves().size(800, 500).save(file);

    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(image.getWidth()).isEqualTo(800);
    assertThat(image.getHeight()).isEqualTo(500);
    assertThat(image.getRGB(2, 2)).as("a corner").isEqualTo(0xFFFFFFFF);
    assertThat(colours(image)).hasSizeGreaterThan(20);
    assertThat(folder.resolve("of")).isDirectoryContaining("glob:**waves.png");
  }

  /** Reads an SVG file, as XML that must be right, and returns what it draws. */
  private static Element svg(Path file) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    return factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement();
  }

  @Test
  void areImagesForNotebooks() {
    BufferedImage image = Plots.history(Map.of("loss", List.of(3.0, 2.0, 1.5))).image();

    assertThat(image.getWidth()).isEqualTo(900);
    assertThat(colours(image)).hasSizeGreaterThan(20);
  }

  /** XChart itself would shorten it letter by letter, for more than a minute. */
  @Test
  void shortenTheNameOfALine() {
    String name = "x".repeat(5000);

    Plot plot = waves().line(name, List.of(0, 0.5f, 1.0));

    assertThat(Charts.lines(plot, 900).getSeries(name).getLabel()).isEqualTo("x".repeat(99) + "…");
    assertThat(colours(plot.image())).hasSizeGreaterThan(20);
  }

  @Test
  void writeSvgWithLettersAsOutlines() throws Exception {
    Path file = folder.resolve("waves.SVG");

    waves().line("mean", List.of(0, 0.5f, 1.0)).save(file);

    Element svg = svg(file);
    assertThat(svg.getAttribute("width")).isEqualTo("900");
    assertThat(svg.getElementsByTagName("path").getLength()).isGreaterThan(20);
    assertThat(file).content().contains("stroke-dasharray:3,3");
  }

  @Test
  void ofATrainingHaveAChartForEachMetric() throws Exception {
    try (Sequential model = new Sequential(new Input(shape(2)), new Dense(1))) {
      model.compile(c -> c.loss("mse").metrics("mae"));
      History history =
          model.fit(
              new float[][] {{1, 2}, {3, 4}, {5, 6}, {0, 1}},
              new float[] {1, 2, 3, 0},
              f -> f.epochs(4).validationSplit(0.5).verbose(0));

      List<Plot> charts = Plots.charts(history.history());
      assertThat(charts).extracting(chart -> chart.title).containsExactly("loss", "mae");
      assertThat(charts)
          .allSatisfy(
              chart ->
                  assertThat(chart.lines)
                      .extracting(Plot.Line::name)
                      .containsExactly("training", "validation"));
      assertThat(charts.get(1).lines.get(1).heights()).isEqualTo(history.get("val_mae"));
      history.plot(folder.resolve("history.svg"));
      assertThat(svg(folder.resolve("history.svg")).getAttribute("height")).isEqualTo("500");
      history.plot(folder.resolve("history.png"));
      assertThat(ImageIO.read(folder.resolve("history.png").toFile()).getWidth()).isEqualTo(900);
    }
  }

  @Test
  void leaveOutWhatIsNotFinite() {
    Map<String, List<Double>> history =
        new TreeMap<>(Map.of("loss", List.of(3.0, Double.POSITIVE_INFINITY, Double.NaN)));
    Plots.history(history).save(folder.resolve("diverged.png"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Plots.history(Map.of("loss", List.of(Double.NaN))))
        .withMessageContaining("no numbers to draw");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new History().plot(folder.resolve("none.png")))
        .withMessageContaining("call fit before");
  }

  @Test
  void showCountsOfConfusedClasses() throws IOException {
    int[][] counts = {{51, 3}, {7, 42}};
    Path file = folder.resolve("matrix.png");

    Plots.confusionMatrix(counts, "cat", "dog").save(file);

    assertThat(colours(ImageIO.read(file.toFile()))).hasSizeGreaterThan(20);
    HeatMapSeries drawn = Charts.matrix(counts, List.of("cat", "dog")).getHeatMapSeries();
    assertThat((Object) drawn.getXData()).isEqualTo(List.of("cat", "dog"));
    assertThat((Object) drawn.getYData()).isEqualTo(List.of("dog", "cat"));
    assertThat(drawn.getHeatData().stream().map(Arrays::toString))
        .containsExactly("[0, 1, 51]", "[1, 1, 3]", "[0, 0, 7]", "[1, 0, 42]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Plots.confusionMatrix(new int[][] {{1, 2}, {3}}))
        .withMessageContaining("no confusion matrix");
  }

  @Test
  void saySoWhereThereIsNoDisplay() {
    Assumptions.assumeTrue(GraphicsEnvironment.isHeadless());
    assertThatIllegalStateException()
        .isThrownBy(() -> waves().show())
        .withMessageContaining("there is no display")
        .withMessageContaining("plot(Path.of(\"plot.png\"))");
  }

  @Test
  void refuseWhatCannotBeDrawn() {
    Plot plot = new Plot("", "", "");
    assertThatIllegalStateException()
        .isThrownBy(() -> plot.save(folder.resolve("nothing.png")))
        .withMessageContaining("nothing to draw");
    plot.line("a", 1, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plot.line("a", 3))
        .withMessageContaining("\"a\" a second time");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plot.line("b", Double.NEGATIVE_INFINITY))
        .withMessageContaining("infinity");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plot.save(folder.resolve("plot.jpeg")))
        .withMessageContaining(".png or .svg");
    assertThatIllegalArgumentException().isThrownBy(() -> plot.size(5, 5));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void cannotTakeThePlaceOfAFolder() throws IOException {
    Files.createDirectories(folder.resolve("taken.png"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> waves().save(folder.resolve("taken.png")))
        .withMessageContaining("a folder of that name");
  }
}
