package keras.utils;

import java.util.List;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.messages.Names;

/** The keyword arguments of {@link Utils#textDatasetFromDirectory}. */
public final class TextDatasetOptions {
  static final String WHERE = "textDatasetFromDirectory";

  private static final List<String> MODES = List.of("int", "categorical", "binary");
  private static final List<String> SUBSETS = List.of("training", "validation");

  private int[] labels;
  private String labelMode = "int";
  private List<String> classNames;
  private int batchSize = 32;
  private Integer maxLength;
  private boolean shuffle = true;
  private Long seed;
  private Double validationSplit;
  private String subset;
  private boolean verbose = true;

  TextDatasetOptions() {}

  /**
   * Gives the labels, one for each file in the order of their paths. By default the folder of a
   * file says its class.
   *
   * @param values whole numbers from 0 on; see {@link #labelMode} for texts without labels
   * @return this
   * @throws IllegalArgumentException if one is negative
   */
  public TextDatasetOptions labels(int... values) {
    labels = Checks.given(WHERE, "labels", values).clone();
    for (int label : labels) {
      Checks.notNegative(WHERE, "one of labels", label);
    }
    return this;
  }

  /**
   * Sets the form of labels.
   *
   * @param name {@code int}, the default, for {@code (batch,)}; {@code categorical} for {@code
   *     (batch, classes)}; {@code binary} for {@code (batch, 1)}; null for no labels
   * @return this
   * @throws IllegalArgumentException if it is another name
   */
  public TextDatasetOptions labelMode(String name) {
    labelMode = name == null ? null : Names.oneOf(WHERE + ": labelMode", name, MODES);
    return this;
  }

  /**
   * Sets which folders are classes, and in which order.
   *
   * @param names names of folders; all in the order of the alphabet by default
   * @return this
   */
  public TextDatasetOptions classNames(String... names) {
    classNames = Checks.each(WHERE, "classNames", names);
    return this;
  }

  /**
   * Sets the size of the batches.
   *
   * @param size 32 by default
   * @return this
   * @throws IllegalArgumentException if it is not positive
   */
  public TextDatasetOptions batchSize(int size) {
    batchSize = Checks.positive(WHERE, "batchSize", size);
    return this;
  }

  /**
   * Cuts longer texts off.
   *
   * @param bytes as many bytes of a text stay; all by default
   * @return this
   * @throws IllegalArgumentException if it is not positive
   */
  public TextDatasetOptions maxLength(int bytes) {
    maxLength = Checks.positive(WHERE, "maxLength", bytes);
    return this;
  }

  /**
   * Sets whether the texts come in another order each time.
   *
   * @param value true by default; false for the order of their paths
   * @return this
   */
  public TextDatasetOptions shuffle(boolean value) {
    shuffle = value;
    return this;
  }

  /**
   * Sets the seed of the order, which gives Keras's. Two subsets of one folder need the same.
   *
   * @param value any by default; 0 to 2^32 - 1
   * @return this
   */
  public TextDatasetOptions seed(long value) {
    seed = value;
    return this;
  }

  /**
   * Sets which share of the files is for validation; needs {@link #subset}.
   *
   * @param share more than 0, less than 1
   * @return this
   * @throws IllegalArgumentException if it is no share
   */
  public TextDatasetOptions validationSplit(double share) {
    validationSplit = Checks.fraction(WHERE, "validationSplit", share);
    return this;
  }

  /**
   * Sets which part of the files is taken; needs {@link #validationSplit}.
   *
   * @param name {@code training} or {@code validation}
   * @return this
   * @throws IllegalArgumentException if it is neither
   */
  public TextDatasetOptions subset(String name) {
    subset = Names.oneOf(WHERE + ": subset", name, SUBSETS);
    return this;
  }

  /**
   * Sets whether to say how many files and classes there are.
   *
   * @param value true by default
   * @return this
   */
  public TextDatasetOptions verbose(boolean value) {
    verbose = value;
    return this;
  }

  /** Checks what goes together. */
  TextDatasetOptions checked() {
    boolean split = validationSplit != null && validationSplit > 0;
    if (split != (subset != null)) {
      throw Errors.in(WHERE, "validationSplit and subset go together.")
          .expected("both or neither")
          .got("validationSplit " + validationSplit + ", subset " + subset)
          .fix("validationSplit(0.2).subset(\"training\").seed(42)")
          .argument();
    }
    if (split && shuffle && seed == null) {
      throw Errors.in(WHERE, "without a seed, training and validation would overlap.")
          .expected("seed, or shuffle(false)")
          .got("neither")
          .fix("seed(42), the same for both subsets")
          .argument();
    }
    if (classNames != null && labels != null) {
      throw Errors.in(WHERE, "labels and classNames are both given.")
          .expected("classNames for labels that folders say")
          .got("labels of one's own, too")
          .fix("leave one of them out")
          .argument();
    }
    return this;
  }

  int[] labels() {
    return labels;
  }

  boolean hasLabels() {
    return labelMode != null;
  }

  /** Tells whether folders are classes. */
  boolean infers() {
    return hasLabels() && labels == null;
  }

  String labelMode() {
    return labelMode;
  }

  List<String> classNames() {
    return classNames;
  }

  int batchSize() {
    return batchSize;
  }

  Integer maxLength() {
    return maxLength;
  }

  boolean shuffles() {
    return shuffle;
  }

  Long seed() {
    return seed;
  }

  boolean isVerbose() {
    return verbose;
  }

  /** Returns how many of so many files are for validation; 0 without a split. */
  int validation(int files) {
    return validationSplit == null ? 0 : (int) (validationSplit * files);
  }

  boolean trains() {
    return "training".equals(subset);
  }
}
