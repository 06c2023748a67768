package keras.internal.losses;

import org.tensorflow.ndarray.Shape;

/**
 * The kind of classification, by the shapes of targets and predictions: what {@code "accuracy"} and
 * {@code "crossentropy"} mean depends on it. Keras: {@code is_binary_or_sparse_categorical}.
 */
public enum ClassificationKind {
  /** Yes or no: one number per prediction. */
  BINARY,
  /** One of several classes, with class numbers as targets. */
  SPARSE_CATEGORICAL,
  /** One of several classes, with vectors as targets. */
  CATEGORICAL;

  /**
   * The task that goes with shapes.
   *
   * @param yTrue the shape of the targets, of rank 1 at least; unknown dimensions as -1
   * @param yPred the shape of the predictions, of rank 1 at least
   * @return the task
   */
  public static ClassificationKind of(Shape yTrue, Shape yPred) {
    if (Ranks.last(yPred) == 1) {
      return BINARY;
    }
    boolean fewerDimensions = yTrue.numDimensions() < yPred.numDimensions();
    boolean column = Ranks.last(yTrue) == 1 && Ranks.last(yPred) > 1;
    return fewerDimensions || column ? SPARSE_CATEGORICAL : CATEGORICAL;
  }
}
