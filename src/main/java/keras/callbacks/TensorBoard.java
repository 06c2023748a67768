package keras.callbacks;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import keras.backend.Variable;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.layers.Layer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what a training does for TensorBoard to show. Keras: {@code
 * keras.callbacks.TensorBoard(log_dir)}.
 *
 * <pre>{@code
 * model.fit(x, y, f -> f.epochs(10).callbacks(new TensorBoard("logs").histogramFreq(1)));
 * // tensorboard --logdir logs
 * }</pre>
 *
 * <p>Scalars {@code epoch_loss}, {@code epoch_learning_rate} and so on go to the folder {@code
 * train}, those of validation to {@code validation}; tags, steps and folders are Keras's.
 *
 * <p>Porting note: the graph is that of the layers, without TensorFlow's ops; there are no {@code
 * write_images}, {@code embeddings_freq} and profiles.
 */
public final class TensorBoard extends Callback {
  private static final Logger LOG = LoggerFactory.getLogger(TensorBoard.class);
  private static final String VALIDATION = "val_";

  private final Path logDir;
  private int histogramFreq;
  private boolean writeGraph = true;
  private boolean graphWritten;
  private boolean writeStepsPerSecond;
  private int updateFreq;

  private boolean training;
  private EventFile train;
  private EventFile validation;
  private long trainBatch;
  private long epochBegan;
  private long batchBegan;
  private long batchesBefore;

  /** Writes to the folder {@code logs}. */
  public TensorBoard() {
    this("logs");
  }

  /**
   * Writes to a folder.
   *
   * @param logDir made if it is not there; a folder of its own for each training shows them apart
   */
  public TensorBoard(String logDir) {
    this(Path.of(Checks.given("TensorBoard", "logDir", logDir)));
  }

  /**
   * Writes to a folder.
   *
   * @param logDir made if it is not there; a folder of its own for each training shows them apart
   */
  public TensorBoard(Path logDir) {
    this.logDir = Checks.given("TensorBoard", "logDir", logDir);
  }

  /**
   * Sets after how many epochs histograms of the weights are written; 0, the default, for never.
   *
   * @param epochs 0 or more
   * @return this callback
   * @throws IllegalArgumentException if it is negative
   */
  public TensorBoard histogramFreq(int epochs) {
    histogramFreq = Checks.notNegative("TensorBoard", "histogramFreq", epochs);
    return this;
  }

  /**
   * Sets whether the graphs of the layers and of the ops are written; true by default.
   *
   * @param value false to leave it out
   * @return this callback
   */
  public TensorBoard writeGraph(boolean value) {
    writeGraph = value;
    return this;
  }

  /**
   * Sets whether the steps in a second are written, {@code epoch_steps_per_second} and, with {@link
   * #updateFreq}, {@code batch_steps_per_second}; false by default.
   *
   * @param value true to write them
   * @return this callback
   */
  public TensorBoard writeStepsPerSecond(boolean value) {
    writeStepsPerSecond = value;
    return this;
  }

  /**
   * Sets how often scalars are written: {@code "epoch"}, the default, or {@code "batch"}.
   *
   * @param value one of both
   * @return this callback
   * @throws IllegalArgumentException if it is another word
   */
  public TensorBoard updateFreq(String value) {
    boolean batch = "batch".equals(value);
    if (!batch && !"epoch".equals(value)) {
      throw Errors.in("TensorBoard", "updateFreq is not known.")
          .expected("\"batch\", \"epoch\" or a number of batches")
          .got(value)
          .fix("updateFreq(\"epoch\")")
          .argument();
    }
    updateFreq = batch ? 1 : 0;
    return this;
  }

  /**
   * Sets after how many batches scalars are written, besides those of each epoch.
   *
   * @param batches 1 or more
   * @return this callback
   * @throws IllegalArgumentException if it is less than 1
   */
  public TensorBoard updateFreq(int batches) {
    updateFreq = Checks.positive("TensorBoard", "updateFreq", batches);
    return this;
  }

  /**
   * Refuses to profile, which TensorFlow-Java has no way to; 0 is accepted.
   *
   * @param batch 0
   * @return this callback
   * @throws IllegalArgumentException if it is another number
   */
  public TensorBoard profileBatch(int batch) {
    if (batch != 0) {
      throw Errors.in("TensorBoard", "there is no profiler.")
          .expected("profileBatch(0), or nothing")
          .got(batch)
          .fix("profile with Java Flight Recorder: java -XX:StartFlightRecording")
          .argument();
    }
    return this;
  }

