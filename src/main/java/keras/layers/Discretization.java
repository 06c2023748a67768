package keras.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import keras.backend.LayerContext;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Turns each number into the number of the bin that it lies in. Keras: {@code
 * keras.layers.Discretization(bin_boundaries=None, num_bins=None, epsilon=0.01,
 * output_mode="int")}.
 *
 * <p>Shapes: any → the same; with {@code "multi_hot"} and {@code "count"} (batch, numbers) →
 * (batch, bins), with {@code "one_hot"} (batch, ...) → (batch, ..., bins). A number on a boundary
 * belongs to the bin above it. The boundaries are given, or found by {@link #adapt} so that each
 * bin has about as many numbers.
 */
public final class Discretization extends KerasLayer<Discretization> {

  private static final List<String> MODES =
      List.of(CategoryMode.INT, CategoryMode.ONE_HOT, CategoryMode.MULTI_HOT, CategoryMode.COUNT);

  private double[] binBoundaries;
  private Integer numBins;
  private double epsilon = 0.01;
  private String outputMode = CategoryMode.INT;

  /**
   * Sets the numbers between two bins.
   *
   * @param values in increasing order
   * @return this layer
   */
  public Discretization binBoundaries(double... values) {
    checkNotFrozen("binBoundaries");
    Checks.notNull("Discretization", "binBoundaries", values);
    binBoundaries = values.clone();
    return this;
  }

  /**
   * Sets how many bins {@link #adapt} makes.
   *
   * @param value 1 or more
   * @return this layer
   */
  public Discretization numBins(int value) {
    checkNotFrozen("numBins");
    if (value < 1) {
      throw Errors.in("Discretization", "there must be a bin.")
          .expected("1 or more")
          .got(value)
          .fix("numBins(10)")
          .argument();
    }
    numBins = value;
    return this;
  }

  /**
   * Sets how exactly {@link #adapt} finds the boundaries.
   *
   * @param value a share of the numbers, 0.01 by default; less is more exact
   * @return this layer
   */
  public Discretization epsilon(double value) {
    checkNotFrozen("epsilon");
    if (!(value > 0 && value < 1)) {
      throw Errors.in("Discretization", "epsilon is no fraction.")
          .expected("more than 0 and less than 1")
          .got(value)
          .fix("epsilon(0.01)")
          .argument();
    }
    epsilon = value;
    return this;
  }

  /**
   * Sets what is given out.
   *
   * @param value {@code "int"}, the default: the number of the bin; {@code "one_hot"}: a vector for
   *     each number; {@code "multi_hot"}: a vector with a 1 for each bin that a sample has; {@code
   *     "count"}: how often it has it
   * @return this layer
   */
  public Discretization outputMode(String value) {
    checkNotFrozen("outputMode");
    outputMode = CategoryMode.checked(this, value, MODES);
    return this;
  }

  /**
   * Finds boundaries that leave about as many numbers in each bin. Keras: {@code
   * layer.adapt(data)}.
   *
   * @param data an array of any shape, or an {@code Iterable} of several
   * @throws IllegalStateException if the boundaries were given, or if there is no {@link #numBins}
   */
  public void adapt(Object data) {
    if (numBins == null) {
      throw Errors.in(this + ".adapt", "the layer does not know how many bins to make.")
          .expected("numBins(...), without binBoundaries(...)")
          .got(binBoundaries == null ? "neither" : "binBoundaries(...)")
          .fix("numBins(10) on the layer")
          .state();
    }
    Summary summary = new Summary(new double[0], new double[0]);
    for (Object batch : Adapting.batches(data)) {
      double[] values = Adapting.floats(this, batch);
      Arrays.sort(values);
      summary = Summary.of(values, epsilon).and(summary).compressed(epsilon);
    }
    if (summary.values.length == 0) {
      throw Errors.in(this + ".adapt", "there is no data.")
          .expected("one number or more")
          .got("none")
          .fix("give adapt the numbers that bins are made for")
          .argument();
    }
    double[] all = summary.compressed(1.0 / numBins).values;
    binBoundaries = Arrays.copyOf(all, Math.max(0, all.length - 1));
  }

  /** A few numbers that stand for many. Keras: {@code summarize}. */
  private static final class Summary {

    /** In increasing order. */
    private final double[] values;

    /** How many numbers each of the values stands for. */
    private final double[] weights;

    Summary(double[] values, double[] weights) {
      this.values = values;
      this.weights = weights;
    }

    static Summary of(double[] sorted, double epsilon) {
      double step = Math.max(sorted.length * epsilon, 1);
      int stride = (int) step;
      double[] kept =
          IntStream.iterate((int) (step - 1), i -> i < sorted.length, i -> i + stride)
              .mapToDouble(i -> sorted[i])
              .toArray();
      double[] weights = new double[kept.length];
      Arrays.fill(weights, (float) step);
      return new Summary(kept, weights);
    }

    /** Keras sorts both together by their values, those of the first given first. */
    Summary and(Summary other) {
      List<Integer> order = new ArrayList<>();
      double[] both = concat(values, other.values);
      double[] counts = concat(weights, other.weights);
      IntStream.range(0, both.length).forEach(order::add);
      order.sort((a, b) -> Double.compare(both[a], both[b]));
      return new Summary(
          order.stream().mapToDouble(i -> both[i]).toArray(),
          order.stream().mapToDouble(i -> counts[i]).toArray());
    }

    private static double[] concat(double[] first, double[] second) {
      return DoubleStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
    }

    Summary compressed(double share) {
      if (values.length * share < 1) {
        return this;
      }
      double[] sums = weights.clone();
      // Rounded as Keras rounds them, so that boundaries between equal shares are Keras's.
      for (int i = 1; i < sums.length; i++) {
        sums[i] = (float) sums[i - 1] + (float) sums[i];
      }
      float total = (float) sums[sums.length - 1];
      double[] shares = Arrays.stream(sums).map(sum -> (float) sum / total).toArray();
      int count = (int) Math.ceil(1 / share);
      double[] found = new double[count];
      double[] counts = new double[count];
      double before = 0;
      for (int i = 0; i < count; i++) {
        double place = share + i * share;
        found[i] = (float) between(place, shares, values);
        double sum = between(place, shares, sums);
        counts[i] = (float) (sum - before);
        before = sum;
      }
      return new Summary(found, counts);
    }

    /** The height at a place of a line through points. */
    private static double between(double x, double[] xs, double[] ys) {
      int above = 0;
      while (above < xs.length && xs[above] <= x) {
        above++;
      }
      if (above == 0 || above == xs.length) {
        return ys[above == 0 ? 0 : xs.length - 1];
      }
      double slope = (ys[above] - ys[above - 1]) / (xs[above] - xs[above - 1]);
      return slope * (x - xs[above - 1]) + ys[above - 1];
    }
  }

  private int bins() {
    return binBoundaries != null ? binBoundaries.length + 1 : numBins == null ? -1 : numBins;
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    return CategoryMode.shape(this, inputShape, outputMode, bins());
  }

  @Override
  protected Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs) {
    if (binBoundaries == null) {
      throw Errors.in(toString(), "the layer has no boundaries yet.")
          .expected("binBoundaries(...), or a call of adapt(data) before the model is used")
          .got("neither")
          .fix("layer.adapt(data)")
          .state();
    }
    Ops tf = context.tf();
    List<Float> boundaries = new ArrayList<>();
    for (double boundary : binBoundaries) {
      boundaries.add((float) boundary);
    }
    Operand<TFloat32> bins =
        tf.dtypes.cast(tf.bucketize(tf.stopGradient(inputs), boundaries), TFloat32.class);
    return CategoryMode.encode(tf, bins, outputMode, bins(), null);
  }

  @Override
  String outputDtype() {
    return outputMode.equals(CategoryMode.INT) ? "int32" : super.outputDtype();
  }

  /**
   * Returns a layer of its arguments. Keras: {@code Discretization.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Discretization fromConfig(Config config) {
    Discretization layer = new Discretization().common(config);
    if (config.given("bin_boundaries")) {
      layer.binBoundaries(config.numbers("bin_boundaries"));
    }
    if (config.given("num_bins")) {
      layer.numBins(config.integer("num_bins"));
    }
    config.number("epsilon", layer::epsilon);
    config.text("output_mode", layer::outputMode);
    config.only("sparse", false);
    return layer;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put(
        "bin_boundaries",
        binBoundaries == null ? null : Arrays.stream(binBoundaries).boxed().toList());
    config.put("num_bins", numBins);
    config.put("epsilon", epsilon);
    config.put("output_mode", outputMode);
    config.put("sparse", false);
    config.put("name", name());
    config.put("dtype", "float32");
    return config;
  }
}
