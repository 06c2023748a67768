package keras.datasets;

import java.util.function.Consumer;
import keras.internal.messages.Checks;
import keras.utils.TrainTestSplit;

/**
 * Prices of houses around Boston in the 1970s: {@code keras.datasets.boston_housing}.
 *
 * <p>Keras discourages its use: one of its 13 columns, "B", assumes that segregation influences
 * prices. {@link CaliforniaHousing} is meant to take its place.
 */
public final class BostonHousing {
  private static final String REMOTE = "boston_housing.npz";
  private static final String HASH =
      "f553886a1f8d56431e820c5b82552d9d95cfcb96d1e678153f8839538947dff5";

  private BostonHousing() {}

  /**
   * Loads the data with a fifth to test with: {@code keras.datasets.boston_housing.load_data()}.
   *
   * @return x of shape {@code (rows, 13)} and y of shape {@code (rows,)}
   * @throws java.io.UncheckedIOException if they are not in {@code ~/.keras/datasets} and cannot be
   *     downloaded; the message says where to put the file
   */
  public static TrainTestSplit loadData() {
    return loadData(options -> {});
  }

  /**
   * Loads the data: {@code keras.datasets.boston_housing.load_data}. The same seed gives Keras's
   * order of rows.
   *
   * @param options path, testSplit, seed
   * @return x of shape {@code (rows, 13)} and y of shape {@code (rows,)}
   * @throws java.io.UncheckedIOException if they are not in {@code ~/.keras/datasets} and cannot be
   *     downloaded; the message says where to put the file
   */
  public static TrainTestSplit loadData(Consumer<HousingOptions> options) {
    HousingOptions chosen =
        Checks.set("BostonHousing.loadData", new HousingOptions(REMOTE), options);
    return chosen.load(DatasetFile.get(REMOTE, chosen.path(), HASH));
  }
}
