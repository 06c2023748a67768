package keras.internal.rnn;

import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import keras.backend.Variable;
import keras.internal.graph.AssumedGpu;
import keras.internal.graph.Engine;
import keras.internal.graph.MaskedTensor;
import keras.internal.graph.ProgramBuilder;
import keras.internal.graph.Shards;
import keras.internal.graph.Tape;
import keras.layers.GRU;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.layers.LayerAccess;
import keras.layers.Recurrent;
import keras.testing.Golden;
import keras.utils.FloatArrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * All around cuDNN's ops, without the ops: they need a GPU. The golden files hold what Keras gives
 * the op and what it makes of the results, forward and back. Here the same results are put in the
 * place of the ops'.
 */
class CudnnRecurrenceTest {

  static Stream<Arguments> cases() {
    return Stream.of(CudnnMode.values())
        .filter(CudnnMode::isKerasOnGpu)
        .flatMap(mode -> CudnnModeTest.cases(mode).map(each -> Arguments.of(mode, each)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("cases")
  void givesTheOpsWhatKerasGivesThemAndMakesTheSameOfTheResults(CudnnMode mode, String name) {
    Golden golden = CudnnModeTest.golden(mode, name);
    Golden op = golden.at("op");
    Recurrent<?> layer = layer(mode, golden.at("layer").json());
    Shape shape = Shape.of(golden.shape("x"));
    layer.callAll(new Input(shape).tensor());
    layer.setWeights(golden.arrays("weights"));
    List<Variable> variables = new ArrayList<>();
    variables.add(variable("x", golden.array("x")));
    golden.arrays("start").forEach(state -> variables.add(variable("state", state)));
    List<Variable> starts = List.copyOf(variables);
    variables.addAll(layer.weights());
    List<FloatNdArray> values =
        variables.stream().map(each -> FloatArrays.wrap(each.floats(), sizes(each))).toList();

    try (Engine engine = AssumedGpu.engine(true)) {
      engine.attach(variables);
      engine.attach(LayerAccess.seedStates(layer));
      ProgramBuilder program = engine.program();
      Ops tf = program.tf();
      Tape tape = new Tape(program, new Shards(program, program.input(shape), 1), 0, true);
      List<MaskedTensor> inputs =
          tape.ops(List.of(), (context, none) -> starts.stream().map(context::weight).toList());
      List<Operand<TFloat32>> outputs =
          LayerAccess.forward(layer, tape, inputs).stream().map(MaskedTensor::tensor).toList();
      Map<Variable, Operand<TFloat32>> gradients =
          tape.gradients(List.of(loss(tape, outputs, golden.arrays("factors"))));

      GraphOperation forward = only(tf, "CudnnRNNV3");
      GraphOperation back = only(tf, "CudnnRNNBackpropV3");
      Map<Operand<TFloat32>, FloatNdArray> given = new LinkedHashMap<>();
      for (int i = 0; i < values.size(); i++) {
        given.put(program.value(variables.get(i)), values.get(i));
      }
      give(given, forward, op.arrays("out"));
      give(given, back, op.arrays("gradients_out"));
      Map<Operand<?>, FloatNdArray> expected = new LinkedHashMap<>();
      expect(expected, forward, 0, op.arrays("in"));
      expect(expected, back, 0, op.arrays("in"));
      expect(expected, back, 8, op.arrays("gradients_in"));
      List<FloatNdArray> results = golden.arrays("outputs");
      IntStream.range(0, results.size())
          .forEach(i -> expected.put(tf.identity(outputs.get(i)), results.get(i)));
      List<FloatNdArray> found = golden.arrays("gradients");
      IntStream.range(0, found.size())
          .forEach(i -> expected.put(gradients.get(variables.get(i)), found.get(i)));

      assertThat(outputs).hasSameSizeAs(results);
      List<FloatNdArray> actual = AssumedGpu.run(tf, given, List.copyOf(expected.keySet()));
      int next = 0;
      for (Map.Entry<Operand<?>, FloatNdArray> each : expected.entrySet()) {
        assertThatArray(actual.get(next++))
            .as("%s: %s", name, each.getKey().asOutput())
            .isCloseTo(each.getValue());
      }
      checkShapes(forward, op.arrays("out"));
      checkShapes(back, op.arrays("gradients_out"));
    }
  }

  private static Recurrent<?> layer(CudnnMode mode, JsonNode arguments) {
    int units = arguments.get("units").intValue();
    Recurrent<?> layer = mode == CudnnMode.GRU ? new GRU(units) : new LSTM(units);
    return layer
        .returnSequences(arguments.path("return_sequences").booleanValue())
        .returnState(arguments.path("return_state").booleanValue())
        .goBackwards(arguments.path("go_backwards").booleanValue());
  }

  private static Variable variable(String name, FloatNdArray values) {
    return Variable.of(name, values.shape(), FloatArrays.values(values), true);
  }

  private static long[] sizes(Variable variable) {
    return variable.shape().asArray();
  }

  private static Operand<TFloat32> loss(
      Tape tape, List<Operand<TFloat32>> outputs, List<FloatNdArray> factors) {
    return tape.ops(
            outputs,
            (context, own) -> {
              Ops tf = context.tf();
              List<Operand<TFloat32>> sums = new ArrayList<>();
              for (int i = 0; i < own.size(); i++) {
                Operand<TFloat32> product = tf.math.mul(own.get(i), tf.constant(factors.get(i)));
                sums.add(tf.sum(tf.reshape(product, tf.constant(new int[] {-1})), tf.constant(0)));
              }
              return List.of(tf.math.addN(sums));
            })
        .get(0)
        .tensor();
  }

  private static GraphOperation only(Ops tf, String type) {
    List<GraphOperation> found = AssumedGpu.ops(tf, type);
    assertThat(found).as(type).hasSize(1);
    return found.get(0);
  }

  private static void give(
      Map<Operand<TFloat32>, FloatNdArray> given, GraphOperation op, List<FloatNdArray> results) {
    for (int i = 0; i < results.size(); i++) {
      given.put(op.<TFloat32>output(i), results.get(i));
    }
  }

  private static void expect(
      Map<Operand<?>, FloatNdArray> expected,
      GraphOperation op,
      int first,
      List<FloatNdArray> values) {
    for (int i = 0; i < values.size(); i++) {
      expected.put(op.input(first + i), values.get(i));
    }
  }

  /** Compares the shapes that TensorFlow infers with those that the layer expects. */
  private static void checkShapes(GraphOperation op, List<FloatNdArray> results) {
    for (int i = 0; i < results.size(); i++) {
      assertThat(op.output(i).shape())
          .as("output %s of %s", i, op)
          .isEqualTo(results.get(i).shape());
    }
  }
}
