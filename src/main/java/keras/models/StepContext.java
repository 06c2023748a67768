package keras.models;

import java.util.List;
import keras.backend.Variable;
import keras.internal.trainers.OwnStep;
import keras.layers.Layer;
import keras.layers.LayerAccess;
import keras.optimizers.Optimizer;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A training step of one's own, with a batch of data, for {@link Model#trainStep}. Keras: {@code
 * train_step(self, data)}.
 *
 * <p>Porting note: a step makes ops once, which then run for each batch. All of them see the
 * weights as they were before the batch, also those that come after {@link #apply}.
 */
public final class StepContext {

  private final OwnStep step;

  StepContext(OwnStep step) {
    this.step = step;
  }

  /**
   * Returns where ops are added.
   *
   * @return the ops of the step's graph; each must have a gradient where a loss goes through it
   */
  public Ops tf() {
    return step.context().tf();
  }

  /**
   * Returns the inputs.
   *
   * @return one for each input of the model, (batch, ...)
   */
  public List<Operand<TFloat32>> x() {
    return step.context().own();
  }

  /**
   * Returns the targets.
   *
   * @return one for each output that has a loss or a metric
   */
  public List<Operand<TFloat32>> y() {
    return step.targets();
  }

  /**
   * Returns the weights of the samples.
   *
   * @return one for each of {@link #y}; null where none were given
   */
  public List<Operand<TFloat32>> sampleWeight() {
    return step.weights();
  }

  /**
   * Runs a model or a layer as in training. Keras: {@code self(x, training=True)}.
   *
   * @param layer the model that is trained, one of its layers, or another model
   * @param inputs one for each input
   * @return the outputs
   */
  public List<Operand<TFloat32>> call(Layer<?> layer, List<Operand<TFloat32>> inputs) {
    return step.context().inner(inputs, (tape, given) -> LayerAccess.forward(layer, tape, given));
  }

  /**
   * Runs a model or a layer of one input and one output.
   *
   * @param layer the model that is trained, one of its layers, or another model
   * @param input the input
   * @return the output
   */
  public Operand<TFloat32> call(Layer<?> layer, Operand<TFloat32> input) {
    return call(layer, List.of(input)).get(0);
  }

  /**
   * Returns the value of a weight, for a loss of one's own.
   *
   * @param variable the weight
   * @return its numbers; gradients go through
   */
  public Operand<TFloat32> weight(Variable variable) {
    return step.context().weight(variable);
  }

  /**
   * Returns the loss that {@code compile} names, with what layers, regularizers and {@code addLoss}
   * add. The metrics of {@code compile} are computed of the same predictions. Keras: {@code
   * self.compute_loss(y=y, y_pred=y_pred)}.
   *
   * @param predictions what {@link #call} gave for the model, one for each output
   * @return a scalar
   */
  public Operand<TFloat32> computeLoss(List<Operand<TFloat32>> predictions) {
    return step.compiledLoss(predictions);
  }

  /**
   * Returns the gradients of a loss. Keras: {@code tape.gradient(loss, weights)}.
   *
   * @param loss a scalar
   * @param variables the weights that it is minimised by
   * @return one for each of the weights; null where the loss does not depend on it
   */
  public List<Operand<TFloat32>> gradients(Operand<TFloat32> loss, List<Variable> variables) {
    return step.gradients(loss, variables);
  }

  /**
   * Changes weights as the model's optimizer does. Keras: {@code self.optimizer.apply(gradients,
   * weights)}.
   *
   * @param gradients one for each of the weights, or null
   * @param variables the weights
   */
  public void apply(List<Operand<TFloat32>> gradients, List<Variable> variables) {
    apply(step.optimizer(), gradients, variables);
  }

  /**
   * Changes weights as another optimizer does, as where two models are trained against each other.
   *
   * @param optimizer an optimizer that no other model uses
   * @param gradients one for each of the weights, or null
   * @param variables the weights
   */
  public void apply(
      Optimizer<?> optimizer, List<Operand<TFloat32>> gradients, List<Variable> variables) {
    step.apply(optimizer, gradients, variables);
  }
}
