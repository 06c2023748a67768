package keras.losses;

import java.util.List;
import keras.activations.Activations;
import keras.internal.losses.Ranks;
import keras.internal.messages.Errors;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.CtcLoss;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * How unlikely it is that outputs over time spell a label, whenever its characters come: targets
 * {@code (batch, length)} as class numbers, padded with 0 at the end, predictions {@code (batch,
 * timesteps, classes)} as logits, values {@code (batch)}. Keras: {@code keras.losses.CTC()}. Class
 * 0 stands for no character. Paper: <a
 * href="https://www.cs.toronto.edu/~graves/icml_2006.pdf">Graves et al., 2006</a>.
 */
public final class CTC extends KerasLoss<CTC> {

  /** Keras's defaults. */
  public CTC() {
    super("ctc");
  }

  @Override
  public boolean reducesLastAxis() {
    return false;
  }

  /** Refuses labels of no class, and those that are too long for the timesteps. */
  @Override
  public void checkTargets(FloatNdArray yTrue, Shape yPred) {
    ClassNumbers.checkGiven("Loss \"" + name() + "\"", yTrue, yPred);
    if (yTrue.rank() != 2 || yPred.numDimensions() != 3) {
      throw Errors.in("Loss \"" + name() + "\"", "targets must be labels, predictions sequences.")
          .expected("targets (batch, length) and predictions (batch, timesteps, classes)")
          .got(Errors.shape(yTrue.shape().asArray()) + " and " + Errors.shape(yPred.asArray()))
          .fix("let the last recurrent layer return sequences, and give each sample one label")
          .argument();
    }
    long classes = Ranks.last(yPred);
    yTrue.elements(0).forEachIndexed((at, label) -> check(at[0], label, yPred.get(1), classes));
  }

  private void check(long row, FloatNdArray label, long timesteps, long classes) {
    String where = "Loss \"" + name() + "\": label " + row;
    long needed = 0;
    float before = 0;
    for (long i = 0; i < length(label); i++) {
      float number = label.getFloat(i);
      if (!(number >= 1 && number < classes)) {
        throw Errors.in(where, "there is no such class.")
            .expected("class numbers from 1 to " + (classes - 1) + ", then zeros")
            .got(number + " at (" + i + ",)")
            .fix("number the characters from 1, as 0 stands for none, and pad labels at the end")
            .argument();
      }
      needed += number == before ? 2 : 1; // Between two of the same, one stands for none.
      before = number;
    }
    if (timesteps >= 0 && needed > timesteps) {
      throw Errors.in(where, "the label is too long for the timesteps.")
          .expected("at most " + timesteps + ", with one more for each repeated character")
          .got(needed)
          .fix("let the model give more timesteps, or shorten the label")
          .argument();
    }
  }

  private static long length(FloatNdArray label) {
    long length = 0;
    for (long i = 0; i < label.size(); i++) {
      length += label.getFloat(i) == 0 ? 0 : 1;
    }
    return length;
  }

  @Override
  Operand<TFloat32> compute(Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> yPred) {
    Operand<TInt64> marked = tf.dtypes.cast(tf.math.notEqual(yTrue, tf.constant(0f)), TInt64.class);
    Operand<TInt64> lengths = tf.sum(marked, tf.constant(1));
    Operand<TInt64> atLeastOne =
        tf.expandDims(tf.math.maximum(lengths, tf.constant(1L)), tf.constant(1));
    Operand<TInt32> longest = tf.gather(tf.shape(yTrue), tf.constant(1), tf.constant(0));
    Operand<TInt64> places =
        tf.dtypes.cast(tf.range(tf.constant(0), longest, tf.constant(1)), TInt64.class);
    Operand<TBool> within = tf.math.less(tf.expandDims(places, tf.constant(0)), atLeastOne);
    Operand<TInt64> indices = tf.where(within);
    Operand<TInt32> numbers = tf.dtypes.cast(tf.gatherNd(yTrue, indices), TInt32.class);
    Operand<TInt32> classes = tf.math.maximum(tf.math.sub(numbers, tf.constant(1)), tf.constant(0));
    Operand<TInt32> size = tf.shape(yPred);
    Operand<TInt32> timesteps =
        tf.fill(
            tf.slice(size, tf.constant(new int[] {0}), tf.constant(new int[] {1})),
            tf.gather(size, tf.constant(1), tf.constant(0)));
    CtcLoss<TFloat32> loss = tf.nn.ctcLoss(blankLast(tf, yPred), indices, classes, timesteps);
    Operand<TFloat32> values =
        tf.math.add(tf.stopGradient(loss.loss()), withGradient(tf, yPred, loss.gradient()));
    return tf.select(tf.math.equal(lengths, tf.constant(0L)), ofNothing(tf, yPred), values);
  }

  /** The loss of an empty label, which TensorFlow's kernel refuses: no character at any time. */
  private static Operand<TFloat32> ofNothing(Ops tf, Operand<TFloat32> yPred) {
    Operand<TFloat32> scores = Activations.logSoftmax().call(tf, yPred);
    return tf.math.neg(tf.sum(classes(tf, scores, 0, 1), tf.constant(new int[] {1, 2})));
  }

  /** The classes in the order of TensorFlow's kernel, timesteps first. */
  private static Operand<TFloat32> blankLast(Ops tf, Operand<TFloat32> yPred) {
    Operand<TFloat32> blank = classes(tf, yPred, 0, 1);
    Operand<TFloat32> others = classes(tf, yPred, 1, -1);
    Operand<TFloat32> turned = tf.concat(List.of(others, blank), tf.constant(2));
    return tf.linalg.transpose(turned, tf.constant(new int[] {1, 0, 2}));
  }

  /** Cuts out classes. */
  private static Operand<TFloat32> classes(Ops tf, Operand<TFloat32> x, int from, int count) {
    return tf.slice(x, tf.constant(new int[] {0, 0, from}), tf.constant(new int[] {-1, -1, count}));
  }

  /**
   * Zeros whose gradient is the one that TensorFlow's kernel computes beside the loss: its native
   * library has no gradient of this kernel.
   */
  private static Operand<TFloat32> withGradient(
      Ops tf, Operand<TFloat32> yPred, Operand<TFloat32> gradient) {
    int last = (int) Ranks.last(yPred.shape()) - 1;
    Operand<TFloat32> turned = tf.linalg.transpose(gradient, tf.constant(new int[] {1, 0, 2}));
    Operand<TFloat32> own =
        tf.concat(
            List.of(classes(tf, turned, last, 1), classes(tf, turned, 0, last)), tf.constant(2));
    Operand<TFloat32> zero = tf.math.sub(yPred, tf.stopGradient(yPred));
    return tf.sum(tf.math.mul(zero, tf.stopGradient(own)), tf.constant(new int[] {1, 2}));
  }

  /**
   * Returns a loss of its arguments. Keras: {@code CTC.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new loss
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static CTC fromConfig(Config config) {
    return new CTC().common(config);
  }
}
