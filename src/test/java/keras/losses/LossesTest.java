package keras.losses;

import static keras.testing.Close.assertThatArray;
import static keras.testing.EachClose.assertEachClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import keras.testing.Close;
import keras.testing.Golden;
import keras.testing.InGraph;
import keras.utils.FloatArrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

class LossesTest {
  private static final Golden NAMES = Golden.load("losses/names");
  private static final Golden CONFIGS = Golden.load("losses/configs");
  private static final Golden ARGUMENTS = Golden.load("losses/arguments");
  private static final Golden ACTIVATIONS = Golden.load("losses/activations");

  /** The losses that the golden file's names stand for. */
  private static final Map<String, Loss> WITH_ARGUMENTS =
      Map.ofEntries(
          Map.entry("Huber(delta=0.4)", new Huber().delta(0.4)),
          Map.entry("CosineSimilarity(axis=1)", new CosineSimilarity().axis(1)),
          Map.entry(
              "BinaryCrossentropy(from_logits=True)", new BinaryCrossentropy().fromLogits(true)),
          Map.entry(
              "BinaryCrossentropy(from_logits=True), far",
              new BinaryCrossentropy().fromLogits(true)),
          Map.entry(
              "BinaryCrossentropy(label_smoothing=0.2)",
              new BinaryCrossentropy().labelSmoothing(0.2)),
          Map.entry(
              "BinaryCrossentropy(from_logits=True, label_smoothing=0.1, axis=1)",
              new BinaryCrossentropy().axis(1).labelSmoothing(0.1).fromLogits(true)),
          Map.entry(
              "BinaryFocalCrossentropy(from_logits=True)",
              new BinaryFocalCrossentropy().fromLogits(true)),
          Map.entry(
              "BinaryFocalCrossentropy(apply_class_balancing=True, alpha=0.3, gamma=1.5,"
                  + " label_smoothing=0.1)",
              new BinaryFocalCrossentropy()
                  .applyClassBalancing(true)
                  .alpha(0.3)
                  .gamma(1.5)
                  .labelSmoothing(0.1)),
          Map.entry(
              "CategoricalCrossentropy(from_logits=True)",
              new CategoricalCrossentropy().fromLogits(true)),
          Map.entry(
              "CategoricalCrossentropy(from_logits=True), timesteps",
              new CategoricalCrossentropy().fromLogits(true)),
          Map.entry(
              "CategoricalCrossentropy(from_logits=True), far",
              new CategoricalCrossentropy().fromLogits(true)),
          Map.entry(
              "CategoricalCrossentropy(label_smoothing=0.3)",
              new CategoricalCrossentropy().labelSmoothing(0.3)),
          Map.entry("CategoricalCrossentropy(axis=1)", new CategoricalCrossentropy().axis(1)),
          Map.entry(
              "CategoricalCrossentropy(from_logits=True, label_smoothing=0.1, axis=1)",
              new CategoricalCrossentropy().fromLogits(true).labelSmoothing(0.1).axis(1)),
          Map.entry(
              "CategoricalFocalCrossentropy(from_logits=True)",
              new CategoricalFocalCrossentropy().fromLogits(true)),
          Map.entry(
              "CategoricalFocalCrossentropy(alpha=0.4, gamma=1.3, label_smoothing=0.1, axis=1)",
              new CategoricalFocalCrossentropy().alpha(0.4).gamma(1.3).labelSmoothing(0.1).axis(1)),
          Map.entry(
              "SparseCategoricalCrossentropy(from_logits=True)",
              new SparseCategoricalCrossentropy().fromLogits(true)),
          Map.entry(
              "SparseCategoricalCrossentropy(from_logits=True), far",
              new SparseCategoricalCrossentropy().fromLogits(true)),
          Map.entry(
              "SparseCategoricalCrossentropy(ignore_class=-1)",
              new SparseCategoricalCrossentropy().ignoreClass(-1)),
          Map.entry(
              "SparseCategoricalCrossentropy(from_logits=True, ignore_class=0)",
              new SparseCategoricalCrossentropy().fromLogits(true).ignoreClass(0)),
          Map.entry(
              "CategoricalGeneralizedCrossEntropy(q=0.8)",
              new CategoricalGeneralizedCrossEntropy().q(0.8)),
          Map.entry("Dice(axis=(1, 2))", new Dice().axis(1, 2)),
          Map.entry("Dice(axis=(-1,))", new Dice().axis(-1)),
          Map.entry(
              "Tversky(alpha=0.2, beta=0.7, axis=(1,))",
              new Tversky().axis(1).alpha(0.2).beta(0.7)),
          Map.entry(
              "Circle(gamma=5.0, margin=0.2, remove_diagonal=False)",
              new Circle().gamma(5).margin(0.2).removeDiagonal(false)));

