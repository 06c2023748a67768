package keras.layers;

import static keras.layers.Input.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import keras.internal.graph.Engine;
import keras.internal.graph.MaskedTensor;
import keras.internal.graph.ProgramBuilder;
import keras.internal.graph.Shards;
import keras.internal.graph.Tape;
import keras.models.Sequential;
import keras.testing.LayerCheck;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

class TimeDistributedTest {

  private static LayerCheck check(Layer<?> inside, String name) {
    return LayerCheck.of(new TimeDistributed(inside)).golden("layers/time_distributed", name);
  }

  @Test
  void appliesTheSameWeightsToEachTimestep() {
    check(new Dense(3), "dense").input(2, 3, 4).outputShape(2, 3, 3).trainable(2).run();
  }

  @Test
  void passesAMaskOn() {
    check(new Dense(3).activation("softmax"), "softmax")
        .input(2, 3, 4)
        .outputShape(2, 3, 3)
        .trainable(2)
        .run();
  }

  @Test
  void wrapsLayersWithoutWeights() {
    check(new Activation("relu"), "activation").input(2, 3, 4).outputShape(2, 3, 4).run();
    check(new Flatten(), "flatten").input(2, 3, 4, 2).outputShape(2, 3, 8).run();
    check(new Flatten(), "flatten of numbers").input(2, 3, 4).outputShape(2, 3, 4).run();
    check(new Reshape(2, -1), "reshape").input(2, 3, 4).outputShape(2, 3, 2, 2).run();
    check(new RepeatVector(2), "repeat_vector").input(2, 3, 4).outputShape(2, 3, 2, 4).run();
    check(new Permute(2, 1), "permute").input(2, 3, 4, 2).outputShape(2, 3, 2, 4).run();
  }

  @Test
  void leavesOutTheMaskOfAMaskingInside() {
    check(new Masking(), "masking").input(2, 3, 4, 2).outputShape(2, 3, 4, 2).run();
    check(new Masking(), "masking under a mask").input(2, 3, 4, 2).outputShape(2, 3, 4, 2).run();
  }

  @Test
  void wrapsAnother() {
    check(new TimeDistributed(new Dense(3)), "another")
        .input(2, 3, 4, 2)
        .outputShape(2, 3, 4, 3)
        .trainable(2)
        .run();
    check(new TimeDistributed(new Dense(3)), "another under a mask")
        .input(2, 3, 4, 2)
        .outputShape(2, 3, 4, 3)
        .trainable(2)
        .run();
  }

  @Test
  void leavesOutTheActivityRegularizerOfWhatItWraps() {
    check(new Dense(3).activityRegularizer("l2"), "activity_regularizer inside")
        .input(2, 3, 4)
        .outputShape(2, 3, 3)
        .trainable(2)
        .run();
  }

  @Test
  void addsItsOwnActivityRegularizerToTheLoss() {
    LayerCheck.of(new TimeDistributed(new Dense(3)).activityRegularizer("l2"))
        .golden("layers/time_distributed", "activity_regularizer")
        .input(2, 3, 4)
        .outputShape(2, 3, 3)
        .trainable(2)
        .run();
  }

  @Test
  void freezesWhatItWraps() {
    LayerCheck.of(new TimeDistributed(new Dense(3)).trainable(false))
        .golden("layers/time_distributed", "frozen")
        .input(2, 3, 4)
        .outputShape(2, 3, 3)
        .run();
  }

  @Test
  void dropsOtherNumbersInEachTimestepAsKerasDoes() {
    check(new Dropout(0.4).seed(7), "dropout")
        .input(2, 3, 4)
        .outputShape(2, 3, 4)
        .fixedTime() // one mask for all timesteps if their number is unknown
        .run();
    check(new Dropout(0.4).noiseShape(1, null, 1).seed(8), "dropout of the same")
        .input(3, 2, 4, 2)
        .outputShape(3, 2, 4, 2)
        .fixedTime() // one mask for all timesteps if their number is unknown
        .run();
    check(new TimeDistributed(new Dropout(0.4).seed(9)), "dropout in another")
        .input(2, 3, 2, 4)
        .outputShape(2, 3, 2, 4)
        .fixedTime() // one mask for all timesteps if their number is unknown
        .run();
  }

