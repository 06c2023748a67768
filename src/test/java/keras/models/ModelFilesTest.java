package keras.models;

import static keras.layers.Input.batchShape;
import static keras.layers.Input.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import keras.backend.Variable;
import keras.layers.Activation;
import keras.layers.Dense;
import keras.layers.Dropout;
import keras.layers.Flatten;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.layers.TimeDistributed;
import keras.optimizers.Adam;
import keras.utils.FloatArrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.FloatNdArray;

/** Saving and loading, where no Keras is needed to tell what is right. */
class ModelFilesTest {

  private static final float[][] X = {{1, 2, 3}, {-1, 0.5f, 2}};
  private static final float[][] Y = {{1, 0}, {0, 1}};

  @TempDir Path folder;

  private static Sequential small() {
    return new Sequential(
        new Input(shape(3)), new Dense(4).activation("tanh").name("first"), new Dense(2));
  }

  private static Sequential trained() {
    Sequential model = small();
    model.compile(c -> c.loss("mse").optimizer(new Adam(0.1)));
    model.trainOnBatch(X, Y);
    return model;
  }

  @ParameterizedTest
  @ValueSource(strings = {"m.keras", "m.h5"})
  void goesOnTrainingWhereItWasSaved(String name) {
    Path path = folder.resolve(name);
    try (Sequential model = trained()) {
      model.save(path);
      Map<String, Double> next = model.trainOnBatch(X, Y);

      try (Model loaded = Models.loadModel(path)) {
        assertThat(loaded.optimizer().iterations()).isEqualTo(1);
        assertThat(loaded.trainOnBatch(X, Y)).isEqualTo(next);
        assertSame(loaded, model);
      }
    }
  }

  private static void assertSame(Model ours, Model theirs) {
    List<FloatNdArray> a = ours.getWeights();
    List<FloatNdArray> b = theirs.getWeights();
    assertThat(a).hasSameSizeAs(b);
    for (int i = 0; i < a.size(); i++) {
      assertThat(FloatArrays.values(a.get(i))).containsExactly(FloatArrays.values(b.get(i)));
    }
  }

  @Test
  void savesWhatTheAverageOfAdamIsInKeras() {
    Path path = folder.resolve("m.keras");
    try (Sequential model = trained()) {
      model.save(path);
      try (Model loaded = Models.loadModel(path)) {
        List<Variable> ours = loaded.optimizer().variables();
        List<Variable> theirs = model.optimizer().variables();
        for (int i = 1; i < ours.size(); i++) {
          assertThat(ours.get(i).floats())
              .usingComparatorWithPrecision(1e-9f)
              .containsExactly(theirs.get(i).floats());
        }
      }
    }
  }

  @Test
  void loadsWithoutCompiling() {
    Path path = folder.resolve("m.keras");
    try (Sequential model = trained()) {
      model.save(path);
    }
    try (Model loaded = Models.loadModel(path, o -> o.compile(false))) {
      assertThat(loaded.optimizer()).isNull();
    }
  }

  @Test
  void savesAModelWithoutWeightsAndOneThatIsNotBuilt() {
    Path path = folder.resolve("m.keras");
    try (Sequential model = new Sequential(new Input(shape(2, 3)), new Flatten())) {
      model.save(path);
    }
    try (Model loaded = Models.loadModel(path)) {
      assertThat(loaded.outputShape().asArray()).containsExactly(-1, 6);
    }
    try (Sequential model = new Sequential(new Dense(3))) {
      model.save(path);
    }
    try (Model loaded = Models.loadModel(path)) {
      assertThat(loaded.built()).isFalse();
    }
  }

  @Test
  void doesNotSaveStates() {
    Path path = folder.resolve("m.keras");
    float[][][] x = new float[2][3][1];
    x[1][2][0] = 1;
    try (Sequential model =
        new Sequential(new Input(batchShape(2, 3, 1)), new LSTM(2).stateful(true))) {
      FloatNdArray first = model.predictOnBatch(x);
      model.save(path);
      try (Model loaded = Models.loadModel(path)) {
        assertThat(FloatArrays.values(loaded.predictOnBatch(x)))
            .containsExactly(FloatArrays.values(first));
      }
    }
  }

