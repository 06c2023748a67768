package keras.internal.weights;

import java.util.List;

/** The part of a file that a layer of tokens has besides its configuration and weights. */
public interface Vocabulary {

  /**
   * Returns the lines of the file of its own that Keras writes.
   *
   * @return one token each; null if the configuration has them, or if there are none
   */
  List<String> lines();

  /**
   * Returns the weights of the tokens, which Keras keeps under {@code idf_weights}.
   *
   * @return null if there are none
   */
  float[] weights();

  /**
   * Takes what a file has.
   *
   * @param lines null if there are none
   * @param weights null if there are none
   */
  void read(List<String> lines, float... weights);
}
