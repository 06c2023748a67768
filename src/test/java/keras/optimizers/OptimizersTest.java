package keras.optimizers;

import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import keras.backend.Variable;
import keras.constraints.MaxNorm;
import keras.constraints.MinMaxNorm;
import keras.constraints.NonNeg;
import keras.internal.graph.Engine;
import keras.internal.graph.Program;
import keras.internal.graph.ProgramBuilder;
import keras.layers.Dense;
import keras.models.Sequential;
import keras.optimizers.schedules.ExponentialDecay;
import keras.testing.Close;
import keras.testing.Configs;
import keras.testing.Fluent;
import keras.testing.Golden;
import keras.utils.Config;
import keras.utils.FloatArrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class OptimizersTest {
  private static final int STEPS = 20;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SGD",
        "RMSprop",
        "Adam",
        "AdamW",
        "Adagrad",
        "Adadelta",
        "Adamax",
        "Nadam",
        "Lion",
        "Lamb",
        "Ftrl",
        "Adafactor",
        "Muon",
        "ScheduleFreeAdamW"
      })
  void updatesAsKerasDoes(String name) {
    Golden file = Golden.load("optimizers/" + name.toLowerCase(Locale.ROOT));
    for (Golden each : file.all("cases")) {
      check(
          (Optimizer<?>) Fluent.make("keras.optimizers", name, each.at("arguments")),
          each,
          each + " " + name + each.at("arguments").json());
    }
  }

  @Test
  void followsASchedule() {
    check(
        new Adam(new ExponentialDecay(0.05, 4, 0.5)), Golden.load("optimizers/scheduled"), "Adam");
  }

  private static MultiOptimizer several(Golden golden) {
    Map<?, ?> config = new JsonMapper().convertValue(golden.at("config").json(), Map.class);
    return MultiOptimizer.fromConfig(Config.of("MultiOptimizer", config));
  }

  @Test
  void leavesEachVariableToItsOptimizer() {
    Golden golden = Golden.load("optimizers/multi");
    MultiOptimizer optimizer = several(golden);
    assertThat(optimizer.optimizers())
        .extracting(each -> each.getClass().getSimpleName())
        .containsExactly("Adam", "Adagrad", "SGD");
    check(optimizer, golden, "MultiOptimizer");
  }

  @Test
  void leavesEachVariableToTheOptimizerThatAFunctionGives() {
    Golden golden = Golden.load("optimizers/multi");
    MultiOptimizer written = several(golden);
    Map<String, Optimizer<?>> byName =
        Map.of(
            "kernel", written.optimizers().get(0),
            "table", written.optimizers().get(1),
            "bias", written.optimizers().get(2));
    MultiOptimizer optimizer =
        new MultiOptimizer((Variable variable) -> byName.get(variable.path())).lossScaleFactor(4);
    try (Training training = new Training()) {
      constrain(training);
      training.with(optimizer, List.of());
      for (int step = 0; step < STEPS; step++) {
        training.step();
      }
      checkAll(training.variables(), golden.arrays("after " + STEPS), "of a function");
    }
    assertThat(optimizer.optimizers()).containsExactlyInAnyOrderElementsOf(byName.values());
    assertThatThrownBy(optimizer::getConfig)
        .hasMessageContaining("a function cannot be written down");
  }

  @Test
  void refusesToLeaveAVariableToNoneOrToSeveral() {
    Variable kernel = Variable.of("kernel", Shape.of(1), new float[1], true);
    OptimizerMap twice = new OptimizerMap(new SGD()).put("k.*", new Adam()).put(".*l", new Adam());
    assertThatThrownBy(() -> new MultiOptimizer(twice).build(List.of(kernel)))
        .hasMessageContaining("a variable has several optimizers")
        .hasMessageContaining("[k.*, .*l]");
    assertThatThrownBy(() -> new MultiOptimizer((Variable v) -> null).build(List.of(kernel)))
        .hasMessageContaining("there is no optimizer for \"kernel\"");
    assertThatThrownBy(() -> new OptimizerMap(new SGD()).put("[", new Adam()))
        .hasMessageContaining("this is no regular expression");
    assertThatThrownBy(() -> new Muon().excludeLayers("("))
        .hasMessageContaining("Muon: this is no regular expression");
    assertThatThrownBy(() -> new OptimizerMap(new SGD()).put("k", new Adam()).put("k", new SGD()))
        .hasMessageContaining("a pattern has an optimizer already");
    assertThatThrownBy(() -> new OptimizerMap(new MultiOptimizer(twice)))
        .hasMessageContaining("this cannot change variables here");
  }

  @Test
  void hasNoArgumentsBesidesThoseOfTheSingleOptimizers() {
    MultiOptimizer optimizer = new MultiOptimizer(new OptimizerMap(new SGD()));
    assertThatThrownBy(() -> optimizer.learningRate(0.1))
        .hasMessageContaining("it has no learningRate");
    assertThatThrownBy(optimizer::learningRate).hasMessageContaining("set it on the optimizers");
    assertThatThrownBy(() -> optimizer.clipnorm(1)).hasMessageContaining("it has no clipnorm");
  }

  private static void check(Optimizer<?> optimizer, Golden expected, String what) {
    try (Training training = new Training()) {
      if (expected.bool("constrained")) {
        constrain(training);
      }
      List<String> undecayed = texts(expected, "undecayed");
      if (!undecayed.isEmpty()) {
        optimizer.excludeFromWeightDecay(List.of(), undecayed);
      }
      training.with(optimizer, texts(expected, "missing"));
      for (int step = 0; step < STEPS; step++) {
        Golden rates = expected.at("rates");
        if (rates.has("" + step)) {
          optimizer.learningRate(rates.number("" + step));
        }
        training.step();
        String after = "after " + (step + 1);
        if (expected.has(after)) {
          checkAll(training.variables(), expected.arrays(after), what + " " + after);
        }
      }
      checkVariables(optimizer, expected.at("variables"), what);
      if (expected.has("finalized")) {
        optimizer.finalizeVariableValues();
        checkAll(training.variables(), expected.arrays("finalized"), what + " finalized");
      }
    }
  }

  private static void constrain(Training training) {
    training.variable("kernel").constraint(new MaxNorm(0.9));
    training.variable("bias").constraint(new NonNeg());
    training
        .variable("table")
        .constraint(new MinMaxNorm().minValue(0.5).maxValue(0.8).rate(0.5).axis(1));
  }

  private static List<String> texts(Golden golden, String key) {
    List<String> texts = new ArrayList<>();
    golden.at(key).json().forEach(each -> texts.add(each.asText()));
    return texts;
  }

  /**
   * Compares how far variables have come, which is stricter than where they are. The scale is that
   * of the variables themselves, whose rounding errors are the least to be expected.
   */
  private static void checkAll(List<Variable> actual, List<FloatNdArray> expected, String what) {
    // ScheduleFreeAdamW finds its mean in the weights again at each step, and so its rounding too.
    double tolerance = what.contains("ScheduleFree") ? 2e-5 : Close.RELATIVE;
    for (int i = 0; i < expected.size(); i++) {
      Variable variable = actual.get(i);
      assertThatArray(Training.way(variable.name(), variable.value()))
          .as(what + " " + variable.name())
          .within(tolerance)
          .atScale(1)
          .isCloseTo(Training.way(variable.name(), expected.get(i)));
    }
  }

  private static void checkVariables(Optimizer<?> optimizer, Golden expected, String what) {
    List<String> names = new ArrayList<>();
    for (Variable variable : optimizer.variables()) {
      String name = variable.name();
      while (names.contains(name)) {
        name += " again";
      }
      names.add(name);
    }
    assertThat(names).as(what).containsExactlyElementsOf(expected.keys());
    for (int i = 0; i < names.size(); i++) {
      Variable variable = optimizer.variables().get(i);
      String name = names.get(i);
      if (variable.type() == Variable.Type.INT64) {
        assertThat(variable.longs()).as(what).isEqualTo(expected.longs(name));
      } else {
        assertThatArray(variable.value()).as(what + " " + name).isCloseTo(expected.array(name));
      }
    }
  }

  @Test
  void hasTheDefaultsOfKeras() {
    Golden configs = Golden.load("optimizers/configs");
    for (String name : configs.keys()) {
      Configs.assertSame(Optimizers.serialize(Optimizers.get(name)), configs, name);
    }
  }

  @Test
  void writesItsArgumentsAsKerasDoes() {
    assertThat(
            new SGD(0.5)
                .momentum(0.5)
                .nesterov(true)
                .clipnorm(2)
                .useEma(true)
                .emaMomentum(0.5)
                .emaOverwriteFrequency(3)
                .gradientAccumulationSteps(2)
                .lossScaleFactor(8)
                .name("mine")
                .getConfig())
        .hasToString(
            "{name=mine, learning_rate=0.5, weight_decay=null, clipnorm=2.0,"
                + " global_clipnorm=null, clipvalue=null, use_ema=true, ema_momentum=0.5,"
                + " ema_overwrite_frequency=3, loss_scale_factor=8.0,"
                + " gradient_accumulation_steps=2, momentum=0.5, nesterov=true}");
    assertThat(new Nadam(new ExponentialDecay(1, 2, 3)).getConfig().get("learning_rate"))
        .hasToString(
            "{module=keras.optimizers.schedules, class_name=ExponentialDecay,"
                + " config={initial_learning_rate=1.0, decay_steps=2, decay_rate=3.0,"
                + " staircase=false, name=ExponentialDecay}, registered_name=null}");
    assertThat(Optimizers.serialize(null)).isNull();
  }

  @Test
  void isFoundByNameInAnyCase() {
    assertThat(Optimizers.get("adam")).isInstanceOf(Adam.class);
    assertThat(Optimizers.get("Adam")).isInstanceOf(Adam.class);
    assertThat(Optimizers.get("RMSprop")).isInstanceOf(RMSprop.class);
    assertThat(Optimizers.get("ADAMW")).isInstanceOf(AdamW.class);
    SGD sgd = new SGD();
    assertThat(Optimizers.get(sgd)).isSameAs(sgd);
    assertThat(Optimizers.get(null)).isNull();
  }

  @Test
  void rejectsWhatIsNoOptimizer() {
    assertThatThrownBy(() -> Optimizers.get("adm"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            optimizer "adm" is not known. Did you mean "adam"?
              expected: one of adadelta, adafactor, adagrad, adam, adamax, adamw, ftrl, lamb, lion, multioptimizer, muon, \
            nadam, rmsprop, schedulefreeadamw, sgd
              got:      "adm"
              fix:      write "adam\"""");
    assertThatThrownBy(() -> Optimizers.get(0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got:      0.1, a java.lang.Double");
  }

  @Test
  void tellsTheLearningRateAndTheNumberOfSteps() {
    Adam adam = new Adam(new ExponentialDecay(0.1, 1, 0.5)).gradientAccumulationSteps(2);
    try (Training training = new Training().with(adam, List.of())) {
      assertThat(adam.learningRate()).isEqualTo(0.1f);
      training.step();
      training.step();
      training.step();

      assertThat(adam.learningRate()).isEqualTo(0.0125f);
      assertThat(adam.iterations()).isEqualTo(1);
    }
    assertThat(new SGD().learningRate()).isEqualTo(0.01f);
  }

  @Test
  void scalesTheLossForTheGradientsThatItDivides() {
    try (Engine engine = new Engine()) {
      ProgramBuilder program = engine.program();
      Operand<TFloat32> loss = program.input(Shape.scalar());
      program.output(new Adam().lossScaleFactor(8).scaleLoss(program.tf(), loss));

      assertThat(program.build(Program.Threads.CALLER).run(NdArrays.scalarOf(3f)).get(0).getFloat())
          .isEqualTo(24);
      assertThat(new Adam().scaleLoss(program.tf(), loss)).isSameAs(loss);
    }
  }

  @Test
  void rejectsArgumentsOutOfRange() {
    assertThatThrownBy(() -> new Adam().clipnorm(1).clipvalue(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("Adam", "clipnorm=1.0, clipvalue=2.0, globalClipnorm=null");
    assertThatThrownBy(() -> new SGD().momentum(1.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: a number from 0 to 1");
    assertThatThrownBy(() -> new Adam().emaMomentum(-0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("emaMomentum is out of range");
    assertThatThrownBy(() -> new Adam().emaOverwriteFrequency(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: 1 or more");
    assertThatThrownBy(() -> new Adam().gradientAccumulationSteps(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: 2 or more");
  }

  @Test
  void rejectsOtherArgumentsThanTheLearningRateOnceItIsBuilt() {
    Adam adam = new Adam();
    try (Training training = new Training().with(adam, List.of())) {
      adam.learningRate(0.5);
      assertThat(adam.learningRate()).isEqualTo(0.5);
      assertThatThrownBy(() -> adam.beta1(0.5))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("fix:      call beta1 right after new Adam()");
      assertThatThrownBy(() -> adam.clipnorm(1)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> adam.learningRate(new ExponentialDecay(1, 1, 1)))
          .isInstanceOf(IllegalStateException.class);
      training.step();
    }
  }

  @Test
  void rejectsANumberInPlaceOfAScheduleOnceItIsBuilt() {
    Adam adam = new Adam(new ExponentialDecay(0.1, 1, 0.5));
    try (Training training = new Training().with(adam, List.of())) {
      assertThatThrownBy(() -> adam.learningRate(0.5))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("got:      one with ExponentialDecay");
      training.step();
    }
  }

  @Test
  void rejectsTheVariablesOfAnotherModel() {
    Adam adam = new Adam();
    try (Training first = new Training().with(adam, List.of());
        Training second = new Training()) {
      assertThatThrownBy(() -> second.with(adam, List.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("Adam", "\"kernel\"", "one of the 3 variables");
      first.step();
    }
  }

  @Test
  void rejectsALossThatNoVariableHasAPartIn() {
    try (Training training = new Training()) {
      assertThatThrownBy(() -> training.with(new SGD(), List.of("kernel", "bias", "table")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("none that does among [kernel, bias, table]");
    }
  }

  /** So does Keras. */
  @Test
  void standsStillWhereBetaTwoIsOneIn32Bits() {
    Variable weight = Variable.of("weight", Shape.of(2), new float[] {1, 2}, true);
    Adam adam = new Adam().beta2(0.999999999);
    try (Engine engine = new Engine()) {
      ProgramBuilder program = engine.program();
      adam.apply(program, List.of(program.tf().constant(new float[] {3, 4})), List.of(weight));
      program.build(Program.Threads.CALLER).run();

      assertThat(weight.floats()).containsExactly(1, 2);
      float[] velocity = adam.variables().get(3).floats();
      assertThat(velocity).doesNotContain(Float.NaN);
    }
  }

  /** As the javadoc of Optimizer has it. */
  private static final class SignMomentum extends Optimizer<SignMomentum> {

    SignMomentum(double learningRate) {
      super(learningRate, "sign_momentum");
    }

    @Override
    protected void addVariables(Slots slots) {
      slots.addZeros("momentum");
    }

    @Override
    protected Operand<TFloat32> updateStep(
        UpdateStep step, Operand<TFloat32> gradient, Operand<TFloat32> value, Variable variable) {
      Ops tf = step.tf();
      Operand<TFloat32> mean = step.moved(step.slot(variable, "momentum"), gradient, 0.1);
      return tf.math.sub(value, tf.math.mul(step.learningRate(), tf.math.sign(mean)));
    }
  }

  @Test
  void takesARuleOfOnesOwnWithAllThatOptimizersHave() {
    FloatNdArray x = FloatArrays.of(new float[][] {{1, 2}, {3, -1}}, "x");
    float[] y = {1, 0};
    try (Sequential model =
        new Sequential(new keras.layers.Input(keras.layers.Input.shape(2)), new Dense(1))) {
      FloatNdArray kernel = FloatArrays.of(new float[][] {{0.5f}, {-0.25f}}, "kernel");
      model.setWeights(List.of(kernel, FloatArrays.wrap(new float[1], 1)));
      SignMomentum optimizer = new SignMomentum(0.1);
      model.compile(c -> c.loss("mse").optimizer(optimizer.weightDecay(0.5)));
      model.trainOnBatch(x, y);
      // Predictions are 0 and 1.75: gradients of the kernel (4.25, -3.75), of the bias 0.75.
      assertThatArray(model.getWeights().get(0))
          .isCloseTo(FloatArrays.of(new float[][] {{0.375f}, {-0.1375f}}, "kernel"));
      assertThatArray(model.getWeights().get(1)).isCloseTo(-0.1f);
      assertThat(optimizer.iterations()).isEqualTo(1);
      assertThat(optimizer.variables()).hasSize(4);
      assertThatArray(optimizer.variables().get(2).value())
          .isCloseTo(FloatArrays.of(new float[][] {{0.425f}, {-0.375f}}, "momentum"));
    }
  }

  @Test
  void readsNullAsNoWeightDecay() {
    Map<String, Object> config = new HashMap<>();
    config.put("weight_decay", null);
    config.put("adam_weight_decay", null);
    assertThat(Muon.fromConfig(Config.of("Muon", config)).getConfig())
        .containsEntry("weight_decay", 0.0)
        .containsEntry("adam_weight_decay", 0.0);
  }
}
