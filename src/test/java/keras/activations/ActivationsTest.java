package keras.activations;

import static keras.testing.Close.assertThatArray;
import static keras.testing.EachClose.assertEachClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import keras.backend.TensorFunction;
import keras.testing.Configs;
import keras.testing.Golden;
import keras.testing.InGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.index.Index;
import org.tensorflow.ndarray.index.Indices;
import org.tensorflow.types.TFloat32;

class ActivationsTest {
  private static final Golden NAMES = Golden.load("activations/names");
  private static final Golden DEFAULTS = Golden.load("activations/defaults");
  private static final Golden ARGUMENTS = Golden.load("activations/arguments");
  private static final Golden AXES = Golden.load("activations/axes");

  /** The functions that the golden file's names stand for. */
  private static final Map<String, Activation> WITH_ARGUMENTS =
      Map.ofEntries(
          Map.entry("relu(negative_slope=0.1)", Activations.relu().negativeSlope(0.1)),
          Map.entry("relu(max_value=6)", Activations.relu().maxValue(6)),
          Map.entry("relu(max_value=2.5)", Activations.relu().maxValue(2.5)),
          Map.entry("relu(threshold=0.5)", Activations.relu().threshold(0.5)),
          Map.entry(
              "relu(negative_slope=0.1, max_value=3, threshold=1)",
              Activations.relu().threshold(1).maxValue(3).negativeSlope(0.1)),
          Map.entry(
              "relu(negative_slope=0.3, max_value=6)",
              Activations.relu().negativeSlope(0.3).maxValue(6)),
          Map.entry("leaky_relu(0.35)", Activations.leakyRelu(0.35)),
          Map.entry("celu(0.7)", Activations.celu(0.7)),
          Map.entry("elu(1.6)", Activations.elu(1.6)),
          Map.entry("squareplus(2.5)", Activations.squareplus(2.5)),
          Map.entry("soft_shrink(1)", Activations.softShrink(1)),
          Map.entry("gelu(True)", Activations.gelu(true)),
          Map.entry("threshold(0.5, -3)", Activations.threshold(0.5, -3)),
          Map.entry("hard_shrink(1)", Activations.hardShrink(1)));

  private static List<String> defaults() {
    return DEFAULTS.at("cases").keys();
  }

  private static List<String> withArguments() {
    return ARGUMENTS.at("cases").keys();
  }

  private static List<String> axes() {
    return AXES.at("cases").keys();
  }

  @ParameterizedTest
  @MethodSource("defaults")
  void computesWhatKerasComputes(String name) {
    check(Activations.get(name), DEFAULTS, name);
  }

  @ParameterizedTest
  @MethodSource("withArguments")
  void takesKerassArguments(String name) {
    check(WITH_ARGUMENTS.get(name), ARGUMENTS, name);
  }

  @ParameterizedTest
  @MethodSource("axes")
  void worksAlongAnyAxis(String name) {
    int axis = Integer.parseInt(name.replaceAll(".*\\(|\\)", ""));
    Activation activation =
        switch (name.substring(0, name.indexOf('('))) {
          case "softmax" -> Activations.softmax(axis);
          case "log_softmax" -> Activations.logSoftmax(axis);
          case "sparsemax" -> Activations.sparsemax(axis);
          default -> Activations.glu(axis);
        };
    Golden expected = AXES.at("cases").at(name);
    List<FloatNdArray> got =
        run(activation, AXES.array("x"), AXES.array("dy"), Shape.of(expected.shape("y")));
    assertThatArray(got.get(0)).isCloseTo(expected.array("y"));
    assertThatArray(got.get(1)).isCloseTo(expected.array("dx"));
  }

  private static void check(Activation activation, Golden file, String name) {
    Golden cases = file.at("cases").at(name);
    Golden near = cases.at("near");
    List<FloatNdArray> got = run(activation, file.at("near"), near);
    assertThatArray(got.get(0)).as("y near 0").isCloseTo(near.array("y"));
    assertThatArray(got.get(1)).as("dx near 0").isCloseTo(near.array("dx"));

    Golden far = cases.at("far");
    got = run(activation, file.at("far"), far);
    assertEachClose("y far out", got.get(0), far.array("y"), 0.1);
    assertEachClose("dx far out", got.get(1), far.array("dx"), 0.1);
  }

  private static List<FloatNdArray> run(Activation activation, Golden given, Golden expected) {
    return run(activation, given.array("x"), given.array("dy"), Shape.of(expected.shape("y")));
  }

