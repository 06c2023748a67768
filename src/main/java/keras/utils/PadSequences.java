package keras.utils;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import keras.internal.messages.Errors;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.NdArray;
import org.tensorflow.ndarray.Shape;

/** Brings sequences of unequal lengths to one: {@link Utils#padSequences}. */
final class PadSequences {
  private static final String WHERE = "padSequences";

  private final List<FloatNdArray> sequences;
  private final PadSequencesOptions options;

  PadSequences(Object sequences, PadSequencesOptions options) {
    this.sequences = sequences(sequences);
    this.options = options;
  }

  FloatNdArray pad() {
    long[] sample = sampleShape();
    int width = 1;
    for (long dimension : sample) {
      width *= (int) dimension;
    }
    int length = length();
    float[] padded = new float[sequences.size() * length * width];
    Arrays.fill(padded, options.fill());
    boolean rounded = sequences.stream().anyMatch(each -> WholeNumbers.of(each) != null);
    long[] whole = rounded ? new long[padded.length] : null;
    if (rounded) {
      Arrays.fill(whole, (long) options.fill());
    }
    for (int i = 0; i < sequences.size(); i++) {
      place(sequences.get(i), padded, whole, i * length * width, length, width);
    }
    long[] shape = new long[2 + sample.length];
    shape[0] = sequences.size();
    shape[1] = length;
    System.arraycopy(sample, 0, shape, 2, sample.length);
    return new HeapFloats(padded, whole, Shape.of(shape));
  }

  private void place(
      FloatNdArray sequence, float[] to, long[] toWhole, int at, int length, int width) {
    float[] values = FloatArrays.values(sequence);
    long[] whole = WholeNumbers.of(sequence);
    int has = steps(sequence);
    int kept = Math.min(has, length);
    int from = options.truncatesBefore() ? has - kept : 0;
    int start = options.padsBefore() ? length - kept : 0;
    for (int i = 0; i < kept * width; i++) {
      int place = at + start * width + i;
      to[place] = options.cast(values[from * width + i]);
      if (toWhole != null) {
        toWhole[place] = whole == null ? (long) to[place] : whole[from * width + i];
      }
    }
  }

  private int length() {
    if (!options.hasLength() && sequences.isEmpty()) {
      throw Errors.in(WHERE, "there are no sequences to take the length from.")
          .expected("one sequence or more")
          .got("none")
          .fix("set maxlen")
          .argument();
    }
    return options.length(sequences.stream().mapToInt(PadSequences::steps).max().orElse(0));
  }

  /**
   * Returns the shape of one step, that of the first sequence that has one; the others must agree.
   */
  private long[] sampleShape() {
    long[] sample = null;
    for (int i = 0; i < sequences.size(); i++) {
      long[] shape = FloatArrays.shape(sequences.get(i));
      if (shape[0] == 0) {
        continue;
      }
      long[] own = Arrays.copyOfRange(shape, 1, shape.length);
      if (sample == null) {
        sample = own;
      } else if (!Arrays.equals(sample, own)) {
        throw Errors.in(WHERE, "the steps of sequence " + i + " have another shape.")
            .expected("steps of shape " + Errors.shape(sample) + ", as in the first sequence")
            .got("steps of shape " + Errors.shape(own))
            .fix("give every step of every sequence the same features")
            .argument();
      }
    }
    return sample == null ? new long[0] : sample;
  }

  private static int steps(FloatNdArray sequence) {
    return (int) sequence.shape().get(0);
  }

  private static List<FloatNdArray> sequences(Object given) {
    Iterable<?> each;
    if (given instanceof Object[] array) {
      each = Arrays.asList(array);
    } else if (given instanceof List<?> list) {
      each = list;
    } else if (given instanceof NdArray<?> array && array.rank() > 0) {
      each = array.elements(0);
    } else {
      throw noSequences(given == null ? "null" : given.getClass().getTypeName());
    }
    List<FloatNdArray> sequences = new ArrayList<>();
    for (Object one : each) {
      String which = WHERE + ": sequence " + sequences.size();
      Object data = one instanceof List<?> list ? numbers(list, which) : one;
      FloatNdArray sequence = FloatArrays.of(data, which);
      if (sequence.rank() == 0) {
        throw noSequences("a single number at " + sequences.size());
      }
      sequences.add(sequence);
    }
    return sequences;
  }

  private static Object numbers(List<?> list, String which) {
    if (list.stream().allMatch(each -> each instanceof Long)) {
      return list.stream().mapToLong(each -> (Long) each).toArray();
    }
    double[] numbers = new double[list.size()];
    for (int i = 0; i < numbers.length; i++) {
      if (!(list.get(i) instanceof Number number)) {
        Object other = list.get(i);
        String type = other == null ? "null" : other.getClass().getTypeName();
        throw FloatArrays.unsupported(which, "a list with " + type + " at " + i);
      }
      numbers[i] = number.doubleValue();
    }
    return numbers;
  }

  private static IllegalArgumentException noSequences(String got) {
    return Errors.in(WHERE, "these are no sequences.")
        .expected("several sequences, as an int[][], a float[][][] or a List of arrays or lists")
        .got(got)
        .fix("put a single sequence into an array of one")
        .argument();
  }
}
