package keras.layers;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import keras.backend.LayerContext;
import keras.backend.Variable;
import keras.initializers.STFT;
import keras.internal.graph.Dims;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.messages.Names;
import keras.internal.ops.Convolutions;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The frequencies in pieces of a signal, by a Fourier transform of each. Keras: {@code
 * keras.layers.STFTSpectrogram}.
 *
 * <p>Shapes: (batch, timesteps, channels) → (batch, frames, channels · frequencies), or with {@code
 * expandDims} (batch, frames, frequencies, channels); there are {@code fftLength / 2 + 1}
 * frequencies, twice as many for {@code "stft"}. The transform is a convolution whose kernels are
 * weights, (frameLength, 1, frequencies), so that training changes them unless the layer is frozen.
 */
public final class STFTSpectrogram extends KerasLayer<STFTSpectrogram> {

  private static final String LOG = "log";
  private static final String MAGNITUDE = "magnitude";
  private static final String PSD = "psd";
  private static final String REAL = "real";
  private static final String IMAG = "imag";
  private static final String ANGLE = "angle";
  private static final String BOTH = "stft";
  private static final List<String> MODES = List.of(LOG, MAGNITUDE, PSD, REAL, IMAG, ANGLE, BOTH);

  private static final float EPSILON = 1e-7f;

  private final Window moved = new Window(this, 1);
  private STFT real = new STFT().side("real");
  private STFT imaginary = new STFT().side("imag");
  private String mode = LOG;
  private int frameLength = 256;
  private Integer frameStep;
  private Integer fftLength;
  private boolean expandDims;
  private Variable realKernel;
  private Variable imaginaryKernel;

  /** A spectrogram with Keras's defaults. */
  public STFTSpectrogram() {}

  /**
   * Sets what is given out.
   *
   * @param value {@code "log"}, the default: the logarithm of the magnitude; {@code "magnitude"};
   *     {@code "psd"}: the power; {@code "real"}, {@code "imag"}; {@code "angle"}; {@code "stft"}:
   *     the real parts, then the imaginary ones
   * @return this layer
   * @throws IllegalArgumentException if there is no such mode
   */
  public STFTSpectrogram mode(String value) {
    checkNotFrozen("mode");
    Checks.notNull("STFTSpectrogram", "mode", value);
    if (!MODES.contains(value)) {
      throw Names.unknown("STFTSpectrogram mode", value, MODES);
    }
    mode = value;
    return this;
  }

  /**
   * Sets how long the pieces are.
   *
   * @param timesteps 256 by default
   * @return this layer
   * @throws IllegalArgumentException if it is less than 1
   */
  public STFTSpectrogram frameLength(int timesteps) {
    checkNotFrozen("frameLength");
    frameLength = Checks.positive("STFTSpectrogram", "frameLength", timesteps);
    return this;
  }

  /**
   * Sets how far one piece begins after the one before it.
   *
   * @param timesteps up to {@code frameLength}; half of it by default
   * @return this layer
   * @throws IllegalArgumentException if it is less than 1
   */
  public STFTSpectrogram frameStep(int timesteps) {
    checkNotFrozen("frameStep");
    frameStep = Checks.positive("STFTSpectrogram", "frameStep", timesteps);
    return this;
  }

  /**
   * Sets the length of the transform.
   *
   * @param timesteps {@code frameLength} or more; by default the next power of two
   * @return this layer
   * @throws IllegalArgumentException if it is less than 1
   */
  public STFTSpectrogram fftLength(int timesteps) {
    checkNotFrozen("fftLength");
    fftLength = Checks.positive("STFTSpectrogram", "fftLength", timesteps);
    return this;
  }

  /**
   * Names how the timesteps of a piece are weighted.
   *
   * @param name {@code "hann"} by default; null for equal weights
   * @return this layer
   * @throws IllegalArgumentException if there is no such window
   */
  public STFTSpectrogram window(String name) {
    checkNotFrozen("window");
    real.window(name);
    imaginary.window(name);
    return this;
  }

  /**
   * Sets how the timesteps of a piece are weighted.
   *
   * @param weights one for each timestep of a piece
   * @return this layer
   */
  public STFTSpectrogram window(float... weights) {
    checkNotFrozen("window");
    real.window(weights);
    imaginary.window(weights);
    return this;
  }

