package keras.internal.trainers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import keras.backend.Variable;
import keras.internal.graph.AssumedGpu;
import keras.internal.graph.Engine;
import keras.internal.graph.MaskedTensor;
import keras.internal.graph.Tape;
import keras.layers.Dense;
import keras.layers.GRU;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.layers.Layer;
import keras.layers.LayerAccess;
import keras.layers.Masking;
import keras.layers.Recurrent;
import keras.layers.SimpleRNN;
import keras.layers.TimeDistributed;
import keras.models.Sequential;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.NodeDef;

/** Which ops a model's programs have, with a GPU and without one. The programs are not run. */
class CudnnChoiceTest {

  private static final String FORWARD = "CudnnRNNV3";
  private static final String BACK = "CudnnRNNBackpropV3";
  private static final String FUSED = "BlockLSTMV2";
  private static final long BATCH = 64;
  private static final Shape SMALL = Shape.of(BATCH, 6, 3);

  static Stream<Supplier<Recurrent<?>>> taken() {
    return Stream.of(
        () -> new LSTM(5),
        () -> new LSTM(5).returnSequences(true),
        () -> new LSTM(5).goBackwards(true),
        () -> new LSTM(5).stateful(true),
        () -> new LSTM(5).dropout(0.3),
        () -> new LSTM(5).activation("tanh").recurrentActivation("sigmoid"),
        () -> new LSTM(5).unitForgetBias(false).kernelRegularizer("l2"),
        () -> new GRU(5),
        () -> new GRU(5).returnSequences(true),
        () -> new GRU(5).goBackwards(true),
        () -> new GRU(5).stateful(true),
        () -> new GRU(5).dropout(0.3),
        () -> new GRU(5).activation("tanh").recurrentActivation("sigmoid").resetAfter(true),
        () -> new GRU(5).kernelRegularizer("l2"));
  }

  @ParameterizedTest
  @MethodSource("taken")
  void trainsOverCudnnOnAGpu(Supplier<Recurrent<?>> layer) {
    assertThat(trainingOps(true, layer.get()))
        .containsOnlyOnce(FORWARD, BACK)
        .doesNotContain(FUSED, "Sigmoid", "Tanh", "While", "StatelessWhile");
  }

