package keras.internal.trainers;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import keras.internal.messages.Errors;
import keras.losses.Loss;
import keras.utils.Batch;
import keras.utils.FloatArrays;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;

/** Checks that data fits a model, before anything native sees it. */
final class Inputs {

  private Inputs() {}

  static List<Shape> shapes(Batch batch) {
    return batch.inputs().stream().map(FloatNdArray::shape).toList();
  }

  /** The batch with inputs of the rank that the model expects, or an exception. */
  static Batch fitted(String where, Network network, Compiled compiled, Batch batch) {
    checkSamples(where, batch);
    DataOrder order = new DataOrder(where, network, compiled);
    List<FloatNdArray> given = order.inputs(batch);
    List<Shape> expected = network.inputShapes();
    if (given.size() != expected.size()) {
      throw Errors.in(where + ": x", "the model has another number of inputs.")
          .expected(expected.size() + " arrays" + listed(network.inputNames()))
          .got(given.size())
          .fix("give one array for each input of the model")
          .argument();
    }
    List<FloatNdArray> inputs = new ArrayList<>();
    for (int i = 0; i < expected.size(); i++) {
      inputs.add(fitted(network, expected.get(i), given.get(i)));
    }
    if (inputs.contains(null)) {
      throw misfit(where, network, given.stream().map(FloatNdArray::shape).toList());
    }
    for (int i = 0; i < inputs.size(); i++) {
      inputs.set(i, network.entered(where, i, inputs.get(i)));
    }
    return new Batch(
        inputs,
        order.targets(batch).stream().map(FloatArrays::floats).toList(),
        order.weights(batch));
  }

  private static String listed(List<String> names) {
    return names.size() < 2 ? "" : ", for " + String.join(", ", names);
  }

  /** Refuses a batch without samples. */
  static void checkSamples(String where, Batch batch) {
    if (batch.size() == 0) {
      throw Errors.in(where + ": x", "there are no samples.")
          .expected("at least one sample")
          .got("shape " + Errors.shape(FloatArrays.shape(batch.inputs().get(0))))
          .fix("check where the data comes from")
          .argument();
    }
  }

  /** Returns an input with the rank that the model expects; null if it does not fit. */
  private static FloatNdArray fitted(Network network, Shape expected, FloatNdArray given) {
    long[] shape = FloatArrays.shape(given);
    int rank = expected.numDimensions();
    FloatNdArray array = given;
    if (shape.length == rank - 1 && expected.get(rank - 1) == 1) {
      array = reshaped(given, appended(shape));
    } else if (shape.length == rank + 1 && shape[rank] == 1) {
      array = reshaped(given, java.util.Arrays.copyOf(shape, rank));
    }
    long[] actual = FloatArrays.shape(array);
    boolean fits = actual.length == rank;
    for (int i = 1; fits && i < rank; i++) {
      // Keras's Sequential computes with another number of timesteps where its layers can.
      boolean timesteps = i == 1 && rank > 2 && network.takesAnyTimesteps();
      fits = expected.get(i) == Shape.UNKNOWN_SIZE || expected.get(i) == actual[i] || timesteps;
    }
    return fits ? array : null;
  }

  /** Returns the exception for inputs that do not go with the model's. */
  static IllegalArgumentException misfit(String where, Network network, List<Shape> given) {
    if (given.size() > 1) {
      return Errors.in(where + ": x", "the shapes are not those of the model's inputs.")
          .expected(named(network, network.inputShapes()))
          .got(named(network, given))
          .fix("give samples of these shapes, or change the model's inputs")
          .argument();
    }
    Shape expected = network.inputShapes().get(0);
    Shape got = given.get(0);
    int rank = expected.numDimensions();
    return Errors.in(where + ": x", "its shape is not the one of the model's input.")
        .expected(Errors.shape(expected.asArray()))
        .got(Errors.shape(got.asArray()))
        .fix(
            got.numDimensions() == rank
                ? "give samples of that shape, or change the model's Input"
                : "reshape x to " + rank + " dimensions, the batch first")
        .argument();
  }

