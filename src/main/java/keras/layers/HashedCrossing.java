package keras.layers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.utils.Config;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;

/**
 * Spreads combinations of strings or whole numbers among bins by their hash. Keras: {@code
 * keras.layers.HashedCrossing(num_bins, output_mode="int")}.
 *
 * <p>Shapes: several inputs of (batch) or (batch, 1) → the same, or with {@code "one_hot"} (batch,
 * bins). The hash is TensorFlow's, so that the bins are Keras's.
 */
public final class HashedCrossing extends DataLayer<HashedCrossing> {

  private final int bins;
  private String outputMode = CategoryMode.INT;

  /**
   * A crossing.
   *
   * @param numBins how many bins there are
   * @throws IllegalArgumentException if there are none
   */
  public HashedCrossing(int numBins) {
    bins = Checks.positive("HashedCrossing", "numBins", numBins);
  }

  /**
   * Sets what is given out.
   *
   * @param value {@code "int"}, the default: the number of the bin; {@code "one_hot"}: a vector
   * @return this layer
   */
  public HashedCrossing outputMode(String value) {
    checkNotFrozen("outputMode");
    outputMode = CategoryMode.checked(this, value, List.of(CategoryMode.INT, CategoryMode.ONE_HOT));
    return this;
  }

  /**
   * Reads data. Keras: {@code layer([first, second])}.
   *
   * @param data a list of two or more arrays of strings or whole numbers
   * @return the bins of what stands at the same place in all of them
   * @throws IllegalArgumentException if the data are something else
   */
  @Override
  public FloatNdArray apply(Object data) {
    if (!(data instanceof List<?> list) || list.size() < 2) {
      throw Errors.in(this + ".apply: data", "values are combined with each other.")
          .expected("a list of two or more arrays")
          .got(data instanceof List<?> few ? few.size() + " of them" : "no list")
          .fix("apply(List.of(first, second))")
          .argument();
    }
    return applyAll(list);
  }

  @Override
  FloatNdArray applyAll(List<?> data) {
    List<Tokens> all = new ArrayList<>();
    data.forEach(each -> all.add(Tokens.of(this + ".apply: data[" + all.size() + "]", each)));
    Shape shape = all.get(0).shape();
    all.forEach(each -> check(List.of(shape, each.shape())));
    long[] found = Hashes.crossed(all, bins);
    return CategoryMode.encode(this, found, shape, outputMode, bins, null);
  }

  private void check(List<Shape> shapes) {
    Shape first = shapes.get(0);
    boolean column = first.numDimensions() == 2 && first.get(1) == 1;
    if (!(first.numDimensions() == 1 || column) || !shapes.stream().allMatch(first::equals)) {
      throw Errors.in(toString(), "values of several dimensions cannot be combined.")
          .expected("inputs of the same shape, (batch,) or (batch, 1)")
          .got(String.join(", ", shapes.stream().map(s -> Errors.shape(s.asArray())).toList()))
          .fix("reshape them")
          .argument();
    }
  }

  @Override
  protected void build(List<Shape> inputShapes) {}

  @Override
  public List<Shape> computeOutputShape(List<Shape> inputShapes) {
    Arguments.some(this, inputShapes);
    for (Shape each : inputShapes) {
      Arguments.leastRank(this, each, 1, "(batch,) or (batch, 1)", "give it batches");
    }
    check(inputShapes.stream().map(shape -> Shape.of(1).append(shape.tail())).toList());
    return List.of(CategoryMode.shape(this, inputShapes.get(0), outputMode, bins));
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
   * Returns a layer of its arguments. Keras: {@code HashedCrossing.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static HashedCrossing fromConfig(Config config) {
    Checks.notNull("HashedCrossing.fromConfig", "config", config);
    config.ignore("dtype", "trainable");
    HashedCrossing layer = new HashedCrossing(config.integer("num_bins"));
    config.text("name", layer::name);
    config.text("output_mode", layer::outputMode);
    config.only("sparse", false);
    return layer;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("num_bins", bins);
    config.put("output_mode", outputMode);
    config.put("sparse", false);
    config.put("name", name());
    config.put("dtype", outputMode.equals(CategoryMode.INT) ? "int64" : "float32");
    return config;
  }
}