  @Test
  void dropsTheSameInAllTimestepsIfTheirNumberIsUnknownAsKerasDoes() {
    check(new Dropout(0.4).seed(7), "dropout, unknown timesteps")
        .input(3, 3, 4)
        .outputShape(3, 3, 4)
        .run();
    check(new TimeDistributed(new Dropout(0.4).seed(9)), "dropout in another, unknown timesteps")
        .input(2, 2, 3, 4)
        .outputShape(2, 2, 3, 4)
        .run();
  }

  @Test
  void hidesTheLogitsOfASoftmaxFromTheLoss() {
    TimeDistributed wrapper = new TimeDistributed(new Dense(3).activation("softmax"));
    Dense bare = new Dense(3).activation("softmax");
    Shape shape = Shape.of(2, 3, 4);
    wrapper.call(new Input(shape).tensor());
    bare.call(new Input(shape).tensor());
    try (Engine engine = new Engine()) {
      ProgramBuilder program = engine.program();
      Operand<TFloat32> x = program.input(shape);
      Tape tape = new Tape(program, new Shards(program, x, 1), 0, true);
      assertThat(bare.forward(tape, List.of(new MaskedTensor(x))).get(0).logits()).isNotNull();
      assertThat(wrapper.forward(tape, List.of(new MaskedTensor(x))).get(0).logits()).isNull();
    }
  }

  @Test
  void rejectsInputsWithoutTimesteps() {
    Input input = new Input(Input.shape(4));
    TimeDistributed layer = new TimeDistributed(new Dense(3)).name("each");
    assertThatThrownBy(() -> layer.call(input.tensor()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            TimeDistributed "each": it wants at least 3 dimensions.
              expected: (batch, timesteps, ...)
              got:      (?, 4)
              fix:      give samples of several timesteps, shape(timesteps, features); a recurrent layer before it needs returnSequences(true)""");
  }

  @Test
  void rejectsAMaskThatDoesNotReachTheTimestepsInside() {
    TimeDistributed layer =
        new TimeDistributed(new TimeDistributed(new Dense(3)).name("inner")).name("outer");
    Shape shape = Shape.of(2, 3, 4, 5);
    layer.call(new Input(shape).tensor());
    try (Engine engine = new Engine()) {
      ProgramBuilder program = engine.program();
      Operand<TFloat32> x = program.input(shape);
      Tape tape = new Tape(program, new Shards(program, x, 1), 0, true);
      MaskedTensor masked =
          new MaskedTensor(x)
              .withMask(program.tf().constant(new boolean[][] {{true, false, true}}));
      assertThatThrownBy(() -> layer.forward(tape, List.of(masked)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              """
              TimeDistributed "outer": TimeDistributed "inner" works with masks, but a timestep \
              has no mask to give.
                expected: a mask for the timesteps within a timestep, (batch, timesteps, timesteps)
                got:      a mask (1, 3)
                fix:      put Masking right before this layer, or none before it""");
    }
  }

  @Test
  void rejectsNoLayer() {
    assertThatThrownBy(() -> new TimeDistributed(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            TimeDistributed: there is no layer to wrap.
              expected: a layer
              got:      null
              fix:      new TimeDistributed(new Dense(1))""");
  }

  @Test
  void saysThatARecurrentLayerGoesOverTheTimestepsItself() {
    assertThatThrownBy(
            () -> new Sequential(new Input(shape(4, 3)), new TimeDistributed(new LSTM(3))).close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("leave TimeDistributed out");
  }
}
