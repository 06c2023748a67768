package keras.internal.ops;

import java.util.List;
import keras.internal.graph.Tape;
import keras.internal.graph.Tuning;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/** Swaps the first two dimensions: from (batch, timesteps, ...) to (timesteps, batch, ...). */
public final class TimeMajor {

  private TimeMajor() {}

  /** Swaps, and records it. The backward pass swaps again. */
  public static Operand<TFloat32> swapped(Tape tape, Operand<TFloat32> sequences) {
    Operand<TFloat32> swapped = swapped(tape.tf(), sequences);
    tape.record(
        List.of(sequences),
        List.of(),
        List.of(swapped),
        gradients -> List.of(swapped(tape.tf(), gradients.get(0))));
    return swapped;
  }

  /** Swaps. */
  public static <T extends TType> Operand<T> swapped(Ops tf, Operand<T> sequences) {
    Shape shape = sequences.shape();
    long first = shape.get(0);
    long second = shape.get(1);
    long width = shape.get(2);
    if (first < 0 || second < 0 || width < 0 || first * second > Tuning.FEW_ROWS_TO_SWAP) {
      return tf.linalg.transpose(sequences, tf.constant(new int[] {1, 0, 2}));
    }
    Operand<T> rows = tf.reshape(sequences, tf.constant(new long[] {first * second, width}));
    if (first > 1 && second > 1) {
      rows = tf.gather(rows, tf.constant(picked((int) first, (int) second)), tf.constant(0));
    }
    return tf.reshape(rows, tf.constant(new long[] {second, first, width}));
  }

  private static int[] picked(int first, int second) {
    int[] rows = new int[first * second];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i % first * second + i / first;
    }
    return rows;
  }
}
