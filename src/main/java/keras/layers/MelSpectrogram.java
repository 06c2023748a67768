package keras.layers;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import keras.backend.LayerContext;
import keras.initializers.STFT;
import keras.internal.graph.Dims;
import keras.internal.graph.MaskedTensor;
import keras.internal.graph.Tape;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.messages.Names;
import keras.internal.ops.FourierTransform;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The loudness of sound in pieces of time and bands of pitch. Keras: {@code
 * keras.layers.MelSpectrogram}.
 *
 * <p>Shapes: (batch, samples) → (batch, numMelBins, timesteps), with a timestep for every {@code
 * sequenceStride} samples and one more. Bands are equally wide on the mel scale, {@code 1127 ln(1 +
 * hertz / 700)}. In decibels nothing is further below the loudest of the whole batch than {@code
 * topDb}.
 *
 * <p>Porting note: Keras's {@code compute_output_shape} counts one timestep too many where {@code
 * samples + 1} is a multiple of the stride; here the shape is that of the output.
 */
public final class MelSpectrogram extends KerasLayer<MelSpectrogram> {

  private static final List<String> WINDOWS = List.of("hann", "hamming");
  private static final float MEL_BREAK_FREQUENCY = 700f;
  private static final float MEL_HIGH_FREQUENCY_Q = 1127f;

  private STFT window = new STFT().scaling(null);
  private int fftLength = 2048;
  private int sequenceStride = 512;
  private Integer sequenceLength;
  private int samplingRate = 16000;
  private int numMelBins = 128;
  private double minFreq = 20;
  private Double maxFreq;
  private boolean powerToDb = true;
  private double topDb = 80;
  private double magExp = 2;
  private double minPower = 1e-10;
  private double refPower = 1;

  /** A spectrogram with Keras's defaults. */
  public MelSpectrogram() {}

  /**
   * Sets the length of the Fourier transform.
   *
   * @param samples 2048 by default
   * @return this layer
   * @throws IllegalArgumentException if it is less than 1
   */
  public MelSpectrogram fftLength(int samples) {
    checkNotFrozen("fftLength");
    fftLength = Checks.positive("MelSpectrogram", "fftLength", samples);
    return this;
  }

  /**
   * Sets how far one piece begins after the one before it.
   *
   * @param samples 512 by default
   * @return this layer
   * @throws IllegalArgumentException if it is less than 1
   */
  public MelSpectrogram sequenceStride(int samples) {
    checkNotFrozen("sequenceStride");
    sequenceStride = Checks.positive("MelSpectrogram", "sequenceStride", samples);
    return this;
  }

  /**
   * Sets how long the window is.
   *
   * @param samples up to {@code fftLength}, which is the default
   * @return this layer
   * @throws IllegalArgumentException if it is less than 1
   */
  public MelSpectrogram sequenceLength(int samples) {
    checkNotFrozen("sequenceLength");
    sequenceLength = Checks.positive("MelSpectrogram", "sequenceLength", samples);
    return this;
  }

  /**
   * Names how the samples of a piece are weighted.
   *
   * @param name {@code "hann"}, the default, or {@code "hamming"}; null for equal weights
   * @return this layer
   * @throws IllegalArgumentException if it is neither
   */
  public MelSpectrogram window(String name) {
    checkNotFrozen("window");
    if (name != null && !WINDOWS.contains(name)) {
      throw Names.unknown("MelSpectrogram window", name, WINDOWS);
    }
    window.window(name);
    return this;
  }

  /**
   * Sets how the samples of a piece are weighted.
   *
   * @param weights one for each of {@code sequenceLength} samples
   * @return this layer
   */
  public MelSpectrogram window(float... weights) {
    checkNotFrozen("window");
    window.window(weights);
    return this;
  }

  /**
   * Sets how many samples of the sound there are in a second.
   *
   * @param hertz 16000 by default
   * @return this layer
   * @throws IllegalArgumentException if it is less than 1
   */
  public MelSpectrogram samplingRate(int hertz) {
    checkNotFrozen("samplingRate");
    samplingRate = Checks.positive("MelSpectrogram", "samplingRate", hertz);
    return this;
  }

