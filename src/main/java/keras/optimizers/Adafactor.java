package keras.optimizers;

import java.util.Map;
import java.util.stream.IntStream;
import keras.backend.Variable;
import keras.optimizers.schedules.LearningRateSchedule;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/**
 * Divides gradients as Adam does, by means of their squares that it keeps for rows and columns of a
 * matrix alone. Keras: {@code keras.optimizers.Adafactor}.
 *
 * @see <a href="https://arxiv.org/abs/1804.04235">Shazeer and Stern, Adafactor (2018)</a>
 */
public final class Adafactor extends Optimizer<Adafactor> {

  private static final String ROWS = "rows";
  private static final String COLUMNS = "columns";
  private static final String VELOCITY = "velocity";

  private double beta2Decay = -0.8;
  private double epsilon1 = 1e-30;
  private double epsilon2 = 0.001;
  private double clipThreshold = 1;
  private boolean relativeStep = true;

  /** With Keras's defaults: the learning rate is 0.001. */
  public Adafactor() {
    this(0.001);
  }

  /**
   * With a learning rate.
   *
   * @param learningRate the most that a step is, relative to the weights; 0.001 by default
   */
  public Adafactor(double learningRate) {
    super(learningRate, "adafactor");
  }

  /**
   * With a learning rate that follows a schedule.
   *
   * @param schedule the rate of each step
   */
  public Adafactor(LearningRateSchedule schedule) {
    this();
    learningRate(schedule);
  }

  /**
   * Sets how the part of old squares grows with the steps.
   *
   * @param value an exponent; -0.8 by default
   * @return this optimizer
   */
  public Adafactor beta2Decay(double value) {
    changing("beta2Decay");
    beta2Decay = value;
    return self();
  }

  /**
   * Sets what is added to squared gradients.
   *
   * @param value a small number; 1e-30 by default
   * @return this optimizer
   */
  public Adafactor epsilon1(double value) {
    changing("epsilon1");
    epsilon1 = value;
    return self();
  }

  /**
   * Sets the least size that weights are taken to have.
   *
   * @param value a small number; 0.001 by default
   * @return this optimizer
   */
  public Adafactor epsilon2(double value) {
    changing("epsilon2");
    epsilon2 = value;
    return self();
  }

  /**
   * Sets above what size a step is made smaller.
   *
   * @param value 1 by default
   * @return this optimizer
   */
  public Adafactor clipThreshold(double value) {
    changing("clipThreshold");
    clipThreshold = value;
    return self();
  }

  /**
   * Sets whether the learning rate falls with the steps, unless it follows a schedule.
   *
   * @param value true by default
   * @return this optimizer
   */
  public Adafactor relativeStep(boolean value) {
    changing("relativeStep");
    relativeStep = value;
    return self();
  }

  @Override
  void addSlots(Slots to) {
    for (Variable variable : to.of()) {
      Shape shape = variable.shape();
      int rank = shape.numDimensions();
      boolean matrix = rank >= 2;
      Shape columns = matrix ? shape.take(rank - 2).append(shape.get(rank - 1)) : Shape.scalar();
      // Of vectors, Keras has numbers that nothing changes, and saves them.
      to.addZeros(variable, ROWS, matrix ? shape.take(rank - 1) : Shape.scalar());
      to.addZeros(variable, COLUMNS, columns);
      to.addFilled(variable, VELOCITY, 0);
    }
  }

