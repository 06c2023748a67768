package keras.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import keras.backend.LayerContext;
import keras.backend.Variable;
import keras.initializers.Initializer;
import keras.internal.graph.Dims;
import keras.internal.graph.MaskedTensor;
import keras.internal.graph.Tape;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Gives each feature a mean of zero and a variance of one over a batch, then scales it by {@code
 * gamma} and moves it by {@code beta}. Keras: {@code keras.layers.BatchNormalization}.
 *
 * <p>Outside of training, and where {@code trainable(false)} is set, the mean and the variance are
 * the moving averages of what training has seen.
 *
 * <p>Shapes: any → the same; {@code gamma}, {@code beta}, {@code moving_mean} and {@code
 * moving_variance} have one number for each feature. A mask is passed on, and masked timesteps do
 * not count.
 *
 * @see <a href="https://arxiv.org/abs/1502.03167">Ioffe and Szegedy, Batch normalization (2015)</a>
 */
public final class BatchNormalization extends Normalizing<BatchNormalization> {

  /** Added to the number of timesteps that count, as there may be none. Keras's {@code epsilon}. */
  private static final float FEW = 1e-7f;

  private int axis = -1;
  private double momentum = 0.99;
  private final WeightOptions meanOptions = new WeightOptions("moving_mean", "zeros");
  private final WeightOptions varianceOptions = new WeightOptions("moving_variance", "ones");
  private Variable movingMean;
  private Variable movingVariance;

  /** Along the last axis. */
  public BatchNormalization() {
    meanOptions.trainable(false);
    varianceOptions.trainable(false);
  }

  /**
   * Sets the axis of the features.
   *
   * @param value -1 by default
   * @return this layer
   */
  public BatchNormalization axis(int value) {
    checkNotFrozen("axis");
    axis = value;
    return this;
  }

  /**
   * Sets how much of the moving averages stays at each step of training.
   *
   * @param value 0.99 by default
   * @return this layer
   */
  public BatchNormalization momentum(double value) {
    checkNotFrozen("momentum");
    momentum = value;
    return this;
  }

  /**
   * Names how {@code moving_mean} starts.
   *
   * @param name of an initializer; {@code "zeros"} by default
   * @return this layer
   */
  public BatchNormalization movingMeanInitializer(String name) {
    checkNotFrozen("movingMeanInitializer");
    meanOptions.initializer(this, name);
    return this;
  }

  /**
   * Sets how {@code moving_mean} starts.
   *
   * @param value an initializer; {@code "zeros"} by default
   * @return this layer
   */
  public BatchNormalization movingMeanInitializer(Initializer value) {
    checkNotFrozen("movingMeanInitializer");
    meanOptions.initializer(this, value);
    return this;
  }

  /**
   * Names how {@code moving_variance} starts.
   *
   * @param name of an initializer; {@code "ones"} by default
   * @return this layer
   */
  public BatchNormalization movingVarianceInitializer(String name) {
    checkNotFrozen("movingVarianceInitializer");
    varianceOptions.initializer(this, name);
    return this;
  }

  /**
   * Sets how {@code moving_variance} starts.
   *
   * @param value an initializer; {@code "ones"} by default
   * @return this layer
   */
  public BatchNormalization movingVarianceInitializer(Initializer value) {
    checkNotFrozen("movingVarianceInitializer");
    varianceOptions.initializer(this, value);
    return this;
  }

  @Override
  void drawSeeds() {
    super.drawSeeds();
    meanOptions.initializer().drawSeed();
    varianceOptions.initializer().drawSeed();
  }

  @Override
  protected void build(Shape inputShape) {
    Shape features = Arguments.sizes(this, new int[] {axis}, computeOutputShape(inputShape));
    addGammaAndBeta(features);
    movingMean = addWeight("moving_mean", features, meanOptions);
    movingVariance = addWeight("moving_variance", features, varianceOptions);
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    Arguments.axes(this, new int[] {axis}, inputShape);
    return inputShape;
  }

  @Override
  protected boolean supportsMasking() {
    return true;
  }

  @Override
  boolean usesMask() {
    return true;
  }

  @Override
  boolean joinsParts() {
    return true;
  }

