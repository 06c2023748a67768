package keras.internal.ops;

import java.util.ArrayList;
import java.util.List;
import keras.internal.graph.Tape;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.random.StatelessRandomGetKeyCounter;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The factors that drop a part of a tensor: zeros, and for what stays {@code 1 / (1 - rate)}.
 * Keras: {@code keras.random.dropout}.
 *
 * <pre>{@code
 * // an LSTM's: a mask for each gate's input, then one for each gate's recurrent state
 * List<Operand<TFloat32>> masks = DropoutMask.draw(tape, seeds, List.of(
 *     new DropoutMask(dropout, true, List.of(features)), ...,
 *     new DropoutMask(recurrentDropout, true, List.of(units)), ...));
 * }</pre>
 *
 * @param rate the fraction that is dropped, 0 to 1
 * @param perSample whether every sample gets a mask of its own, or all the same
 * @param sample the shape of one sample's mask
 */
public record DropoutMask(double rate, boolean perSample, List<Operand<TInt32>> sample) {

  /** A mask of a vector of known width, for each sample its own. */
  public static DropoutMask ofVector(Ops tf, double rate, long width) {
    return new DropoutMask(rate, true, List.of(tf.constant((int) width)));
  }

  /**
   * Draws the masks of one call of a layer.
   *
   * @param tape the tape that the layer is recorded on
   * @param seeds the generators that they are drawn from
   * @param masks in Keras's order
   * @return this shard's part of each, or (1, ...) of what is the same for all samples; null for
   *     rate 0, where nothing is dropped
   */
  public static List<Operand<TFloat32>> draw(Tape tape, SeedState seeds, List<DropoutMask> masks) {
    List<SeedState.Draw> draws =
        masks.stream()
            .filter(DropoutMask::isDrawn)
            .map(mask -> new SeedState.Draw(mask::kernel, mask.perSample, mask.sample))
            .toList();
    List<Operand<TFloat32>> drawn =
        new ArrayList<>(draws.isEmpty() ? List.of() : seeds.draw(tape, draws));
    List<Operand<TFloat32>> all = new ArrayList<>();
    for (DropoutMask mask : masks) {
      all.add(mask.isDrawn() ? drawn.remove(0) : mask.rate == 0 ? null : mask.zeros(tape.tf()));
    }
    return all;
  }

  /**
   * Moves the counter on as {@link #draw} does, without drawing: Keras's recurrent layers draw
   * their masks even where they don't train and use none.
   *
   * @param tape the tape that the layer is recorded on
   * @param seeds the generators that would be drawn from
   * @param masks the numbers that would be drawn
   */
  public static void skip(Tape tape, SeedState seeds, List<DropoutMask> masks) {
    int draws = (int) masks.stream().filter(DropoutMask::isDrawn).count();
    if (draws > 0) {
      seeds.skip(tape, draws);
    }
  }

  /** Tells whether it takes chance: neither nothing nor everything is dropped. */
  private boolean isDrawn() {
    return rate > 0 && rate < 1;
  }

  private Operand<TFloat32> kernel(
      Ops tf, Operand<TInt32> shape, StatelessRandomGetKeyCounter key, Operand<TInt32> algorithm) {
    Operand<TFloat32> uniform =
        tf.random.statelessRandomUniformV2(shape, key.key(), key.counter(), algorithm);
    return tf.select(
        tf.math.greaterEqual(uniform, tf.constant((float) rate)),
        tf.constant((float) (1 / (1 - rate))),
        tf.constant(0f));
  }

  private Operand<TFloat32> zeros(Ops tf) {
    List<Operand<TInt32>> shape = new ArrayList<>(sample);
    shape.add(0, tf.constant(1));
    return tf.zeros(keras.internal.graph.Dims.shape(tf, shape), TFloat32.class);
  }
}
