package keras.models;

import static keras.layers.Input.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Map;
import keras.layers.Add;
import keras.layers.Concatenate;
import keras.layers.Dense;
import keras.layers.Dot;
import keras.layers.GRU;
import keras.layers.Input;
import keras.layers.KerasTensor;
import keras.layers.LSTM;
import keras.ops.Ops;
import org.junit.jupiter.api.Test;

/** Messages about wrong graphs, and about data that does not go with them, are plain. */
class BadGraphsTest {

  private final KerasTensor a = new Input(shape(5, 3)).name("a").tensor();
  private final KerasTensor b = new Input(shape(2)).name("b").tensor();

  private Model twoInputsTwoOutputs() {
    KerasTensor both = new Concatenate().call(List.of(new LSTM(2).call(a), b));
    KerasTensor y = new Dense(1).name("y").call(both);
    Model model = new Model(List.of(a, b), List.of(y, new Dense(2).name("z").call(both)));
    model.compile(c -> c.loss("mse"));
    return model;
  }

  @Test
  void namesTheTensorThatIsNotConnected() {
    KerasTensor y = new Add().name("sum").call(List.of(b, new Dense(2).call(b)));
    KerasTensor other = new Input(shape(2)).tensor();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Model(other, y))
        .withMessageContaining("the graph of layers is disconnected.")
        .withMessageContaining("a tensor of Input \"b\", which is not among them");
  }

  @Test
  void refusesTwoLayersOfOneName() {
    KerasTensor y = new Dense(2).name("d").call(new Dense(2).name("d").call(b));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Model(b, y))
        .withMessage(
            """
            Model: two layers are named "d".
              expected: a name for each layer that no other layer of the model has
              got:      Dense "d" and Dense "d"
              fix:      name("d_2") on one of them""");
  }

  @Test
  void refusesMissingEndsAndAnInputThatIsThereTwice() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Model(List.of(), b))
        .withMessageStartingWith("Model: inputs are missing.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Model(b, (KerasTensor) null))
        .withMessageStartingWith("Model: outputs are missing.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Model(List.of(b, b), b))
        .withMessageStartingWith("Model: an input is there twice.");
  }

  @Test
  void refusesShapesThatCannotBeMerged() {
    KerasTensor c = new Input(shape(3)).tensor();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Add().name("sum").call(List.of(b, c)))
        .withMessage(
            """
            Add "sum": the tensors cannot be merged.
              expected: dimensions that are the same, or 1
              got:      (?, 2), (?, 3)
              fix:      call it on a list of tensors whose shapes go together: call(List.of(a, b))\
            """);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Concatenate().axis(1).call(List.of(a, b)))
        .withMessageContaining("shapes that differ along axis 1 alone");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Dot(1).call(List.of(b, c)))
        .withMessageContaining("axes of the same size");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Dot(3).call(List.of(a, a)))
        .withMessageContaining("axes from 1 to 2; 0 is the batch");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Ops.add(a, b))
        .withMessageContaining("the arguments do not go with each other.");
  }

  @Test
  void leavesALayerAsItWasThatRefusedItsInput() {
    Add sum = new Add();
    KerasTensor c = new Input(shape(3)).tensor();
    assertThatIllegalArgumentException().isThrownBy(() -> sum.call(List.of(b, c)));
    assertThat(sum.name("other").call(List.of(b, b)).shape().asArray()).containsExactly(-1, 2);
  }

  @Test
  void refusesInitialStatesThatDoNotFit() {
    KerasTensor state = new Input(shape(4)).tensor();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LSTM(4).name("lstm").call(a, List.of(state)))
        .withMessage(
            """
            LSTM "lstm": the initial states do not fit.
              expected: 2 states, each (batch, 4)
              got:      (?, 4)
              fix:      take those of a layer with returnState(true) and as many units""");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GRU(3).call(a, List.of(state)))
        .withMessageContaining("1 states, each (batch, 3)");
  }

  @Test
  void refusesToCallALayerOfSeveralOutputsForOne() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LSTM(4).returnState(true).call(a))
        .withMessageContaining("callAll(...), which returns all of them");
  }

  @Test
  void listsWhatTheDataLacks() {
    try (Model model = twoInputsTwoOutputs()) {
      float[][][] x = new float[4][5][3];
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.predictAll(x))
          .withMessageContaining("2 arrays, for a, b");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.predictAll(List.of(x, new float[4][3])))
          .withMessageContaining("a (?, 5, 3), b (?, 2)")
          .withMessageContaining("a (4, 5, 3), b (4, 3)");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.predictAll(Map.of("a", x, "c", x)))
          .withMessageContaining("its names are not those of the model's inputs.");
      List<?> given = List.of(x, new float[4][2]);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.fit(given, new float[4][1]))
          .withMessageContaining("the model needs 2 arrays of targets.");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.fit(given, Map.of("y", new float[4][1], "w", new float[4][1])))
          .withMessageContaining("its names are not those of the model's outputs.");
      assertThatIllegalStateException()
          .isThrownBy(() -> model.predict(given, p -> p.verbose(0)))
          .withMessageContaining("predictAll(...), which returns all outputs");
    }
  }

  @Test
  void refusesLossesForOtherOutputs() {
    try (Model model = twoInputsTwoOutputs()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.compile(c -> c.loss(List.of("mse"))))
          .withMessageContaining("2, one for each of [y, z]");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.compile(c -> c.loss(Map.of("w", "mse"))))
          .withMessageContaining("compile: loss: its names are not those of the model's outputs.");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.compile(c -> c.loss("mse").metrics("mae")))
          .withMessageContaining("compile: metrics: the model has another number of outputs.");
    }
  }
}
