package keras.optimizers;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleConsumer;
import java.util.regex.Pattern;
import keras.backend.Variable;
import keras.internal.messages.Checks;
import keras.optimizers.schedules.LearningRateSchedule;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/**
 * Makes the rows of a matrix's step as different from each other as they can be; everything else is
 * changed as by {@link AdamW}. Keras: {@code keras.optimizers.Muon}.
 *
 * @see <a href="https://kellerjordan.github.io/posts/muon/">Jordan et al., Muon (2024)</a>
 */
public final class Muon extends Optimizer<Muon> {

  private static final String MOMENTUM = "momentum";
  private static final String VELOCITY = "velocity";

  private double adamBeta1 = 0.9;
  private double adamBeta2 = 0.999;
  private double adamWeightDecay = 0.004;
  private double epsilon = 1e-7;
  private List<String> excludeLayers = List.of();
  private boolean excludeEmbeddings = true;
  private double muonA = 3.4445;
  private double muonB = -4.775;
  private double muonC = 2.0315;
  private double adamLrRatio = 1;
  private double momentum = 0.95;
  private int nsSteps = 5;
  private boolean nesterov = true;
  private Double rmsRate = 0.2;

  /** With Keras's defaults: the learning rate is 0.001. */
  public Muon() {
    this(0.001);
  }

  /**
   * With a learning rate.
   *
   * @param learningRate the factor of each step; 0.001 by default
   */
  public Muon(double learningRate) {
    super(learningRate, "muon");
    weightDecay = 0.004;
  }

  /**
   * With a learning rate that follows a schedule.
   *
   * @param schedule the rate of each step
   */
  public Muon(LearningRateSchedule schedule) {
    this();
    learningRate(schedule);
  }

  /**
   * Sets how much of the mean of gradients stays, where Adam's rule is used.
   *
   * @param value from 0 to 1; 0.9 by default
   * @return this optimizer
   */
  public Muon adamBeta1(double value) {
    changing("adamBeta1");
    adamBeta1 = value;
    return self();
  }

  /**
   * Sets how much of the mean of squared gradients stays, where Adam's rule is used.
   *
   * @param value from 0 to 1; 0.999 by default
   * @return this optimizer
   */
  public Muon adamBeta2(double value) {
    changing("adamBeta2");
    adamBeta2 = value;
    return self();
  }

  /**
   * Sets how much weights decay where Adam's rule is used.
   *
   * @param value 0.004 by default
   * @return this optimizer
   */
  public Muon adamWeightDecay(double value) {
    changing("adamWeightDecay");
    adamWeightDecay = value;
    return self();
  }

  /**
   * Sets what is added to the divisor of Adam's rule.
   *
   * @param value a small number; 1e-7 by default
   * @return this optimizer
   */
  public Muon epsilon(double value) {
    changing("epsilon");
    epsilon = value;
    return self();
  }

  /**
   * Names layers that are changed by Adam's rule, as an output layer may be.
   *
   * @param patterns regular expressions; a weight is left out if one of them is found in its path;
   *     none by default
   * @return this optimizer
   * @throws IllegalArgumentException if one is no regular expression
   */
  public Muon excludeLayers(String... patterns) {
    changing("excludeLayers");
    Checks.notNull(where(), "patterns", patterns);
    for (String each : patterns) {
      pattern(where(), each);
    }
    excludeLayers = List.of(patterns);
    return self();
  }

  /**
   * Sets whether weights with "embedding" in their paths are changed by Adam's rule.
   *
   * @param value true by default
   * @return this optimizer
   */
  public Muon excludeEmbeddings(boolean value) {
    changing("excludeEmbeddings");
    excludeEmbeddings = value;
    return self();
  }

  /**
   * Sets the first factor of the iteration.
   *
   * @param value 3.4445 by default
   * @return this optimizer
   */
  public Muon muonA(double value) {
    changing("muonA");
    muonA = value;
    return self();
  }

  /**
   * Sets the second factor of the iteration.
   *
   * @param value -4.775 by default
   * @return this optimizer
   */
  public Muon muonB(double value) {
    changing("muonB");
    muonB = value;
    return self();
  }