  /** Tells that single batches are looked at only where scalars of them are written. */
  @Override
  boolean writes() {
    return true;
  }

  @Override
  boolean listensTo(BatchHook hook) {
    return updateFreq > 0 && super.listensTo(hook);
  }

  private EventFile train() {
    if (train == null) {
      train = new EventFile(logDir.resolve("train"));
    }
    return train;
  }

  private EventFile validation() {
    if (validation == null) {
      validation = new EventFile(logDir.resolve("validation"));
    }
    return validation;
  }

  /**
   * Writes the graph of the layers.
   *
   * @throws java.io.UncheckedIOException if the folder cannot be written
   */
  @Override
  public void onTrainBegin(Map<String, Double> logs) {
    close();
    training = true;
    trainBatch = 0;
    graphWritten = false;
    if (writeGraph) {
      try {
        train().model(trained().toJson());
      } catch (IllegalArgumentException | UnsupportedOperationException e) {
        LOG.warn("Model failed to serialize as JSON. Ignoring... {}", e.getMessage());
      }
    }
  }

  @Override
  public void onEpochBegin(int epoch, Map<String, Double> logs) {
    epochBegan = System.nanoTime();
    batchesBefore = trained().optimizer().iterations();
  }

  @Override
  public void onTrainBatchBegin(int batch, Map<String, Double> logs) {
    trainBatch++;
    batchBegan = System.nanoTime();
  }

  /** Writes the scalars of a batch, where that was asked for. */
  @Override
  public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
    if (updateFreq > 0 && trainBatch % updateFreq == 0) {
      if (writeStepsPerSecond) {
        train().scalar("batch_steps_per_second", 1 / secondsSince(batchBegan), trainBatch);
      }
      orNone(logs).forEach((name, value) -> train().scalar("batch_" + name, value, trainBatch));
    }
  }

  /** Writes what an evaluation gave, over the steps that were trained until then. */
  @Override
  public void onTestEnd(Map<String, Double> logs) {
    long step = trained().optimizer() == null ? 0 : trained().optimizer().iterations();
    orNone(logs)
        .forEach(
            (name, value) ->
                validation().scalar("evaluation_" + name + "_vs_iterations", value, step));
    if (!training) {
      close();
    }
  }

  /**
   * Writes the scalars of an epoch, the histograms where it is their turn, and once the graph of
   * ops.
   *
   * @throws java.io.UncheckedIOException if the folder cannot be written
   */
  @Override
  public void onEpochEnd(int epoch, Map<String, Double> logs) {
    if (writeGraph && !graphWritten) {
      train().graph(trained().graphDef());
      graphWritten = true;
    }
    Map<String, Double> own = new TreeMap<>();
    orNone(logs)
        .forEach(
            (name, value) -> {
              if (name.startsWith(VALIDATION)) {
                String metric = name.substring(VALIDATION.length());
                validation().scalar("epoch_" + metric, value, epoch);
              } else {
                own.put(name, value);
              }
            });
    own.put("learning_rate", (double) trained().learningRate());
    if (writeStepsPerSecond) {
      long steps = trained().optimizer().iterations() - batchesBefore;
      own.put("steps_per_second", steps / secondsSince(epochBegan));
    }
    own.forEach((name, value) -> train().scalar("epoch_" + name, value, epoch));
    if (histogramFreq > 0 && epoch % histogramFreq == 0) {
      for (Layer<?> layer : trained().layers()) {
        for (Variable weight : layer.weights()) {
          String tag = weight.path().replace(':', '_') + "/histogram";
          train().histogram(tag, weight.floats(), epoch);
        }
      }
    }
  }

  private static double secondsSince(long start) {
    return Math.max(1, System.nanoTime() - start) / 1e9;
  }

  /**
   * Closes the files.
   *
   * @throws java.io.UncheckedIOException if that fails
   */
  @Override
  public void onTrainEnd(Map<String, Double> logs) {
    training = false;
    close();
  }

  private void close() {
    EventFile first = train;
    EventFile second = validation;
    train = null;
    validation = null;
    if (first != null) {
      first.close();
    }
    if (second != null) {
      second.close();
    }
  }
}