  /**
   * Sets whether a window that is given by its name is one period of a wave.
   *
   * @param value false, the default, for a symmetric one
   * @return this layer
   */
  public STFTSpectrogram periodic(boolean value) {
    checkNotFrozen("periodic");
    real.periodic(value);
    imaginary.periodic(value);
    return this;
  }

  /**
   * Sets by what the window is divided.
   *
   * @param value {@code "density"}, the default; {@code "spectrum"}; or null for nothing
   * @return this layer
   * @throws IllegalArgumentException if there is no such scaling
   */
  public STFTSpectrogram scaling(String value) {
    checkNotFrozen("scaling");
    real.scaling(value);
    imaginary.scaling(value);
    return this;
  }

  /**
   * Sets what happens at the ends of the signal.
   *
   * @param value {@code "valid"}, the default: whole pieces alone; {@code "same"}: with zeros
   *     around
   * @return this layer
   * @throws IllegalArgumentException if it is neither
   */
  public STFTSpectrogram padding(String value) {
    checkNotFrozen("padding");
    moved.padding(value, false);
    return this;
  }

  /**
   * Sets whether frequencies and channels have a dimension each, as images do.
   *
   * @param value false by default
   * @return this layer
   */
  public STFTSpectrogram expandDims(boolean value) {
    checkNotFrozen("expandDims");
    expandDims = value;
    return this;
  }

  /**
   * Sets which dimension holds the channels.
   *
   * @param value {@code "channels_last"}, the default, or {@code "channels_first"}
   * @return this layer
   * @throws IllegalArgumentException if it is neither
   */
  public STFTSpectrogram dataFormat(String value) {
    checkNotFrozen("dataFormat");
    moved.format().set(value);
    return this;
  }

  private int step() {
    return frameStep == null ? Math.max(1, frameLength / 2) : frameStep;
  }

  private int transform() {
    return fftLength == null ? Integer.highestOneBit(2 * frameLength - 1) : fftLength;
  }

  private long frequencies() {
    return transform() / 2 + 1L;
  }

  @Override
  protected void build(Shape inputShape) {
    if (step() > frameLength || transform() < frameLength) {
      throw Errors.in(toString(), "its lengths do not go with each other.")
          .expected("frameStep <= frameLength <= fftLength")
          .got(step() + ", " + frameLength + ", " + transform())
          .fix("leave frameStep and fftLength out for half of frameLength and a power of two")
          .argument();
    }
    Shape shape = Shape.of(frameLength, 1, frequencies());
    if (!mode.equals(IMAG)) {
      realKernel = addWeight("real_kernel", shape, options -> options.initializer(real));
    }
    if (!mode.equals(REAL)) {
      imaginaryKernel = addWeight("imag_kernel", shape, options -> options.initializer(imaginary));
    }
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    Arguments.rank(
        this, inputShape, 3, "(batch, timesteps, channels)", "give the signal these dimensions");
    DataFormat format = moved.format();
    long channels = inputShape.get(format.featuresAxis(inputShape));
    long frequencies = mode.equals(BOTH) ? 2 * frequencies() : frequencies();
    moved.strides(step());
    boolean known = channels != Shape.UNKNOWN_SIZE;
    Shape flat =
        moved.outputShape(
            inputShape,
            new int[] {frameLength},
            known ? channels * frequencies : Shape.UNKNOWN_SIZE);
    if (!expandDims) {
      return flat;
    }
    return format.isFirst()
        ? Shape.of(flat.get(0), channels, flat.get(2), frequencies)
        : Shape.of(flat.get(0), flat.get(1), frequencies, channels);
  }

  @Override
  Optional<String> hindranceToStreaming(Shape inputShape) {
    return Optional.of("it takes timesteps together");
  }

