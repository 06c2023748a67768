package keras.layers;

import static keras.layers.Input.shape;
import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import keras.backend.LayerContext;
import keras.backend.Variable;
import keras.internal.graph.Engine;
import keras.internal.graph.MaskedTensor;
import keras.internal.graph.ProgramBuilder;
import keras.internal.graph.Shards;
import keras.internal.graph.Tape;
import keras.models.Sequential;
import keras.utils.FloatArrays;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** Layers of one's own where a batch is cut, and where inputs differ. */
class OwnLayersInShardsTest {

  /** Penalises the sum of its input. */
  private static final class Penalised extends Layer<Penalised> {
    @Override
    protected Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs) {
      context.addLoss(context.tf().sum(inputs, context.tf().constant(new int[] {0, 1})));
      return inputs;
    }
  }

  /** Multiplies by one weight, whatever the width of the input. */
  private static final class Scaled extends Layer<Scaled> {
    private Variable factor;

    @Override
    protected void build(Shape inputShape) {
      factor = addWeight("factor", Shape.of(1), w -> w.initializer("ones"));
    }

    @Override
    protected Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs) {
      return context.tf().math.mul(inputs, context.weight(factor));
    }
  }

  @Test
  void aPenaltyOnPartsOfABatchIsRefused() {
    try (Engine engine = new Engine()) {
      ProgramBuilder program = engine.program();
      Operand<TFloat32> input = program.input(Shape.of(4, 2));
      Tape tape = new Tape(program, new Shards(program, input, 2), 0, true);
      MaskedTensor rows = new MaskedTensor(tape.rows(input));
      assertThatIllegalStateException()
          .isThrownBy(() -> LayerAccess.forward(new Penalised(), tape, java.util.List.of(rows)))
          .withMessageContaining("addLoss: the layer sees only a part of the batch.");
    }
    assertThat(LayerAccess.needsWholeBatch(new Penalised())).isTrue();
    assertThat(LayerAccess.needsWholeBatch(new Dense(1))).isFalse();
  }

  @Test
  void aLayerWhoseWeightsDoNotDependOnTheWidthTakesAny() {
    Scaled scaled = new Scaled();
    try (Sequential two = new Sequential(new Input(shape(2)), scaled);
        Sequential three = new Sequential(new Input(shape(3)), scaled)) {
      two.getLayer(0).weights().get(0).assign(2);
      assertThatArray(two.predict(new float[][] {{1, 2}}, p -> p.verbose(0)))
          .isCloseTo(FloatArrays.of(new float[][] {{2, 4}}, "expected"));
      assertThatArray(three.predict(new float[][] {{1, 2, 3}}, p -> p.verbose(0)))
          .isCloseTo(FloatArrays.of(new float[][] {{2, 4, 6}}, "expected"));
    }
  }
}
