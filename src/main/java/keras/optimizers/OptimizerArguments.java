package keras.optimizers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleConsumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import keras.backend.Variable;
import keras.internal.messages.Checks;
import keras.internal.messages.Described;
import keras.internal.messages.Errors;
import keras.optimizers.schedules.LearningRateSchedule;
import keras.optimizers.schedules.Schedules;
import keras.utils.Config;

/**
 * The arguments that every optimizer has. All but the learning rate are fixed once the optimizer is
 * built, that is, once a model has begun to train with it.
 *
 * @param <S> the class itself, which chained calls return
 */
public abstract class OptimizerArguments<S extends OptimizerArguments<S>> {

  final LearningRate learningRate;
  Double weightDecay;
  Double clipnorm;
  Double clipvalue;
  Double globalClipnorm;
  boolean useEma;
  double emaMomentum = 0.99;
  Integer emaOverwriteFrequency;
  Double lossScaleFactor;
  Integer gradientAccumulationSteps;
  private String name;
  private List<Variable> undecayed = List.of();
  private Pattern undecayedNames;

  OptimizerArguments(double learningRate, String name) {
    this.learningRate = new LearningRate(learningRate);
    this.name = name;
  }

  /** Tells whether the optimizer's variables are there. */
  abstract boolean built();

  @SuppressWarnings("unchecked")
  final S self() {
    return (S) this;
  }

  /** Returns the beginning of messages. */
  final String where() {
    return getClass().getSimpleName();
  }

  /** Refuses a change that would come too late. */
  void changing(String argument) {
    if (built()) {
      throw Errors.in(where(), argument + " can no longer be set.")
          .expected("an optimizer that no model has trained with")
          .got("one whose variables are there")
          .fix("call " + argument + " right after new " + where() + "()")
          .state();
    }
  }

  /** Refuses to give or take a learning rate, where there is none. */
  void checkLearningRate() {}

  /**
   * Sets the learning rate, at any time.
   *
   * @param value the factor of each step
   * @return this optimizer
   * @throws IllegalStateException once the optimizer is built, if the rate follows a schedule
   */
  public S learningRate(double value) {
    checkLearningRate();
    learningRate.set(value, built());
    return self();
  }

  /**
   * Makes the learning rate follow a schedule.
   *
   * @param schedule the rate of each step
   * @return this optimizer
   * @throws IllegalStateException once the optimizer is built
   */
  public S learningRate(LearningRateSchedule schedule) {
    changing("learningRate(schedule)");
    learningRate.follow(schedule);
    return self();
  }

  /**
   * Sets the name.
   *
   * @param value by default the class's name in Keras's spelling, as {@code "adam"}
   * @return this optimizer
   */
  public S name(String value) {
    changing("name");
    name = value;
    return self();
  }

  /**
   * Returns the name.
   *
   * @return for example {@code "adam"}
   */
  public String name() {
    return name;
  }

  /**
   * Takes a part of each weight away at each step: {@code w -= w * weightDecay * learningRate},
   * before the gradient is applied.
   *
   * @param value the part; no decay by default, 0.004 in AdamW
   * @return this optimizer
   */
  public S weightDecay(double value) {
    changing("weightDecay");
    weightDecay = value;
    return self();
  }

  /** Tells how much of a variable is lost in each step, times the learning rate. */
  double decayOf(Variable variable) {
    return weightDecay;
  }

  /**
   * Keeps variables from decaying. A further call replaces what an earlier one said.
   *
   * @param variables these variables; may be empty
   * @param names regular expressions; a variable in whose name one of them is found is excluded, as
   *     all biases are by {@code "bias"}; may be empty
   * @return this optimizer
   */
  public S excludeFromWeightDecay(List<Variable> variables, List<String> names) {
    changing("excludeFromWeightDecay");
    Checks.notNull(where(), "variables", variables);
    Checks.notNull(where(), "names", names);
    variables.forEach(each -> Checks.notNull(where(), "one of the variables", each));
    undecayed = List.copyOf(variables);
    undecayedNames = names.isEmpty() ? null : pattern(where(), String.join("|", names));
    return self();
  }

  /** Returns a regular expression for names or paths of variables. */
  static Pattern pattern(String where, String expression) {
    Checks.notNull(where, "pattern", expression);
    try {
      return Pattern.compile(expression);
    } catch (PatternSyntaxException e) {
      throw Errors.in(where, "this is no regular expression.")
          .expected("a name, or a pattern such as \"encoder/.*\"")
          .got("\"" + expression + "\": " + e.getDescription())
          .fix("put a backslash before each special sign that is meant as it is")
          .argument();
    }
  }

  final boolean decays(Variable variable) {
    return weightDecay != null
        && !undecayed.contains(variable)
        && (undecayedNames == null || !undecayedNames.matcher(variable.name()).find());
  }

  /**
   * Shortens each variable's gradient to a norm.
   *
   * @param value the greatest norm; none by default, and none if it is not positive
   * @return this optimizer
   * @throws IllegalArgumentException if gradients are clipped in another way already
   */
  public S clipnorm(double value) {
    changing("clipnorm");
    clipnorm = value;
    return clippedOnce();
  }

  /**
   * Limits each element of the gradients.
   *
   * @param value the greatest magnitude; none by default, and none if it is not positive
   * @return this optimizer
   * @throws IllegalArgumentException if gradients are clipped in another way already
   */
  public S clipvalue(double value) {
    changing("clipvalue");
    clipvalue = value;
    return clippedOnce();
  }

