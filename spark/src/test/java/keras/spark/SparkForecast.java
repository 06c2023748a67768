package keras.spark;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.round;

import java.nio.file.Path;
import java.util.stream.IntStream;
import keras.callbacks.History;
import keras.layers.Dense;
import keras.layers.LSTM;
import keras.models.Sequential;
import keras.optimizers.Adam;
import keras.utils.Utils;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * From a CSV file to a scored table: an LSTM learns the next number of passengers from the twelve
 * months before, on two workers, and tells it for the last three.
 */
final class SparkForecast {

  private static final int MONTHS = 12;
  private static final int TRAINED = 108;
  private static final int WORKERS = 2;
  private static final int EPOCHS = 150;

  private SparkForecast() {}

  /**
   * Runs the example.
   *
   * @param args the CSV file
   */
  public static void main(String[] args) throws java.io.IOException {
    try (SparkSession spark =
        SparkSession.builder()
            .appName("spark-forecast")
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .getOrCreate()) {
      spark.sparkContext().setLogLevel("ERROR");
      forecast(spark, Path.of(args[0])).show(3 * MONTHS, false);
    }
  }

  /** Returns the last years with what was predicted. */
  static Dataset<Row> forecast(SparkSession spark, Path csv) {
    Utils.setRandomSeed(1);
    WindowSpec months = Window.orderBy("Month");
    Column[] before =
        IntStream.range(0, MONTHS)
            .mapToObj(i -> lag("scaled", MONTHS - i).over(months))
            .toArray(Column[]::new);
    Dataset<Row> windows =
        spark
            .read()
            .option("header", true)
            .option("inferSchema", true)
            .csv(csv.toString())
            .withColumn("scaled", col("Passengers").divide(600))
            .withColumn("window", array(before))
            .withColumn("place", org.apache.spark.sql.functions.row_number().over(months))
            .where(col("place").gt(MONTHS))
            .cache();
    try (Sequential model = new Sequential()) {
      model.add(new LSTM(16).inputShape(MONTHS, 1)).add(new Dense(1));
      model.compile(c -> c.loss("mse").optimizer(new Adam().learningRate(0.01)));
      History history =
          new SparkTrainer(model)
              .featuresCol("window")
              .labelCol("scaled")
              .workers(WORKERS)
              .batchSize(16)
              .epochs(EPOCHS)
              .seed(1)
              .fit(windows.where(col("place").leq(TRAINED)));
      System.out.println("loss: " + history.get("loss").get(EPOCHS - 1));
      return new SparkPredictor(model)
          .featuresCol("window")
          .predictionCol("forecast")
          .transform(windows.where(col("place").gt(TRAINED)))
          .withColumn("forecast", round(col("forecast").multiply(600), 1))
          .select("Month", "Passengers", "forecast");
    }
  }
}
