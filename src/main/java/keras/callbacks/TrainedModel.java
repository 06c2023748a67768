package keras.callbacks;

import java.util.List;
import java.util.Optional;
import org.tensorflow.ndarray.FloatNdArray;

/** What a callback may ask of the model that it looks on, and what it may do to it. */
public interface TrainedModel {

  /** Which way a metric goes as the model gets better. */
  enum Direction {
    /** Larger is better, as with accuracies. */
    UP,
    /** Smaller is better, as with losses and errors. */
    DOWN
  }

  /**
   * The model's name.
   *
   * @return such as {@code sequential}
   */
  String name();

  /**
   * Whether training is to end. Keras: {@code model.stop_training}.
   *
   * @return true once a callback has asked for it
   */
  boolean stopTraining();

  /**
   * Asks training to end after the batch at hand. Keras: {@code model.stop_training = True}.
   *
   * @param value whether to end; {@code fit} begins with false
   */
  void stopTraining(boolean value);

  /**
   * The model's weights. Keras: {@code model.get_weights()}.
   *
   * @return copies, which training leaves alone, in Keras's order
   */
  List<FloatNdArray> getWeights();

  /**
   * Sets the model's weights. Keras: {@code model.set_weights(weights)}.
   *
   * @param weights in the order and the shapes of {@link #getWeights()}; copied
   */
  void setWeights(List<? extends FloatNdArray> weights);

  /**
   * The learning rate of the optimizer. Keras: {@code model.optimizer.learning_rate}.
   *
   * @return the rate that the next step uses
   */
  float learningRate();

  /**
   * Sets the learning rate of the optimizer. Keras: {@code model.optimizer.learning_rate = value}.
   *
   * @param value the rate that the next step is to use
   */
  void learningRate(float value);

  /** Sets the states of stateful layers back to zero. */
  void resetStates();

  /**
   * Which way a metric goes as the model gets better.
   *
   * @param metric the name of a metric that the model was compiled with, without {@code val_}
   * @return nothing if there is no such metric, or if it does not say
   */
  Optional<Direction> metricDirection(String metric);
}
