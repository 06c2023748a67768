package keras.spark;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/** The arguments that the workers of one training are given. */
final class Plan implements Serializable {

  private static final long serialVersionUID = 1;
  private static final int DEFAULT_BATCH_SIZE = 32;
  private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(2);

  List<Rows> inputs;
  List<Rows> targets;

  /** Reads how much a row counts; null if all count the same. */
  Rows weight;

  /** The place of the column that tells rows for validation from others. */
  int validationColumn;

  boolean validates;
  int workers;
  int batchSize = DEFAULT_BATCH_SIZE;
  int epochs = 1;
  boolean shuffle = true;
  Long seed;
  SparkTrainer.Callbacks callbacks;
  String checkpointDir;
  int firstPort;
  int lastPort;
  Duration timeout = DEFAULT_TIMEOUT;
}
