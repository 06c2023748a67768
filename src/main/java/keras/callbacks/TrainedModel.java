package keras.callbacks;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import keras.layers.Layer;
import keras.metrics.Direction;
import keras.optimizers.Optimizer;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.proto.GraphDef;

/** The model as callbacks see it: their questions and their changes. */
public interface TrainedModel {

  /**
   * How far training has come.
   *
   * @param epoch how many epochs have ended
   * @param batches how many batches of the next one
   */
  record Progress(int epoch, int batches) {}

  /**
   * Returns the model's name.
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
   * Returns the model's layers. Keras: {@code model.layers}.
   *
   * @return in their order, those of models inside of the model as one each
   */
  List<Layer<?>> layers();

  /**
   * Returns the configuration. Keras: {@code model.to_json()}.
   *
   * @return JSON that Keras reads too
   * @throws IllegalArgumentException if a part of the model has no configuration
   */
  String toJson();

  /**
   * Returns the graph of ops that TensorFlow runs, once there was a first batch. Ours alone.
   *
   * @return what is there so far, for all kinds of batches
   */
  GraphDef graphDef();

  /**
   * Returns the optimizer. Keras: {@code model.optimizer}.
   *
   * @return the one that the model was compiled with
   */
  Optimizer<?> optimizer();

  /**
   * Runs the model as it is at the moment, without a progress bar. Keras: {@code model.predict(x,
   * verbose=0)}.
   *
   * @param x an array, or what yields batches
   * @return one row a sample, of the first output
   * @throws IllegalArgumentException if the data do not fit the model
   */
  FloatNdArray predict(Object x);

  /**
   * Measures loss and metrics, without a progress bar. Keras: {@code model.evaluate(x, y,
   * verbose=0, return_dict=True)}. The logs of the {@code fit} at hand are left alone.
   *
   * @param x an array
   * @param y the targets
   * @return the loss and the metrics, sorted by name
   * @throws IllegalArgumentException if the data do not fit the model
   */
  Map<String, Double> evaluate(Object x, Object y);

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

  /**
   * Writes the whole model. Keras: {@code model.save(path)}.
   *
   * @param path a file, replaced as a whole or not at all
   */
  void save(Path path);

  /**
   * Writes the weights and the optimizer's variables. Keras: {@code model.save_weights(path)}.
   *
   * @param path a file that ends with {@code .weights.h5}, replaced as a whole or not at all
   */
  void saveWeights(Path path);

  /**
   * Writes all that training needs to go on from here: what {@link #saveWeights} writes, and
   * states, counters and sums besides.
   *
   * @param path a file that ends with {@code .weights.h5}, replaced as a whole or not at all
   * @param progress how far training has come
   */
  void saveTraining(Path path, Progress progress);

  /**
   * Has the {@code fit} that begins go on from where {@link #saveTraining} was called.
   *
   * @param path the file
   * @throws IllegalArgumentException if the file is not whole, or is of another model
   */
  void restoreTraining(Path path);

  /**
   * Exchanges the weights with their moving averages.
   *
   * @throws IllegalStateException if the optimizer has none, as without {@code useEma(true)}
   */
  void swapMovingAverages();

  /** Takes the weights as they are now for their moving averages. */
  void keepMovingAverages();

  /** Sets the states of stateful layers back to zero. */
  void resetStates();

  /**
   * Returns the names that the logs have.
   *
   * @return the loss and the metrics that the model was compiled with, without {@code val_}
   */
  List<String> metricNames();

  /**
   * Tells which way a metric goes as the model gets better.
   *
   * @param metric the name of a metric that the model was compiled with, without {@code val_}
   * @return nothing if there is no such metric, or if it does not say
   */
  Optional<Direction> metricDirection(String metric);
}
