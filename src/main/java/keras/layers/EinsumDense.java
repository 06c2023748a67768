package keras.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import keras.activations.Activation;
import keras.activations.Activations;
import keras.backend.LayerContext;
import keras.backend.Variable;
import keras.initializers.FanInitializer;
import keras.initializers.Initializer;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.regularizers.Regularizers;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Multiplies its input with a kernel and adds up along the axes that an equation names. Keras:
 * {@code keras.layers.EinsumDense}.
 *
 * <p>Shapes: those of the equation, as {@code "abc,cd->abd"} for (batch, timesteps, features) →
 * (batch, timesteps, units) with a kernel (features, units). Letters are dimensions; {@code "..."}
 * in their place at the left or the right of both shapes stands for any. A mask is not passed on.
 */
public final class EinsumDense extends ProductLayer<EinsumDense> {

  private static final Pattern FORM =
      Pattern.compile("(0?)([a-zA-Z]+)(0?),([a-zA-Z]+)->(0?)([a-zA-Z]+)(0?)");

  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

  private final String equation;
  private final List<Integer> outputShape;
  private Activation activation = Activations.get(null);
  private String biasAxes;
  private Variable kernel;
  private Variable bias;

  /**
   * A product.
   *
   * @param equation the dimensions of the input, the kernel and the output
   * @param outputShape the output's dimensions without the batch; null for those that come from the
   *     input
   * @throws IllegalArgumentException if the equation has another form
   */
  public EinsumDense(String equation, Integer... outputShape) {
    this.equation = Checks.given("EinsumDense", "equation", equation);
    Checks.notNull("EinsumDense", "outputShape", outputShape);
    this.outputShape = new ArrayList<>(Arrays.asList(outputShape));
    parsed();
  }

  /**
   * Names what the result is put through.
   *
   * @param name of an activation; {@code "tanh"} for recurrent layers, none for others
   * @return this layer
   */
  public EinsumDense activation(String name) {
    checkNotFrozen("activation");
    activation = Activations.get(name);
    return this;
  }

  /**
   * Sets what the result is put through.
   *
   * @param function an activation; {@code "tanh"} for recurrent layers, none for others
   * @return this layer
   */
  public EinsumDense activation(Activation function) {
    checkNotFrozen("activation");
    activation = Activations.get(function);
    return this;
  }

  /**
   * Sets along which dimensions of the output there is a bias.
   *
   * @param letters of the equation; null, the default, for no bias
   * @return this layer
   */
  public EinsumDense biasAxes(String letters) {
    checkNotFrozen("biasAxes");
    biasAxes = letters;
    return this;
  }

  private Matcher parsed() {
    Matcher matcher = FORM.matcher(equation.replace("...", "0"));
    boolean fits = matcher.matches();
    boolean left = fits && !matcher.group(1).isEmpty();
    boolean right = fits && !matcher.group(3).isEmpty();
    fits &= !(left && right);
    fits = fits && matcher.group(1).equals(matcher.group(5));
    fits = fits && matcher.group(3).equals(matcher.group(7));
    if (!fits) {
      throw refused(
          "the equation has another form.",
          "[X],[Y]->[Z], ...[X],[Y]->...[Z] or [X]...,[Y]->[Z]...");
    }
    return matcher;
  }

  private IllegalArgumentException refused(String what, String expected) {
    return Errors.in("EinsumDense", what)
        .expected(expected)
        .got(equation + (biasAxes == null ? "" : ", biasAxes " + biasAxes))
        .fix("\"abc,cd->abd\", with a letter for each dimension")
        .argument();
  }

  /** The shapes that an equation gives for an input. */
  private record Shapes(
      String withLetters,
      Shape kernel,
      Shape bias,
      Shape output,
      List<Integer> inputAxes,
      List<Integer> outputAxes) {}

  private Shapes shapes(Shape input) {
    Matcher parts = parsed();
    String in = parts.group(2);
    String weight = parts.group(4);
    String out = parts.group(6);
    int elided = input.numDimensions() - in.length();
    boolean left = !parts.group(1).isEmpty();
    boolean dots = left || !parts.group(3).isEmpty();
    if (elided < 0 || (elided > 0 && !dots)) {
      throw Arguments.wrongShape(
          this,
          "the input has another number of dimensions than the equation.",
          in.length() + (dots ? " or more" : "") + " dimensions",
          input,
          "a letter for each dimension, or \"...\"");
    }
    String more = unused(in + weight + out).substring(0, elided);
    String ofInput = left ? more + in : in + more;
    String ofOutput = left ? more + out : out + more;
    List<Long> sizes = new ArrayList<>();
    outputShape.forEach(each -> sizes.add(each == null ? Shape.UNKNOWN_SIZE : (long) each));
    sizes.add(0, input.get(0));
    for (int i = 1; left && i < elided; i++) {
      sizes.add(i, input.get(i));
    }
    for (int i = in.length(); !left && i < input.numDimensions(); i++) {
      sizes.add(input.get(i));
    }
    if (sizes.size() != ofOutput.length()) {
      throw refused(
          "outputShape has another number of dimensions than the equation.",
          (ofOutput.length() - 1) + " dimensions");
    }
    Map<Character, Long> ofLetters = new HashMap<>();
    for (int i = 0; i < ofInput.length(); i++) {
      ofLetters.put(ofInput.charAt(i), input.get(i));
    }
    List<Long> output = new ArrayList<>();
    for (int i = 0; i < ofOutput.length(); i++) {
      Long known = ofLetters.get(ofOutput.charAt(i));
      boolean given = sizes.get(i) != Shape.UNKNOWN_SIZE;
      if (given && known != null && known != Shape.UNKNOWN_SIZE && !known.equals(sizes.get(i))) {
        throw Arguments.wrongShape(
            this,
            "outputShape does not go with the input.",
            sizes.get(i) + " along " + ofOutput.charAt(i),
            input,
            "null in outputShape for what comes from the input");
      }
      output.add(sizes.get(i));
      if (given || known == null) {
        ofLetters.put(ofOutput.charAt(i), sizes.get(i));
      }
    }
    List<Integer> inputAxes = new ArrayList<>();
    List<Integer> outputAxes = new ArrayList<>();
    List<Long> ofKernel = new ArrayList<>();
    for (int i = 0; i < weight.length(); i++) {
      char letter = weight.charAt(i);
      if (!ofLetters.containsKey(letter)) {
        throw refused(
            "the kernel has a dimension that is nowhere else.",
            "letters of the input or the output in the kernel");
      }
      (ofOutput.indexOf(letter) >= 0 ? outputAxes : inputAxes).add(i);
      ofKernel.add(ofLetters.get(letter));
    }
    return new Shapes(
        ofInput + "," + weight + "->" + ofOutput,
        shape(ofKernel),
        biasAxes == null ? null : biasShape(out, left ? 0 : elided, ofLetters),
        shape(output),
        inputAxes,
        outputAxes);
  }

