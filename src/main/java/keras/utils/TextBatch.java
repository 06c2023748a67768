package keras.utils;

import java.util.List;
import keras.internal.messages.Checks;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * Some texts with their labels, as {@link TextDataset} gives them.
 *
 * @param texts the texts
 * @param labels {@code (batch,)}, {@code (batch, 1)} or {@code (batch, classes)}, as {@code
 *     labelMode} says; null for none
 */
public record TextBatch(List<String> texts, FloatNdArray labels) {

  /**
   * Texts with their labels.
   *
   * @param texts the texts
   * @param labels their labels, or null
   */
  public TextBatch {
    texts = Checks.list("TextBatch", "texts", texts);
  }
}
