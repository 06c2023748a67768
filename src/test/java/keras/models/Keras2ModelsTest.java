package keras.models;

import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import keras.internal.code.JavaSource;
import keras.layers.Dense;
import keras.optimizers.RMSprop;
import keras.testing.Golden;
import keras.utils.FloatArrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.FloatNdArray;

/** Models that tf_keras, Keras 2, has written: archives, legacy files, JSON and weights alone. */
class Keras2ModelsTest {

  /** Another folder has files that were made a moment ago: see testdata/keras2.sh. */
  private static final Path FOLDER =
      Path.of(System.getProperty("keras2.folder", "testdata/keras2"));

  @TempDir private Path folder;

  static Stream<Golden> cases() {
    return Golden.load(FOLDER, "cases").all().stream();
  }

  static Stream<Arguments> files() {
    return cases()
        .flatMap(
            saved ->
                Stream.iterate(0, i -> i < saved.at("files").json().size(), i -> i + 1)
                    .map(i -> Arguments.of(saved.at("files").json().get(i).textValue(), saved)));
  }

  private static void assertPredicts(Model model, Golden saved, String expected) {
    Predictions predictions = model.predictAll(saved.arrays("x"), p -> p.verbose(0));
    List<FloatNdArray> known = saved.arrays(expected);
    assertThat(predictions).hasSameSizeAs(known);
    for (int i = 0; i < known.size(); i++) {
      assertThatArray(predictions.get(i)).as("%s %s", expected, i).isCloseTo(known.get(i));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void predictsAndTrainsOnAsKeras2(String file, Golden saved) {
    try (Model model = Models.loadModel(FOLDER.resolve(file))) {
      assertPredicts(model, saved, "prediction");
      float[] losses = new float[3];
      for (int i = 0; i < losses.length; i++) {
        losses[i] =
            model.trainOnBatch(saved.arrays("x"), saved.arrays("y")).get("loss").floatValue();
      }
      for (int i = 0; i < losses.length; i++) {
        assertThatArray(losses[i]).as("loss %s", i).isCloseTo((float) saved.doubles("losses")[i]);
      }
      assertPredicts(model, saved, "trained");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void isSavedSoThatItPredictsTheSame(String file, Golden saved) {
    try (Model model = Models.loadModel(FOLDER.resolve(file))) {
      for (String name : List.of("m.keras", "m.h5")) {
        model.save(folder.resolve(name));
        try (Model again = Models.loadModel(folder.resolve(name))) {
          assertPredicts(again, saved, "prediction");
        }
      }
      assertThat(JavaSource.of(model)).contains("model.compile(");
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void readsJsonAndWeightsWithTheMeaningsOfKeras2(Golden saved) {
    try (Model model = Models.modelFromJson(saved.text("json"))) {
      model.loadWeights(FOLDER.resolve(saved.text("weights")));
      assertPredicts(model, saved, "prediction");
    }
  }

  @Test
  void readsEveryLayerOfKeras2() {
    Golden layers = Golden.load(FOLDER, "layers");
    assertThat(layers.keys()).hasSizeGreaterThan(70);
    for (String name : layers.keys()) {
      try (Model model = Models.modelFromJson(layers.text(name))) {
        assertThat(model.layers())
            .as(name)
            .extracting(each -> each.getClass().getSimpleName())
            .contains(name);
      }
    }
  }

  private static String dense(String version, String layers) {
    return ("{'class_name': 'Sequential', 'config': "
            + layers
            + ", 'keras_version': '"
            + version
            + "', 'backend': 'tensorflow'}")
        .replace('\'', '"');
  }

  @Test
  void computesKeras2sHardSigmoid() {
    String layer =
        "{'class_name': 'Dense', 'config': {'name': 'd', 'units': 1, 'activation': 'hard_sigmoid',"
            + " 'batch_input_shape': [null, 1]}}";
    for (String json :
        List.of(
            dense("2.3.1", "{'name': 's', 'layers': [" + layer + "]}"),
            dense("2.2.2", "[" + layer + "]"))) {
      try (Model model = Models.modelFromJson(json)) {
        model.setWeights(
            List.of(FloatArrays.wrap(new float[] {1}, 1, 1), FloatArrays.wrap(new float[1], 1)));
        assertThat(model.predict(new float[][] {{1}}, p -> p.verbose(0)).getFloat(0, 0))
            .isEqualTo(0.7f);
        assertThat(model.toJson()).contains("\"keras2>hard_sigmoid\"");
      }
    }
  }

  @Test
  void warnsWhereWeightsOfKeras2MeetAnotherHardSigmoid() {
    Golden saved = cases().filter(each -> each.text("name").equals("sgd")).findAny().orElseThrow();
    for (String activation : List.of("hard_sigmoid", "keras2>hard_sigmoid")) {
      try (Sequential model =
          new Sequential(
              new Dense(4).inputShape(3).activation(activation).name("hard"), new Dense(2))) {
        String logged =
            logged(() -> model.loadWeights(FOLDER.resolve(saved.text("weights")), o -> {}));
        if (activation.equals("hard_sigmoid")) {
          assertThat(logged)
              .contains("Keras 2.21.0 has written these weights")
              .contains("give the layer \"keras2>hard_sigmoid\"");
        } else {
          assertThat(logged).doesNotContain("has written these weights");
          assertPredicts(model, saved, "prediction");
        }
      }
    }
  }

  private static String logged(Runnable action) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      action.run();
    } finally {
      System.setErr(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void refusesTimestepsBeforeSamplesWithTheRemedy() {
    String lstm =
        "{'class_name': 'LSTM', 'config': {'name': 'l', 'units': 1, 'time_major': true,"
            + " 'batch_input_shape': [null, 3, 1]}}";
    assertThatThrownBy(
            () ->
                Models.modelFromJson(dense("2.4.0", "{'name': 's', 'layers': [" + lstm + "]}"))
                    .close())
        .hasMessageContaining("its timesteps come before its samples.")
        .hasMessageContaining("fix:      swap the first two dimensions");
  }

  @Test
  void compilesWithRmspropWhereNoOptimizerIsGiven() {
    try (Sequential model = new Sequential(new Dense(1).inputShape(2))) {
      model.compile(c -> c.loss("mse").optimizer("adam"));
      Map<String, Object> described = model.serialize();
      @SuppressWarnings("unchecked")
      Map<String, Object> compiled = (Map<String, Object>) described.get("compile_config");
      compiled.remove("optimizer");

      try (Model loaded = Models.deserialize(described)) {
        assertThat(loaded.optimizer()).isInstanceOf(RMSprop.class);
        loaded.trainOnBatch(new float[1][2], new float[1][1]);
        loaded.save(folder.resolve("m.keras"));
        try (Model again = Models.loadModel(folder.resolve("m.keras"))) {
          assertThat(again.optimizer()).isInstanceOf(RMSprop.class);
        }
      }
    }
  }
}