  /**
   * Sets the third factor of the iteration.
   *
   * @param value 2.0315 by default
   * @return this optimizer
   */
  public Muon muonC(double value) {
    changing("muonC");
    muonC = value;
    return self();
  }

  /**
   * Sets the learning rate of Adam's rule, as a part of the other.
   *
   * @param value 1 by default
   * @return this optimizer
   */
  public Muon adamLrRatio(double value) {
    changing("adamLrRatio");
    adamLrRatio = value;
    return self();
  }

  /**
   * Sets how much of the sum of gradients stays.
   *
   * @param value from 0 to 1; 0.95 by default
   * @return this optimizer
   */
  public Muon momentum(double value) {
    changing("momentum");
    momentum = value;
    return self();
  }

  /**
   * Sets how many iterations a step has.
   *
   * @param value 5 by default
   * @return this optimizer
   */
  public Muon nsSteps(int value) {
    changing("nsSteps");
    nsSteps = value;
    return self();
  }

  /**
   * Sets whether a step looks one gradient ahead.
   *
   * @param value true by default
   * @return this optimizer
   */
  public Muon nesterov(boolean value) {
    changing("nesterov");
    nesterov = value;
    return self();
  }

  /**
   * Sets how large a step is, times the root of the longer side of the matrix.
   *
   * @param value 0.2 by default; null for steps as they are
   * @return this optimizer
   */
  public Muon rmsRate(Double value) {
    changing("rmsRate");
    rmsRate = value;
    return self();
  }

  /**
   * Sets how large a step is, times the root of the longer side of the matrix.
   *
   * @param value 0.2 by default
   * @return this optimizer
   */
  public Muon rmsRate(double value) {
    return rmsRate(Double.valueOf(value));
  }

  private boolean usesAdam(Variable variable) {
    String path = variable.path();
    return variable.shape().numDimensions() != 2
        || (excludeEmbeddings && path.toLowerCase(Locale.ROOT).contains("embedding"))
        || excludeLayers.stream().anyMatch(each -> Pattern.compile(each).matcher(path).find());
  }

  @Override
  double decayOf(Variable variable) {
    return usesAdam(variable) ? adamWeightDecay : super.decayOf(variable);
  }

  @Override
  void addSlots(Slots to) {
    for (Variable variable : to.of()) {
      to.addFilled(variable, MOMENTUM, 0);
      if (usesAdam(variable)) {
        to.addFilled(variable, VELOCITY, 0);
      }
    }
  }

  @Override
  protected Operand<TFloat32> updateStep(
      UpdateStep step, Operand<TFloat32> gradient, Operand<TFloat32> value, Variable variable) {
    return usesAdam(variable)
        ? byAdam(step, gradient, value, variable)
        : byMuon(step, gradient, value, variable);
  }

  private Operand<TFloat32> byAdam(
      UpdateStep step, Operand<TFloat32> gradient, Operand<TFloat32> value, Variable variable) {
    Ops tf = step.tf();
    Operand<TFloat32> one = step.constant(1);
    Operand<TFloat32> rate = tf.math.mul(step.learningRate(), step.constant(adamLrRatio));
    Operand<TFloat32> alpha =
        tf.math.div(
            tf.math.mul(rate, tf.math.sqrt(tf.math.sub(one, step.power(adamBeta2)))),
            tf.math.sub(one, step.power(adamBeta1)));
    Operand<TFloat32> mean = step.moved(step.slot(variable, MOMENTUM), gradient, 1 - adamBeta1);
    Operand<TFloat32> squares =
        step.moved(step.slot(variable, VELOCITY), step.squared(gradient), 1 - adamBeta2);
    Operand<TFloat32> divisor = tf.math.add(tf.math.sqrt(squares), step.constant(epsilon));
    return tf.math.sub(value, tf.math.div(tf.math.mul(mean, alpha), divisor));
  }

