package keras.parity;

import static keras.layers.Input.batchShape;
import static keras.layers.Input.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import keras.backend.TensorFunction;
import keras.layers.Activation;
import keras.layers.Concatenate;
import keras.layers.Dense;
import keras.layers.Dropout;
import keras.layers.Flatten;
import keras.layers.GRU;
import keras.layers.Input;
import keras.layers.KerasTensor;
import keras.layers.LSTM;
import keras.layers.Layer;
import keras.layers.LayerAccess;
import keras.layers.Masking;
import keras.layers.TimeDistributed;
import keras.models.Model;
import keras.models.Sequential;
import keras.ops.Ops;
import keras.optimizers.SGD;
import keras.parity.Difference.Kind;
import keras.regularizers.L2;
import keras.testing.Identifiers;
import keras.utils.FloatArrays;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.FloatNdArray;

class ParityTest {

  private static Path bundle(String name) {
    return Path.of("testdata", "parity", name + ".h5");
  }

  private static Parity parity(String name) {
    return Parity.of(bundle(name));
  }

  private static Sequential echo(Layer<?> lstm, String activation, String loss) {
    Sequential model =
        new Sequential(
            new Input(batchShape(7, 5, 10)),
            lstm,
            new TimeDistributed(new Dense(10).activation(activation)));
    model.compile(c -> c.loss(loss).optimizer("adam").metrics("acc"));
    return model;
  }

  private static Sequential echo(String activation, String loss) {
    return echo(new LSTM(8).returnSequences(true).stateful(true), activation, loss);
  }

  private static Sequential masked(double dropout, TensorFunction penalty) {
    Sequential model =
        new Sequential(
            new Input(shape(null, 3)),
            new Masking(),
            new LSTM(5).returnSequences(true).dropout(0.2).recurrentDropout(0.1),
            new Dropout(dropout),
            new LSTM(4).dropout(0.1),
            new Dense(1).activation("sigmoid").kernelRegularizer(penalty));
    model.compile(c -> c.loss("binary_crossentropy").optimizer("rmsprop").metrics("mae"));
    return model;
  }

  private static Sequential small(Layer<?> layer, Object optimizer, String loss) {
    Sequential model = new Sequential(new Input(shape(2)), layer);
    model.compile(c -> Identifiers.optimizer(c, optimizer).loss(loss));
    return model;
  }

  private static Difference found(ParityReport report) {
    assertThat(report.agrees()).as(report.text()).isFalse();
    return report.difference().orElseThrow();
  }

  // ---- agreement

  @Test
  void agreesWithAStatefulModel() {
    try (Sequential model = echo("softmax", "categorical_crossentropy")) {
      ParityReport report = parity("echo_whole").check(model);

      assertThat(report.agrees()).as(report.text()).isTrue();
      assertThat(report.layers()).isEqualTo(2);
      assertThat(report.steps()).isEqualTo(5);
      assertThat(report.furthest()).isBetween(0.0, 1e-5);
      assertThat(report.hints()).isEmpty();
      assertThat(report.text())
          .startsWith(
              "The Java model agrees with Keras 3.15.1.\n  agree:  2 layers and 5 training");
    }
  }

  @Test
  void agreesWithMasksAndDropsTheSameUnits() {
    try (Sequential model = masked(0.3, new L2())) {
      ParityReport report = parity("masked").check(model);

      assertThat(report.agrees()).as(report.text()).isTrue();
      assertThat(report.layers()).isEqualTo(5);
      assertThat(report.steps()).isEqualTo(4);
    }
  }

  @Test
  void agreesWithAModelThatWasNotBuiltYet() {
    try (Sequential model = new Sequential(new Dense(3))) {
      model.compile(c -> c.loss("mse").optimizer("sgd"));
      ParityReport report = parity("small").check(model);

      assertThat(report.agrees()).as(report.text()).isTrue();
    }
  }

  @Test
  void leavesWeightsAsTheyWere() {
    try (Sequential model = masked(0.3, new L2())) {
      List<float[]> before = values(model.getWeights());
      List<long[]> seeds =
          LayerAccess.seedStates(model).stream().map(seed -> seed.longs()).toList();
      parity("masked").check(model);

      assertThat(values(model.getWeights())).usingRecursiveComparison().isEqualTo(before);
      assertThat(LayerAccess.seedStates(model).stream().map(seed -> seed.longs()).toList())
          .usingRecursiveComparison()
          .isEqualTo(seeds);
    }
  }