  @Override
  protected Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs) {
    Ops tf = context.tf();
    Operand<TFloat32> signals =
        moved.format().isFirst()
            ? inputs
            : tf.linalg.transpose(inputs, tf.constant(new int[] {0, 2, 1}));
    return arranged(tf, inputs, spectrum(context, tf, signals));
  }

  /** Returns what the mode has of each frequency: (batch, channels, frames, frequencies). */
  private Operand<TFloat32> spectrum(LayerContext context, Ops tf, Operand<TFloat32> signals) {
    Operand<TFloat32> re = realKernel == null ? null : part(context, tf, signals, realKernel);
    Operand<TFloat32> im =
        imaginaryKernel == null ? null : part(context, tf, signals, imaginaryKernel);
    return switch (mode) {
      case REAL -> re;
      case IMAG -> im;
      case ANGLE -> tf.math.atan2(im, re);
      case BOTH -> tf.concat(List.of(re, im), tf.constant(3));
      default -> size(tf, tf.math.add(tf.math.square(re), tf.math.square(im)));
    };
  }

  private Operand<TFloat32> size(Ops tf, Operand<TFloat32> power) {
    if (mode.equals(PSD)) {
      return tf.math.mul(power, tf.constant(sides()));
    }
    Operand<TFloat32> epsilon = tf.constant(EPSILON);
    Operand<TFloat32> magnitude = tf.math.sqrt(tf.math.maximum(power, epsilon));
    return mode.equals(MAGNITUDE) ? magnitude : tf.math.log(tf.math.maximum(magnitude, epsilon));
  }

  /** Returns how often each frequency counts: those between the ends for the negative ones too. */
  private float[] sides() {
    float[] sides = new float[(int) frequencies()];
    for (int i = 0; i < sides.length; i++) {
      sides[i] = i == 0 || i == sides.length - 1 ? 1 : 2;
    }
    return sides;
  }

  /** Convolves each channel by itself. */
  private Operand<TFloat32> part(
      LayerContext context, Ops tf, Operand<TFloat32> signals, Variable kernel) {
    Operand<TInt32> channels = Dims.of(tf, signals, 1);
    Operand<TInt32> one = tf.constant(1);
    Operand<TFloat32> each =
        tf.reshape(signals, Dims.shape(tf, List.of(tf.constant(-1), Dims.of(tf, signals, 2), one)));
    Convolutions by = new Convolutions(List.of(step()), moved.nativePadding(), List.of(1));
    Operand<TFloat32> frames = by.plain(tf, each, context.weight(kernel), 1);
    return tf.reshape(
        frames,
        Dims.shape(
            tf,
            List.of(
                tf.constant(-1),
                channels,
                Dims.of(tf, frames, 1),
                tf.constant((int) frequencies()))));
  }

  /** Puts the dimensions in the order of the data format. */
  private Operand<TFloat32> arranged(Ops tf, Operand<TFloat32> inputs, Operand<TFloat32> x) {
    boolean first = moved.format().isFirst();
    if (expandDims) {
      return first ? x : tf.linalg.transpose(x, tf.constant(new int[] {0, 2, 3, 1}));
    }
    int[] order = first ? new int[] {0, 1, 3, 2} : new int[] {0, 2, 1, 3};
    Operand<TFloat32> turned = tf.linalg.transpose(x, tf.constant(order));
    Operand<TInt32> kept = Dims.of(tf, turned, first ? 3 : 1);
    Operand<TInt32> rest = tf.constant(-1);
    Operand<TInt32> batch = Dims.of(tf, inputs, 0);
    return tf.reshape(
        turned, Dims.shape(tf, first ? List.of(batch, rest, kept) : List.of(batch, kept, rest)));
  }

  /**
   * Returns a layer of its arguments. Keras: {@code STFTSpectrogram.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static STFTSpectrogram fromConfig(Config config) {
    STFTSpectrogram layer = new STFTSpectrogram().common(config);
    config.text("mode", layer::mode);
    config.integer("frame_length", layer::frameLength);
    if (config.given("frame_step")) {
      layer.frameStep(config.integer("frame_step"));
    }
    if (config.given("fft_length")) {
      layer.fftLength(config.integer("fft_length"));
    }
    config.bool("expand_dims", layer::expandDims);
    config.text("padding", layer::padding);
    config.text("data_format", layer::dataFormat);
    layer.real = STFT.fromConfig(config).side("real");
    layer.imaginary = STFT.fromConfig(config).side("imag");
    return layer;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    Map<String, Object> kernel = real.getConfig();
    config.put("mode", mode);
    config.put("frame_length", frameLength);
    config.put("frame_step", frameStep);
    config.put("fft_length", fftLength);
    config.put("window", kernel.get("window"));
    config.put("periodic", kernel.get("periodic"));
    config.put("scaling", kernel.get("scaling"));
    config.put("padding", moved.padding());
    config.put("data_format", moved.format().name());
    config.put("expand_dims", expandDims);
    return config;
  }
}