  private static List<Arguments> defaults() {
    List<Arguments> cases = new ArrayList<>();
    for (String loss : CONFIGS.keys()) {
      Golden.load("losses/" + loss).keys().forEach(key -> cases.add(Arguments.of(loss, key)));
    }
    return cases;
  }

  private static List<String> withArguments() {
    return ARGUMENTS.keys();
  }

  private static List<String> throughActivations() {
    return ACTIVATIONS.keys();
  }

  @ParameterizedTest
  @MethodSource("defaults")
  void computesWhatKerasComputes(String loss, String data) {
    check(loss(loss), Golden.load("losses/" + loss).at(data), data.equals("edge"));
  }

  @ParameterizedTest
  @MethodSource("withArguments")
  void takesKerassArguments(String name) {
    check(WITH_ARGUMENTS.get(name), ARGUMENTS.at(name), name.endsWith("far"));
  }

  private static Loss loss(String className) {
    return Losses.get(Map.of("class_name", className, "config", Map.of()));
  }

  private static void check(Loss loss, Golden data, boolean edge) {
    List<FloatNdArray> got =
        InGraph.run(
            List.of(data.array("y_true"), data.array("y_pred"), data.array("dy")),
            (tf, in) -> {
              Operand<TFloat32> values = loss.call(tf, in.get(0), in.get(1));
              return List.of(values, InGraph.gradient(tf, values, in.get(1), in.get(2)));
            });
    compare(loss, got, data, edge);
  }

  private static void compare(Loss loss, List<FloatNdArray> got, Golden data, boolean edge) {
    if (edge) {
      assertEachClose("values", got.get(0), data.array("values"), 1);
      assertEachClose("dx", got.get(1), data.array("dx"), 1);
    } else {
      assertThatArray(got.get(0)).as("values").isCloseTo(data.array("values"));
      // CTC adds up all paths in float32, TensorFlow's kernel in another order than its Python.
      double tolerance = loss instanceof CTC ? 2e-5 : Close.RELATIVE;
      assertThatArray(got.get(1)).as("dx").within(tolerance).isCloseTo(data.array("dx"));
    }
  }

  @ParameterizedTest
  @MethodSource("throughActivations")
  void computesCrossentropiesFromWhatWentIntoTheActivation(String name) {
    String[] words = name.split(" ", -1);
    Loss loss = Losses.get(words[0]);
    Golden data = ACTIVATIONS.at(name);
    Shape yTrue = Shape.of(data.shape("y_true"));
    assertThat(loss.canUseLogits(words[1], yTrue, Shape.of(data.shape("logits")))).isTrue();
    List<FloatNdArray> got =
        InGraph.run(
            List.of(data.array("y_true"), data.array("logits"), data.array("dy")),
            (tf, in) -> {
              Operand<TFloat32> values = loss.callLogits(tf, in.get(0), in.get(1));
              return List.of(values, InGraph.gradient(tf, values, in.get(1), in.get(2)));
            });
    compare(loss, got, data, true);
  }

  @Test
  void looksBehindNoOtherActivationAndNotFromOtherLosses() {
    Shape y = Shape.of(-1, 3);
    assertThat(new CategoricalCrossentropy().canUseLogits("softmax", y, y)).isTrue();
    assertThat(new CategoricalCrossentropy().canUseLogits("linear", y, y)).isFalse();
    assertThat(new CategoricalFocalCrossentropy().canUseLogits("softmax", y, y)).isFalse();
    assertThat(new MeanSquaredError().canUseLogits("softmax", y, y)).isFalse();
    assertThat(
            new SparseCategoricalCrossentropy()
                .ignoreClass(0)
                .canUseLogits("softmax", Shape.of(-1, 1), y))
        .isFalse();
    // The predictions lose their last dimension first, and with it the sight of the activation.
    assertThat(new BinaryCrossentropy().canUseLogits("sigmoid", y, Shape.of(-1, 3, 1))).isFalse();
  }

  @Test
  void findsWhateverKerasFindsByName() {
    for (String name : NAMES.keys()) {
      assertThat(Losses.get(name).name()).as(name).isEqualTo(NAMES.text(name));
    }
  }

  @Test
  void hasKerassDefaults() {
    for (String name : CONFIGS.keys()) {
      assertThat(new ObjectMapper().valueToTree(loss(name).getConfig()).toString())
          .as(name)
          .isEqualTo(CONFIGS.at(name).json().toString());
    }
  }

  @Test
  void choosesTheCrossentropyByTheShapes() {
    Shape classes = Shape.of(-1, 5, 3);
    assertThat(Losses.get("ce", Shape.of(-1, 1), Shape.of(-1, 1)))
        .isInstanceOf(BinaryCrossentropy.class);
    assertThat(Losses.get("crossentropy", Shape.of(-1, 5), classes))
        .isInstanceOf(SparseCategoricalCrossentropy.class);
    assertThat(Losses.get("crossentropy", Shape.of(-1, 5, 1), classes))
        .isInstanceOf(SparseCategoricalCrossentropy.class);
    Loss loss = Losses.get("crossentropy", classes, classes);
    assertThat(loss).isInstanceOf(CategoricalCrossentropy.class);
    assertThat(loss.name()).isEqualTo("crossentropy");
    assertThat(Losses.get("mse", classes, classes)).isInstanceOf(MeanSquaredError.class);
  }

