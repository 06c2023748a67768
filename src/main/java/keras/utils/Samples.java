package keras.utils;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import keras.internal.messages.Errors;
import org.tensorflow.ndarray.FloatNdArray;

/** Batches taken apart, and put together. */
final class Samples {

  private Samples() {}

  /** Returns some samples of a batch. */
  static Batch rows(Batch batch, int... rows) {
    return new Batch(
        each(batch.inputs(), rows),
        each(batch.targets(), rows),
        each(batch.sampleWeights(), rows),
        batch.names());
  }

  private static List<FloatNdArray> each(List<FloatNdArray> arrays, int... rows) {
    return arrays.stream().map(array -> FloatArrays.gather(array, rows)).toList();
  }

  /** Returns all samples of some batches in one. */
  static Batch joined(List<Batch> batches) {
    Batch first = batches.get(0);
    return batches.size() == 1
        ? first
        : new Batch(
            joined("x", batches, Batch::inputs),
            joined("y", batches, Batch::targets),
            joined("sampleWeight", batches, Batch::sampleWeights),
            first.names());
  }

  private static List<FloatNdArray> joined(
      String name, List<Batch> batches, Function<Batch, List<FloatNdArray>> part) {
    int arrays = part.apply(batches.get(0)).size();
    List<FloatNdArray> all = new ArrayList<>();
    for (int i = 0; i < arrays; i++) {
      int place = i;
      all.add(
          array(
              name,
              batches.stream()
                  .map(part)
                  .map(each -> place < each.size() ? each.get(place) : null)
                  .toList()));
    }
    return all;
  }

  private static FloatNdArray array(String name, List<FloatNdArray> parts) {
    long[] shape = FloatArrays.shape(parts.get(0));
    for (FloatNdArray part : parts) {
      long[] other = part == null ? new long[] {0} : FloatArrays.shape(part);
      boolean same = Arrays.equals(shape, 1, shape.length, other, 1, other.length);
      if (part == null || !same) {
        throw Errors.in("Dataset.batch", "the elements have " + name + " of different shapes.")
            .expected("shape " + Errors.shape(shape) + ", as the first element of the batch has")
            .got(part == null ? "none" : "shape " + Errors.shape(other))
            .fix("pad them, as Utils.padSequences does")
            .argument();
      }
    }
    return FloatArrays.concatenate(parts);
  }
}
