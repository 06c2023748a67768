package keras.spark;

import keras.models.Sequential;

/** A driver that trains until somebody ends it; run by {@link SparkTest}. */
final class Driver {

  private Driver() {}

  /**
   * Trains.
   *
   * @param args nothing
   */
  public static void main(String[] args) {
    try (LocalCluster cluster = new LocalCluster();
        Sequential model = SparkTest.model(0)) {
      SparkTest.trainer(model).epochs(1_000_000).fit(SparkTest.rows(cluster.session()));
    }
  }
}
