package keras.layers;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.utils.Config;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;

/**
 * Spreads strings or whole numbers among bins by their hash. Keras: {@code
 * keras.layers.Hashing(num_bins, mask_value=None, salt=None, output_mode="int")}.
 *
 * <p>Shapes: any → the same; with {@code "multi_hot"} and {@code "count"} (batch, values) → (batch,
 * bins), with {@code "one_hot"} (batch, ...) → (batch, ..., bins). The hash is TensorFlow's, so
 * that the bins are Keras's.
 */
public final class Hashing extends DataLayer<Hashing> {

  private static final List<String> MODES =
      List.of(CategoryMode.INT, CategoryMode.ONE_HOT, CategoryMode.MULTI_HOT, CategoryMode.COUNT);

  private final int bins;
  private Object maskValue;
  private long[] salt;
  private String outputMode = CategoryMode.INT;

  /**
   * A hashing.
   *
   * @param numBins how many bins there are, that of the mask value included
   * @throws IllegalArgumentException if there are none
   */
  public Hashing(int numBins) {
    bins = Checks.positive("Hashing", "numBins", numBins);
  }

  /**
   * Sets the value that has bin 0, which no other then has.
   *
   * @param value a string or a whole number; null, the default, for none
   * @return this layer
   */
  public Hashing maskValue(Object value) {
    checkNotFrozen("maskValue");
    List<Object> values = value == null ? null : Tokens.of("Hashing.maskValue", value).values();
    if (values != null && values.size() != 1) {
      throw Errors.in("Hashing", "maskValue is one value.")
          .expected("a string or a whole number")
          .got(values.size() + " values")
          .fix("maskValue(\"\")")
          .argument();
    }
    maskValue = values == null ? null : values.get(0);
    return this;
  }

  /**
   * Sets the key of the hash.
   *
   * @param value one number, or two; none, the default, for a hash without a key
   * @return this layer
   */
  public Hashing salt(long... value) {
    checkNotFrozen("salt");
    salt = Hashes.checked(this, value);
    return this;
  }

  /**
   * Sets what is given out.
   *
   * @param value {@code "int"}, the default: the number of the bin; {@code "one_hot"}: a vector for
   *     each value; {@code "multi_hot"}: a vector with a 1 for each bin that a sample has; {@code
   *     "count"}: how often it has it
   * @return this layer
   */
  public Hashing outputMode(String value) {
    checkNotFrozen("outputMode");
    outputMode = CategoryMode.checked(this, value, MODES);
    return this;
  }

  @Override
  public FloatNdArray apply(Object data) {
    Tokens given = Tokens.of(this + ".apply: data", data);
    boolean masks = maskValue != null && bins > 1;
    long[] found = Hashes.buckets(given.texts(), masks ? bins - 1 : bins, salt);
    for (int i = 0; masks && i < found.length; i++) {
      found[i] = given.values().get(i).equals(maskValue) ? 0 : found[i] + 1;
    }
    return CategoryMode.encode(this, found, given.shape(), outputMode, bins, null);
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    return CategoryMode.shape(this, inputShape, outputMode, bins);
  }

  @Override
  boolean builtAtOnce() {
    return false;
  }

  @Override
  String outputDtype() {
    return outputMode.equals(CategoryMode.INT) ? "int64" : super.outputDtype();
  }

  /**
   * Returns a layer of its arguments. Keras: {@code Hashing.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Hashing fromConfig(Config config) {
    Checks.notNull("Hashing.fromConfig", "config", config);
    // Keras computes places in whole numbers; here they are floats that hold them exactly.
    config.ignore("dtype");
    Hashing layer = new Hashing(config.integer("num_bins"));
    config.text("name", layer::name);
    config.bool("trainable", layer::trainable);
    if (config.given("mask_value")) {
      layer.maskValue(config.value("mask_value"));
    }
    if (config.given("salt")) {
      layer.salt(Hashes.from(config));
    }
    config.text("output_mode", layer::outputMode);
    config.only("sparse", false);
    return layer;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put(
        "dtype", outputMode.equals(CategoryMode.INT) ? Configs.dtype("int64") : Configs.dtype());
    config.put("num_bins", bins);
    config.put("salt", salt == null ? null : Arrays.stream(salt).boxed().toList());
    config.put("mask_value", maskValue);
    config.put("output_mode", outputMode);
    config.put("sparse", false);
    return config;
  }
}