  @Override
  Optional<String> hindranceToStreaming(Shape inputShape) {
    return hindranceToStreaming(inputShape, axis);
  }

  @Override
  protected List<MaskedTensor> forward(Tape tape, List<MaskedTensor> inputs) {
    return forward(List.of(tape), List.of(inputs)).get(0);
  }

  @Override
  protected List<List<MaskedTensor>> forward(List<Tape> tapes, List<List<MaskedTensor>> inputs) {
    List<MaskedTensor> parts = inputs.stream().map(each -> each.get(0)).toList();
    boolean ofBatch = tapes.get(0).training() && trainable();
    List<Operand<TFloat32>> moments = ofBatch ? moments(tapes, parts) : null;
    List<List<MaskedTensor>> outputs = new ArrayList<>();
    for (int i = 0; i < tapes.size(); i++) {
      List<Operand<TFloat32>> given = new ArrayList<>(List.of(parts.get(i).tensor()));
      given.addAll(
          ofBatch
              ? moments
              : List.of(tapes.get(i).latest(movingMean), tapes.get(i).latest(movingVariance)));
      MaskedTensor output =
          tapes
              .get(i)
              .ops(given, (context, own) -> List.of(normalized(context, own)))
              .get(0)
              .withMask(parts.get(i).mask());
      outputs.add(List.of(regularized(tapes.get(i), output)));
    }
    return outputs;
  }

  private Operand<TFloat32> normalized(LayerContext context, List<Operand<TFloat32>> given) {
    Ops tf = context.tf();
    Operand<TFloat32> x = given.get(0);
    Operand<TFloat32> factor =
        tf.math.rsqrt(tf.math.add(given.get(2), tf.constant((float) epsilon())));
    if (gamma() != null) {
      factor = tf.math.mul(factor, context.weight(gamma()));
    }
    Operand<TFloat32> offset = tf.math.neg(tf.math.mul(given.get(1), factor));
    if (beta() != null) {
      offset = tf.math.add(offset, context.weight(beta()));
    }
    return tf.math.add(tf.math.mul(x, spread(tf, factor, x)), spread(tf, offset, x));
  }

  /** Returns the mean and the variance over all parts of the batch; moves the averages on. */
  private List<Operand<TFloat32>> moments(List<Tape> tapes, List<MaskedTensor> parts) {
    Operand<TFloat32> count =
        tapes.get(0).program().sumOverWorkers(count(tapes.get(0).tf(), parts));
    List<Operand<TFloat32>> sums = new ArrayList<>();
    for (int i = 0; i < tapes.size(); i++) {
      Operand<TBool> mask = parts.get(i).mask();
      sums.add(
          tapes
              .get(i)
              .op(
                  parts.get(i).tensor(),
                  (context, x) -> sum(context.tf(), x, counted(context.tf(), mask)))
              .tensor());
    }
    Operand<TFloat32> mean = quotient(tapes.get(0), sums, count);
    List<Operand<TFloat32>> squares = new ArrayList<>();
    for (int i = 0; i < tapes.size(); i++) {
      Operand<TBool> mask = parts.get(i).mask();
      squares.add(
          tapes
              .get(i)
              .ops(
                  List.of(parts.get(i).tensor(), mean),
                  (context, own) -> {
                    Ops tf = context.tf();
                    Operand<TFloat32> x = own.get(0);
                    Operand<TFloat32> difference =
                        tf.math.squaredDifference(x, spread(tf, own.get(1), x));
                    return List.of(sum(tf, difference, counted(tf, mask)));
                  })
              .get(0)
              .tensor());
    }
    Operand<TFloat32> variance = quotient(tapes.get(0), squares, count);
    average(tapes.get(0), movingMean, mean);
    average(tapes.get(0), movingVariance, variance);
    return List.of(mean, variance);
  }

