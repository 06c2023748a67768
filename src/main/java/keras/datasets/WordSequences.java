package keras.datasets;

import java.util.List;
import keras.internal.messages.Checks;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * Texts as the numbers of their words, in two parts. {@code Utils.padSequences} makes arrays of
 * them.
 *
 * @param xTrain texts to train on, each of its own length
 * @param xTest texts to test with
 * @param yTrain their classes, {@code (texts,)}
 * @param yTest the classes of the texts to test with
 */
public record WordSequences(
    List<int[]> xTrain, List<int[]> xTest, FloatNdArray yTrain, FloatNdArray yTest) {

  /**
   * Texts in two parts.
   *
   * @param xTrain texts to train on
   * @param xTest texts to test with
   * @param yTrain their classes
   * @param yTest the classes of the texts to test with
   */
  public WordSequences {
    xTrain = Checks.list("WordSequences", "xTrain", xTrain);
    xTest = Checks.list("WordSequences", "xTest", xTest);
    Checks.notNull("WordSequences", "yTrain", yTrain);
    Checks.notNull("WordSequences", "yTest", yTest);
  }
}
