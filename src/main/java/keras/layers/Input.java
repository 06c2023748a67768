package keras.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import keras.internal.graph.MaskedTensor;
import keras.internal.graph.Tape;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.messages.Names;
import keras.utils.Config;
import org.tensorflow.ndarray.Shape;

/**
 * Where data comes into a model. Keras: {@code keras.Input}, {@code keras.layers.InputLayer}.
 *
 * <pre>{@code
 * model.add(new Input(shape(5, 100)));          // 5 timesteps of 100 features, any batch size
 * model.add(new Input(shape(null, 3)));         // any number of timesteps
 * model.add(new Input(batchShape(7, 5, 100)));  // batches of 7, as stateful layers need
 * }</pre>
 */
public final class Input extends KerasLayer<Input> {

  private static final String FLOAT32 = "float32";
  private static final List<String> TYPES =
      List.of(
          FLOAT32, "string", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32",
          "bool");

  private final Shape shape;
  private String dtype = FLOAT32;
  private KerasTensor tensor;

  /**
   * An input.
   *
   * @param shape from {@link #shape} or {@link #batchShape}
   * @throws IllegalArgumentException if nothing is known of the shape
   */
  public Input(Shape shape) {
    this.shape = Checks.given("Input", "shape", shape);
    if (shape.isUnknown()) {
      throw Errors.in("Input", "the number of dimensions must be known.")
          .expected("a shape with a null for each size that is not known")
          .got(Errors.shape(shape.asArray()))
          .fix("shape(null, 3) for any number of timesteps of 3 features")
          .argument();
    }
  }

  /**
   * Returns the shape of one sample, for batches of any size.
   *
   * @param dimensions without the batch; null for what is not known
   * @return the shape of a batch
   * @throws IllegalArgumentException if a dimension is less than one
   */
  public static Shape shape(Integer... dimensions) {
    checkGiven("shape", dimensions);
    List<Integer> all = new ArrayList<>();
    all.add(null);
    all.addAll(java.util.Arrays.asList(dimensions));
    return batchShape(all.toArray(Integer[]::new));
  }

  /**
   * Returns the shape of a batch.
   *
   * @param dimensions the batch first; null for what is not known
   * @return the shape
   * @throws IllegalArgumentException if a dimension is less than one
   */
  public static Shape batchShape(Integer... dimensions) {
    checkGiven("batchShape", dimensions);
    long[] sizes = new long[dimensions.length];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = dimensions[i] == null ? Shape.UNKNOWN_SIZE : dimensions[i];
      if (dimensions[i] != null && dimensions[i] < 1) {
        throw Errors.in("Input shape", "a dimension must be a positive number, or null.")
            .expected("at least 1, or null for what is not known")
            .got(dimensions[i])
            .fix("shape(null, 3) for any number of timesteps of 3 features")
            .argument();
      }
    }
    return Shape.of(sizes);
  }

  /**
   * Sets the type of the data.
   *
   * @param value {@code "float32"} by default; {@code "string"} for texts, which a layer such as
   *     {@link TextVectorization} must read; {@code "int64"} and the like for whole numbers, which
   *     an {@link Embedding} gets exactly, and which those who ask an exported model send as such
   *     ({@code "int8"} and {@code "int16"} as {@code int32}, {@code "uint32"} as {@code int64});
   *     {@code "bool"} for what is 0 or not
   * @return this layer
   */
  public Input dtype(String value) {
    checkNotFrozen("dtype");
    if (value == null || !TYPES.contains(value)) {
      throw Names.unknown("dtype of an Input", value, TYPES);
    }
    dtype = value;
    return this;
  }

  /**
   * Returns the type of the data. Keras: {@code layer.dtype}.
   *
   * @return {@code "float32"} by default
   */
  public String dtype() {
    return dtype;
  }

  @Override
  String outputDtype() {
    return dtype;
  }

  private static Shape shapeFrom(Config config) {
    if (config.given("batch_shape")) {
      return batchShape(config.dimensions("batch_shape"));
    }
    if (config.given("batch_input_shape")) {
      return batchShape(config.dimensions("batch_input_shape"));
    }
    if (!config.given("batch_size")) {
      return shape(config.dimensions("shape"));
    }
    return Shape.of(config.integer("batch_size")).append(shape(config.dimensions("shape")).tail());
  }

  private static void checkGiven(String call, Integer... dimensions) {
    if (dimensions == null) {
      throw Errors.in("Input." + call, "there are no dimensions.")
          .expected("a number for each dimension, or null for one that is not known")
          .got("null in place of all of them")
          .fix(call + "((Integer) null) for a single one that is not known")
          .argument();
    }
  }

  /**
   * Returns the tensor that stands for the data. Python's {@code keras.Input(...)} returns it at
   * once.
   *
   * <pre>{@code
   * KerasTensor x = new Input(shape(5, 100)).name("x").tensor();
   * }</pre>
   *
   * @return a tensor of the input's shape, the same each time
   */
  public KerasTensor tensor() {
    if (tensor == null) {
      buildOnce(List.of(shape));
      tensor = new Node(this, List.of(), List.of(shape)).outputs().get(0);
    }
    return tensor;
  }

  /** Keras's {@code Input} is a function; the layer that it makes has another name. */
  @Override
  boolean builtAtOnce() {
    return true;
  }

  @Override
  protected String typeName() {
    return "InputLayer";
  }

  @Override
  protected List<MaskedTensor> forward(Tape tape, List<MaskedTensor> inputs) {
    return inputs;
  }

  /**
   * Returns a layer of its arguments. Keras: {@code Input.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Input fromConfig(Config config) {
    Checks.notNull("Input.fromConfig", "config", config);
    config.ignore("trainable");
    config.only("sparse", false);
    config.only("ragged", false);
    config.only("optional", false);
    Input layer = new Input(shapeFrom(config));
    if (config.given("dtype")) {
      String type = config.text("dtype");
      layer.dtype(type);
    }
    config.text("name", layer::name);
    return layer;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = new java.util.LinkedHashMap<>();
    config.put("batch_shape", Configs.shape(shape));
    config.put("dtype", dtype);
    config.put("sparse", false);
    config.put("ragged", false);
    config.put("name", name());
    config.put("optional", false);
    return config;
  }
}
