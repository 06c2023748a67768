package keras.models;

import static keras.layers.Input.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import keras.layers.Concatenate;
import keras.layers.Dense;
import keras.layers.Dropout;
import keras.layers.Input;
import keras.layers.KerasTensor;
import keras.layers.LSTM;
import keras.layers.ReLU;
import keras.ops.Ops;
import keras.plots.Diagram;
import keras.testing.Golden;
import keras.utils.Utils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlotModelTest {
  private static final Golden EXPECTED = Golden.load("plot_model/expected");

  @TempDir private Path folder;

  @BeforeEach
  void forgetNames() {
    Utils.clearSession();
  }

  static List<String> cases() {
    return EXPECTED.keys();
  }

  private static Model chain() {
    Sequential model = new Sequential().name("chain");
    model.add(new Input(shape(5, 3)));
    model.add(new LSTM(4).returnSequences(true).name("first"));
    model.add(new Dropout(0.2).name("drop"));
    model.add(new Dense(2).activation("relu").name("last"));
    return model;
  }

  private static Model branches() {
    KerasTensor a = new Input(shape(4)).name("a").tensor();
    KerasTensor b = new Input(shape(3)).name("b").tensor();
    Dense shared = new Dense(5).activation("tanh").name("shared");
    KerasTensor left = shared.call(a);
    KerasTensor right = new Dense(4).name("widen").call(b);
    KerasTensor again = shared.call(right);
    KerasTensor both = new Concatenate().name("both").call(List.of(left, again));
    KerasTensor squared = Ops.multiply(both, both);
    KerasTensor out = new Dense(1).name("out").trainable(false).call(squared);
    return new Model(List.of(a, b), List.of(out, left)).name("branches");
  }

  private static Model states() {
    KerasTensor x = new Input(shape(null, 2)).name("x").tensor();
    LSTM encoder = new LSTM(3).returnSequences(true).returnState(true).name("encoder");
    List<KerasTensor> outputs = encoder.callAll(x);
    LSTM decoder = new LSTM(3).name("decoder");
    KerasTensor out = decoder.call(outputs.get(0), outputs.subList(1, 3));
    return new Model(x, out).name("states");
  }

  private static Model nested() {
    KerasTensor innerInput = new Input(shape(4)).name("inner_input").tensor();
    Model inner = new Model(innerInput, new Dense(3).name("hidden").call(innerInput)).name("inner");
    Sequential tail = new Sequential().name("tail");
    tail.add(new Input(shape(3)));
    tail.add(new Dense(2).name("t1"));
    tail.add(new Dense(1).name("t2"));
    KerasTensor x = new Input(shape(4)).name("x").tensor();
    KerasTensor twice = inner.call(x);
    List<KerasTensor> outputs = List.of(tail.call(twice), new ReLU().name("relu").call(twice));
    return new Model(List.of(x), outputs).name("nested");
  }

  private static Model model(String name) {
    return switch (name) {
      case "chain" -> chain();
      case "branches" -> branches();
      case "states" -> states();
      case "nested" -> nested();
      default -> throw new AssertionError(name);
    };
  }

  private static void set(PlotModelOptions options, String name, JsonNode value) {
    switch (name) {
      case "show_shapes" -> options.showShapes(value.asBoolean());
      case "show_layer_names" -> options.showLayerNames(value.asBoolean());
      case "show_layer_activations" -> options.showLayerActivations(value.asBoolean());
      case "show_trainable" -> options.showTrainable(value.asBoolean());
      case "expand_nested" -> options.expandNested(value.asBoolean());
      case "rankdir" -> options.rankdir(value.asText());
      default -> throw new AssertionError(name);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void drawsWhatKerasDraws(String name) throws IOException {
    JsonNode expected = EXPECTED.json().get(name);
    Path file = folder.resolve("model.png");
    try (Model model = model(expected.get("model").asText())) {
      Diagram diagram =
          Models.plotModel(
              model,
              file,
              options ->
                  expected
                      .get("options")
                      .properties()
                      .forEach(each -> set(options, each.getKey(), each.getValue())));

      Map<String, String> labels =
          diagram.groups().stream()
              .collect(Collectors.toMap(Diagram.Group::id, Diagram.Group::label));
      List<String> boxes = new ArrayList<>();
      diagram.boxes().stream()
          .sorted(Comparator.comparing(box -> last(box.id())))
          .forEach(
              box ->
                  boxes.add(
                      last(box.id())
                          + " in "
                          + (box.group() == null ? "" : labels.get(box.group()))
                          + ": "
                          + box.rows()));
      assertThat(boxes).isEqualTo(boxes(expected.get("boxes")));
      assertThat(
              diagram.arrows().stream()
                  .map(arrow -> last(arrow.from()) + " -> " + last(arrow.to())))
          .containsExactlyInAnyOrderElementsOf(arrows(expected.get("arrows")));
      assertThat(ImageIO.read(file.toFile())).matches(PlotModelTest::isDrawn);
    }
  }

  private static String last(String id) {
    return id.substring(id.lastIndexOf('/') + 1);
  }

  private static List<String> boxes(JsonNode boxes) {
    List<String> all = new ArrayList<>();
    for (JsonNode box : boxes) {
      List<List<String>> rows = new ArrayList<>();
      for (JsonNode row : box.get("rows")) {
        List<String> cells = new ArrayList<>();
        row.forEach(cell -> cells.add(cell.asText()));
        rows.add(cells);
      }
      all.add(box.get("layer").asText() + " in " + box.get("group").asText() + ": " + rows);
    }
    return all;
  }

  private static List<String> arrows(JsonNode arrows) {
    List<String> all = new ArrayList<>();
    arrows.forEach(arrow -> all.add(arrow.get(0).asText() + " -> " + arrow.get(1).asText()));
    return all;
  }

  /** Whether there is black and white in a picture, and a white margin around. */
  private static boolean isDrawn(BufferedImage image) {
    Map<Integer, Integer> colours = new TreeMap<>();
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        boolean edge = x == 0 || y == 0 || x == image.getWidth() - 1 || y == image.getHeight() - 1;
        colours.merge(image.getRGB(x, y) & 0xFFFFFF, 1, Integer::sum);
        if (edge && (image.getRGB(x, y) & 0xFFFFFF) != 0xFFFFFF) {
          return false;
        }
      }
    }
    int all = image.getWidth() * image.getHeight();
    return colours.get(0) > all / 20 && colours.get(0xFFFFFF) > all / 20;
  }

  @Test
  void refusesAModelThatIsNotBuilt() {
    try (Sequential model = new Sequential()) {
      model.add(new Dense(2));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Models.plotModel(model, folder.resolve("model.png")))
          .withMessageContaining("has not been built yet");
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void writesSvgAndRefusesWhatItCannotDraw() {
    try (Model model = chain()) {
      Diagram diagram = Models.plotModel(model, folder.resolve("model.svg"));

      assertThat(folder.resolve("model.svg")).content().contains("<svg", "LSTM");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> diagram.save(folder.resolve("model.dot")))
          .withMessageContaining(".png or .svg");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Models.plotModel(model, folder.resolve("a.png"), o -> o.rankdir("RL")))
          .withMessageContaining("one of TB, LR");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Models.plotModel(model, folder.resolve("a.png"), o -> o.rankdir(null)))
          .withMessageContaining("null is not known");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Models.plotModel(model, folder.resolve("a.png"), o -> o.dpi(1)))
          .withMessageContaining("20 to 1,000");
    }
  }
}
