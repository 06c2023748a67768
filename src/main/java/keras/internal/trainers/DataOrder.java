package keras.internal.trainers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import keras.internal.messages.Errors;
import keras.utils.Batch;
import keras.utils.FloatArrays;
import org.tensorflow.ndarray.FloatNdArray;

/** Puts data that was given by name, or for some outputs, into the model's order. */
final class DataOrder {

  private final String where;
  private final Network network;
  private final Compiled compiled;

  /**
   * @param where who asks, as messages name it
   * @param compiled null where targets do not matter
   */
  DataOrder(String where, Network network, Compiled compiled) {
    this.where = where;
    this.network = network;
    this.compiled = compiled;
  }

  /** Returns one input for each of the model's. */
  List<FloatNdArray> inputs(Batch batch) {
    List<String> given = batch.names().inputs();
    if (given.isEmpty()) {
      return batch.inputs();
    }
    List<FloatNdArray> ordered = new ArrayList<>();
    for (String name : network.inputNames()) {
      int place = given.indexOf(name);
      if (place < 0) {
        throw unknown("x", "inputs", network.inputNames(), given);
      }
      ordered.add(batch.inputs().get(place));
    }
    return ordered;
  }

  /** Returns the targets of the outputs that are measured. */
  List<FloatNdArray> targets(Batch batch) {
    return measured("y", batch.targets(), batch.names().targets(), batch);
  }

  /** Returns the weights of the outputs that are measured; one array is for all of them. */
  List<FloatNdArray> weights(Batch batch) {
    List<FloatNdArray> given = batch.sampleWeights();
    if (compiled == null || given.isEmpty()) {
      return given;
    }
    int outputs = compiled.outputs().size();
    if (given.size() == 1 && outputs > 1 && batch.names().sampleWeights().isEmpty()) {
      return java.util.Collections.nCopies(compiled.measured().size(), given.get(0));
    }
    return measured("sampleWeight", given, batch.names().sampleWeights(), batch);
  }

  private List<FloatNdArray> measured(
      String argument, List<FloatNdArray> given, List<String> names, Batch batch) {
    if (compiled == null || (names.isEmpty() && given.size() == compiled.measured().size())) {
      return given;
    }
    if (!names.isEmpty() && !network.outputNames().containsAll(names)) {
      throw unknown(argument, "outputs", network.outputNames(), names);
    }
    boolean allGiven = names.isEmpty() && given.size() == compiled.outputs().size();
    if (names.isEmpty() && !allGiven) {
      return given; // The check of targets says how many there should be.
    }
    List<FloatNdArray> ordered = new ArrayList<>();
    for (CompiledOutput output : compiled.measured()) {
      int place =
          allGiven ? output.index() : names.indexOf(network.outputNames().get(output.index()));
      if (place >= 0) {
        ordered.add(given.get(place));
      } else if (argument.equals("sampleWeight")) {
        ordered.add(ones(batch.size()));
      } else {
        throw unknown(argument, "outputs", network.outputNames(), names);
      }
    }
    return ordered;
  }

  private static FloatNdArray ones(int samples) {
    float[] ones = new float[samples];
    Arrays.fill(ones, 1);
    return FloatArrays.wrap(ones, samples);
  }

  private IllegalArgumentException unknown(
      String argument, String kind, List<String> expected, List<String> got) {
    return Errors.in(
            where + ": " + argument, "its names are not those of the model's " + kind + ".")
        .expected(expected)
        .got(got)
        .fix("give one array for each of these names")
        .argument();
  }
}