  @ParameterizedTest
  @MethodSource("taken")
  void hasNoOpOfCudnnWithoutAGpu(Supplier<Recurrent<?>> layer) {
    assertThat(trainingOps(false, layer.get()))
        .containsAnyOf(FUSED, "Sigmoid")
        .doesNotContain(FORWARD, BACK);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        refused("LSTM, activation", new LSTM(5).activation("relu")),
        refused("LSTM, no activation", new LSTM(5).activation("linear")),
        refused("LSTM, recurrent_activation", new LSTM(5).recurrentActivation("hard_sigmoid")),
        refused("LSTM, recurrent_dropout", new LSTM(5).recurrentDropout(0.2)),
        refused("LSTM, unroll", new LSTM(5).unroll(true)),
        refused("LSTM, use_bias", new LSTM(5).useBias(false)),
        refused("LSTM, mask", new Masking(), new LSTM(5)),
        refused("GRU, activation", new GRU(5).activation("relu")),
        refused("GRU, no activation", new GRU(5).activation("linear")),
        refused("GRU, recurrent_activation", new GRU(5).recurrentActivation("hard_sigmoid")),
        refused("GRU, recurrent_dropout", new GRU(5).recurrentDropout(0.2)),
        refused("GRU, unroll", new GRU(5).unroll(true)),
        refused("GRU, use_bias", new GRU(5).useBias(false)),
        refused("GRU, reset_after", new GRU(5).resetAfter(false)),
        refused("GRU, mask", new Masking(), new GRU(5)),
        refused("SimpleRNN", new SimpleRNN(5)));
  }

  private static Arguments refused(String why, Layer<?>... layers) {
    return Arguments.of(why, layers);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void goesAnotherWayOnAGpuWhereKerasDoes(String why, Layer<?>[] layers) {
    assertThat(trainingOps(true, layers)).contains("MatMul").doesNotContain(FORWARD, BACK);
  }

  @Test
  void stacksLayersOverCudnn() {
    List<String> ops =
        trainingOps(
            true,
            new LSTM(5).returnSequences(true),
            new SimpleRNN(4).returnSequences(true),
            new GRU(3));

    assertThat(ops).filteredOn(FORWARD::equals).hasSize(2);
    assertThat(ops).filteredOn(BACK::equals).hasSize(2);
  }

  static Stream<Supplier<Recurrent<?>>> kinds() {
    return Stream.of(() -> new LSTM(5), () -> new GRU(5));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void takesSequencesThatAWrapperHandsOut(Supplier<Recurrent<?>> layer) {
    Shape samples = Shape.of(BATCH, 4, 6, 3);

    assertThat(types(nodes(true, true, samples, new TimeDistributed(layer.get()))))
        .containsOnlyOnce(FORWARD, BACK);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void takesSequencesOfUnknownLength(Supplier<Recurrent<?>> layer) {
    Shape samples = Shape.of(-1, -1, 3);

    assertThat(types(nodes(true, true, samples, layer.get().returnSequences(true))))
        .containsOnlyOnce(FORWARD, BACK);
  }

  @Test
  void doesNotCutTheBatchOnAGpu() {
    Shape large = Shape.of(BATCH, 40, 30);

    assertThat(types(nodes(true, true, large, new LSTM(50)))).containsOnlyOnce(FORWARD, BACK);
    assertThat(types(nodes(true, true, large, new LSTM(50).useBias(false))))
        .containsOnlyOnce(FUSED);
    assertThat(types(nodes(false, true, large, new LSTM(50))))
        .filteredOn(FUSED::equals)
        .hasSize((int) Math.min(Engine.cores(), BATCH));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void remembersWhatTheWayBackNeedsInTrainingOnly(Supplier<Recurrent<?>> layer) {
    List<NodeDef> training = nodes(true, true, SMALL, layer.get());
    List<NodeDef> testing = nodes(true, false, SMALL, layer.get());

    assertThat(only(training, FORWARD).getAttrOrThrow("is_training").getB()).isTrue();
    assertThat(only(testing, FORWARD).getAttrOrThrow("is_training").getB()).isFalse();
    assertThat(types(testing)).doesNotContain(BACK);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void tellsBothOpsTheSame(Supplier<Recurrent<?>> layer) {
    List<NodeDef> nodes = nodes(true, true, SMALL, layer.get());
    String mode = layer.get() instanceof GRU ? "gru" : "lstm";

    for (String op : List.of(FORWARD, BACK)) {
      NodeDef node = only(nodes, op);
      assertThat(node.getAttrOrThrow("rnn_mode").getS().toStringUtf8()).isEqualTo(mode);
      assertThat(node.getAttrOrThrow("time_major").getB()).isTrue();
      assertThat(node.getAttrOrThrow("input_mode").getS().toStringUtf8()).isEqualTo("linear_input");
      assertThat(node.getAttrOrThrow("direction").getS().toStringUtf8())
          .isEqualTo("unidirectional");
      assertThat(node.getAttrOrThrow("dropout").getF()).isZero();
      assertThat(node.getAttrOrThrow("num_proj").getI()).isZero();
    }
  }

  @Test
  void leavesItToTensorFlowWhereAnOpRuns() {
    assertThat(nodes(true, true, SMALL, new LSTM(5)))
        .extracting(NodeDef::getDevice)
        .containsOnly("");
  }

  private static List<String> trainingOps(boolean gpu, Layer<?>... layers) {
    return types(nodes(gpu, true, SMALL, layers));
  }

  private static List<String> types(List<NodeDef> nodes) {
    return nodes.stream().map(NodeDef::getOp).toList();
  }

  private static NodeDef only(List<NodeDef> nodes, String type) {
    List<NodeDef> found = nodes.stream().filter(node -> node.getOp().equals(type)).toList();
    assertThat(found).as(type).hasSize(1);
    return found.get(0);
  }

  /** The graph of a model's program to train with, or to test with. */
  private static List<NodeDef> nodes(
      boolean gpu, boolean training, Shape samples, Layer<?>... layers) {
    try (Engine engine = AssumedGpu.engine(gpu);
        Sequential model = new Sequential()) {
      model.add(new Input(samples));
      Stream.of(layers).forEach(model::add);
      model.add(new Dense(2));
      CompileArguments arguments = new CompileArguments();
      arguments.loss = "mse";
      arguments.optimizer = "adam";
      arguments.metrics = List.of("mae");
      Compiled compiled = new Compiled(arguments, null, new InEngine(model, engine));
      compiled.optimizer().build(model.weights().stream().filter(Variable::trainable).toList());
      // Afterwards there are ops in the graph that cannot run here.
      engine.attach(model.weights());
      engine.attach(compiled.optimizer().variables());
      for (Layer<?> layer : layers) {
        engine.attach(LayerAccess.seedStates(layer));
        engine.attach(layer instanceof Recurrent<?> recurrent ? recurrent.states() : List.of());
      }
      Ops tf = engine.program().tf();
      StepBuilder.step(
          new InEngine(model, engine),
          compiled,
          List.of(samples),
          List.of(new TargetShapes(model.outputShape(), null)),
          training,
          null);
      return AssumedGpu.graph(tf).toGraphDef().getNodeList();
    }
  }

  /** A model as its trainer sees it, in an engine that was given. */
  private record InEngine(Sequential model, Engine engine) implements Network {
    @Override
    public String name() {
      return model.name();
    }

    @Override
    public List<Shape> inputShapes() {
      return List.of(model.inputShape());
    }

    @Override
    public List<Shape> outputShapes() {
      return List.of(model.outputShape());
    }

    @Override
    public List<List<MaskedTensor>> forward(List<Tape> tapes, List<List<MaskedTensor>> inputs) {
      return LayerAccess.forward(model, tapes, inputs);
    }

    @Override
    public List<Variable> weights() {
      return model.weights();
    }

    @Override
    public void forgetPrograms() {
      engine.forgetPrograms();
    }

    @Override
    public boolean needsWholeBatch() {
      return false;
    }

    @Override
    public boolean isStateful() {
      return LayerAccess.isStateful(model);
    }
  }
}