  private static List<FloatNdArray> run(
      Activation activation, FloatNdArray x, FloatNdArray dy, Shape shape) {
    Index[] within = new Index[shape.numDimensions()];
    Arrays.setAll(within, axis -> Indices.range(0, shape.get(axis)));
    return InGraph.run(
        List.of(x, dy.slice(within)),
        (tf, inputs) -> {
          Operand<TFloat32> y = activation.call(tf, inputs.get(0));
          return List.of(y, InGraph.gradient(tf, y, inputs.get(0), inputs.get(1)));
        });
  }

  @Test
  void findsWhateverKerasFindsByName() {
    for (String name : NAMES.keys()) {
      Activation found = Activations.get(name);
      assertThat(found.name()).as(name).isEqualTo(NAMES.text(name));
      assertThat(Activations.serialize(found)).isEqualTo(NAMES.text(name));
      assertThat(Activations.get(name)).isSameAs(found);
    }
  }

  @Test
  void offersEachNameAsAMethod() {
    assertThat(
            Stream.of(
                    Activations.relu(),
                    Activations.leakyRelu(),
                    Activations.relu6(),
                    Activations.softmax(),
                    Activations.celu(),
                    Activations.elu(),
                    Activations.selu(),
                    Activations.softplus(),
                    Activations.softsign(),
                    Activations.squareplus(),
                    Activations.softShrink(),
                    Activations.sparsePlus(),
                    Activations.silu(),
                    Activations.gelu(),
                    Activations.glu(),
                    Activations.tanh(),
                    Activations.tanhShrink(),
                    Activations.sigmoid(),
                    Activations.sparseSigmoid(),
                    Activations.exponential(),
                    Activations.hardSigmoid(),
                    Activations.hardSilu(),
                    Activations.hardTanh(),
                    Activations.hardShrink(),
                    Activations.linear(),
                    Activations.mish(),
                    Activations.logSoftmax(),
                    Activations.logSigmoid(),
                    Activations.sparsemax())
                .map(Activation::name))
        .containsExactlyInAnyOrderElementsOf(defaults());
  }

  @Test
  void takesALambda() {
    Activation twice = (tf, x) -> tf.math.add(x, x);
    TensorFunction thrice = (tf, x) -> tf.math.mul(x, tf.constant(3f));

    assertThat(Activations.get(twice)).isSameAs(twice);
    assertThat(twice.name()).isEqualTo("<lambda>");
    FloatNdArray x = NdArrays.vectorOf(1f, -2f);
    assertThatArray(run(Activations.get(thrice), x, NdArrays.vectorOf(1f, 5f), x.shape()).get(1))
        .isCloseTo(3, 15);
  }

  @Test
  void isLinearWhereNoneIsNamed() {
    assertThat(Activations.get(null)).isSameAs(Activations.linear());
  }

  @Test
  void listsTheNamesWhenOneIsUnknown() {
    assertThatThrownBy(() -> Activations.get("sofmax"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(
            "\"sofmax\" is not known",
            "relu, leaky_relu",
            "hard_swish",
            "Did you mean \"softmax\"?");
    assertThatThrownBy(() -> Activations.get("threshold"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("activation(Activations.threshold(0.5, 0))");
  }

  @Test
  void writesArgumentsAsTheLayerThatHasThem() {
    assertSame(Activations.elu(0.5), "elu");
    assertSame(Activations.leakyRelu(0.3), "leaky_relu");
    assertSame(Activations.relu().maxValue(6).threshold(1), "relu");
    assertSame(Activations.softmax(1), "softmax");
    assertThat(Activations.serialize(Activations.relu().negativeSlope(0))).isEqualTo("relu");
  }

  private static void assertSame(Activation activation, String name) {
    Golden expected = Golden.load("activations/written");
    Configs.assertSame(Map.of("activation", Activations.serialize(activation)), expected, name);
  }

  @Test
  void refusesToWriteWhatKerasCannotWriteEither() {
    assertThatThrownBy(() -> Activations.serialize(Activations.celu(0.5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            Activation celu(alpha=0.5): its arguments cannot be written into a configuration.
              expected: one of Keras's activations, by its name
              got:      celu(alpha=0.5)
              fix:      use a function that Activations.get finds by its name""");
    assertThatThrownBy(() -> Activations.serialize((tf, x) -> x))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a function of your own cannot be written")
        .hasMessageContaining("<lambda>");
  }

  @Test
  void rejectsAnAxisThatIsNotThere() {
    FloatNdArray x = NdArrays.ofFloats(Shape.of(2, 3));
    assertThatThrownBy(() -> run(Activations.softmax(2), x, x, x.shape()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("softmax", "axis 2");
    assertThatThrownBy(() -> run(Activations.glu(), x, x, x.shape()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("glu", "even");
  }
}
