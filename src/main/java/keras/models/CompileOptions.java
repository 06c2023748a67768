package keras.models;

import java.util.List;
import java.util.Map;
import keras.internal.messages.Checks;
import keras.internal.trainers.CompileArguments;
import keras.losses.Loss;
import keras.losses.LossFunction;
import keras.optimizers.Optimizer;

/** The arguments of {@code compile}, under the names that Keras has for them. */
public final class CompileOptions {

  final CompileArguments arguments = new CompileArguments();

  CompileOptions() {}

  /**
   * Names what changes the weights.
   *
   * @param name of an optimizer with its default arguments; {@code "rmsprop"} by default
   * @return these options
   * @throws IllegalArgumentException if it is null
   */
  public CompileOptions optimizer(String name) {
    return anyOptimizer(name);
  }

  /**
   * Sets what changes the weights.
   *
   * @param value an optimizer
   * @return these options
   * @throws IllegalArgumentException if it is null
   */
  public CompileOptions optimizer(Optimizer<?> value) {
    return anyOptimizer(value);
  }

  private CompileOptions anyOptimizer(Object value) {
    arguments.optimizer =
        Checks.given(
            "compile",
            "optimizer",
            "an optimizer",
            "a name or an Optimizer",
            "optimizer(\"adam\")",
            value);
    return this;
  }

  /**
   * Names the quantity that training minimises.
   *
   * @param name of a loss; none by default. {@code "crossentropy"} and {@code "ce"} are the binary,
   *     the sparse categorical or the categorical one, whichever goes with the shapes
   * @return these options
   */
  public CompileOptions loss(String name) {
    arguments.loss = name;
    return this;
  }

  /**
   * Sets the quantity that training minimises.
   *
   * @param value a loss; none by default
   * @return these options
   */
  public CompileOptions loss(Loss value) {
    arguments.loss = value;
    return this;
  }

  /**
   * Sets the quantity that training minimises.
   *
   * @param function gives one number for each sample or timestep
   * @return these options
   */
  public CompileOptions loss(LossFunction function) {
    arguments.loss = function;
    return this;
  }

  /**
   * Sets the quantity that training minimises for each output of a model.
   *
   * @param value a name, a loss or a function for each output, in their order; null for one that
   *     has none
   * @return these options
   */
  public CompileOptions loss(List<?> value) {
    arguments.loss = value;
    return this;
  }

  /**
   * Sets the quantity that training minimises for the outputs of a model.
   *
   * @param value names, losses or functions by the names of the outputs; one that is left out has
   *     none
   * @return these options
   */
  public CompileOptions loss(Map<String, ?> value) {
    arguments.loss = value;
    return this;
  }

  /**
   * Sets how much the loss of each output counts. Keras: {@code loss_weights}.
   *
   * @param value a number for each output, in their order; 1 each by default
   * @return these options
   */
  public CompileOptions lossWeights(List<? extends Number> value) {
    arguments.lossWeights = value;
    return this;
  }

  /**
   * Sets how much the loss of each output counts. Keras: {@code loss_weights}.
   *
   * @param value numbers by the names of the outputs; 1 for one that is left out
   * @return these options
   */
  public CompileOptions lossWeights(Map<String, ? extends Number> value) {
    arguments.lossWeights = value;
    return this;
  }

  /**
   * Sets what is measured besides the loss.
   *
   * @param value metrics, their names or functions, in any mixture; of a model with several outputs
   *     a metric or a list of them for each output
   * @return these options
   * @throws IllegalArgumentException if one of them is null
   */
  public CompileOptions metrics(Object... value) {
    arguments.metrics = Checks.all("compile", "metrics", "a metric", "metrics(\"mae\")", value);
    return this;
  }

  /**
   * Sets what is measured besides the loss, for the outputs of a model.
   *
   * @param value a metric or a list of them by the names of the outputs
   * @return these options
   */
  public CompileOptions metrics(Map<String, ?> value) {
    arguments.metrics = value;
    return this;
  }

  /**
   * Sets what is measured besides the loss.
   *
   * @param functions each gives one number for each sample or timestep, whose mean is logged
   * @return these options
   * @throws IllegalArgumentException if one of them is null
   */
  public CompileOptions metrics(LossFunction... functions) {
    return metrics((Object[]) functions);
  }

  /**
   * Sets what is measured with the weights of the samples.
   *
   * @param value metrics, their names or functions, in any mixture; of a model with several outputs
   *     a metric or a list of them for each output
   * @return these options
   * @throws IllegalArgumentException if one of them is null
   */
  public CompileOptions weightedMetrics(Object... value) {
    arguments.weightedMetrics =
        Checks.all("compile", "weightedMetrics", "a metric", "weightedMetrics(\"mae\")", value);
    return this;
  }

  /**
   * Sets what is measured with the weights of the samples, for the outputs of a model.
   *
   * @param value a metric or a list of them by the names of the outputs
   * @return these options
   */
  public CompileOptions weightedMetrics(Map<String, ?> value) {
    arguments.weightedMetrics = value;
    return this;
  }

  /**
   * Sets what is measured with the weights of the samples.
   *
   * @param functions each gives one number for each sample or timestep, whose mean is logged
   * @return these options
   * @throws IllegalArgumentException if one of them is null
   */
  public CompileOptions weightedMetrics(LossFunction... functions) {
    return weightedMetrics((Object[]) functions);
  }

  /**
   * Sets how many batches callbacks see as one: they are told of the first one's beginning and of
   * the last one's end. It changes no number. As in Keras, the batches at the end of an epoch count
   * as so many even if there are fewer.
   *
   * @param value 1 by default
   * @return these options
   * @throws IllegalArgumentException if it is less than 1
   */
  public CompileOptions stepsPerExecution(int value) {
    arguments.stepsPerExecution = Checks.positive("compile", "stepsPerExecution", value);
    return this;
  }
}
