package keras.layers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import keras.internal.config.Json;
import keras.testing.Golden;
import keras.testing.LayerCheck;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every case of {@code testdata/layer_cases.py}, with the layer that its configuration gives: a new
 * case is checked without a line of Java.
 */
class EveryLayerTest {

  /** These have tests that put the names of their files together. */
  private static final List<String> RECURRENT =
      List.of("gru", "lstm", "simple_rnn", "time_distributed", "bidirectional");

  @TestFactory
  Stream<DynamicTest> doesWhatKerasDoes() {
    List<DynamicTest> tests = new ArrayList<>();
    for (String file : files()) {
      Golden cases = Golden.load("layers/" + file).at("cases");
      cases
          .sample()
          .forEach(
              name ->
                  tests.add(DynamicTest.dynamicTest(file + ": " + name, () -> check(file, name))));
    }
    assertThat(tests).isNotEmpty();
    return tests.stream();
  }

  /** Returns the files that no other test goes through. */
  private static List<String> files() {
    String only = System.getProperty("layers.only", "");
    String others = others();
    try (Stream<Path> files = Files.list(Path.of("testdata/layers"))) {
      return files
          .map(file -> file.getFileName().toString().replace(".json", ""))
          .filter(file -> RECURRENT.stream().noneMatch(file::startsWith))
          .filter(file -> !others.contains(file + "\"") || !only.isEmpty())
          .filter(file -> file.contains(only))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the text of the other tests of layers. */
  private static String others() {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> tests = Files.list(Path.of("src/test/java/keras/layers"))) {
      for (Path test : tests.toList()) {
        text.append(Files.readString(test));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void check(String file, String name) {
    Golden golden = Golden.load("layers/" + file).at("cases").at(name);
    String python = golden.text("layer");
    Map<String, Object> config = Json.read(file, golden.at("config").json().toString());
    Map<String, Object> layer =
        Map.of("class_name", python.substring(0, python.indexOf('(')), "config", config);
    Layer<?> made = Layers.deserialize(layer);
    LayerCheck check = LayerCheck.of(made).golden("layers/" + file, name);
    if (LayerAccess.needsWholeBatch(made)) {
      check.wholeBatch(); // It says itself that samples depend on each other.
    }
    if (name.contains("concat")) {
      check.within(5e-5); // Gradients through the softmax cancel but for a hundredth of a tanh's.
    }
    // How large pools are depends on the size, which must be known, as where images are cut; in
    // each
    // of timesteps whose number is not known, Keras draws once.
    boolean fixed =
        Stream.of("adaptive", "center_crop", "resizing").anyMatch(file::startsWith)
            || python.startsWith("TimeDistributed");
    (fixed ? check.fixedTime() : check).run();
  }
}