  /**
   * Does something with an input that may have another number of timesteps than the model's, which
   * is fixed. If a layer cannot, the input is what is wrong.
   */
  static <T> T tried(String where, Network network, Batch batch, Supplier<T> use) {
    List<Shape> given = shapes(batch);
    boolean differs = false;
    for (int i = 0; i < given.size(); i++) {
      Shape expected = network.inputShapes().get(i);
      differs |=
          expected.numDimensions() > 2
              && expected.get(1) != Shape.UNKNOWN_SIZE
              && given.get(i).get(1) != expected.get(1);
    }
    if (!differs) {
      return use.get();
    }
    try {
      return use.get();
    } catch (IllegalArgumentException e) {
      IllegalArgumentException misfit = misfit(where, network, given);
      misfit.initCause(e);
      throw misfit;
    }
  }

  private static String named(Network network, List<Shape> shapes) {
    List<String> named = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      named.add(network.inputNames().get(i) + " " + Errors.shape(shapes.get(i).asArray()));
    }
    return String.join(", ", named);
  }

  private static FloatNdArray reshaped(FloatNdArray array, long... shape) {
    return FloatArrays.of(array, "x").withShape(Shape.of(shape));
  }

  private static long[] appended(long[] shape) {
    long[] longer = java.util.Arrays.copyOf(shape, shape.length + 1);
    longer[shape.length] = 1;
    return longer;
  }

  /** Refuses a batch of another size than a stateful model keeps states for. */
  static void checkBatchSize(String where, Network network, int size) {
    long expected = network.inputShapes().get(0).get(0);
    if (network.isStateful() && expected != size) {
      throw Errors.in(
              where, "a stateful model keeps one state a sample, so every batch has the same size.")
          .expected("batches of " + expected)
          .got("a batch of " + size)
          .fix(
              "give a multiple of "
                  + expected
                  + " samples and batchSize("
                  + expected
                  + "), or build the model with another batchShape")
          .argument();
    }
  }

  /** Refuses targets and weights that do not go with the output and the loss. */
  static void checkTargets(String where, Network network, Batch batch, Compiled compiled) {
    List<CompiledOutput> measured = compiled.measured();
    checkTargets(where, batch, measured.size());
    List<Shape> given = network.outputShapes(shapes(batch));
    for (int i = 0; i < measured.size(); i++) {
      CompiledOutput compiledOutput = measured.get(i);
      Shape whole = given.get(compiledOutput.index());
      Shape output = Shape.of(Shape.UNKNOWN_SIZE).append(whole.tail());
      FloatNdArray target = batch.targets().get(i);
      Loss loss = compiledOutput.loss(target.shape(), output);
      if (loss != null) {
        loss.checkTargets(target, output);
        if (loss.reducesLastAxis()) {
          checkWeights(where, batch.sampleWeights(), i, target.shape(), output.numDimensions() - 1);
        }
      }
      for (CompiledOutput.Measure measure : compiledOutput.measures(target.shape(), output)) {
        measure.metric().checkShapes(target.shape(), output);
      }
    }
  }

  /** Weights are those of the loss's values, or 1 wide where one weight stands for several. */
  private static void checkWeights(
      String where, List<FloatNdArray> weights, int output, Shape target, int rank) {
    if (weights.isEmpty()) {
      return;
    }
    Shape given = weights.get(Math.min(output, weights.size() - 1)).shape();
    int dimensions = given.numDimensions();
    boolean column = dimensions == rank + 1 && given.get(rank) == 1;
    boolean fits = output < weights.size() && (dimensions == rank || column);
    for (int i = 1; fits && i < rank; i++) {
      fits = given.get(i) == 1 || given.get(i) == target.get(i);
    }
    if (!fits) {
      Shape values = target.take(rank);
      throw Errors.in(where + ": sampleWeight", "its shape does not go with the targets.")
          .expected(
              rank == 1
                  ? Errors.shape(values.asArray()) + ", one weight a sample"
                  : Errors.shape(values.asArray())
                      + ", one weight a timestep, or "
                      + Errors.shape(target.get(0), 1)
                      + ", one a sample")
          .got(weights.size() == 1 ? Errors.shape(given.asArray()) : weights.size() + " arrays")
          .fix("reshape sampleWeight")
          .argument();
    }
  }

  /** Refuses a batch without targets for each output. */
  static void checkTargets(String where, Batch batch, int outputs) {
    if (batch.targets().size() != outputs) {
      String wanted = outputs == 1 ? "one array" : outputs + " arrays";
      throw Errors.in(where + ": y", "the model needs " + wanted + " of targets.")
          .expected(wanted)
          .got(batch.targets().size())
          .fix("give " + where + "(x, y, ...) or Batch.of(x, y)")
          .argument();
    }
  }
}
