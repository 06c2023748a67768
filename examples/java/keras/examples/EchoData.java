package keras.examples;

import java.util.Arrays;
import keras.random.PythonRandom;
import keras.utils.FloatArrays;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * The data of the echo examples: random integers, one-hot, in windows that slide by one.
 *
 * <p>The integers come from Python's generator, {@code random.randint}, as in the Python scripts.
 */
final class EchoData {

  /** The integers are 0 to 99. */
  static final int CLASSES = 100;

  /** How many integers a sequence has. */
  static final int LENGTH = 25;

  /** How many integers a window has. */
  static final int STEPS = 5;

  /** Windows and what each is to be answered with: (windows, steps, features) in most examples. */
  record Windows(FloatNdArray x, FloatNdArray y) {}

  private EchoData() {}

  /** A new random sequence. */
  static int[] sequence() {
    int[] sequence = new int[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      sequence[i] = (int) PythonRandom.shared().randint(0, CLASSES - 1);
    }
    return sequence;
  }

  /** The windows of a new random sequence; each is to be answered with its first integers. */
  static Windows oneHotWindows(int echoed) {
    return windows(oneHotEncode(sequence()), echoed);
  }

  /** One row for each integer. */
  static float[][] oneHotEncode(int[] sequence) {
    float[][] rows = new float[sequence.length][CLASSES];
    for (int i = 0; i < sequence.length; i++) {
      rows[i][sequence[i]] = 1;
    }
    return rows;
  }

  /** All windows of five rows, with the first {@code echoed} rows of each as its target. */
  static Windows windows(float[][] rows, int echoed) {
    int count = rows.length - STEPS + 1;
    float[][][] x = new float[count][][];
    float[][][] y = new float[count][][];
    for (int i = 0; i < count; i++) {
      x[i] = Arrays.copyOfRange(rows, i, i + STEPS);
      y[i] = Arrays.copyOfRange(rows, i, i + echoed);
    }
    return new Windows(FloatArrays.of(x, "x"), FloatArrays.of(y, "y"));
  }

  /**
   * The likeliest integer of each step: (windows, steps, classes) to (windows, steps); -1 where no
   * class is likelier than nothing, which is a step that is missing.
   */
  static int[][] oneHotDecode(FloatNdArray vectors) {
    int windows = (int) vectors.shape().get(0);
    float[] values = FloatArrays.values(vectors);
    int steps = values.length / windows / CLASSES;
    int[][] integers = new int[windows][steps];
    for (int i = 0; i < windows * steps; i++) {
      integers[i / steps][i % steps] = argmax(values, i * CLASSES);
    }
    return integers;
  }

  private static int argmax(float[] values, int from) {
    int best = -1;
    for (int i = 0; i < CLASSES; i++) {
      if (values[from + i] > (best < 0 ? 0 : values[from + best])) {
        best = i;
      }
    }
    return best;
  }

  /** The share of integers that are as expected; where -1 is expected, anything will do. */
  static double accuracy(int[][] expected, int[][] predicted) {
    int right = 0;
    int all = 0;
    for (int i = 0; i < expected.length; i++) {
      for (int step = 0; step < expected[i].length; step++) {
        if (expected[i][step] >= 0) {
          right += expected[i][step] == predicted[i][step] ? 1 : 0;
          all++;
        }
      }
    }
    return (double) right / all;
  }

  /** Prints what was expected of each window beside what was predicted. */
  static void print(int[][] expected, int[][] predicted) {
    for (int i = 0; i < expected.length; i++) {
      System.out.println(
          "Expected: "
              + Arrays.toString(expected[i])
              + " Predicted: "
              + Arrays.toString(predicted[i]));
    }
  }
}
