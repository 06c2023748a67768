package keras.datasets;

import keras.internal.messages.Checks;

/** The keyword arguments of {@link Reuters}. */
public final class ReutersOptions extends WordSequencesOptions<ReutersOptions> {
  private double testSplit = 0.2;

  ReutersOptions() {
    super(Reuters.FILE);
  }

  /**
   * Sets which share of the texts is to test with.
   *
   * @param share 0.2 by default; 0 or more, less than 1
   * @return this
   * @throws IllegalArgumentException if it is no such share
   */
  public ReutersOptions testSplit(double share) {
    testSplit = Checks.fraction(WHERE, "testSplit", share);
    return this;
  }

  @Override
  ReutersOptions self() {
    return this;
  }

  /** Returns how many of so many texts are to train on. */
  int trained(int texts) {
    return (int) (texts * (1 - testSplit));
  }
}
