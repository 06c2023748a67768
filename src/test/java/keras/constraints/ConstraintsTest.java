package keras.constraints;

import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import keras.backend.TensorFunction;
import keras.internal.graph.Engine;
import keras.internal.graph.Program;
import keras.internal.graph.ProgramBuilder;
import keras.testing.Configs;
import keras.testing.Fluent;
import keras.testing.Golden;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

class ConstraintsTest {
  private final Golden golden = Golden.load("constraints/constraints");

  private static Constraint make(Golden each) {
    return (Constraint) Fluent.make("keras.constraints", each.text("class"), each.at("arguments"));
  }

  @Test
  void givesTheWeightThatKerasGives() {
    for (Golden each : golden.all("cases")) {
      try (Engine engine = new Engine()) {
        ProgramBuilder program = engine.program();
        program.output(make(each).call(program.tf(), program.input(each.array("w").shape())));

        assertThatArray(program.build(Program.Threads.CALLER).run(each.array("w")).get(0))
            .as(each + " " + each.text("class"))
            .isCloseTo(each.array("constrained"));
      }
    }
  }

  @Test
  void writesItsArgumentsAsKerasDoes() {
    for (Golden each : golden.all("cases")) {
      Configs.assertSame(make(each).getConfig(), each, "config");
    }
    assertThat(Constraints.serialize(new MaxNorm(3).axis(0, 1)))
        .hasToString(
            "{module=keras.constraints, class_name=MaxNorm,"
                + " config={max_value=3.0, axis=[0, 1]}, registered_name=null}");
    assertThat(Constraints.serialize(null)).isNull();
    TensorFunction own = (tf, w) -> w;
    assertThat(Constraints.serialize(own)).containsEntry("class_name", "function");
  }

  @Test
  void knowsTheNamesThatKerasKnowsWithTheirDefaults() {
    Golden names = golden.at("names");
    for (String name : names.keys()) {
      Configs.assertSame(((Constraint) Constraints.get(name)).getConfig(), names, name);
    }
  }

  @Test
  void acceptsInstancesFunctionsAndNull() {
    NonNeg nonNeg = new NonNeg();
    TensorFunction own = (tf, w) -> w;

    assertThat(Constraints.get(nonNeg)).isSameAs(nonNeg);
    assertThat(Constraints.get(own)).isSameAs(own);
    assertThat(Constraints.get(null)).isNull();
  }

  @Test
  void refusesAnAxisThatTheWeightLacks() {
    List<Constraint> all =
        List.of(new MaxNorm().axis(7), new MinMaxNorm().axis(0, -3), new UnitNorm().axis(2));
    for (Constraint each : all) {
      try (Graph graph = new Graph()) {
        Ops tf = Ops.create(graph);
        Operand<TFloat32> w = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(4, 3)));
        assertThatThrownBy(() -> each.call(tf, w))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith(each.getClass().getSimpleName() + ": the weight has no axis ")
            .hasMessageContainingAll(
                "expected: axes from -2 to 1", "for a weight (4, 3)", "fix:      axis(0)");
      }
    }
  }

  @Test
  void rejectsWhatIsNoConstraint() {
    assertThatThrownBy(() -> Constraints.get("nonneg_"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("max_norm, MaxNorm", "Did you mean \"non_neg\"?");
    assertThatThrownBy(() -> Constraints.get(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: a name, a Constraint, a TensorFunction or null");
  }
}