  @Test
  void listsEveryWeightThatDoesNotFit() {
    Path path = folder.resolve("m.weights.h5");
    try (Sequential model = small();
        Sequential other =
            new Sequential(
                new Input(shape(3)),
                new Dense(5).name("wide"),
                new Dense(2).useBias(false).name("bare"),
                new Dense(1).name("more"))) {
      model.saveWeights(path);
      List<FloatNdArray> before = other.getWeights();

      assertThatThrownBy(() -> other.loadWeights(path))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              path
                  + ": the weights do not fit the model.\n"
                  + "  expected: for each layer as many weights as it has, in their shapes\n"
                  + "  got:      4 that do not fit\n"
                  + "    Dense \"wide\", kernel: expected (3, 5), got (3, 4)\n"
                  + "    Dense \"wide\", bias: expected (5,), got (4,)\n"
                  + "    Dense \"bare\", all weights: expected 1 (kernel (5, 2)), got 2 at"
                  + " layers/dense_1/vars\n"
                  + "    Dense \"more\", all weights: expected 2 (kernel (2, 1), bias (1,)), got"
                  + " none at layers/dense_2/vars\n"
                  + "  fix:      build the model as the one that was saved, or leave out what does"
                  + " not fit: loadWeights(path, o -> o.skipMismatch(true))");
      for (int i = 0; i < before.size(); i++) {
        assertThat(other.getWeights().get(i)).isEqualTo(before.get(i));
      }
    }
  }

  @Test
  void leavesOutLayersThatDoNotFitIfAsked() {
    Path path = folder.resolve("m.weights.h5");
    try (Sequential model = small();
        Sequential other =
            new Sequential(new Input(shape(3)), new Dense(4), new Dense(7).name("other"))) {
      model.saveWeights(path);
      float[] second = FloatArrays.values(other.getWeights().get(2)).clone();

      other.loadWeights(path, o -> o.skipMismatch(true));

      assertThat(other.getWeights().get(0)).isEqualTo(model.getWeights().get(0));
      assertThat(FloatArrays.values(other.getWeights().get(2))).containsExactly(second);
    }
  }

  @Test
  void readsTheWeightsOfAWholeModel() {
    Path path = folder.resolve("m.keras");
    try (Sequential model = trained();
        Sequential other = small()) {
      model.save(path);
      other.loadWeights(path);
      assertSame(other, model);
    }
  }

  @Test
  void walksIntoWrappersAndModels() {
    Path path = folder.resolve("m.weights.h5");
    try (Sequential one = nested();
        Sequential other = nested()) {
      one.saveWeights(path);
      other.loadWeights(path);
      assertSame(other, one);
    }
  }

  private static Sequential nested() {
    return new Sequential(
        new Input(shape(4, 2)),
        new Sequential(new Input(shape(4, 2)), new LSTM(3).returnSequences(true), new Dense(2)),
        new TimeDistributed(new Sequential(new Input(shape(2)), new Dense(3), new Dropout(0.1))),
        new TimeDistributed(new TimeDistributed(new Dense(1)).name("x").layer()));
  }

  @Test
  void wantsANameThatSaysTheFormat() {
    try (Sequential model = small()) {
      assertThatThrownBy(() -> model.save(folder.resolve("m.zip")))
          .hasMessageContaining("expected: name.keras, or name.h5 for the legacy format");
      assertThatThrownBy(() -> model.saveWeights(folder.resolve("m.h5")))
          .hasMessageContaining("expected: name.weights.h5");
      assertThatThrownBy(() -> model.loadWeights(folder.resolve("m.txt")))
          .hasMessageContaining("expected: name.weights.h5, name.keras or name.h5");
      assertThatThrownBy(
              () -> model.loadWeights(folder.resolve("m.weights.h5"), o -> o.byName(true)))
          .hasMessageContaining("weights cannot be found by name in this format");
    }
    assertThatThrownBy(() -> Models.loadModel(folder.resolve("m.bin")))
        .hasMessageContaining("expected: name.keras, or name.h5 in the legacy format");
  }

  @Test
  void saysWhatAFileIsThatHasAnotherFormatThanItsName() throws Exception {
    Path archive = folder.resolve("m.keras");
    Path legacy = folder.resolve("m.h5");
    try (Sequential model = small()) {
      model.save(archive);
      model.save(legacy);
    }
    Path hdf5 = Files.copy(legacy, folder.resolve("legacy.keras"));
    Path zip = Files.copy(archive, folder.resolve("archive.h5"));
    assertThatThrownBy(() -> Models.loadModel(hdf5))
        .hasMessageContaining("got:      an HDF5 file\n")
        .hasMessageContaining("ends with .h5");
    try (Sequential model = small()) {
      assertThatThrownBy(() -> model.loadWeights(zip)).hasMessageContaining("got:      a zip file");
    }
    assertThatThrownBy(() -> Models.loadModel(zip))
        .hasMessageContaining("got:      a zip file")
        .hasMessageContaining("ends with .keras");
    assertThatThrownBy(() -> Models.loadModel(folder))
        .hasMessageContaining("got:      a folder")
        .hasMessageContaining("what model.export wrote is for TensorFlow");
  }

  @Test
  void saysThatThereIsNoFile() {
    assertThatThrownBy(() -> Models.loadModel(folder.resolve("none.keras")))
        .hasMessageContaining("none.keras: there is no such file.");
    assertThatThrownBy(() -> Models.loadModel(folder.resolve("none.h5")))
        .hasMessageContaining("none.h5: there is no such file.");
  }

  @Test
  void refusesSizesThatTheFileDoesNotHave() throws Exception {
    Path path = folder.resolve("m.keras");
    try (Sequential model = new Sequential(new Input(shape(3)), new Dense(4).name("first"))) {
      model.save(path);
    }
    byte[] file = Files.readAllBytes(path);
    String text = new String(file, java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThat(text).contains("\"units\": 4,");
    Path larger = folder.resolve("larger.keras");
    ArchiveEdits.replace(path, larger, "\"units\": 4,", "\"units\": 400000000,");

    assertThatThrownBy(() -> Models.loadModel(larger))
        .hasMessageContaining("larger.keras")
        .hasMessageContaining("Dense \"first\": the file is too small for kernel.");
  }

  @Test
  void leavesTheOldFileWhereAModelCannotBeWritten() throws Exception {
    Path path = folder.resolve("m.keras");
    Files.writeString(path, "old");
    try (Sequential model =
        new Sequential(
            new Input(shape(3)),
            new Activation((keras.activations.Activation) (tf, x) -> tf.math.square(x)))) {
      assertThatThrownBy(() -> model.save(path)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(path).hasContent("old");
  }
}
