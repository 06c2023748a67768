package keras.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/**
 * A Spark cluster of two executors with processes of their own, made of Maven's artifacts alone.
 */
final class LocalCluster implements AutoCloseable {

  private final SparkSession session;

  LocalCluster() {
    try {
      Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    session =
        SparkSession.builder()
            .appName("keras-java-spark")
            .master("local-cluster[2,1,1024]")
            .config("spark.executor.memory", "1g")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.ui.enabled", "false")
            .config("spark.executor.heartbeatInterval", "1s")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.task.maxFailures", "1")
            .config("spark.excludeOnFailure.enabled", "false")
            .config("spark.executor.extraClassPath", classPath())
            .getOrCreate();
    session.sparkContext().setLogLevel("ERROR");
  }

  static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  SparkSession session() {
    return session;
  }

  @Override
  public void close() {
    session.stop();
  }
}