  /** Returns how many numbers of each feature there are that count, in all parts. */
  private Operand<TFloat32> count(Ops tf, List<MaskedTensor> parts) {
    List<Operand<TFloat32>> counts = new ArrayList<>();
    for (MaskedTensor part : parts) {
      Operand<TFloat32> x = part.tensor();
      if (part.mask() == null) {
        List<Operand<TInt32>> sizes = new ArrayList<>(Dims.from(tf, x, 0));
        sizes.remove(Math.floorMod(axis, x.shape().numDimensions()));
        counts.add(tf.dtypes.cast(tf.prod(tf.stack(sizes), tf.constant(0)), TFloat32.class));
      } else {
        counts.add(sum(tf, tf.onesLike(x), counted(tf, part.mask())));
      }
    }
    Operand<TFloat32> count = counts.size() == 1 ? counts.get(0) : tf.math.addN(counts);
    return parts.get(0).mask() == null ? count : tf.math.add(count, tf.constant(FEW));
  }

  /** Returns which numbers count, or null if all do. */
  private static Operand<TBool> counted(Ops tf, Operand<TBool> mask) {
    return mask == null ? null : tf.expandDims(mask, tf.constant(-1));
  }

  /** Returns the sum of each feature. */
  private Operand<TFloat32> sum(Ops tf, Operand<TFloat32> x, Operand<TBool> counted) {
    int rank = x.shape().numDimensions();
    int place = Math.floorMod(axis, rank);
    Operand<TInt32> others =
        tf.constant(IntStream.range(0, rank).filter(each -> each != place).toArray());
    return tf.sum(counted == null ? x : tf.select(counted, x, tf.constant(0f)), others);
  }

  /** Returns the sums of all parts, those of other workers included, divided by a count. */
  private static Operand<TFloat32> quotient(
      Tape tape, List<Operand<TFloat32>> sums, Operand<TFloat32> count) {
    List<Operand<TFloat32>> all =
        tape.shards().hasOthers()
            ? List.of(tape.sumOverWorkers(recorded(tape, sums, BatchNormalization::added)))
            : sums;
    return recorded(tape, all, (tf, own) -> tf.math.div(added(tf, own), count));
  }

  private static Operand<TFloat32> recorded(
      Tape tape,
      List<Operand<TFloat32>> inputs,
      BiFunction<Ops, List<Operand<TFloat32>>, Operand<TFloat32>> body) {
    return tape.ops(inputs, (context, own) -> List.of(body.apply(context.tf(), own)))
        .get(0)
        .tensor();
  }

  private static Operand<TFloat32> added(Ops tf, List<Operand<TFloat32>> parts) {
    return parts.size() == 1 ? parts.get(0) : tf.math.addN(parts);
  }

  private void average(Tape tape, Variable moving, Operand<TFloat32> ofBatch) {
    Ops tf = tape.tf();
    tape.assignLatest(
        moving,
        tf.math.add(
            tf.math.mul(tape.latest(moving), tf.constant((float) momentum)),
            tf.math.mul(ofBatch, tf.constant((float) (1 - momentum)))));
  }

  /** Returns a vector of features in a shape that goes with the inputs. */
  private Operand<TFloat32> spread(Ops tf, Operand<TFloat32> vector, Operand<TFloat32> inputs) {
    int rank = inputs.shape().numDimensions();
    int place = Math.floorMod(axis, rank);
    if (place == rank - 1) {
      return vector;
    }
    int[] sizes = new int[rank];
    Arrays.fill(sizes, 1);
    sizes[place] = (int) inputs.shape().get(place);
    return tf.reshape(vector, tf.constant(sizes));
  }

  /**
   * Returns a layer of its arguments. Keras: {@code BatchNormalization.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static BatchNormalization fromConfig(Config config) {
    BatchNormalization layer = new BatchNormalization().common(config);
    config.integer("axis", layer::axis);
    config.number("momentum", layer::momentum);
    layer.meanOptions.read(layer, config);
    layer.varianceOptions.read(layer, config);
    config.ignore("synchronized", "renorm_clipping", "renorm_momentum");
    config.only("renorm", false);
    return layer.normalizingFrom(config);
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("axis", axis);
    config.put("momentum", momentum);
    writeScaling(config);
    writeInitializers(config);
    WeightOptions.writeInitializers(config, List.of(meanOptions, varianceOptions));
    writeRegularizersAndConstraints(config);
    config.put("synchronized", false);
    config.put("renorm", false);
    config.put("renorm_clipping", null);
    config.put("renorm_momentum", 0.99);
    return config;
  }
}
