package keras.initializers;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.utils.Config;
import org.tensorflow.ndarray.Shape;

/**
 * Random numbers whose spread follows from how many numbers flow into a unit (the fan-in) and out
 * of it (the fan-out), so that signals neither grow nor fade from layer to layer.
 *
 * <p>A matrix has its rows as fan-in and its columns as fan-out, a vector its length as both. Of
 * more dimensions the last two count, each times the product of those before them, as in a
 * convolution kernel. {@link #inputAxes} together with {@link #outputAxes} say otherwise.
 *
 * @param <S> the class itself, which chained calls return
 */
public abstract class FanInitializer<S extends FanInitializer<S>> extends RandomInitializer<S> {

  /** The standard deviation of a normal distribution that is cut off at two of its own. */
  private static final double TRUNCATED_STDDEV = 0.8796256610342398;

  double scale;
  String mode;
  String distribution;
  private List<Integer> inputAxes;
  private List<Integer> outputAxes;

  FanInitializer(double scale, String mode, String distribution) {
    this.scale = scale;
    this.mode = mode;
    this.distribution = distribution;
  }

  /**
   * Sets the axes whose product is the fan-in. Counts only if {@link #outputAxes} is given too.
   *
   * @param axes axes of the weight, from 0, or from -1 backwards; none of them by default
   * @return this initializer
   */
  public S inputAxes(int... axes) {
    Checks.notNull(getClass().getSimpleName(), "inputAxes", axes);
    inputAxes = Arrays.stream(axes).boxed().toList();
    return self();
  }

  /**
   * Sets the axes whose product is the fan-out. Counts only if {@link #inputAxes} is given too.
   *
   * @param axes axes of the weight, from 0, or from -1 backwards; none of them by default
   * @return this initializer
   */
  public S outputAxes(int... axes) {
    Checks.notNull(getClass().getSimpleName(), "outputAxes", axes);
    outputAxes = Arrays.stream(axes).boxed().toList();
    return self();
  }

  @Override
  final S argumentsFrom(Config config) {
    Checks.notNull(getClass().getSimpleName() + ".fromConfig", "config", config);
    if (config.given("input_axes")) {
      inputAxes(config.integers("input_axes"));
    }
    if (config.given("output_axes")) {
      outputAxes(config.integers("output_axes"));
    }
    return super.argumentsFrom(config);
  }

  /**
   * Returns values along axes that a layer knows, unless the caller gave others. For the library.
   *
   * @param shape the shape of the weight
   * @param input the axes of the fan-in
   * @param output the axes of the fan-out
   * @return the values, from the same seed
   */
  public final float[] along(Shape shape, List<Integer> input, List<Integer> output) {
    String where = getClass().getSimpleName();
    Draws.size(where, shape);
    Checks.list(where, "input", input);
    Checks.list(where, "output", output);
    boolean own = inputAxes != null && outputAxes != null;
    return values(shape, own ? fan(shape) : fan(product(shape, input), product(shape, output)));
  }

  @Override
  public float[] call(Shape shape) {
    Draws.size(getClass().getSimpleName(), shape);
    return values(shape, fan(shape));
  }

  private float[] values(Shape shape, double fan) {
    double variance = scale / Math.max(1, fan);
    return switch (distribution) {
      case "truncated_normal" ->
          Draws.truncatedNormal(shape, nextSeed(), 0, Math.sqrt(variance) / TRUNCATED_STDDEV);
      case "untruncated_normal" -> Draws.normal(shape, nextSeed(), 0, Math.sqrt(variance));
      default -> {
        double limit = Math.sqrt(3 * variance);
        yield Draws.uniform(shape, nextSeed(), -limit, limit);
      }
    };
  }

  private double fan(Shape shape) {
    long in;
    long out;
    int rank = shape.numDimensions();
    if (inputAxes != null && outputAxes != null) {
      in = product(shape, inputAxes);
      out = product(shape, outputAxes);
    } else if (rank < 2) {
      in = shape.size();
      out = in;
    } else {
      long field = shape.take(rank - 2).size();
      in = field * shape.get(rank - 2);
      out = field * shape.get(rank - 1);
    }
    return fan(in, out);
  }

  private double fan(long in, long out) {
    return switch (mode) {
      case "fan_in" -> in;
      case "fan_out" -> out;
      default -> (in + out) / 2.0;
    };
  }

  private long product(Shape shape, List<Integer> axes) {
    int rank = shape.numDimensions();
    long product = 1;
    for (int axis : axes) {
      if (axis < -rank || axis >= rank) {
        throw Errors.in(
                getClass().getSimpleName(),
                "inputAxes or outputAxes names an axis that the weight does not have.")
            .expected(
                "axes from "
                    + -rank
                    + " to "
                    + (rank - 1)
                    + " for shape "
                    + Errors.shape(shape.asArray()))
            .got(axis)
            .fix("name axes of the weight")
            .argument();
      }
      product *= shape.get(axis < 0 ? axis + rank : axis);
    }
    return product;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("input_axes", inputAxes);
    config.put("output_axes", outputAxes);
    return config;
  }

  /** Returns a new initializer with the arguments of the subclass, the seed and the axes aside. */
  abstract S unplaced();

  @Override
  final S blank() {
    S copy = unplaced();
    FanInitializer<S> other = copy;
    other.inputAxes = inputAxes;
    other.outputAxes = outputAxes;
    return copy;
  }
}
