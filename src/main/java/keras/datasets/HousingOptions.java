package keras.datasets;

import java.nio.file.Path;
import java.util.List;
import keras.internal.messages.Checks;
import keras.internal.messages.Names;
import keras.random.NumpyRandom;
import keras.utils.TrainTestSplit;

/** The keyword arguments of {@link BostonHousing} and {@link CaliforniaHousing}. */
public final class HousingOptions {
  private static final String WHERE = "loadData";
  private static final int SMALL = 600;

  private String path;
  private int rows = Integer.MAX_VALUE;
  private double testSplit = 0.2;
  private NumpyRandom random = new NumpyRandom(113);

  HousingOptions(String path) {
    this.path = path;
  }

  /**
   * Sets the name of the file in {@code ~/.keras/datasets}.
   *
   * @param name that of the download by default
   * @return this
   */
  public HousingOptions path(String name) {
    path = Checks.given(WHERE, "path", name);
    return this;
  }

  /**
   * Sets how much of California is taken.
   *
   * @param name {@code large}, the default, for all rows; {@code small} for the first 600
   * @return this
   * @throws IllegalArgumentException if it is neither
   */
  public HousingOptions version(String name) {
    String chosen = Names.oneOf(WHERE + ": version", name, List.of("small", "large"));
    rows = chosen.equals("small") ? SMALL : Integer.MAX_VALUE;
    return this;
  }

  /**
   * Sets which share of the rows is to test with.
   *
   * @param share 0.2 by default; 0 or more, less than 1
   * @return this
   * @throws IllegalArgumentException if it is no such share
   */
  public HousingOptions testSplit(double share) {
    testSplit = Checks.fraction(WHERE, "testSplit", share);
    return this;
  }

  /**
   * Sets the seed of the shuffle.
   *
   * @param value 113 by default
   * @return this
   * @throws IllegalArgumentException if it is negative or more than 2^32 - 1
   */
  public HousingOptions seed(long value) {
    random = new NumpyRandom(value);
    return this;
  }

  String path() {
    return path;
  }

  TrainTestSplit load(Path file) {
    return Houses.load(file, rows, testSplit, random);
  }
}
