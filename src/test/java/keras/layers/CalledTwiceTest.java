package keras.layers;

import static keras.layers.Input.batchShape;
import static keras.testing.Close.assertThatArray;

import java.util.ArrayList;
import java.util.List;
import keras.internal.graph.Engine;
import keras.internal.graph.MaskedTensor;
import keras.internal.graph.Program;
import keras.internal.graph.ProgramBuilder;
import keras.internal.graph.Shards;
import keras.internal.graph.Tape;
import keras.models.Sequential;
import keras.utils.FloatArrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** A layer that is called twice in one graph does what two calls one after the other do. */
class CalledTwiceTest {

  private static final Shape INPUT = Shape.of(2, 3, 1);
  private static final float[][][] FIRST = {{{1}, {2}, {-1}}, {{0.5f}, {0}, {1}}};
  private static final float[][][] SECOND = {{{-2}, {1}, {3}}, {{1}, {1}, {-0.5f}}};

  /** Runs a graph in which the layer is called on the first input, then on the second. */
  private static List<FloatNdArray> both(Layer<?> layer, int shardCount) {
    try (Engine engine = new Engine()) {
      ProgramBuilder program = engine.program();
      List<Operand<TFloat32>> inputs = List.of(program.input(INPUT), program.input(INPUT));
      Shards shards = new Shards(program, inputs.get(0), shardCount);
      List<List<Operand<TFloat32>>> outputs = List.of(new ArrayList<>(), new ArrayList<>());
      for (int shard = 0; shard < shardCount; shard++) {
        Tape tape = new Tape(program, shards, shard, false);
        for (int call = 0; call < 2; call++) {
          MaskedTensor rows = new MaskedTensor(tape.rows(inputs.get(call)));
          outputs.get(call).add(LayerAccess.forward(layer, tape, List.of(rows)).get(0).tensor());
        }
      }
      shards.assignStates();
      for (List<Operand<TFloat32>> parts : outputs) {
        program.output(
            shardCount == 1 ? parts.get(0) : program.tf().concat(parts, program.tf().constant(0)));
      }
      List<FloatNdArray> results =
          program
              .build(Program.Threads.POOL)
              .run(FloatArrays.of(FIRST, "first"), FloatArrays.of(SECOND, "second"));
      engine.release(layer, LayerAccess.lastingStates(layer));
      return results;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void statefulLayerGoesOnFromItsFirstCall(int shardCount) {
    LSTM expected = new LSTM(2).stateful(true);
    LSTM layer = new LSTM(2).stateful(true);
    layer.call(new Input(batchShape(2, 3, 1)).tensor());
    try (Sequential model = new Sequential(new Input(batchShape(2, 3, 1)), expected)) {
      layer.setWeights(expected.getWeights());
      List<FloatNdArray> found = both(layer, shardCount);
      assertThatArray(found.get(0)).isCloseTo(model.predict(FIRST, p -> p.verbose(0)));
      assertThatArray(found.get(1)).isCloseTo(model.predict(SECOND, p -> p.verbose(0)));
      for (int i = 0; i < 2; i++) {
        assertThatArray(layer.states().get(i).floats())
            .as("state %s", i)
            .isCloseTo(FloatArrays.wrap(expected.states().get(i).floats(), 4));
      }
    }
  }
}
