package keras.spark;

import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.util.CollectionAccumulator;
import scala.jdk.javaapi.CollectionConverters;

/** Hands on a line for each epoch when an executor's heartbeat brings it to the driver. */
final class Progress extends SparkListener {

  private final CollectionAccumulator<String> lines;
  private final Consumer<String> reader;
  private int seen;

  /**
   * @param lines what workers add to
   * @param reader is given each line once
   */
  Progress(CollectionAccumulator<String> lines, Consumer<String> reader) {
    this.lines = lines;
    this.reader = reader;
  }

  @Override
  public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
    CollectionConverters.asJava(update.accumUpdates())
        .forEach(each -> CollectionConverters.asJava(each._4()).forEach(this::read));
  }

  private void read(AccumulableInfo info) {
    if (info.id() == lines.id() && info.update().isDefined()) {
      show((List<?>) info.update().get());
    }
  }

  /** A new attempt begins: what it adds comes anew. */
  synchronized void begin() {
    seen = 0;
  }

  /** Shows what has not been shown of all lines so far. */
  synchronized void show(List<?> all) {
    for (; seen < all.size(); seen++) {
      reader.accept(String.valueOf(all.get(seen)));
    }
  }
}
