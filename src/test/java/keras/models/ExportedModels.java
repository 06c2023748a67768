package keras.models;

import static keras.layers.Input.batchShape;
import static keras.layers.Input.shape;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import keras.callbacks.BackupAndRestore;
import keras.layers.Activation;
import keras.layers.Dense;
import keras.layers.Dropout;
import keras.layers.Embedding;
import keras.layers.Flatten;
import keras.layers.GRU;
import keras.layers.Input;
import keras.layers.KerasTensor;
import keras.layers.LSTM;
import keras.layers.Layer;
import keras.layers.LayerNormalization;
import keras.layers.Masking;
import keras.layers.RepeatVector;
import keras.layers.SimpleRNN;
import keras.layers.TimeDistributed;
import keras.random.NumpyRandom;
import keras.testing.OnnxAnswers;
import keras.utils.FloatArrays;
import keras.utils.Utils;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * Exports models for {@code testdata/export.py}: each in a folder of its own, and beside them a
 * file with inputs and what {@code predict} says to them.
 */
final class ExportedModels {

  /**
   * Rows of an input where the model leaves the batch open, and timesteps where it leaves those.
   */
  private static final int OPEN = 6;

  private static final int WORDS = 6;

  private ExportedModels() {}

  private static Map<String, List<Layer<?>>> models() {
    Map<String, List<Layer<?>>> models = new LinkedHashMap<>();
    models.put(
        "echo_whole",
        List.of(
            new Input(batchShape(7, 5, 100)).name("integers"),
            new LSTM(20).returnSequences(true).stateful(true),
            new TimeDistributed(new Dense(100).activation("softmax"))));
    models.put(
        "echo_partial",
        List.of(
            new Input(batchShape(7, 5, 100)),
            new LSTM(20).stateful(true),
            new RepeatVector(5),
            new LSTM(20).returnSequences(true).stateful(true),
            new TimeDistributed(new Dense(100).activation("softmax"))));
    models.put(
        "echo_masked",
        List.of(
            new Input(shape(5, 1)),
            new Masking().maskValue(-1),
            new LSTM(10).returnSequences(true).unroll(true),
            new Dense(2)));
    models.put(
        "next_number",
        List.of(new Input(shape(3, 1)), new SimpleRNN(5).activation("relu"), new Dense(1)));
    models.put(
        "open_lengths",
        List.of(
            new Input(shape(null, 3)),
            new LSTM(8).returnSequences(true).dropout(0.3),
            new LayerNormalization(),
            new SimpleRNN(4).returnSequences(true).recurrentDropout(0.2),
            new LSTM(5).returnSequences(true).activation("sigmoid"),
            new GRU(6).returnSequences(true),
            new GRU(5).returnSequences(true).resetAfter(false),
            new Dropout(0.5),
            new Dense(2)));
    models.put(
        "perceptron",
        List.of(
            new Input(shape(4, 2)),
            new Flatten(),
            new Dense(16).activation("relu"),
            new Dense(3),
            new Activation("softmax")));
    models.put(
        "words",
        List.of(
            new Input(shape((Integer) null)).dtype("int64"),
            new Embedding(WORDS, 3).maskZero(true),
            new LSTM(4).returnSequences(true),
            new Dense(2)));
    return models;
  }

  private static FloatNdArray input(Sequential model, NumpyRandom random) {
    long[] shape = model.inputShape().asArray().clone();
    for (int i = 0; i < shape.length; i++) {
      shape[i] = shape[i] < 0 ? OPEN : shape[i];
    }
    return isOfWords(model) ? words(random, shape) : drawn(random, shape);
  }

  private static boolean isOfWords(Sequential model) {
    return ((Input) model.inputs().get(0).node().layer()).dtype().equals("int64");
  }