  // ---- mistakes

  @Test
  void namesTheLayerWithAWrongActivation() {
    try (Sequential model = echo("sigmoid", "categorical_crossentropy")) {
      ParityReport report = parity("echo_whole").check(model);

      Difference found = found(report);
      assertThat(found.kind()).isEqualTo(Kind.LAYER);
      assertThat(found.index()).isEqualTo(1);
      assertThat(found.name()).isEqualTo("TimeDistributed \"time_distributed\"");
      assertThat(found.what()).isEqualTo("output");
      assertThat(found.shape()).isEqualTo("(7, 5, 10)");
      assertThat(found.wrong()).isEqualTo(350);
      assertThat(found.first().position()).isEqualTo("[0, 0, 0]");
      assertThat(report.layers()).isEqualTo(1);
      assertThat(report.hints())
          .containsExactly("layer.activation is \"softmax\" in Keras, \"sigmoid\" in Java");
    }
  }

  @Test
  void namesTheLayerWhoseGatesAreSwapped() {
    try (Sequential model = echo("softmax", "categorical_crossentropy")) {
      Parity parity = parity("echo_whole").keepWeights(true);
      model.setWeights(swapped(parity.weights(), 8));
      ParityReport report = parity.check(model);

      Difference found = found(report);
      assertThat(found.kind()).isEqualTo(Kind.LAYER);
      assertThat(found.index()).isZero();
      assertThat(found.name()).startsWith("LSTM \"lstm");
      assertThat(report.hints())
          .contains(
              "kernel: the gates of this weight are in the order i, c, f, o;"
                  + " Keras's order is i, f, c, o",
              "recurrent_kernel: the gates of this weight are in the order i, c, f, o;"
                  + " Keras's order is i, f, c, o");
    }
  }

  @Test
  void agreesWithItsOwnWeightsWhereTheyAreKerass() {
    try (Sequential model = echo("softmax", "categorical_crossentropy")) {
      Parity parity = parity("echo_whole").keepWeights(true);
      model.setWeights(parity.weights());

      assertThat(parity.check(model).agrees()).isTrue();
    }
  }

  @Test
  void namesTheWeightThatIsNotKerassThoughNoOutputShowsIt() {
    try (Sequential model = echo("softmax", "categorical_crossentropy")) {
      Parity parity = parity("echo_whole").keepWeights(true);
      model.setWeights(changed(parity.weights(), 1, 37, 1e-5f));
      ParityReport report = parity.check(model);

      Difference found = found(report);
      assertThat(found.kind()).isEqualTo(Kind.WEIGHT);
      assertThat(found.index()).isZero();
      assertThat(found.what()).isEqualTo("recurrent_kernel");
      assertThat(found.worst().position()).isEqualTo("[1, 5]");
      assertThat(report.hints())
          .containsExactly("recurrent_kernel: 1 of 256 values are not Keras's");
    }
  }

  @Test
  void hintsAtTheWeightThatMakesAnOutputDiffer() {
    try (Sequential model = masked(0.3, new L2())) {
      Parity parity = parity("masked").keepWeights(true);
      model.setWeights(changed(parity.weights(), 0, 7, 0.5f));
      ParityReport report = parity.check(model);

      assertThat(found(report).kind()).isEqualTo(Kind.LAYER);
      assertThat(found(report).index()).isEqualTo(1);
      assertThat(report.hints()).containsExactly("kernel: 1 of 60 values are not Keras's");
    }
  }

  @Test
  void namesStepZeroForAWrongLoss() {
    try (Sequential model = echo("softmax", "mse")) {
      ParityReport report = parity("echo_whole").check(model);

      Difference found = found(report);
      assertThat(found.kind()).isEqualTo(Kind.STEP);
      assertThat(found.index()).isZero();
      assertThat(found.name()).isEqualTo("loss");
      assertThat(report.layers()).isEqualTo(2);
      assertThat(report.hints()).contains("Keras's loss is \"categorical_crossentropy\"");
    }
  }