  private Operand<TFloat32> byMuon(
      UpdateStep step, Operand<TFloat32> gradient, Operand<TFloat32> value, Variable variable) {
    Ops tf = step.tf();
    Variable slot = step.slot(variable, MOMENTUM);
    Operand<TFloat32> kept = tf.math.mul(step.value(slot), step.constant((float) (momentum - 1)));
    Operand<TFloat32> sum = tf.math.add(step.value(slot), tf.math.add(gradient, kept));
    step.assign(slot, sum);
    Operand<TFloat32> ahead =
        nesterov ? tf.math.add(gradient, tf.math.mul(sum, step.constant(momentum))) : sum;
    Shape shape = variable.shape();
    Operand<TFloat32> update = tf.math.mul(step.learningRate(), orthogonal(step, ahead, shape));
    if (rmsRate != null) {
      double longer = Math.sqrt((double) Math.max(shape.get(0), shape.get(1)));
      update = tf.math.mul(tf.math.mul(update, step.constant(longer)), step.constant(rmsRate));
    }
    return tf.math.sub(value, update);
  }

  /** Newton-Schulz iteration: a matrix whose singular values are all near 1. */
  private Operand<TFloat32> orthogonal(UpdateStep step, Operand<TFloat32> given, Shape shape) {
    Ops tf = step.tf();
    boolean tall = shape.get(0) > shape.get(1);
    Operand<TFloat32> x = tall ? turned(tf, given) : given;
    Operand<TFloat32> length =
        tf.math.sqrt(tf.sum(tf.math.square(x), tf.constant(new int[] {0, 1})));
    x = tf.math.div(x, tf.math.add(length, step.constant(1e-7)));
    for (int i = 0; i < nsSteps; i++) {
      Operand<TFloat32> product = tf.linalg.matMul(x, x, MatMul.transposeB(true));
      Operand<TFloat32> twice = tf.math.mul(step.constant(muonC), product);
      Operand<TFloat32> factor =
          tf.math.add(tf.math.mul(step.constant(muonB), product), tf.linalg.matMul(twice, product));
      x = tf.math.add(tf.math.mul(step.constant(muonA), x), tf.linalg.matMul(factor, x));
    }
    return tall ? turned(tf, x) : x;
  }

  private static Operand<TFloat32> turned(Ops tf, Operand<TFloat32> x) {
    return tf.linalg.transpose(x, tf.constant(new int[] {1, 0}));
  }

  /**
   * Returns an optimizer of its arguments. Keras: {@code Muon.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new optimizer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Muon fromConfig(Config config) {
    Muon optimizer = new Muon().common(config);
    config.number("adam_beta_1", optimizer::adamBeta1);
    config.number("adam_beta_2", optimizer::adamBeta2);
    config.number("epsilon", optimizer::epsilon);
    config.number("muon_a", optimizer::muonA);
    config.number("muon_b", optimizer::muonB);
    config.number("muon_c", optimizer::muonC);
    config.number("adam_lr_ratio", optimizer::adamLrRatio);
    config.number("momentum", optimizer::momentum);
    config.integer("ns_steps", optimizer::nsSteps);
    config.bool("nesterov", optimizer::nesterov);
    config.bool("exclude_embeddings", optimizer::excludeEmbeddings);
    decay(config, "weight_decay", optimizer::weightDecay);
    decay(config, "adam_weight_decay", optimizer::adamWeightDecay);
    if (config.has("rms_rate")) {
      optimizer.rmsRate(config.given("rms_rate") ? config.number("rms_rate") : null);
    }
    if (config.given("exclude_layers")) {
      optimizer.excludeLayers(
          config.list("exclude_layers").stream().map(String::valueOf).toArray(String[]::new));
    }
    return optimizer;
  }

  /** Reads a weight decay, which is none where a file has null, and not the default. */
  private static void decay(Config config, String key, DoubleConsumer use) {
    if (config.has(key)) {
      use.accept(config.given(key) ? config.number(key) : 0);
    }
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("adam_beta_1", adamBeta1);
    config.put("adam_beta_2", adamBeta2);
    config.put("epsilon", epsilon);
    config.put("exclude_layers", excludeLayers);
    config.put("muon_a", muonA);
    config.put("muon_b", muonB);
    config.put("muon_c", muonC);
    config.put("adam_lr_ratio", adamLrRatio);
    config.put("momentum", momentum);
    config.put("ns_steps", nsSteps);
    config.put("nesterov", nesterov);
    config.put("exclude_embeddings", excludeEmbeddings);
    config.put("adam_weight_decay", adamWeightDecay);
    config.put("rms_rate", rmsRate);
    return config;
  }
}