  /**
   * Sets how many bands there are.
   *
   * @param value 128 by default
   * @return this layer
   * @throws IllegalArgumentException if it is less than 1
   */
  public MelSpectrogram numMelBins(int value) {
    checkNotFrozen("numMelBins");
    numMelBins = Checks.positive("MelSpectrogram", "numMelBins", value);
    return this;
  }

  /**
   * Sets where the lowest band begins.
   *
   * @param hertz 20 by default
   * @return this layer
   * @throws IllegalArgumentException if it is negative
   */
  public MelSpectrogram minFreq(double hertz) {
    checkNotFrozen("minFreq");
    minFreq = notNegative("minFreq", hertz);
    return this;
  }

  /**
   * Sets where the highest band ends.
   *
   * @param hertz half of the sampling rate by default
   * @return this layer
   * @throws IllegalArgumentException if it is negative
   */
  public MelSpectrogram maxFreq(double hertz) {
    checkNotFrozen("maxFreq");
    maxFreq = notNegative("maxFreq", hertz);
    return this;
  }

  /**
   * Sets whether the power is given in decibels.
   *
   * @param value true by default
   * @return this layer
   */
  public MelSpectrogram powerToDb(boolean value) {
    checkNotFrozen("powerToDb");
    powerToDb = value;
    return this;
  }

  /**
   * Sets how far below the loudest what is given in decibels may be.
   *
   * @param decibels 80 by default
   * @return this layer
   * @throws IllegalArgumentException if it is negative
   */
  public MelSpectrogram topDb(double decibels) {
    checkNotFrozen("topDb");
    topDb = notNegative("topDb", decibels);
    return this;
  }

  /**
   * Sets the power of the magnitude that is taken.
   *
   * @param value 2, the default, for the power; 1 for the magnitude
   * @return this layer
   * @throws IllegalArgumentException if it is negative
   */
  public MelSpectrogram magExp(double value) {
    checkNotFrozen("magExp");
    magExp = notNegative("magExp", value);
    return this;
  }

  /**
   * Sets the least power that counts.
   *
   * @param value 1e-10 by default
   * @return this layer
   * @throws IllegalArgumentException if it is negative
   */
  public MelSpectrogram minPower(double value) {
    checkNotFrozen("minPower");
    minPower = notNegative("minPower", value);
    return this;
  }

  /**
   * Sets the power that is 0 decibels.
   *
   * @param value 1 by default
   * @return this layer
   */
  public MelSpectrogram refPower(double value) {
    checkNotFrozen("refPower");
    refPower = value;
    return this;
  }

  private static double notNegative(String argument, double value) {
    if (value >= 0 && Double.isFinite(value)) {
      return value;
    }
    throw Errors.in("MelSpectrogram", argument + " must not be negative.")
        .expected("0 or more")
        .got(value)
        .fix("leave " + argument + " out for Keras's default")
        .argument();
  }

  private int length() {
    return sequenceLength == null ? fftLength : sequenceLength;
  }

  private double highest() {
    return maxFreq == null ? Math.floor(samplingRate / 2.0) : maxFreq;
  }