  /**
   * Shortens the gradients of all variables, taken as one long vector, to a norm.
   *
   * @param value the greatest norm; none by default, and none if it is not positive
   * @return this optimizer
   * @throws IllegalArgumentException if gradients are clipped in another way already
   */
  public S globalClipnorm(double value) {
    changing("globalClipnorm");
    globalClipnorm = value;
    return clippedOnce();
  }

  private S clippedOnce() {
    if (Stream.of(clipnorm, clipvalue, globalClipnorm).filter(Objects::nonNull).count() > 1) {
      throw Errors.in(where(), "gradients can be clipped in one way only.")
          .expected("one of clipnorm, clipvalue and globalClipnorm")
          .got(
              "clipnorm=%s, clipvalue=%s, globalClipnorm=%s"
                  .formatted(clipnorm, clipvalue, globalClipnorm))
          .fix("leave out all but one")
          .argument();
    }
    return self();
  }

  /**
   * Keeps an exponential moving average of each variable, which becomes the variable's value at the
   * end of {@code fit}.
   *
   * @param value false by default
   * @return this optimizer
   */
  public S useEma(boolean value) {
    changing("useEma");
    useEma = value;
    return self();
  }

  /**
   * Sets how slowly the moving average moves.
   *
   * @param value the part of the average that is kept at each step, 0 to 1; 0.99 by default
   * @return this optimizer
   * @throws IllegalArgumentException if it is out of that range
   */
  public S emaMomentum(double value) {
    changing("emaMomentum");
    emaMomentum = fraction("emaMomentum", value);
    return self();
  }

  /**
   * Gives variables their moving averages in the course of training too.
   *
   * @param value after how many steps, 1 or more; never by default
   * @return this optimizer
   * @throws IllegalArgumentException if it is not positive
   */
  public S emaOverwriteFrequency(int value) {
    changing("emaOverwriteFrequency");
    emaOverwriteFrequency = atLeast("emaOverwriteFrequency", value, 1);
    return self();
  }

  /**
   * Multiplies the loss before gradients are computed, and divides these by the same number.
   *
   * @param value the factor; 1 by default
   * @return this optimizer
   */
  public S lossScaleFactor(double value) {
    changing("lossScaleFactor");
    lossScaleFactor = value;
    return self();
  }

  /**
   * Applies the mean gradient of several batches instead of each batch's own.
   *
   * @param value the number of batches, 2 or more; by default each batch makes a step
   * @return this optimizer
   * @throws IllegalArgumentException if it is less than 2
   */
  public S gradientAccumulationSteps(int value) {
    changing("gradientAccumulationSteps");
    gradientAccumulationSteps = atLeast("gradientAccumulationSteps", value, 2);
    return self();
  }

  /** With the arguments of a configuration that all optimizers have. */
  final S common(Config config) {
    Checks.notNull(getClass().getSimpleName() + ".fromConfig", "config", config);
    config.text("name", this::name);
    if (config.value("learning_rate") instanceof Map<?, ?>) {
      learningRate(Schedules.deserialize(config.inner("learning_rate")));
    } else {
      config.number("learning_rate", (double value) -> learningRate(value));
    }
    ifGiven(config, "weight_decay", this::weightDecay);
    ifGiven(config, "clipnorm", this::clipnorm);
    ifGiven(config, "global_clipnorm", this::globalClipnorm);
    ifGiven(config, "clipvalue", this::clipvalue);
    config.bool("use_ema", this::useEma);
    config.number("ema_momentum", this::emaMomentum);
    if (config.given("ema_overwrite_frequency")) {
      emaOverwriteFrequency(config.integer("ema_overwrite_frequency"));
    }
    ifGiven(config, "loss_scale_factor", this::lossScaleFactor);
    if (config.given("gradient_accumulation_steps")) {
      gradientAccumulationSteps(config.integer("gradient_accumulation_steps"));
    }
    return self();
  }

  private static void ifGiven(Config config, String key, DoubleConsumer use) {
    if (config.given(key)) {
      config.number(key, use);
    }
  }

  /** Refuses what is not between 0 and 1. */
  final double fraction(String argument, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw Errors.in(where(), argument + " is out of range.")
          .expected("a number from 0 to 1")
          .got(value)
          .fix("write " + argument + "(0.9)")
          .argument();
    }
    return value;
  }

  private int atLeast(String argument, int value, int least) {
    if (value < least) {
      throw Errors.in(where(), argument + " is too small.")
          .expected(least + " or more")
          .got(value)
          .fix("write " + argument + "(" + least + "), or leave it out")
          .argument();
    }
    return value;
  }

  /**
   * Returns the arguments, under the names that Keras gives them.
   *
   * @return a new map, in Keras's order
   */
  public Map<String, Object> getConfig() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("name", name);
    config.put("learning_rate", learningRate.config());
    config.put("weight_decay", weightDecay);
    config.put("clipnorm", clipnorm);
    config.put("global_clipnorm", globalClipnorm);
    config.put("clipvalue", clipvalue);
    config.put("use_ema", useEma);
    config.put("ema_momentum", emaMomentum);
    config.put("ema_overwrite_frequency", emaOverwriteFrequency);
    config.put("loss_scale_factor", lossScaleFactor);
    config.put("gradient_accumulation_steps", gradientAccumulationSteps);
    return config;
  }

  @Override
  public String toString() {
    return Described.by(this, this::getConfig);
  }
}
