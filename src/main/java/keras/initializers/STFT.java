package keras.initializers;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.messages.Names;
import keras.utils.Config;
import org.tensorflow.ndarray.Shape;

/**
 * The kernel of a short-term Fourier transform as a convolution: {@code cos} or {@code sin} of
 * {@code -2 π t f / (2 (frequencies - 1))}, times a window. Keras: {@code
 * keras.initializers.STFT(side="real", window="hann", scaling="density", periodic=False)}. Shape:
 * (timesteps, 1, frequencies).
 *
 * <p>Porting note: Keras knows every window of SciPy by its name; here there are {@code "hann"},
 * {@code "hamming"}, {@code "blackman"}, {@code "bartlett"} and {@code "boxcar"}. Give the values
 * of any other.
 */
public final class STFT extends Initializer {

  private static final List<String> SIDES = List.of("real", "imag");
  private static final List<String> SCALINGS = List.of("density", "spectrum");

  /** Windows over the part of the frame that has gone by, from 0 to 1. */
  private static final Map<String, DoubleUnaryOperator> WINDOWS = windows();

  private String side = "real";
  private Object window = "hann";
  private String scaling = "density";
  private boolean periodic;

  /** Keras's defaults: the real side, with a Hann window. */
  public STFT() {}

  private static Map<String, DoubleUnaryOperator> windows() {
    Map<String, DoubleUnaryOperator> named = new LinkedHashMap<>();
    named.put("hann", part -> cosines(part, 0.5, 0.5));
    named.put("hamming", part -> cosines(part, 0.54, 0.46));
    named.put("blackman", part -> cosines(part, 0.42, 0.5, 0.08));
    named.put("bartlett", part -> 1 - Math.abs(2 * part - 1));
    named.put("boxcar", part -> 1);
    named.put("ones", part -> 1);
    return named;
  }

  /** {@code a0 - a1 cos(2 π part) + a2 cos(4 π part) - ...} */
  private static double cosines(double part, double... factors) {
    double sum = 0;
    for (int i = 0; i < factors.length; i++) {
      sum += (i % 2 == 0 ? 1 : -1) * factors[i] * Math.cos(2 * Math.PI * i * part);
    }
    return sum;
  }

  /**
   * Sets which side of the transform's complex numbers.
   *
   * @param value {@code "real"}, the default, or {@code "imag"}
   * @return this initializer
   * @throws IllegalArgumentException if there is no such side
   */
  public STFT side(String value) {
    side = known("side", value, SIDES);
    return this;
  }

  /**
   * Names the weights of the timesteps of a frame.
   *
   * @param name {@code "hann"} (the default), {@code "hamming"}, {@code "blackman"}, {@code
   *     "bartlett"}, {@code "boxcar"} or {@code "ones"}; or null for none
   * @return this initializer
   * @throws IllegalArgumentException if there is no window of this name
   */
  public STFT window(String name) {
    window = name == null ? null : known("window", name, WINDOWS.keySet());
    return this;
  }

  /**
   * Sets the weights of the timesteps of a frame.
   *
   * @param weights one for each timestep
   * @return this initializer
   */
  public STFT window(float... weights) {
    Checks.notNull("STFT", "window", weights);
    window = weights.clone();
    return this;
  }

  /**
   * By what the window is divided. Nothing is, without a window.
   *
   * @param value {@code "density"}, the default: its length; {@code "spectrum"}: the sum of its
   *     sizes; or null: 1
   * @return this initializer
   * @throws IllegalArgumentException if there is no such scaling
   */
  public STFT scaling(String value) {
    scaling = value == null ? null : known("scaling", value, SCALINGS);
    return this;
  }

  /**
   * Sets whether a window that is given by its name is one period of a wave, so that its last
   * weight comes before its first one again.
   *
   * @param value false, the default, for a symmetric one
   * @return this initializer
   */
  public STFT periodic(boolean value) {
    periodic = value;
    return this;
  }

  private static String known(String argument, String value, Iterable<String> all) {
    for (String each : all) {
      if (each.equals(value)) {
        return value;
      }
    }
    List<String> names = new java.util.ArrayList<>();
    all.forEach(names::add);
    throw Names.unknown("STFT " + argument, value, names);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the shape is not (timesteps, 1, frequencies), or the window
   *     has another number of weights
   */
  @Override
  public float[] call(Shape shape) {
    Draws.size("STFT", shape);
    if (shape.numDimensions() != 3 || shape.get(1) != 1) {
      throw Errors.in("STFT", "this weight is no kernel of a Fourier transform.")
          .expected("(timesteps, 1, frequencies)")
          .got("shape " + Errors.shape(shape.asArray()))
          .fix("choose another initializer for this weight")
          .argument();
    }
    int timesteps = Math.toIntExact(shape.get(0));
    int frequencies = Math.toIntExact(shape.get(2));
    float[] weights = weights(timesteps);
    float divisor = divisor(weights);
    float[] values = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < values.length; i++) {
      int timestep = i / frequencies;
      float frequency = (float) (i % frequencies) / ((frequencies - 1) * 2);
      float angle = -2f * timestep * frequency * (float) Math.PI;
      float wave = (float) ("real".equals(side) ? Math.cos(angle) : Math.sin(angle));
      values[i] = weights == null ? wave : wave * weights[timestep] / divisor;
    }
    return values;
  }

  private float[] weights(int timesteps) {
    if (window instanceof String name) {
      int period = periodic ? timesteps : timesteps - 1;
      float[] made = new float[timesteps];
      for (int i = 0; i < timesteps; i++) {
        made[i] = timesteps == 1 ? 1 : (float) WINDOWS.get(name).applyAsDouble((double) i / period);
      }
      return made;
    }
    float[] given = (float[]) window;
    if (given != null && given.length != timesteps) {
      throw Errors.in("STFT", "the window does not have the kernel's number of timesteps.")
          .expected(timesteps + " weights")
          .got(given.length)
          .fix("give one weight for each timestep, or the name of a window")
          .argument();
    }
    return given;
  }

  private float divisor(float[] weights) {
    if (weights == null || scaling == null) {
      return 1;
    }
    float sum = 0;
    for (float each : weights) {
      sum += "density".equals(scaling) ? each * each : Math.abs(each);
    }
    return "density".equals(scaling) ? (float) Math.sqrt(sum) : sum;
  }

  /**
   * Returns an initializer of its arguments. Keras: {@code STFT.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new initializer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static STFT fromConfig(Config config) {
    Checks.notNull("STFT.fromConfig", "config", config);
    STFT made = new STFT();
    config.text("side", made::side);
    if (config.value("window") instanceof List<?> values) {
      made.window(weights(config, values));
    } else if (config.has("window")) {
      made.window(config.given("window") ? config.text("window") : null);
    }
    if (config.has("scaling")) {
      made.scaling(config.given("scaling") ? config.text("scaling") : null);
    }
    config.bool("periodic", made::periodic);
    return made;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("side", side);
    config.put("window", window instanceof float[] values ? listed(values) : window);
    config.put("periodic", periodic);
    config.put("scaling", scaling);
    return config;
  }

  private static float[] weights(Config config, List<?> values) {
    float[] numbers = new float[values.size()];
    for (int i = 0; i < numbers.length; i++) {
      if (!(values.get(i) instanceof Number number)) {
        throw config.wrong("window", "a name, or a list of numbers");
      }
      numbers[i] = number.floatValue();
    }
    return numbers;
  }

  private static List<Float> listed(float[] values) {
    Float[] boxed = new Float[values.length];
    Arrays.setAll(boxed, i -> values[i]);
    return List.of(boxed);
  }
}