  private static FloatNdArray words(NumpyRandom random, long... shape) {
    int size = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.randint(0, WORDS);
    }
    return FloatArrays.wrap(values, shape);
  }

  private static FloatNdArray drawn(NumpyRandom random, long... shape) {
    int size = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      // Every fourth is the number that the masked model leaves out.
      values[i] = random.randint(0, 4) == 0 ? -1 : random.randint(-1000, 1001) / 1000f;
    }
    return FloatArrays.wrap(values, shape);
  }

  /**
   * Writes models and their answers.
   *
   * @param args a folder
   */
  public static void main(String... args) throws IOException {
    Path folder = Path.of(args[0]);
    Utils.setRandomSeed(11);
    NumpyRandom random = new NumpyRandom(12);
    Map<String, Object> answers = new LinkedHashMap<>();
    for (Map.Entry<String, List<Layer<?>>> entry : models().entrySet()) {
      try (Sequential model = new Sequential(entry.getValue().toArray(Layer<?>[]::new))) {
        FloatNdArray x = input(model, random);
        Exported exported = model.export(folder.resolve(entry.getKey()));
        boolean steps = exported.signatures().contains("step");
        model.export(folder.resolve(entry.getKey() + ".onnx"), o -> o.format("onnx").step(steps));
        model.resetStates();
        FloatNdArray y = model.predict(x, p -> p.batchSize((int) x.shape().get(0)).verbose(0));
        answers.put(
            entry.getKey(),
            Map.of(
                "x",
                array(x),
                "dtype",
                isOfWords(model) ? "int64" : "float32",
                "y",
                array(y),
                "signatures",
                exported.signatures(),
                "states",
                exported.states()));
      }
    }
    scripts(folder.resolve("scripts"));
    answers.put("graph", graph(folder.resolve("graph"), random));
    answers.put("backup", backup(folder.resolve("backup"), random));
    Files.write(folder.resolve("answers.json"), new ObjectMapper().writeValueAsBytes(answers));
  }

  /** Exports the models of the scripts to ONNX. */
  private static void scripts(Path folder) throws IOException {
    OnnxAnswers answers = new OnnxAnswers(folder);
    int number = 0;
    for (SameSeedModels script : ScriptsInOnnxTest.scripts().toList()) {
      try (Model model = script.build().get()) {
        List<FloatNdArray> given = ScriptsInOnnxTest.given(model);
        answers.add("script " + number++, model, given, model.predictOnBatchAll(given));
      }
    }
    answers.write();
  }

  /** Exports a decoder that is handed its states and hands them back. */
  private static Map<String, Object> graph(Path folder, NumpyRandom random) {
    KerasTensor said = new Input(shape(null, 3)).name("said").tensor();
    KerasTensor h = new Input(shape(4)).name("h").tensor();
    KerasTensor c = new Input(shape(4)).name("c").tensor();
    List<KerasTensor> decoded =
        new LSTM(4).returnSequences(true).returnState(true).callAll(said, List.of(h, c));
    KerasTensor next = new Dense(3).activation("softmax").call(decoded.get(0));
    Map<String, KerasTensor> outputs =
        Map.of("next", next, "h_after", decoded.get(1), "c_after", decoded.get(2));
    try (Model model = new Model(List.of(said, h, c), outputs)) {
      Map<String, Object> inputs = new LinkedHashMap<>();
      Map<String, Object> given = new LinkedHashMap<>();
      for (String name : List.of("said", "h", "c")) {
        FloatNdArray x =
            drawn(random, name.equals("said") ? new long[] {2, 5, 3} : new long[] {2, 4});
        given.put(name, x);
        inputs.put(name, array(x));
      }
      Exported exported = model.export(folder);
      model.export(folder.resolveSibling("graph.onnx"), o -> o.format("onnx").step(true));
      Predictions predictions = model.predictOnBatchAll(given);
      Map<String, Object> expected = new LinkedHashMap<>();
      outputs.keySet().forEach(name -> expected.put(name, array(predictions.get(name))));
      return Map.of("inputs", inputs, "outputs", expected, "states", exported.states());
    }
  }

  /** Leaves the backup of a training of two epochs, as it is at its end. */
  private static Map<String, Object> backup(Path folder, NumpyRandom random) {
    try (Sequential model = new Sequential(new Input(shape(4, 2)), new LSTM(3), new Dense(1))) {
      model.compile(c -> c.loss("mse").optimizer("adam"));
      FloatNdArray x = input(model, random);
      float[][] y = new float[OPEN][1];
      model.fit(
          x,
          y,
          f ->
              f.epochs(2)
                  .batchSize(2)
                  .verbose(0)
                  .callbacks(new BackupAndRestore(folder).deleteCheckpoint(false)));
      FloatNdArray answer = model.predict(x, p -> p.verbose(0));
      return Map.of("x", array(x), "y", array(answer), "steps", 2 * OPEN / 2);
    }
  }

  private static Map<String, Object> array(FloatNdArray array) {
    return Map.of("shape", FloatArrays.shape(array), "data", FloatArrays.values(array));
  }
}