  @Test
  void namesStepOneForAWrongLearningRate() {
    try (Sequential model = small(new Dense(3), new SGD(0.02), "mse")) {
      ParityReport report = parity("small").check(model);

      Difference found = found(report);
      assertThat(found.kind()).isEqualTo(Kind.STEP);
      assertThat(found.index()).isEqualTo(1);
      assertThat(report.steps()).isEqualTo(1);
    }
  }

  @Test
  void hintsAtTheArgumentsThatDifferInTraining() {
    try (Sequential model = masked(0.4, null)) {
      ParityReport report = parity("masked").check(model);

      assertThat(found(report).kind()).isEqualTo(Kind.STEP);
      assertThat(report.hints())
          .contains(
              "layer 2, Dropout \"dropout\": rate is 0.3 in Keras, 0.4 in Java",
              "layer 4, Dense \"dense_1\": kernel_regularizer is L2 in Keras, null in Java");
    }
  }

  @Test
  void namesALayerThatIsMissing() {
    try (Sequential model = new Sequential(new Input(shape(null, 3)), new LSTM(5), new Dense(1))) {
      model.compile(c -> c.loss("mse").optimizer("sgd"));
      Difference found = found(parity("masked").check(model));

      assertThat(found.kind()).isEqualTo(Kind.STRUCTURE);
      assertThat(found.index()).isZero();
      assertThat(found.name()).isEqualTo("Masking \"masking\"");
      assertThat(found.first().keras()).isEqualTo("5: Masking, LSTM, Dropout, LSTM, Dense");
      assertThat(found.first().java()).isEqualTo("2: LSTM, Dense");
    }
  }

  @Test
  void namesTheWeightsOfAnotherShape() {
    try (Sequential model =
        echo(new LSTM(6).returnSequences(true).stateful(true), "softmax", "mse")) {
      ParityReport report = parity("echo_whole").check(model);

      Difference found = found(report);
      assertThat(found.kind()).isEqualTo(Kind.STRUCTURE);
      assertThat(found.what()).isEqualTo("shapes of the weights kernel, recurrent_kernel, bias");
      assertThat(found.first().keras()).isEqualTo("(10, 32), (8, 32), (32,)");
      assertThat(found.first().java()).isEqualTo("(10, 24), (6, 24), (24,)");
      assertThat(report.hints()).containsExactly("units is 8 in Keras, 6 in Java");
    }
  }

  @Test
  void namesAWeightThatTheBundleHasInAWrongShape() {
    try (Sequential model = small(new Dense(3), "sgd", "mse")) {
      Difference found = found(parity("bad/weight_shape").check(model));

      assertThat(found.kind()).isEqualTo(Kind.STRUCTURE);
      assertThat(found.name()).isEqualTo("Dense \"dense\"");
      assertThat(found.first().keras()).isEqualTo("(3, 2), (3,)");
      assertThat(found.first().java()).isEqualTo("(2, 3), (3,)");
    }
  }

  @Test
  void namesAnInputOfAnotherShape() {
    try (Sequential model = new Sequential(new Input(shape(4)), new Dense(3))) {
      model.compile(c -> c.loss("mse").optimizer("sgd"));
      ParityReport report = parity("small").check(model);

      assertThat(report.text())
          .isEqualTo(
              """
              The Java model parts from Keras 3.15.1 at the input.
                what:   shape of a batch
                Keras:  (4, 2)
                Java:   (?, 4)
                agree:  0 layers and 0 training steps\
              """);
    }
  }

  @Test
  void hintsAtALayerOfAnotherClass() {
    try (Sequential model =
        new Sequential(
            new Input(shape(4, 2)),
            new Activation("linear"),
            new Dense(3).activation("tanh"),
            new Flatten(),
            new Dense(2))) {
      model.compile(c -> c.loss("mse").optimizer("sgd"));
      ParityReport report = parity("functional").check(model);

      assertThat(found(report).kind()).isEqualTo(Kind.STRUCTURE);
      assertThat(report.hints())
          .containsExactly("the layer is SimpleRNN in Keras, Activation in Java");
    }
  }

