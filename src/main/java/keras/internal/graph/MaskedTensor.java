package keras.internal.graph;

import java.util.Locale;
import org.tensorflow.Operand;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * A tensor on its way through a model.
 *
 * @param tensor the numbers, one row a sample
 * @param mask which timesteps count, (batch, timesteps); null where all do
 * @param logits the argument of the softmax or sigmoid that {@code tensor} is, when it comes
 *     straight out of one, so that a loss can work with the logits; else null
 */
public record MaskedTensor(
    Operand<TFloat32> tensor, Operand<TBool> mask, Operand<TFloat32> logits) {

  /**
   * A tensor without mask or logits.
   *
   * @param tensor the numbers
   */
  public MaskedTensor(Operand<TFloat32> tensor) {
    this(tensor, null, null);
  }

  /**
   * Returns the same tensor under another mask.
   *
   * @param changed the mask, or null
   * @return a new value
   */
  public MaskedTensor withMask(Operand<TBool> changed) {
    return new MaskedTensor(tensor, changed, logits);
  }

  /**
   * The activation that made {@link #tensor()} of {@link #logits()}.
   *
   * @return {@code "softmax"} or {@code "sigmoid"}; null without logits
   */
  public String activation() {
    return logits == null ? null : tensor.op().type().toLowerCase(Locale.ROOT);
  }
}