  @Test
  void takesALambda() {
    LossFunction cubed =
        (tf, yTrue, yPred) ->
            tf.math.mean(tf.math.pow(tf.math.sub(yPred, yTrue), tf.constant(3f)), tf.constant(-1));
    Loss loss = Losses.get(cubed);
    FloatNdArray y = NdArrays.vectorOf(1f, 2f);
    FloatNdArray p = NdArrays.ofFloats(Shape.of(2, 1)).setFloat(3, 0, 0).setFloat(1, 1, 0);
    List<FloatNdArray> got =
        InGraph.run(List.of(y, p), (tf, in) -> List.of(loss.call(tf, in.get(0), in.get(1))));
    assertThatArray(got.get(0)).isCloseTo(8, -1);
    assertThat(Losses.get(loss)).isSameAs(loss);
    assertThat(Losses.get(null)).isNull();
  }

  @Test
  void keepsTheTypeThroughChainedCalls() {
    Huber huber = new Huber().reduction("sum").name("h").delta(2).reduction("mean");
    assertThat(huber.getConfig()).hasToString("{name=h, reduction=mean}");
  }

  @Test
  void namesTheNearestLossWhenOneIsUnknown() {
    assertThatThrownBy(() -> Losses.get("mes"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("loss \"mes\" is not known", "Did you mean \"mse\"?");
    assertThatThrownBy(() -> new MeanSquaredError().reduction("average"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("\"average\"", "mean_with_sample_weight");
  }

  @Test
  void refusesTargetsOfAnotherShape() {
    assertThatThrownBy(() -> call("categorical_crossentropy", Shape.of(2, 4), Shape.of(2, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("categorical_crossentropy", "(?, 3)", "(?, 4)");
    assertThatThrownBy(() -> call("binary_crossentropy", Shape.of(2, 4), Shape.of(2, 3)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> call("sparse_categorical_crossentropy", Shape.of(2, 5), Shape.of(2, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one class number per prediction");
  }

  @Test
  void refusesLabelsThatNoTimestepsCanSpell() {
    Shape yPred = Shape.of(-1, 4, 3);
    CTC loss = new CTC();
    loss.checkTargets(rows(new float[][] {{1, 2, 1, 2}, {2, 2, 0, 0}, {0, 0, 0, 0}}), yPred);
    assertThatThrownBy(() -> loss.checkTargets(rows(new float[][] {{1, 0}, {1, 3}}), yPred))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("label 1", "from 1 to 2", "3.0 at (1,)");
    assertThatThrownBy(() -> loss.checkTargets(rows(new float[][] {{1, 1, 1}}), yPred))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("too long", "at most 4", "got", "5");
    assertThatThrownBy(() -> loss.checkTargets(NdArrays.vectorOf(1f), yPred))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(batch, timesteps, classes)");
  }

  private static FloatNdArray rows(float[][] values) {
    return FloatArrays.of(values, "labels");
  }

  @Test
  void refusesAnExponentThatIsNone() {
    assertThatThrownBy(() -> new CategoricalGeneralizedCrossEntropy().q(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("between 0 and 1", "q(0.5)");
  }

  private static List<FloatNdArray> call(String loss, Shape yTrue, Shape yPred) {
    return InGraph.run(
        List.of(NdArrays.ofFloats(yTrue), NdArrays.ofFloats(yPred)),
        (tf, in) -> List.of(Losses.get(loss).call(tf, in.get(0), in.get(1))));
  }

  @Test
  void findsTargetsThatAreNoClass() {
    SparseCategoricalCrossentropy loss = new SparseCategoricalCrossentropy().fromLogits(true);
    FloatNdArray bad = NdArrays.vectorOf(0f, -1f, 3f);
    loss.checkTargets(NdArrays.vectorOf(0f, 2f), Shape.of(-1, 3));
    assertThatThrownBy(() -> loss.checkTargets(bad, Shape.of(-1, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("class numbers from 0 to 2", "-1.0 at (1,)");

    FloatNdArray p = NdArrays.ofFloats(Shape.of(3, 3)).setFloat(1, 0, 0);
    List<FloatNdArray> got =
        InGraph.run(List.of(bad, p), (tf, in) -> List.of(loss.call(tf, in.get(0), in.get(1))));
    assertThatArray(got.get(0)).isCloseTo(0.5514447f, Float.NaN, Float.NaN);

    loss.ignoreClass(-1);
    assertThatThrownBy(() -> loss.checkTargets(bad, Shape.of(-1, 3)))
        .hasMessageContaining("3.0 at (2,)");
  }
}