  @Override
  protected void build(Shape inputShape) {
    if (length() > fftLength) {
      throw Errors.in(toString(), "its lengths do not go with each other.")
          .expected("sequenceLength <= fftLength")
          .got(length() + ", " + fftLength)
          .fix("leave sequenceLength out for that of the transform")
          .argument();
    }
    if (minFreq >= highest()) {
      throw Errors.in(toString(), "there are no frequencies to take.")
          .expected("minFreq < maxFreq")
          .got(minFreq + ", " + highest())
          .fix("leave maxFreq out for half of the sampling rate")
          .argument();
    }
    windowWeights(); // Refuses a window of another length.
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    Arguments.rank(this, inputShape, 2, "(batch, samples)", "give the sound these dimensions");
    long samples = inputShape.get(1);
    if (samples == Shape.UNKNOWN_SIZE) {
      return Shape.of(inputShape.get(0), numMelBins, Shape.UNKNOWN_SIZE);
    }
    if (samples <= fftLength / 2) {
      throw Arguments.wrongShape(
          this,
          "the sound is shorter than what its ends are mirrored by.",
          "more than " + fftLength / 2 + " samples",
          inputShape,
          "a smaller fftLength");
    }
    long around = samples + 2L * (fftLength / 2);
    return Shape.of(inputShape.get(0), numMelBins, (around - fftLength) / sequenceStride + 1);
  }

  @Override
  protected boolean needsWholeBatch() {
    return powerToDb;
  }

  @Override
  Optional<String> hindranceToStreaming(Shape inputShape) {
    return Optional.of("it takes samples together");
  }

  @Override
  protected List<MaskedTensor> forward(Tape tape, List<MaskedTensor> inputs) {
    MaskedTensor frames = tape.op(inputs.get(0).tensor(), this::frames);
    List<Operand<TFloat32>> parts = FourierTransform.ofReal(tape, frames.tensor(), fftLength);
    return tape.ops(parts, (context, own) -> List.of(bands(context.tf(), own.get(0), own.get(1))));
  }

  /** Returns the pieces of the sound, weighted: (batch, timesteps, samples of a piece). */
  private Operand<TFloat32> frames(LayerContext context, Operand<TFloat32> sounds) {
    Ops tf = context.tf();
    int half = fftLength / 2;
    Operand<TFloat32> around =
        tf.mirrorPad(sounds, tf.constant(new int[][] {{0, 0}, {half, half}}), "REFLECT");
    Operand<TInt32> one = tf.constant(1);
    Operand<TInt32> stride = tf.constant(sequenceStride);
    Operand<TInt32> room = tf.math.sub(Dims.of(tf, around, 1), tf.constant(fftLength));
    Operand<TInt32> count = tf.math.add(tf.math.floorDiv(room, stride), one);
    Operand<TInt32> starts = tf.math.mul(tf.range(tf.constant(0), count, one), stride);
    Operand<TInt32> steps = tf.range(tf.constant(0), tf.constant(fftLength), one);
    Operand<TInt32> places =
        tf.math.add(tf.expandDims(starts, one), tf.expandDims(steps, tf.constant(0)));
    Operand<TFloat32> pieces = tf.gather(around, places, one);
    float[] weights = windowWeights();
    return weights == null ? pieces : tf.math.mul(pieces, tf.constant(weights));
  }

  /** Returns the window within the transform's length, or null without one. */
  private float[] windowWeights() {
    if (window.getConfig().get("window") == null) {
      return null;
    }
    window.periodic(length() % 2 == 0); // As tf.signal.hann_window(periodic=True) has it.
    // The first of two frequencies is a constant 1, times the window.
    float[] kernel = window.call(Shape.of(length(), 1, 2));
    float[] weights = new float[fftLength];
    int first = (fftLength - length()) / 2;
    for (int i = 0; i < length(); i++) {
      weights[first + i] = kernel[2 * i];
    }
    return weights;
  }

  private Operand<TFloat32> bands(Ops tf, Operand<TFloat32> re, Operand<TFloat32> im) {
    Operand<TFloat32> magnitude = tf.math.sqrt(tf.math.add(tf.math.square(re), tf.math.square(im)));
    Operand<TFloat32> power = tf.math.pow(magnitude, tf.constant((float) magExp));
    Operand<TInt32> turned = tf.constant(new int[] {-1, fftLength / 2 + 1});
    Operand<TFloat32> flat =
        tf.linalg.matMul(tf.reshape(power, turned), tf.constant(StdArrays.ndCopyOf(melWeights())));
    Operand<TInt32> timesteps = Dims.of(tf, re, 1);
    Operand<TFloat32> mel =
        tf.reshape(
            flat, Dims.shape(tf, List.of(tf.constant(-1), timesteps, tf.constant(numMelBins))));
    Operand<TFloat32> bands = tf.linalg.transpose(mel, tf.constant(new int[] {0, 2, 1}));
    return powerToDb ? decibels(tf, bands) : bands;
  }

