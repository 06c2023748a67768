package keras.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import keras.callbacks.Callback;
import keras.optimizers.SGD;
import keras.random.GlobalSeed;
import keras.testing.Golden;
import keras.utils.Utils;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.FloatNdArray;

/** With the same seed, the weights at the start and the logs of a fit are those of Keras. */
class SameSeedTest {

  /** For the losses of the first ten steps. */
  private static final double STEP_TOLERANCE = 1e-5;

  /** For the logs of the first five epochs; rounding differences grow with each step. */
  private static final double EPOCH_TOLERANCE = 1e-3;

  /** Where Keras's runs are; the check against a live Keras makes its own. */
  private static final Path KEPT = Path.of("testdata");

  private static final Path FOLDER =
      Path.of(System.getProperty("sameSeed.folder", KEPT.toString()));

  private static final int STEPS = 10;
  private static final int EPOCHS = 5;

  /** The records of {@code testdata/same_seed.py}. */
  private static final class Recorder extends Callback {
    final List<Double> steps = new ArrayList<>();
    final Map<String, List<Double>> history = new LinkedHashMap<>();

    @Override
    public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
      if (steps.size() < STEPS) {
        steps.add(logs.get("loss"));
      }
    }

    @Override
    public void onEpochEnd(int epoch, Map<String, Double> logs) {
      logs.forEach((key, value) -> history.computeIfAbsent(key, k -> new ArrayList<>()).add(value));
    }
  }

  static Stream<Arguments> runs() {
    return Stream.concat(SameSeedModels.ALL.stream(), SameSeedGraphs.ALL.stream())
        .filter(model -> FOLDER.equals(KEPT) || Files.exists(FOLDER.resolve(file(model) + ".json")))
        .flatMap(
            model ->
                Golden.load(FOLDER, file(model)).keys().stream()
                    .map(seed -> Arguments.of(model, seed)));
  }

  private static String file(SameSeedModels model) {
    return "same_seed/" + model.name();
  }

  @AfterEach
  void forgetSeed() {
    GlobalSeed.unset();
  }

  @ParameterizedTest(name = "{0} with seed {1}")
  @MethodSource("runs")
  void startsAndTrainsAsKerasDoes(SameSeedModels which, String seed) {
    Golden golden = Golden.load(FOLDER, file(which)).at(seed);
    Utils.clearSession();
    Utils.setRandomSeed(Long.parseLong(seed));
    try (Model model = which.build().get()) {
      SoftAssertions softly = new SoftAssertions();
      checkWeights(softly, model, golden.all("weights"));
      softly.assertAll();
      Recorder recorder = new Recorder();
      which.train().accept(model, recorder);
      List<Double> steps = numbers(golden.at("steps"));
      for (int i = 0; i < steps.size(); i++) {
        check(softly, "loss of step " + i, recorder.steps.get(i), steps.get(i), STEP_TOLERANCE);
      }
      assertThat(recorder.history.keySet())
          .containsExactlyInAnyOrderElementsOf(golden.at("history").keys());
      for (String key : golden.at("history").keys()) {
        List<Double> expected = numbers(golden.at("history").at(key));
        List<Double> logged = recorder.history.get(key);
        assertThat(logged).as(key).hasSameSizeAs(expected);
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
          check(
              softly,
              key + " of epoch " + epoch,
              logged.get(epoch),
              expected.get(epoch),
              EPOCH_TOLERANCE);
        }
      }
      softly.assertAll();
    }
  }

  static Stream<String> layers() {
    return Files.exists(FOLDER.resolve("same_seed/layers.json"))
        ? Golden.load(FOLDER, "same_seed/layers").at("runs").sample().stream()
        : Stream.empty();
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource("layers")
  void everyLayerStartsAndTrainsAsInKeras(String name) {
    Golden golden = Golden.load(FOLDER, "same_seed/layers");
    Golden run = golden.at("runs").at(name);
    Utils.clearSession();
    Utils.setRandomSeed(golden.integer("seed"));
    try (Model model = Models.modelFromJson(run.text("json"))) {
      SoftAssertions softly = new SoftAssertions();
      checkWeights(softly, model, run.all("weights"));
      model.compile(c -> c.loss("mse").optimizer(new SGD(0.05)));
      List<Double> losses = numbers(run.at("losses"));
      for (int i = 0; i < losses.size(); i++) {
        double loss = model.trainOnBatch(run.array("x"), run.array("y")).get("loss");
        check(softly, "loss of step " + i, loss, losses.get(i), STEP_TOLERANCE);
      }
      softly.assertAll();
    }
  }

  private static void check(
      SoftAssertions softly, String what, double actual, double expected, double relative) {
    softly.assertThat(actual).as(what).isCloseTo(expected, within(relative * Math.abs(expected)));
  }

  private static List<Double> numbers(Golden list) {
    return StreamSupport.stream(list.json().spliterator(), false)
        .map(number -> number.doubleValue())
        .toList();
  }

  private static void checkWeights(SoftAssertions softly, Model model, List<Golden> expected) {
    List<FloatNdArray> weights = model.getWeights();
    assertThat(weights).hasSameSizeAs(expected);
    for (int i = 0; i < weights.size(); i++) {
      FloatNdArray weight = weights.get(i);
      Golden golden = expected.get(i);
      String what = "weight " + i;
      softly.assertThat(weight.shape().asArray()).as(what).isEqualTo(golden.longs("shape"));
      float[] values = values(weight);
      softly
          .assertThat(values[0])
          .as("first value of " + what)
          .isEqualTo((float) golden.number("first"));
      // An Orthogonal's last bits are those of the processor that decomposed the matrix: Keras's of
      // this one are in files that testdata/same_seed.sh has drawn a moment ago.
      boolean decomposed = model.weights().get(i).name().equals("recurrent_kernel");
      if (!decomposed || !FOLDER.equals(KEPT)) {
        softly.assertThat(digest(values)).as(what).isEqualTo(golden.text("sha256"));
      }
    }
  }

  private static float[] values(FloatNdArray array) {
    float[] values = new float[Math.toIntExact(array.size())];
    int[] next = {0};
    array.scalars().forEach(scalar -> values[next[0]++] = scalar.getFloat());
    return values;
  }

  private static String digest(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
