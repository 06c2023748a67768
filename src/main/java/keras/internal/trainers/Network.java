package keras.internal.trainers;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import keras.backend.Variable;
import keras.internal.graph.Engine;
import keras.internal.graph.MaskedTensor;
import keras.internal.graph.Tape;
import keras.utils.FloatArrays;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/** A model as a {@link Trainer} needs to know it. */
public interface Network {

  /**
   * Makes the weights, if they are not there yet.
   *
   * @param batch the shapes of a batch of the data; null if none is known
   * @throws IllegalStateException if the weights are not there and cannot be made
   */
  default void build(List<Shape> batch) {}

  /**
   * Tells whether the weights are there.
   *
   * @return true once the shape of the data is known
   */
  default boolean isBuilt() {
    return true;
  }

  /**
   * The model's name.
   *
   * @return as in messages
   */
  String name();

  /**
   * Puts data through the layers that read strings and whole numbers before the graph.
   *
   * @param where who asks, as messages name it
   * @param x arrays, as a user gives them
   * @return by default x itself
   */
  default Object read(String where, Object x) {
    return x;
  }

  /**
   * Returns the names of the inputs, which data may go by.
   *
   * @return one for each input; by default numbered
   */
  default List<String> inputNames() {
    return numbered("input_", inputShapes().size());
  }

  /**
   * Returns the names of the outputs, which targets, losses and logs go by.
   *
   * @return one for each output; by default numbered
   */
  default List<String> outputNames() {
    return numbered("output_", outputShapes().size());
  }

  /**
   * Tells whether the outputs' names stand before their metrics' in the logs.
   *
   * @return false for a model that describes itself, whose outputs Keras does not know by name
   */
  default boolean namesOutputs() {
    return true;
  }

  private static List<String> numbered(String kind, int count) {
    return IntStream.range(0, count).mapToObj(i -> kind + i).toList();
  }

  /**
   * Tells whether layers may be given another number of timesteps than the model's input has.
   *
   * @return true for a chain of layers, as in Keras
   */
  default boolean takesAnyTimesteps() {
    return true;
  }

  /**
   * Returns the shapes of the inputs.
   *
   * @return the batch first; dimensions that are not known are -1
   */
  List<Shape> inputShapes();

  /**
   * Returns the type that an input has in the graph, before layers take it as floats.
   *
   * @param input which
   * @return by default floats
   */
  default Class<? extends TType> inputType(int input) {
    return TFloat32.class;
  }

  /**
   * Returns data as they enter, or refuses what an input of whole numbers would not take as it is.
   *
   * @param where who asks, as messages name it
   * @param input which
   * @param array data of the right shape
   * @return the same data; for an input of floats without the whole numbers beside them
   * @throws IllegalArgumentException if digits would be lost
   */
  default FloatNdArray entered(String where, int input, FloatNdArray array) {
    return FloatArrays.floats(array);
  }

  /**
   * The shapes of the outputs.
   *
   * @return the batch first; dimensions that are not known are -1
   */
  List<Shape> outputShapes();

  /**
   * Returns the shapes of the outputs for data of certain shapes.
   *
   * @param inputs the shapes of a batch
   * @return the batch first; by default {@link #outputShapes}, which may leave more open
   */
  default List<Shape> outputShapes(List<Shape> inputs) {
    return outputShapes();
  }

  /**
   * Adds the model's ops.
   *
   * @param tapes the tapes that they are recorded on, one for each part of the batch
   * @param inputs for each tape, one for each input
   * @return for each tape, one for each output
   */
  List<List<MaskedTensor>> forward(List<Tape> tapes, List<List<MaskedTensor>> inputs);

  /**
   * Adds the model's ops and gives what each layer makes of its inputs.
   *
   * @param tape the tape that they are recorded on
   * @param inputs one for each input
   * @return by the layers' names; nothing for a network that does not tell its layers apart
   */
  default Map<String, MaskedTensor> layerOutputs(Tape tape, List<MaskedTensor> inputs) {
    return Map.of();
  }

  /**
   * Returns the weights.
   *
   * @return trainable and others, in Keras's order
   */
  List<Variable> weights();

  /**
   * Describes the layers, so that two processes can tell whether they have the same model.
   *
   * @return text without names that are given automatically
   */
  default String layout() {
    return inputShapes() + " " + outputShapes();
  }

  /**
   * Returns the variables whose values make the model what it is, apart from the optimizer's.
   *
   * @return the weights, and what else moves on in training, as the counters of random layers
   */
  default List<Variable> variables() {
    return weights();
  }

  /**
   * Where the weights live and programs run.
   *
   * @return an open engine
   */
  Engine engine();

  /**
   * Returns the model's own way of training.
   *
   * @return what it does with a batch; null for the usual step
   */
  default OwnStep.Body ownStep() {
    return null;
  }

  /** Frees the programs that were built, which nobody will run any more. */
  void forgetPrograms();

  /**
   * Returns the layers that must see all samples of a batch together.
   *
   * @return their names
   */
  default List<String> wholeBatchLayers() {
    return List.of();
  }

  /**
   * Whether a layer must see all samples of a batch together.
   *
   * @return true if a batch must not be cut, nor several become one
   */
  boolean needsWholeBatch();

  /**
   * Tells whether a layer keeps states from batch to batch.
   *
   * @return true if the batch size is fixed
   */
  boolean isStateful();
}
