package keras.testing;

import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import keras.backend.Variable;
import keras.internal.graph.Dims;
import keras.internal.graph.Engine;
import keras.internal.naming.AutoNames;
import keras.layers.Input;
import keras.layers.KerasTensor;
import keras.layers.Layer;
import keras.layers.LayerAccess;
import keras.layers.SpectralNormalization;
import keras.testing.LayerRun.Gradients;
import keras.testing.LayerRun.Others;
import keras.testing.LayerRun.Outcome;
import keras.testing.LayerRun.Variant;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;

/**
 * A check that every layer's test calls. Takes a fresh layer and a case of a golden file (written
 * by {@code testdata/layers.py}), and checks that the layer has Keras's configuration, shapes and
 * weights, that a run gives Keras's outputs, masks, gradients, losses and random states, in
 * training and out of it, that a step against the gradients moves every trainable weight and no
 * other, and that nothing depends on how the program is built: with known or unknown sizes, on one
 * shard or several.
 *
 * <pre>{@code
 * LayerCheck.of(new Dense(3))
 *     .input(2, 4)
 *     .golden("layers/dense", "defaults")
 *     .outputShape(2, 3)
 *     .trainable(2)
 *     .run();
 * }</pre>
 */
public final class LayerCheck {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /**
   * How far apart differently built programs may be, relative to the largest number: sums are taken
   * in another order.
   */
  private static final double SAME = 1e-6;

  private final Layer<?> layer;
  private final Map<List<Object>, LayerRun> programs = new HashMap<>();
  private Shape input;
  private Shape outputShape;
  private Integer trainable;
  private Golden golden;
  private Others others = Others.NONE;
  private boolean fixedTime;
  private boolean wholeBatch;
  private double tolerance = Close.RELATIVE;

  private LayerCheck(Layer<?> layer) {
    this.layer = layer;
  }

  /** Starts a check of a layer that was not used before. */
  public static LayerCheck of(Layer<?> layer) {
    return new LayerCheck(layer);
  }

  /** The shape of the first run's input, the batch first; by default the golden file's. */
  public LayerCheck input(long... shape) {
    input = Shape.of(shape);
    return this;
  }

  /** The shape of the first run's output, the batch first; by default the golden file's. */
  public LayerCheck outputShape(long... shape) {
    outputShape = Shape.of(shape);
    return this;
  }

  /** How many trainable weights the layer has; by default as many as in the golden file. */
  public LayerCheck trainable(int count) {
    trainable = count;
    return this;
  }

  /** Keras's results: a case of {@code testdata/<file>.json}. */
  public LayerCheck golden(String file, String name) {
    golden = Golden.load(file).at("cases").at(name);
    return this;
  }

  /** Leaves out the programs for an unknown number of timesteps; say beside it why. */
  public LayerCheck fixedTime() {
    fixedTime = true;
    return this;
  }

  /** Leaves out the programs that cut the batch; say beside it why. */
  public LayerCheck wholeBatch() {
    wholeBatch = true;
    return this;
  }

  /** Another relative tolerance than 1e-5; say beside it why. */
  public LayerCheck within(double relative) {
    tolerance = relative;
    return this;
  }

