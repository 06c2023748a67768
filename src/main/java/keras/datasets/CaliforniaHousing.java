package keras.datasets;

import java.util.function.Consumer;
import keras.internal.messages.Checks;
import keras.utils.TrainTestSplit;

/**
 * Prices of houses in California in 1990: {@code keras.datasets.california_housing}.
 *
 * <p>The columns are MedInc, HouseAge, AveRooms, AveBedrms, Population, AveOccup, Latitude,
 * Longitude; y is in dollars. From StatLib, after the census.
 */
public final class CaliforniaHousing {
  private static final String REMOTE = "california_housing.npz";
  private static final String HASH =
      "1a2e3a52e0398de6463aebe6f4a8da34fb21fbb6b934cf88c3425e766f2a1a6f";

  private CaliforniaHousing() {}

  /**
   * Loads the data with a fifth to test with: {@code
   * keras.datasets.california_housing.load_data()}.
   *
   * @return x of shape {@code (rows, 8)} and y of shape {@code (rows,)}
   * @throws java.io.UncheckedIOException if they are not in {@code ~/.keras/datasets} and cannot be
   *     downloaded; the message says where to put the file
   */
  public static TrainTestSplit loadData() {
    return loadData(options -> {});
  }

  /**
   * Loads the data: {@code keras.datasets.california_housing.load_data}. The same seed gives
   * Keras's order of rows.
   *
   * @param options path, version, testSplit, seed
   * @return x of shape {@code (rows, 8)} and y of shape {@code (rows,)}
   * @throws java.io.UncheckedIOException if they are not in {@code ~/.keras/datasets} and cannot be
   *     downloaded; the message says where to put the file
   */
  public static TrainTestSplit loadData(Consumer<HousingOptions> options) {
    HousingOptions chosen =
        Checks.set("CaliforniaHousing.loadData", new HousingOptions(REMOTE), options);
    return chosen.load(DatasetFile.get(REMOTE, chosen.path(), HASH));
  }
}
