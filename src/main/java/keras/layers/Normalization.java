package keras.layers;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import keras.backend.LayerContext;
import keras.backend.Variable;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.utils.Batch;
import keras.utils.Config;
import keras.utils.FloatArrays;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Shifts and scales features to a mean of 0 and a deviation of 1, {@code (x - mean) /
 * max(sqrt(variance), 1e-7)}. Keras: {@code keras.layers.Normalization(axis=-1, mean=None,
 * variance=None, invert=False)}.
 *
 * <p>Shapes: any → the same. Mean and variance are given, or found by {@link #adapt}; they are
 * weights then, which training leaves alone. A mask is passed on.
 *
 * <pre>{@code
 * Normalization normalization = new Normalization();
 * normalization.adapt(x);
 * model.add(normalization);
 * }</pre>
 */
public final class Normalization extends KerasLayer<Normalization> {

  private static final float EPSILON = 1e-7f;

  private int[] axis = {-1};
  private double[] givenMean;
  private double[] givenVariance;

  /** Whether a configuration has them as lists. */
  private boolean listed;

  private boolean invert;
  private Shape builtFor;
  private Variable mean;
  private Variable variance;

  /**
   * Sets which axes have a mean and a variance for each place.
   *
   * @param value axes; -1, the last, by default; none for one mean of everything
   * @return this layer
   */
  public Normalization axis(int... value) {
    checkNotFrozen("axis");
    Checks.notNull("Normalization", "axis", value);
    axis = value.clone();
    return this;
  }

  /**
   * Sets the mean, in place of {@link #adapt}; the variance must be set too.
   *
   * @param values one for each place along the axis
   * @return this layer
   */
  public Normalization mean(double... values) {
    checkNotFrozen("mean");
    givenMean = checked("mean", values);
    listed = true;
    return this;
  }

  /**
   * Sets one mean for everything, in place of {@link #adapt}; the variance must be set too.
   *
   * @param value a number
   * @return this layer
   */
  public Normalization mean(double value) {
    mean(new double[] {value});
    listed = false;
    return this;
  }

  /**
   * Sets the variance, in place of {@link #adapt}; the mean must be set too.
   *
   * @param values one for each place along the axis
   * @return this layer
   */
  public Normalization variance(double... values) {
    checkNotFrozen("variance");
    givenVariance = checked("variance", values);
    listed = true;
    return this;
  }

  /**
   * Sets one variance for everything, in place of {@link #adapt}; the mean must be set too.
   *
   * @param value a number
   * @return this layer
   */
  public Normalization variance(double value) {
    variance(new double[] {value});
    listed = false;
    return this;
  }

  /**
   * Sets whether the layer does the opposite, from normalized features back.
   *
   * @param value false by default
   * @return this layer
   */
  public Normalization invert(boolean value) {
    checkNotFrozen("invert");
    invert = value;
    return this;
  }

  @Override
  protected boolean supportsMasking() {
    return true;
  }

  /** The axes that are kept, from 0. */
  private int[] kept(int rank) {
    int[] kept = Arrays.stream(axis).map(each -> each < 0 ? each + rank : each).sorted().toArray();
    for (int each : kept) {
      if (each < 0 || each >= rank) {
        throw Errors.in(toString(), "the input has no such axis.")
            .expected("axes from " + -rank + " to " + (rank - 1))
            .got("axis(" + Arrays.toString(axis) + ")")
            .fix("axis(-1), the last")
            .argument();
      }
    }
    return kept;
  }

  /** The dimensions that are kept, 1 for all others. */
  private Shape spread(Shape inputShape) {
    long[] dimensions = new long[inputShape.numDimensions()];
    Arrays.fill(dimensions, 1);
    for (int each : kept(dimensions.length)) {
      dimensions[each] = inputShape.get(each);
      if (dimensions[each] == Shape.UNKNOWN_SIZE) {
        throw Arguments.wrongShape(
            this,
            "the axes must be known that have a mean for each place.",
            "a known dimension " + each,
            inputShape,
            "give the Input this dimension, or take another axis");
      }
    }
    return Shape.of(dimensions);
  }

  private Shape weightShape(Shape inputShape) {
    return Shape.of(
        Arrays.stream(kept(inputShape.numDimensions())).mapToLong(inputShape::get).toArray());
  }

  @Override
  protected void build(Shape inputShape) {
    builtFor = inputShape;
    Shape shape = weightShape(spread(inputShape));
    if ((givenMean == null) != (givenVariance == null)) {
      throw Errors.in(toString(), "mean and variance go together.")
          .expected("both, or neither and a call of adapt(data)")
          .got(givenMean == null ? "variance(...) alone" : "mean(...) alone")
          .fix("give the other one too")
          .argument();
    }
    if (givenMean == null) {
      mean = addWeight("mean", shape, w -> w.initializer("zeros").trainable(false));
      variance = addWeight("variance", shape, w -> w.initializer("ones").trainable(false));
      addWeight("count", Shape.scalar(), w -> w.initializer("zeros").trainable(false));
      return;
    }
    for (double[] each : List.of(givenMean, givenVariance)) {
      if (each.length != 1 && each.length != shape.size()) {
        throw Errors.in(toString(), "mean and variance do not fit the input.")
            .expected("one number, or " + shape.size())
            .got(each.length)
            .fix("give one for each place along the axis")
            .argument();
      }
    }
  }

  /**
   * Finds mean and variance. Keras: {@code layer.adapt(data)}.
   *
   * @param data an array of samples, or an {@code Iterable} of several such, as batches
   * @throws IllegalStateException if mean and variance were given
   */
  public void adapt(Object data) {
    if (givenMean != null) {
      throw Errors.in(this + ".adapt", "the layer was given a mean and a variance.")
          .expected("a layer without them")
          .got("mean(...) and variance(...)")
          .fix("leave out one or the other")
          .state();
    }
    Moments moments = null;
    for (Object batch : Adapting.batches(data)) {
      Object first = batch instanceof Batch given ? given.inputs().get(0) : batch;
      FloatNdArray array = FloatArrays.of(first, this + ".adapt: data");
      Shape shape = array.shape();
      if (!built()) {
        buildOnce(List.of(shape));
      }
      if (shape.numDimensions() != builtFor.numDimensions()
          || !weightShape(shape).equals(weightShape(builtFor))) {
        throw Arguments.wrongShape(
            this,
            "the data do not go with the input that the layer was built for.",
            Errors.shape(builtFor.asArray()),
            shape,
            "adapt to the data that the model is given");
      }
      moments = moments == null ? new Moments(spread(shape)) : moments;
      moments.add(FloatArrays.values(array), shape);
    }
    if (moments == null) {
      throw Errors.in(this + ".adapt", "there are no data.")
          .expected("at least one array")
          .got("none")
          .fix("check where the data come from")
          .argument();
    }
    mean.assign(moments.means());
    variance.assign(moments.variances());
  }

  /** Means and variances of what was seen so far. */
  private static final class Moments {
    private final double[] means;
    private final double[] variances;
    private final long[] spread;
    private double count;

    Moments(Shape spread) {
      this.spread = spread.asArray();
      means = new double[(int) spread.size()];
      variances = new double[means.length];
    }

    void add(float[] values, Shape shape) {
      double[] sums = new double[means.length];
      double[] squares = new double[means.length];
      int[] places = places(shape);
      for (int i = 0; i < values.length; i++) {
        sums[places[i]] += values[i];
      }
      double more = (double) values.length / means.length;
      for (int i = 0; i < values.length; i++) {
        double distance = values[i] - sums[places[i]] / more;
        squares[places[i]] += distance * distance;
      }
      count += more;
      double share = more / count;
      for (int k = 0; k < means.length; k++) {
        double batchMean = sums[k] / more;
        double total = means[k] * (1 - share) + batchMean * share;
        variances[k] =
            (variances[k] + square(means[k] - total)) * (1 - share)
                + (squares[k] / more + square(batchMean - total)) * share;
        means[k] = total;
      }
    }

    private static double square(double x) {
      return x * x;
    }

    /** For each value the mean that it counts for. */
    private int[] places(Shape shape) {
      int[] places = new int[(int) shape.size()];
      for (int i = 0; i < places.length; i++) {
        int rest = i;
        int factor = 1;
        for (int d = spread.length - 1; d >= 0; d--) {
          int at = rest % (int) shape.get(d);
          rest /= (int) shape.get(d);
          if (spread[d] != 1) {
            places[i] += at * factor;
            factor *= (int) spread[d];
          }
        }
      }
      return places;
    }

    float[] means() {
      return rounded(means);
    }

    float[] variances() {
      return rounded(variances);
    }
  }

  private static float[] rounded(double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  @Override
  protected Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs) {
    Ops tf = context.tf();
    Operand<TFloat32> middle = spreadOver(context, mean, givenMean);
    Operand<TFloat32> width =
        tf.math.maximum(
            tf.math.sqrt(spreadOver(context, variance, givenVariance)), tf.constant(EPSILON));
    return invert
        ? tf.math.add(middle, tf.math.mul(inputs, width))
        : tf.math.div(tf.math.sub(inputs, middle), width);
  }

  private Operand<TFloat32> spreadOver(LayerContext context, Variable weight, double[] given) {
    Ops tf = context.tf();
    if (given != null && given.length == 1) {
      return tf.constant((float) given[0]);
    }
    Operand<TFloat32> values = given == null ? context.weight(weight) : tf.constant(rounded(given));
    return tf.reshape(values, tf.constant(spread(builtFor).asArray()));
  }

  /**
   * Returns a layer of its arguments. Keras: {@code Normalization.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Normalization fromConfig(Config config) {
    Normalization layer = new Normalization().common(config);
    if (config.has("axis")) {
      layer.axis(
          !config.given("axis")
              ? new int[0]
              : config.value("axis") instanceof List
                  ? config.integers("axis")
                  : new int[] {config.integer("axis")});
    }
    if (config.given("mean")) {
      layer.mean(numbers(config, "mean"));
    }
    if (config.given("variance")) {
      layer.variance(numbers(config, "variance"));
    }
    layer.listed = config.value("mean") instanceof List;
    config.bool("invert", layer::invert);
    return layer;
  }

  private static double[] numbers(Config config, String key) {
    return config.value(key) instanceof List
        ? config.numbers(key)
        : new double[] {config.number(key)};
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("axis", Arrays.stream(axis).boxed().toList());
    config.put("invert", invert);
    config.put("mean", written(givenMean));
    config.put("variance", written(givenVariance));
    return config;
  }

  private static double[] checked(String argument, double[] values) {
    if (Checks.given("Normalization", argument, values).length == 0) {
      throw Errors.in("Normalization", argument + " has no numbers.")
          .expected("one for each place along the axis, or one for everything")
          .got("none")
          .fix("pass some, or call adapt in place of mean and variance")
          .argument();
    }
    return values.clone();
  }

  private Object written(double[] values) {
    if (values == null) {
      return null;
    }
    return listed ? Arrays.stream(values).boxed().toList() : (Object) values[0];
  }
}