  @Override
  protected Operand<TFloat32> updateStep(
      UpdateStep step, Operand<TFloat32> gradient, Operand<TFloat32> value, Variable variable) {
    Ops tf = step.tf();
    Operand<TFloat32> one = step.constant(1);
    Operand<TFloat32> falling = tf.math.div(one, tf.math.sqrt(step.iteration()));
    Operand<TFloat32> rate = step.learningRate();
    if (relativeStep && !learningRate.scheduled()) {
      rate = tf.math.minimum(rate, falling);
    }
    Operand<TFloat32> size = tf.math.maximum(step.constant(epsilon2), size(tf, value));
    Operand<TFloat32> alpha = tf.math.mul(size, tf.math.minimum(rate, falling));
    Operand<TFloat32> squares = tf.math.add(step.squared(gradient), step.constant(epsilon1));
    Operand<TFloat32> fresh = tf.math.pow(step.iteration(), step.constant(beta2Decay));
    Operand<TFloat32> velocity = velocity(step, variable, squares, fresh);
    step.assign(step.slot(variable, VELOCITY), velocity);
    Operand<TFloat32> scaled = tf.math.div(gradient, tf.math.sqrt(velocity));
    Operand<TFloat32> excess = tf.math.div(size(tf, scaled), step.constant(clipThreshold));
    Operand<TFloat32> clipped = tf.math.div(scaled, tf.math.maximum(one, excess));
    return tf.math.sub(value, tf.math.mul(alpha, clipped));
  }

  /** Returns what gradients are divided by the root of. */
  private static Operand<TFloat32> velocity(
      UpdateStep step, Variable variable, Operand<TFloat32> squares, Operand<TFloat32> fresh) {
    Ops tf = step.tf();
    int rank = variable.shape().numDimensions();
    if (rank < 2) {
      return mixed(step, step.value(step.slot(variable, VELOCITY)), squares, fresh);
    }
    Operand<TFloat32> rows = mean(step, variable, ROWS, squares, fresh);
    Operand<TFloat32> columns = mean(step, variable, COLUMNS, squares, fresh);
    Operand<TFloat32> share =
        tf.math.div(rows, tf.math.mean(rows, tf.constant(-1), Mean.keepDims(true)));
    return tf.math.mul(
        tf.expandDims(share, tf.constant(-1)), tf.expandDims(columns, tf.constant(-2)));
  }

  private static Operand<TFloat32> mean(
      UpdateStep step,
      Variable variable,
      String slot,
      Operand<TFloat32> squares,
      Operand<TFloat32> fresh) {
    Ops tf = step.tf();
    Variable mean = step.slot(variable, slot);
    Operand<TFloat32> ofGradient = tf.math.mean(squares, tf.constant(slot.equals(ROWS) ? -1 : -2));
    Operand<TFloat32> after = mixed(step, step.value(mean), ofGradient, fresh);
    step.assign(mean, after);
    return after;
  }

  private static Operand<TFloat32> mixed(
      UpdateStep step, Operand<TFloat32> before, Operand<TFloat32> now, Operand<TFloat32> fresh) {
    Ops tf = step.tf();
    Operand<TFloat32> kept = tf.math.sub(step.constant(1), fresh);
    return tf.math.add(
        tf.math.mul(kept, before), tf.math.mul(tf.math.sub(step.constant(1), kept), now));
  }

  /** The root of the mean of squares. */
  private static Operand<TFloat32> size(Ops tf, Operand<TFloat32> x) {
    int[] axes = IntStream.range(0, x.shape().numDimensions()).toArray();
    return tf.math.sqrt(tf.math.mean(tf.math.square(x), tf.constant(axes)));
  }

  /**
   * Returns an optimizer of its arguments. Keras: {@code Adafactor.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new optimizer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Adafactor fromConfig(Config config) {
    Adafactor optimizer = new Adafactor().common(config);
    config.number("beta_2_decay", optimizer::beta2Decay);
    config.number("epsilon_1", optimizer::epsilon1);
    config.number("epsilon_2", optimizer::epsilon2);
    config.number("clip_threshold", optimizer::clipThreshold);
    config.bool("relative_step", optimizer::relativeStep);
    return optimizer;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("beta_2_decay", beta2Decay);
    config.put("epsilon_1", epsilon1);
    config.put("epsilon_2", epsilon2);
    config.put("clip_threshold", clipThreshold);
    config.put("relative_step", relativeStep);
    return config;
  }
}