  private static String unused(String letters) {
    StringBuilder free = new StringBuilder();
    String all = LETTERS + LETTERS.toLowerCase(Locale.ROOT);
    for (int i = 0; i < all.length(); i++) {
      if (letters.indexOf(all.charAt(i)) < 0) {
        free.append(all.charAt(i));
      }
    }
    return free.toString();
  }

  private Shape biasShape(String out, int after, Map<Character, Long> sizes) {
    int first = out.length();
    for (int i = 0; i < biasAxes.length(); i++) {
      char letter = biasAxes.charAt(i);
      if (out.indexOf(letter) < 0) {
        throw refused(
            "biasAxes names a dimension that the output does not have.", "letters of the output");
      }
      first = Math.min(first, out.indexOf(letter));
    }
    List<Long> shape = new ArrayList<>();
    for (int i = first; i < out.length(); i++) {
      char letter = out.charAt(i);
      shape.add(biasAxes.indexOf(letter) >= 0 ? sizes.get(letter) : 1L);
    }
    for (int i = 0; i < after; i++) {
      shape.add(1L);
    }
    return shape(shape);
  }

  private static Shape shape(List<Long> sizes) {
    return Shape.of(sizes.stream().mapToLong(Long::longValue).toArray());
  }

  @Override
  protected void build(Shape inputShape) {
    Shapes shapes = shapes(inputShape);
    for (Shape each : Arrays.asList(shapes.kernel(), shapes.bias())) {
      if (each != null && each.hasUnknownDimension()) {
        throw Arguments.wrongShape(
            this,
            "the dimensions of its weights must be known.",
            "known sizes of the letters of the kernel"
                + (biasAxes == null ? "" : " and of " + biasAxes),
            inputShape,
            "give them in the model's Input or in outputShape");
      }
    }
    Initializer placed = along(kernelOptions.initializer(), shapes);
    kernel = addWeight("kernel", shapes.kernel(), kernelOptions, placed);
    if (shapes.bias() != null) {
      bias = addWeight("bias", shapes.bias(), biasOptions);
    }
  }

  /** Returns an initializer that counts the fans along the axes of the equation. */
  private static Initializer along(Initializer initializer, Shapes shapes) {
    if (!(initializer instanceof FanInitializer<?> fan)) {
      return initializer;
    }
    return new Initializer() {
      @Override
      public float[] call(Shape shape) {
        return fan.along(shape, shapes.inputAxes(), shapes.outputAxes());
      }
    };
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    return shapes(inputShape).output();
  }

  @Override
  protected Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs) {
    Ops tf = context.tf();
    String letters = shapes(inputs.shape()).withLetters();
    Operand<TFloat32> product = tf.linalg.einsum(List.of(inputs, context.weight(kernel)), letters);
    if (bias != null) {
      product = tf.math.add(product, context.weight(bias));
    }
    return activation.call(tf, product);
  }

  /**
   * Returns a layer of its arguments. Keras: {@code EinsumDense.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static EinsumDense fromConfig(Config config) {
    Checks.notNull("EinsumDense.fromConfig", "config", config);
    EinsumDense layer =
        new EinsumDense(config.text("equation"), outputShape(config)).common(config);
    config.identifier("activation", id -> layer.activation = Activations.get(id));
    config.text("bias_axes", layer::biasAxes);
    layer.readWeights(config);
    config.only("lora_rank", null);
    config.only("quantization_config", null);
    return layer;
  }

  private static Integer[] outputShape(Config config) {
    return config.value("output_shape") instanceof Number
        ? new Integer[] {config.integer("output_shape")}
        : config.dimensions("output_shape");
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("output_shape", outputShape);
    config.put("equation", equation);
    config.put("activation", Activations.serialize(activation));
    config.put("bias_axes", biasAxes);
    writeWeights(config);
    config.put("quantization_config", null);
    return config;
  }

  @Override
  void writeActivityRegularizer(Map<String, Object> config) {
    config.put("activity_regularizer", Regularizers.serialize(activityRegularizer()));
  }
}