  /** Checks everything. */
  public void run() {
    AutoNames.reset();
    checkConfig();
    checkShapesAndWeights();
    List<Golden> runs = golden.all("runs");
    try (Engine engine = new Engine()) {
      List<long[]> seeds = LayerAccess.seedStates(layer).stream().map(Variable::longs).toList();
      List<Outcome> first = null;
      for (Variant variant : variants()) {
        layer.resetState();
        setWeights();
        for (int i = 0; i < seeds.size(); i++) {
          LayerAccess.seedStates(layer).get(i).assign(seeds.get(i));
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (Golden run : runs) {
          outcomes.addAll(check(engine, variant, run));
        }
        first = first == null ? outcomes : first;
        compare(first, outcomes, variant);
      }
      setWeights();
      checkStep(engine, runs.get(0));
    }
  }

  private List<Variant> variants() {
    boolean stateful = golden.at("config").json().path("stateful").asBoolean();
    boolean unroll = golden.at("config").json().path("unroll").asBoolean();
    boolean anyTime = !fixedTime && !unroll && input.numDimensions() > 2;
    long most = wholeBatch ? 1 : Math.min(3, input.get(0));
    List<Variant> variants = new ArrayList<>();
    variants.add(new Variant(1, false, false));
    variants.add(new Variant((int) most, !stateful, false));
    if (anyTime) {
      variants.add(new Variant((int) Math.min(2, most), !stateful, true));
    }
    if (golden.bool("dynamic")) {
      variants.removeIf(variant -> !variant.unknownTime());
    }
    return variants;
  }

  private void checkConfig() {
    JsonNode config = MAPPER.valueToTree(layer.getConfig());
    assertThat(plain(config)).as("getConfig").isEqualTo(plain(golden.at("config").json()));
  }

  /** A configuration as text with the keys in their order, in which 1 and 1.0 are the same. */
  private static String plain(JsonNode node) {
    if (node.isObject()) {
      StringBuilder text = new StringBuilder("{");
      node.properties()
          .forEach(each -> text.append('\n').append(each.getKey() + ": " + plain(each.getValue())));
      return text.append('}').toString();
    }
    if (node.isArray()) {
      return StreamSupport.stream(node.spliterator(), false).map(LayerCheck::plain).toList() + "";
    }
    return node.isNumber() ? String.valueOf(node.doubleValue()) : node.toString();
  }

  private void checkShapesAndWeights() {
    Golden run = golden.all("runs").get(0);
    input = input == null ? Shape.of(run.shape("x")) : input;
    outputShape = outputShape == null ? Shape.of(run.shape("y")) : outputShape;
    assertThat(input.asArray()).isEqualTo(run.shape("x"));
    Others given = others(run);
    List<KerasTensor> symbols = new ArrayList<>(List.of(new Input(input).tensor()));
    given.inputs().forEach(each -> symbols.add(new Input(each.shape()).tensor()));
    KerasTensor mask = last(symbols, given, "attention_mask");
    KerasTensor weights = last(symbols, given, "count_weights");
    List<KerasTensor> outputs =
        layer.callAll(
            symbols,
            c ->
                c.attentionMask(mask)
                    .countWeights(weights)
                    .useCausalMask(given.call().contains("use_causal_mask"))
                    .returnAttentionScores(given.call().contains("return_attention_scores"))
                    .reverse(given.call().contains("reverse")));
    Shape output = outputs.get(0).shape();
    // EinsumDense leaves open what its arguments do not say, as Keras does.
    assertThat(
            output.hasUnknownDimension()
                ? Dims.agree(output, outputShape)
                : output.equals(outputShape))
        .as("the symbolic output's shape %s", output)
        .isTrue();
    List<Shape> unknown = new ArrayList<>(List.of(shape("input_shape")));
    symbols.subList(1, symbols.size()).forEach(each -> unknown.add(each.shape()));
    if (!given.call().contains("reverse")) {
      assertThat(layer.computeOutputShape(unknown).get(0).asArray())
          .as("computeOutputShape of unknown sizes")
          .isEqualTo(shape("output_shape").asArray());
    }
    List<Golden> expected = golden.all("weights");
    assertThat(layer.weights())
        .extracting(Variable::name, Variable::shape, Variable::trainable)
        .isEqualTo(
            expected.stream()
                .map(
                    each ->
                        org.assertj.core.groups.Tuple.tuple(
                            each.text("name"),
                            Shape.of(each.shape("value")),
                            each.bool("trainable")))
                .toList());
    if (trainable != null) {
      assertThat(layer.weights().stream().filter(Variable::trainable).count())
          .as("trainable weights")
          .isEqualTo(trainable.longValue());
    }
    setWeights();
  }

  /** Sets the weights that the golden file has: training moves some without gradients. */
  private void setWeights() {
    layer.setWeights(golden.all("weights").stream().map(each -> each.array("value")).toList());
  }

  private Shape shape(String key) {
    return Shape.of(
        StreamSupport.stream(golden.at(key).json().spliterator(), false)
            .mapToLong(size -> size.isNull() ? Shape.UNKNOWN_SIZE : size.longValue())
            .toArray());
  }

  /** Returns the further inputs of a run; programs are told apart by them. */
  /** Takes off the last input if it is an argument's. */
  private static KerasTensor last(List<KerasTensor> symbols, Others given, String argument) {
    return given.call().contains(argument) ? symbols.remove(symbols.size() - 1) : null;
  }

  private static Others others(Golden run) {
    if (!run.has("call")) {
      return Others.NONE;
    }
    boolean several = run.has("others");
    List<FloatNdArray> inputs = new ArrayList<>(several ? run.arrays("others") : List.of());
    Set<String> call = new TreeSet<>();
    run.at("call").json().forEach(name -> call.add(name.asText()));
    if (call.contains("attention_mask")) {
      FloatNdArray last = inputs.get(inputs.size() - 1);
      last.scalars().forEach(each -> each.setFloat(each.getFloat() > 0 ? 1 : 0));
    }
    return new Others(inputs, several ? run.arrays("other_masks") : List.of(), call);
  }

  private List<Outcome> check(Engine engine, Variant variant, Golden run) {
    if (run.bool("reset")) {
      layer.resetState();
    }
    FloatNdArray x = run.array("x");
    others = others(run);
    FloatNdArray mask = run.has("mask") ? run.array("mask") : null;
    String where = run + " with " + variant;
    List<Outcome> outcomes = new ArrayList<>();
    boolean both = run.text("training").equals("both");
    // Both give the same: one look at each kind of program is enough for the one that is simpler.
    boolean last = variant.equals(variants().get(variants().size() - 1));
    if (both ? variant.equals(variants().get(0)) || last : !run.bool("training")) {
      Outcome outcome =
          program(engine, variant, x, mask, null, List.of()).run(x, mask, null, List.of(), 0);
      checkOutputs(outcome, run, where + ", not training");
      outcomes.add(outcome);
    }
    if (both || run.bool("training")) {
      FloatNdArray r = run.array("r");
      Outcome outcome =
          program(engine, variant, x, mask, r, statesR(run)).run(x, mask, r, statesR(run), 0);
      checkOutputs(outcome, run, where + ", training");
      checkGradients(outcome, run, where);
      outcomes.add(outcome);
    }
    List<Variable> seeds = LayerAccess.seedStates(layer);
    for (int i = 0; run.has("seeds") && i < seeds.size(); i++) {
      assertThat(seeds.get(i).longs())
          .as("seed state after %s", where)
          .isEqualTo(run.all("seeds").get(i).longs());
    }
    return outcomes;
  }

  /** Programs take long to build and to run first; those of the same shapes are the same. */
  private LayerRun program(
      Engine engine,
      Variant variant,
      FloatNdArray x,
      FloatNdArray mask,
      FloatNdArray r,
      List<FloatNdArray> statesR) {
    boolean masked = mask != null;
    boolean training = r != null;
    return programs.computeIfAbsent(
        List.of(variant, x.shape(), masked, training, others),
        key ->
            new LayerRun(
                engine,
                layer,
                variant,
                x.shape(),
                masked ? mask.shape() : null,
                training ? r.shape() : null,
                statesR.stream().map(FloatNdArray::shape).toList(),
                others));
  }

  private void checkOutputs(Outcome outcome, Golden run, String where) {
    assertThatArray(outcome.y()).as("y of %s", where).within(tolerance).isCloseTo(run.array("y"));
    List<FloatNdArray> states = run.has("states") ? run.arrays("states") : List.of();
    assertThat(outcome.states()).as("states of %s", where).hasSameSizeAs(states);
    for (int i = 0; i < states.size(); i++) {
      assertThatArray(outcome.states().get(i))
          .as("state %s of %s", i, where)
          .within(tolerance)
          .isCloseTo(states.get(i));
    }
    if (run.has("y_mask")) {
      assertThat(outcome.yMask()).as("mask of %s", where).isNotNull();
      assertThatArray(outcome.yMask()).as("mask of %s", where).isCloseTo(run.array("y_mask"));
    } else {
      assertThat(outcome.yMask()).as("mask of %s", where).isNull();
    }
  }

  private void checkGradients(Outcome outcome, Golden run, String where) {
    checkGradients(outcome.ofY(), run.array("dx"), run.arrays("dw"), where);
    if (outcome.ofStates() != null) {
      String states = "states of " + where;
      checkGradients(outcome.ofStates(), run.array("states_dx"), run.arrays("states_dw"), states);
    }
    assertThatArray(outcome.losses())
        .as("losses of %s", where)
        .within(tolerance)
        .isCloseTo(run.has("losses") ? (float) run.number("losses") : 0f);
  }

  private void checkGradients(
      Gradients found, FloatNdArray dx, List<FloatNdArray> dw, String where) {
    assertThatArray(found.dx()).as("dx of %s", where).within(tolerance).isCloseTo(dx);
    assertThat(found.dw()).hasSameSizeAs(dw);
    float largest = largest(dw);
    for (int i = 0; i < dw.size(); i++) {
      Close close =
          assertThatArray(found.dw().get(i)).as("gradient %s of %s", i, where).within(tolerance);
      (isRounding(dw.get(i), largest) ? close.atScale(largest) : close).isCloseTo(dw.get(i));
    }
  }

  private static float largest(List<FloatNdArray> arrays) {
    float largest = 0;
    for (FloatNdArray array : arrays) {
      for (float value : values(array)) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    return largest;
  }

  /** Whether a gradient is zero but for rounding, as that of the bias of an attention's keys. */
  private static boolean isRounding(FloatNdArray gradient, float largest) {
    return largest(List.of(gradient)) < 1e-6 * largest;
  }

  private static List<FloatNdArray> statesR(Golden run) {
    return run.has("states_r") ? run.arrays("states_r") : List.of();
  }

  private void compare(List<Outcome> first, List<Outcome> other, Variant variant) {
    List<Outcome> one = first.stream().filter(outcome -> outcome.ofY() != null).toList();
    List<Outcome> two = other.stream().filter(outcome -> outcome.ofY() != null).toList();
    for (int i = 0; i < one.size(); i++) {
      same(two.get(i).y(), one.get(i).y(), "y of training run " + i + " with " + variant);
      same(
          two.get(i).ofY().dx(),
          one.get(i).ofY().dx(),
          "dx of training run " + i + " with " + variant);
    }
  }

  private void same(FloatNdArray actual, FloatNdArray expected, String what) {
    float largest = 0;
    for (float value : values(expected)) {
      largest = Math.max(largest, Math.abs(value));
    }
    // Close allows the tolerance times a tenth of the scale to every element.
    assertThatArray(actual)
        .as(what)
        .within(Math.max(SAME, tolerance / 10))
        .atScale(10 * largest)
        .isCloseTo(expected);
  }

  private void checkStep(Engine engine, Golden run) {
    if (!run.has("r")) {
      return;
    }
    others = others(run);
    List<FloatNdArray> before = layer.getWeights();
    FloatNdArray mask = run.has("mask") ? run.array("mask") : null;
    Variant plain = variants().get(0);
    FloatNdArray x = run.array("x");
    FloatNdArray r = run.array("r");
    program(engine, plain, x, mask, r, statesR(run)).run(x, mask, r, statesR(run), 0.1f);
    List<FloatNdArray> after = layer.getWeights();
    List<FloatNdArray> dw = new ArrayList<>(run.arrays("dw"));
    float largest = largest(dw);
    for (int i = 0; i < before.size(); i++) {
      boolean moved = !Arrays.equals(values(before.get(i)), values(after.get(i)));
      boolean trains = layer.weights().get(i).trainable();
      boolean ownWay = layer instanceof SpectralNormalization && !trains;
      if (ownWay || layer.weights().get(i).name().startsWith("moving_")) {
        continue; // They move without gradients, as the runs show.
      }
      // A recurrent kernel that meets but one timestep has no gradient in Keras either.
      if (trains && !isZero(dw.get(0)) && isRounding(dw.get(0), largest)) {
        dw.remove(0);
        continue;
      }
      boolean pulled = trains && !isZero(dw.remove(0));
      assertThat(moved).as("a step moves weight %s", layer.weights().get(i)).isEqualTo(pulled);
    }
  }

  private static boolean isZero(FloatNdArray array) {
    float[] values = values(array);
    return Arrays.equals(values, new float[values.length]);
  }

  private static float[] values(FloatNdArray array) {
    float[] values = new float[Math.toIntExact(array.size())];
    int[] next = {0};
    array.scalars().forEach(scalar -> values[next[0]++] = scalar.getFloat());
    return values;
  }
}