  private Operand<TFloat32> decibels(Ops tf, Operand<TFloat32> power) {
    Operand<TFloat32> least = tf.constant((float) minPower);
    double reference = 10 * Math.log10(Math.max(Math.abs(refPower), minPower));
    Operand<TFloat32> logs =
        tf.math.div(tf.math.log(tf.math.maximum(power, least)), tf.constant((float) Math.log(10)));
    Operand<TFloat32> levels =
        tf.math.sub(tf.math.mul(tf.constant(10f), logs), tf.constant((float) reference));
    Operand<TFloat32> loudest = tf.max(levels, tf.constant(new int[] {0, 1, 2}));
    return tf.math.maximum(levels, tf.math.sub(loudest, tf.constant((float) topDb)));
  }

  private static float mel(float hertz) {
    return MEL_HIGH_FREQUENCY_Q * (float) Math.log(1 + hertz / MEL_BREAK_FREQUENCY);
  }

  /**
   * Returns how much of each frequency each band has: triangles between the middles of the bands
   * beside it. Keras: {@code linear_to_mel_weight_matrix}.
   */
  private float[][] melWeights() {
    int frequencies = fftLength / 2 + 1;
    float lowest = mel((float) minFreq);
    float width = (mel((float) highest()) - lowest) / (numMelBins + 1);
    float step = samplingRate / 2f / (frequencies - 1);
    float[][] weights = new float[frequencies][numMelBins];
    for (int i = 1; i < frequencies; i++) { // The mean is in no band.
      float pitch = mel(step * i);
      for (int band = 0; band < numMelBins; band++) {
        float lower = lowest + width * band;
        float middle = lowest + width * (band + 1);
        float upper = lowest + width * (band + 2);
        float rising = (pitch - lower) / (middle - lower);
        float falling = (upper - pitch) / (upper - middle);
        weights[i][band] = Math.max(0, Math.min(rising, falling));
      }
    }
    return weights;
  }

  /**
   * Returns a layer of its arguments. Keras: {@code MelSpectrogram.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static MelSpectrogram fromConfig(Config config) {
    MelSpectrogram layer = new MelSpectrogram().common(config);
    config.integer("fft_length", layer::fftLength);
    config.integer("sequence_stride", layer::sequenceStride);
    if (config.given("sequence_length")) {
      layer.sequenceLength(config.integer("sequence_length"));
    }
    if (config.value("window") instanceof String name) {
      layer.window(name);
    } else {
      layer.window = STFT.fromConfig(config).scaling(null);
    }
    config.integer("sampling_rate", layer::samplingRate);
    config.integer("num_mel_bins", layer::numMelBins);
    config.number("min_freq", layer::minFreq);
    if (config.given("max_freq")) {
      layer.maxFreq(config.number("max_freq"));
    }
    config.bool("power_to_db", layer::powerToDb);
    config.number("top_db", layer::topDb);
    config.number("mag_exp", layer::magExp);
    config.number("min_power", layer::minPower);
    config.number("ref_power", layer::refPower);
    return layer;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("fft_length", fftLength);
    config.put("sequence_stride", sequenceStride);
    config.put("sequence_length", length());
    config.put("window", window.getConfig().get("window"));
    config.put("sampling_rate", samplingRate);
    config.put("num_mel_bins", numMelBins);
    config.put("min_freq", minFreq);
    config.put("max_freq", highest());
    config.put("power_to_db", powerToDb);
    config.put("top_db", topDb);
    config.put("mag_exp", magExp);
    config.put("min_power", minPower);
    config.put("ref_power", refPower);
    return config;
  }
}