  private static Model nested(String activation) {
    KerasTensor series = new Input(shape(4, 2)).name("series").tensor();
    KerasTensor calendar = new Input(shape(3)).name("calendar").tensor();
    KerasTensor read = new Input(shape(4, 2)).tensor();
    KerasTensor code =
        new Dense(3).activation(activation).name("code").call(new GRU(4).name("gru").call(read));
    Model encoder = new Model(read, code).name("encoder");
    KerasTensor both =
        new Concatenate()
            .name("both")
            .call(List.of(encoder.call(series), Ops.multiply(calendar, 2)));
    KerasTensor value = new Dense(1).name("value").call(both);
    KerasTensor alarm = new Dense(1).activation("sigmoid").name("alarm").call(both);
    Model model = new Model(List.of(series, calendar), List.of(value, alarm));
    model.compile(c -> c.loss(List.of("mse", "mae")).optimizer("adam"));
    return model;
  }

  @Test
  void agreesOnAGraphWithAModelInside() {
    try (Model model = nested("linear")) {
      ParityReport report = parity("nested").check(model);

      assertThat(report.agrees()).as(report.text()).isTrue();
      assertThat(report.layers()).isEqualTo(6);
      assertThat(report.steps()).isEqualTo(3);
    }
  }

  @Test
  void findsTheLayerInsideOfAModelByItsPath() {
    try (Model model = nested("tanh")) {
      ParityReport report = parity("nested").check(model);

      assertThat(found(report).name()).isEqualTo("Dense \"encoder/code\"");
      assertThat(report.hints()).anyMatch(hint -> hint.contains("activation"));
    }
  }

  // ---- circumstances

  @Test
  void saysThatABundleIsOfAnotherMinorVersion() {
    try (Sequential model = small(new Dense(3), "sgd", "mse")) {
      ParityReport report = parity("bad/keras_3_10").check(model);

      assertThat(report.agrees()).isTrue();
      assertThat(report.notes())
          .contains("the bundle is of Keras 3.10.0; this library does as 3.15.1");
    }
  }

  @Test
  void saysThatTheOptimizerWasAtWorkBefore() {
    try (Sequential model = small(new Dense(3), "sgd", "mse")) {
      parity("small").check(model);
      ParityReport again = parity("small").check(model);

      assertThat(again.notes().get(0))
          .startsWith("the optimizer had made 2 steps before the check");
    }
  }

  @Test
  void toleratesWhatItIsToldTo() {
    try (Sequential model = small(new Dense(3), new SGD(0.0101), "mse")) {
      assertThat(parity("small").check(model).agrees()).isFalse();
    }
    try (Sequential model = small(new Dense(3), new SGD(0.0101), "mse")) {
      assertThat(parity("small").tolerance(1e-2).check(model).agrees()).isTrue();
    }
    assertThatThrownBy(() -> parity("small").tolerance(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: a number above 0");
  }

  @Test
  void refusesAModelThatIsNotCompiled() {
    try (Sequential model = new Sequential(new Input(shape(2)), new Dense(3))) {
      Parity parity = parity("small");
      assertThatThrownBy(() -> parity.check(model))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              """
              Parity.check: the model is not compiled.
                expected: a call of compile before, as in the Keras script
                got:      none
                fix:      model.compile(c -> c.loss("mse").optimizer("adam"))\
              """);
    }
  }

  private static List<float[]> values(List<FloatNdArray> arrays) {
    return arrays.stream().map(array -> FloatArrays.values(array).clone()).toList();
  }

  /** The weights with something added to one value of one of them. */
  private static List<FloatNdArray> changed(
      List<FloatNdArray> weights, int index, int place, float added) {
    List<FloatNdArray> changed = new ArrayList<>(weights);
    float[] values = FloatArrays.values(weights.get(index)).clone();
    values[place] += added;
    changed.set(index, FloatArrays.wrap(values, FloatArrays.shape(weights.get(index))));
    return changed;
  }

  /** The first three weights with the gates 1 and 2 of 4 swapped. */
  private static List<FloatNdArray> swapped(List<FloatNdArray> weights, int units) {
    List<FloatNdArray> changed = new ArrayList<>(weights);
    for (int i = 0; i < 3; i++) {
      float[] from = FloatArrays.values(weights.get(i));
      float[] to = from.clone();
      for (int row = 0; row < from.length; row += 4 * units) {
        System.arraycopy(from, row + units, to, row + 2 * units, units);
        System.arraycopy(from, row + 2 * units, to, row + units, units);
      }
      assertThat(Arrays.equals(from, to)).isFalse();
      changed.set(i, FloatArrays.wrap(to, FloatArrays.shape(weights.get(i))));
    }
    return changed;
  }
}
