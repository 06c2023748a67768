package keras.utils;

import keras.internal.messages.Errors;

/** The keyword arguments of {@link Utils#splitDataset}. */
public final class SplitDatasetOptions {
  static final String WHERE = "splitDataset";

  private Number leftSize;
  private Number rightSize;
  private boolean shuffle;
  private Long seed;

  SplitDatasetOptions() {}

  /**
   * Sets which share of the samples is on the left.
   *
   * @param share more than 0, less than 1
   * @return this
   * @throws IllegalArgumentException if it is no share
   */
  public SplitDatasetOptions leftSize(double share) {
    leftSize = share("leftSize", share);
    return this;
  }

  /**
   * Sets how many samples are on the left.
   *
   * @param samples 1 or more, fewer than there are
   * @return this
   */
  public SplitDatasetOptions leftSize(int samples) {
    leftSize = samples;
    return this;
  }

  /**
   * Sets which share of the samples is on the right.
   *
   * @param share more than 0, less than 1
   * @return this
   * @throws IllegalArgumentException if it is no share
   */
  public SplitDatasetOptions rightSize(double share) {
    rightSize = share("rightSize", share);
    return this;
  }

  /**
   * Sets how many samples are on the right.
   *
   * @param samples 1 or more, fewer than there are
   * @return this
   */
  public SplitDatasetOptions rightSize(int samples) {
    rightSize = samples;
    return this;
  }

  /**
   * Sets whether the samples are shuffled before.
   *
   * @param value false by default
   * @return this
   */
  public SplitDatasetOptions shuffle(boolean value) {
    shuffle = value;
    return this;
  }

  /**
   * Sets the seed of the shuffle, which gives Keras's order.
   *
   * @param value any by default
   * @return this
   */
  public SplitDatasetOptions seed(long value) {
    seed = value;
    return this;
  }

  private static double share(String argument, double share) {
    if (!(share > 0 && share < 1)) {
      throw Errors.in(WHERE, argument + " is no share.")
          .expected("more than 0 and less than 1, or a whole number of samples")
          .got(share)
          .fix(argument + "(0.8)")
          .argument();
    }
    return share;
  }

  boolean shuffles() {
    return shuffle;
  }

  Long seed() {
    return seed;
  }

  /** Returns how many of so many samples are on the left and on the right. */
  int[] sizes(int all) {
    if (leftSize == null && rightSize == null) {
      throw Errors.in(WHERE, "neither size is given.")
          .expected("leftSize, rightSize or both")
          .got("none")
          .fix("splitDataset(data, o -> o.leftSize(0.8))")
          .argument();
    }
    int left = leftSize == null ? all - size(rightSize, all) : size(leftSize, all);
    int right = rightSize == null ? all - left : size(rightSize, all);
    if (left < 1 || right < 1 || left > all - right) {
      throw Errors.in(WHERE, "the samples do not suffice for both sides.")
          .expected("1 or more on each side, " + all + " on both together at most")
          .got(left + " on the left and " + right + " on the right")
          .fix("choose other sizes, or give more samples")
          .argument();
    }
    return new int[] {left, right};
  }

  /** Rounds a share to the nearest number of samples, halves to the even one, as Python does. */
  private static int size(Number given, int all) {
    return given instanceof Integer samples ? samples : (int) Math.rint(given.doubleValue() * all);
  }
}
