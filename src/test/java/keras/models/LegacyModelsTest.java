package keras.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import keras.internal.code.JavaSource;
import keras.internal.files.LegacyModel;
import keras.internal.weights.WeightGroup;
import keras.layers.Dense;
import keras.layers.Input;
import keras.testing.Golden;
import keras.utils.FloatArrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Models in the legacy format: what Keras 2 meant is kept, or refused. */
class LegacyModelsTest {

  private static final Path FOLDER = Path.of("testdata/legacy");

  @TempDir Path folder;

  static Stream<Golden> cases() {
    return Golden.load(FOLDER, "cases").all().stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void predictsAndTrainsAsKeras2(Golden saved) {
    String file = saved.text("file");
    try (Model model = Models.loadModel(FOLDER.resolve(file + ".h5"))) {
      SavedBehaviour.check(file, model, saved);
    }
  }

  @Test
  void writesTheHardSigmoidOfKeras2AsAFunctionOfItsOwn() {
    try (Model model = Models.loadModel(FOLDER.resolve("keras_2_4.h5"))) {
      assertThat(model.toJson())
          .contains("\"config\": \"keras2>hard_sigmoid\"")
          .doesNotContain("\"hard_sigmoid\"");
    }
  }

  @Test
  void writesTheModulesThatTheLegacyFormatOfKeras3LeavesOut() throws IOException {
    String training =
        "{'optimizer_config': {'class_name': 'Adam', 'config': {'name': 'adam'}},"
            + " 'loss': {'class_name': 'Huber', 'config': {'name': 'huber_loss',"
            + " 'reduction': 'sum_over_batch_size'}}, 'loss_weights': null,"
            + " 'metrics': [{'class_name': 'RootMeanSquaredError', 'config':"
            + " {'name': 'root_mean_squared_error', 'dtype': 'float32'}}],"
            + " 'weighted_metrics': null, 'run_eagerly': false, 'steps_per_execution': 1,"
            + " 'jit_compile': false}";
    String flatten =
        "{'class_name': 'Flatten', 'config': {'name': 'f', 'batch_input_shape': [null, 3]}}";
    Path path = file("3.15.1", flatten.replace('\'', '"'), training.replace('\'', '"'));

    try (Model model = Models.loadModel(path)) {
      // As Keras 3.15.1 writes it after it has loaded such a file.
      assertThat(model.getCompileConfig().get("loss"))
          .hasToString(
              "{module=keras.losses, class_name=Huber, config={name=huber_loss,"
                  + " reduction=sum_over_batch_size}, registered_name=null}");
      assertThat(model.getCompileConfig().get("metrics"))
          .hasToString(
              "[{module=keras.metrics, class_name=RootMeanSquaredError,"
                  + " config={name=root_mean_squared_error, dtype=float32},"
                  + " registered_name=null}]");
      assertThat(JavaSource.of(model)).contains("new Huber()").doesNotContain("null.");
    }
  }

  /** A file with one layer and no weights, as Keras 2 could have written it. */
  private Path file(String version, String layer, String training) throws IOException {
    String model =
        "{\"class_name\": \"Sequential\", \"config\": {\"name\": \"s\", \"layers\": ["
            + layer
            + "]}}";
    Path path = folder.resolve("m.h5");
    LegacyModel.written(
            version, model, training, new WeightGroup("model", "s", List.of(), Map.of()), null)
        .writeTo(path);
    return path;
  }

  private static String lstm(String more) {
    return ("{'class_name': 'LSTM', 'config': {'name': 'lstm', 'units': 2,"
            + " 'batch_input_shape': [null, 3, 1], 'unit_forget_bias': true, "
            + more
            + "}}")
        .replace('\'', '"');
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'time_major': true | its timesteps come before its samples",
        "'dropout': 0.2, 'implementation': 1 | it drops other inputs for each gate",
        "'implementation': 2, 'reset_before': true | arguments that are not known"
      })
  void refusesWhatKeras3DoesNotMean(String arguments, String message) throws IOException {
    Path path = file("2.4.0", lstm(arguments), null);

    assertThatThrownBy(() -> Models.loadModel(path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("m.h5")
        .hasMessageContaining("lstm")
        .hasMessageContaining(message);
  }

  @Test
  void refusesToTrainAGruThatDropsForEachGate() throws IOException {
    String gru =
        "{'class_name': 'GRU', 'config': {'name': 'g', 'units': 2,"
            + " 'batch_input_shape': [null, 3, 1], 'dropout': 0.2, 'implementation': 1}}";
    Path path = file("2.2.4", gru.replace('\'', '"'), null);

    assertThatThrownBy(() -> Models.loadModel(path))
        .hasMessageContaining("GRU \"g\"")
        .hasMessageContaining("it drops other inputs for each gate");
  }

  @Test
  void namesAllLayersThatAreLacking() throws IOException {
    String conv = "{'class_name': 'JaxLayer', 'config': {'name': 'c', 'filters': 2}}";
    String pool = "{'class_name': 'FlaxLayer', 'config': {'name': 'p'}}";
    Path path = file("2.4.0", (conv + "," + pool).replace('\'', '"'), null);

    assertThatThrownBy(() -> Models.loadModel(path))
        .hasMessageContaining("m.h5")
        .hasMessageContaining("JaxLayer \"c\"")
        .hasMessageContaining("FlaxLayer \"p\"");
  }

  @Test
  void refusesAnOptimizerWhoseFormulaHasChanged() throws IOException {
    String training =
        "{'optimizer_config': {'class_name': 'RMSprop', 'config': {'learning_rate': 0.1}},"
            + " 'loss': 'mse', 'metrics': []}";
    String flatten =
        "{'class_name': 'Flatten', 'config': {'name': 'f', 'batch_input_shape': [null, 3]}}";
    Path path = file("2.4.0", flatten.replace('\'', '"'), training.replace('\'', '"'));

    assertThatThrownBy(() -> Models.loadModel(path))
        .hasMessageContaining("RMSprop: its formula is not that of Keras 3.")
        .hasMessageContaining("fix:      load for prediction")
        .hasMessageContaining("o.compile(false)");
    try (Model model = Models.loadModel(path, o -> o.compile(false))) {
      assertThat(model.optimizer()).isNull();
    }
  }

  @Test
  void refusesAnotherKeras() throws IOException {
    Path path = file("1.2.2", lstm("'x': 1"), null);

    assertThatThrownBy(() -> Models.loadModel(path))
        .hasMessageContaining("m.h5, attribute keras_version")
        .hasMessageContaining("got:      1.2.2");
  }

  @Test
  void findsWeightsByTheNamesOfLayers() {
    try (Sequential saved = two("a", "b", 3);
        Sequential other = two("b", "c", 3)) {
      saved.save(folder.resolve("m.h5"));
      List<?> untouched = List.of(FloatArrays.values(other.getWeights().get(2)));

      other.loadWeights(folder.resolve("m.h5"), o -> o.byName(true));

      assertThat(FloatArrays.values(other.getWeights().get(0)))
          .containsExactly(FloatArrays.values(saved.getWeights().get(2)));
      assertThat(FloatArrays.values(other.getWeights().get(2))).isEqualTo(untouched.get(0));
    }
  }

  @Test
  void namesLayersOfOtherShapes() {
    try (Sequential saved = two("a", "b", 3);
        Sequential other = two("a", "b", 4)) {
      saved.save(folder.resolve("m.h5"));

      assertThatThrownBy(() -> other.loadWeights(folder.resolve("m.h5")))
          .hasMessageContaining("Dense \"a\", kernel: expected (4, 4), got (3, 3)")
          .hasMessageContaining("Dense \"b\", bias: expected (4,), got (3,)");
    }
  }

  private static Sequential two(String first, String second, int units) {
    return new Sequential(
        new Input(Input.shape(units)), new Dense(units).name(first), new Dense(units).name(second));
  }
}
