package keras.regularizers;

import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import keras.backend.TensorFunction;
import keras.internal.graph.Engine;
import keras.internal.graph.Program;
import keras.internal.graph.ProgramBuilder;
import keras.testing.Configs;
import keras.testing.Fluent;
import keras.testing.Golden;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class RegularizersTest {
  private final Golden golden = Golden.load("regularizers/regularizers");

  private static TensorFunction make(Golden each) {
    return (TensorFunction)
        Fluent.make("keras.regularizers", each.text("class"), each.at("arguments"));
  }

  private static FloatNdArray penalty(TensorFunction regularizer, FloatNdArray x, Shape shape) {
    try (Engine engine = new Engine()) {
      ProgramBuilder program = engine.program();
      Operand<TFloat32> input = program.input(shape);
      program.output(regularizer.call(program.tf(), input));
      return program.build(Program.Threads.CALLER).run(x).get(0);
    }
  }

  @Test
  void givesThePenaltyThatKerasGives() {
    for (Golden each : golden.all("cases")) {
      FloatNdArray x = each.array("x");

      assertThatArray(penalty(make(each), x, x.shape()))
          .as(each + " " + each.text("class"))
          .isCloseTo(each.array("penalty"));
    }
  }

  @Test
  void givesTheSamePenaltyWhenSizesAreUnknown() {
    for (Golden each : golden.all("cases")) {
      FloatNdArray x = each.array("x");
      long[] unknown = x.shape().asArray();
      Arrays.fill(unknown, -1);

      assertThatArray(penalty(make(each), x, Shape.of(unknown)))
          .as(each + " " + each.text("class"))
          .isCloseTo(each.array("penalty"));
    }
  }

  @Test
  void hasTheGradientThatKerasHas() {
    for (Golden each : golden.all("cases")) {
      try (Engine engine = new Engine()) {
        ProgramBuilder program = engine.program();
        Operand<TFloat32> x = program.input(Shape.of(each.shape("x")));
        program.output(gradient(program.tf(), make(each), x));

        assertThatArray(program.build(Program.Threads.CALLER).run(each.array("x")).get(0))
            .as(each + " " + each.text("class"))
            .isCloseTo(each.array("gradient"));
      }
    }
  }

  private static Operand<TFloat32> gradient(
      Ops tf, TensorFunction regularizer, Operand<TFloat32> x) {
    // Of a penalty that does not depend on x there would be no gradient, in place of zeros.
    Operand<TFloat32> penalty = tf.math.add(regularizer.call(tf, x), new L1(0).call(tf, x));
    return tf.gradients(List.of(penalty), List.of(x)).dy(0);
  }

  @Test
  void writesItsArgumentsAsKerasDoes() {
    for (Golden each : golden.all("cases")) {
      Configs.assertSame(((Regularizer) make(each)).getConfig(), each, "config");
    }
    assertThat(Regularizers.serialize(new L2(0.5)))
        .hasToString(
            "{module=keras.regularizers, class_name=L2, config={l2=0.5}, registered_name=null}");
    assertThat(Regularizers.serialize(null)).isNull();
    TensorFunction own = (tf, x) -> tf.constant(0f);
    assertThat(Regularizers.serialize(own)).containsEntry("class_name", "function");
  }

  @Test
  void knowsTheNamesThatKerasKnowsWithTheirDefaults() {
    Golden names = golden.at("names");
    for (String name : names.keys()) {
      Configs.assertSame(((Regularizer) Regularizers.get(name)).getConfig(), names, name);
    }
  }

  @Test
  void acceptsInstancesFunctionsAndNull() {
    L1 l1 = new L1(0.5).l1(0.25);
    TensorFunction own = (tf, x) -> tf.constant(0f);

    assertThat(Regularizers.get(l1)).isSameAs(l1);
    assertThat(Regularizers.get(own)).isSameAs(own);
    assertThat(Regularizers.get(null)).isNull();
  }

  @Test
  void rejectsWhatIsNoRegularizer() {
    assertThatThrownBy(() -> Regularizers.get("l1_l2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Did you mean \"l1l2\"?");
    assertThatThrownBy(() -> Regularizers.get(0.01))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("got:      0.01, a java.lang.Double", "new L2()");
  }

  @Test
  void rejectsFactorsThatMakeNoPenalty() {
    for (double factor : new double[] {-0.1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> new L1(factor)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new L2().l2(factor)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new L1L2().l1(factor)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new OrthogonalRegularizer().factor(factor))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected: a finite number, 0 or more");
    }
    assertThatThrownBy(() -> new OrthogonalRegularizer().mode("row"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Did you mean \"rows\"?");
  }

  @Test
  void rejectsAnythingButAMatrixToMakeOrthogonal() {
    assertThatThrownBy(
            () -> penalty(new OrthogonalRegularizer(), NdArrays.vectorOf(1f, 2f), Shape.of(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: an array of rank 2");
  }
}
