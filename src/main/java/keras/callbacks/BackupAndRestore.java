package keras.callbacks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import keras.callbacks.TrainedModel.Progress;
import keras.internal.messages.Errors;
import keras.internal.messages.Warnings;

/**
 * Lets training that was cut off, by a crash or a loss of power, go on from where it was. Keras:
 * {@code keras.callbacks.BackupAndRestore}.
 *
 * <pre>{@code
 * setRandomSeed(1);
 * ... // make and compile the model
 * model.fit(x, y, f -> f.epochs(100).callbacks(new BackupAndRestore("run/backup")));
 * }</pre>
 *
 * <p>The same program, started again, goes on after the last backup, and with the same seed ends
 * with the same weights as if it had not been cut off. A backup has the weights, the optimizer's
 * variables, the states of stateful layers, the counters of dropout and the like, the epoch and the
 * batch, and the sums of loss and metrics of an epoch that had not ended. Data is gone through
 * again up to that batch, without being trained on. When {@code fit} ends, the backup is deleted.
 *
 * <p>What other callbacks have counted, the patience of {@link EarlyStopping} say, is not in it,
 * nor is what they do after this one: give it last.
 *
 * <p>Porting note: the files have Keras's names, and Keras can read them. Keras begins an epoch
 * that had not ended anew, with the weights from the middle of it, and keeps neither states nor
 * sums.
 */
public final class BackupAndRestore extends Callback {

  private static final String PREVIOUS = ".bkp";

  private final Path folder;
  private final Path weights;
  private final Path metadata;
  private final SaveFrequency frequency = new SaveFrequency("BackupAndRestore");
  private boolean doubleCheckpoint;
  private boolean deleteCheckpoint = true;
  private int epoch;

  /**
   * Backs up after each epoch.
   *
   * @param backupDir a folder for this callback of this training alone; made if it is not there
   * @throws IllegalArgumentException if it is empty
   */
  public BackupAndRestore(String backupDir) {
    if (backupDir == null || backupDir.isEmpty()) {
      throw Errors.in("BackupAndRestore", "there is no folder to keep backups in.")
          .expected("the name of a folder")
          .got(backupDir == null ? "null" : "an empty text")
          .fix("new BackupAndRestore(\"run/backup\")")
          .argument();
    }
    folder = Path.of(backupDir);
    weights = folder.resolve("latest.weights.h5");
    metadata = folder.resolve("training_metadata.json");
  }

  /**
   * Backs up after each epoch.
   *
   * @param backupDir as a path
   */
  public BackupAndRestore(Path backupDir) {
    this(backupDir == null ? null : backupDir.toString());
  }

  /**
   * Sets when to back up.
   *
   * @param value {@code "epoch"}, the default: after each epoch
   * @return this callback
   * @throws IllegalArgumentException if it is any other text
   */
  public BackupAndRestore saveFreq(String value) {
    frequency.set(value);
    return this;
  }

  /**
   * Sets when to back up.
   *
   * @param batches after every so many batches, counted on from epoch to epoch
   * @return this callback
   * @throws IllegalArgumentException if it is less than 1
   */
  public BackupAndRestore saveFreq(int batches) {
    frequency.set(batches);
    return this;
  }

  /**
   * Sets whether the backup before the last is kept too, for when the last cannot be read.
   *
   * @param value false by default
   * @return this callback
   */
  public BackupAndRestore doubleCheckpoint(boolean value) {
    doubleCheckpoint = value;
    return this;
  }

  /**
   * Sets whether backups are deleted when {@code fit} ends.
   *
   * @param value true by default
   * @return this callback
   */
  public BackupAndRestore deleteCheckpoint(boolean value) {
    deleteCheckpoint = value;
    return this;
  }

  /** Goes back to the last backup, if there is one. */
  @Override
  boolean writes() {
    return true;
  }

  @Override
  public void onTrainBegin(Map<String, Double> logs) {
    if (!Files.exists(weights)) {
      return;
    }
    try {
      trained().restoreTraining(weights);
    } catch (IllegalArgumentException e) {
      Path previous = previous(weights);
      if (!Files.exists(previous)) {
        throw e;
      }
      Warnings.warn(
          BackupAndRestore.class,
          "BackupAndRestore: {} The backup before it is taken instead.",
          e.getMessage());
      copy(previous, weights);
      trained().restoreTraining(weights);
    }
  }

  @Override
  public void onEpochBegin(int epoch, Map<String, Double> logs) {
    this.epoch = epoch;
  }

  @Override
  public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
    if (frequency.isDue(batch)) {
      save(new Progress(epoch, batch + 1));
    }
  }

  @Override
  public void onEpochEnd(int epoch, Map<String, Double> logs) {
    if (frequency.isEpoch()) {
      save(new Progress(epoch + 1, 0));
    }
  }

  private void save(Progress progress) {
    try {
      Files.createDirectories(folder);
      if (doubleCheckpoint && Files.exists(weights)) {
        copy(weights, previous(weights));
      }
      if (doubleCheckpoint && Files.exists(metadata)) {
        copy(metadata, previous(metadata));
      }
      trained().saveTraining(weights, progress);
      // For Keras, which reads the epoch here. What goes with the weights is in one file with them.
      int last = Math.max(0, progress.batches() - 1);
      Files.writeString(metadata, "{\"epoch\": " + progress.epoch() + ", \"batch\": " + last + "}");
    } catch (IOException e) {
      throw failed("write to", e);
    }
  }

  /** Deletes the backups, unless they are to be kept. */
  @Override
  public void onTrainEnd(Map<String, Double> logs) {
    if (!deleteCheckpoint || !Files.exists(folder)) {
      return;
    }
    try {
      for (Path file : new Path[] {weights, metadata}) {
        Files.deleteIfExists(file);
        Files.deleteIfExists(previous(file));
      }
      try (var rest = Files.list(folder)) {
        if (rest.findAny().isPresent()) {
          return;
        }
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw failed("delete", e);
    }
  }

  private static Path previous(Path file) {
    return file.resolveSibling(file.getFileName() + PREVIOUS);
  }

  private void copy(Path from, Path to) {
    try {
      Path beside = to.resolveSibling(to.getFileName() + ".tmp");
      Files.copy(from, beside, StandardCopyOption.REPLACE_EXISTING);
      Files.move(beside, to, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw failed("write to", e);
    }
  }

  private UncheckedIOException failed(String what, IOException cause) {
    return new UncheckedIOException(
        "BackupAndRestore: cannot " + what + " " + folder.toAbsolutePath(), cause);
  }

  @Override
  boolean listensTo(BatchHook hook) {
    return super.listensTo(hook) && !frequency.isEpoch();
  }

  @Override
  boolean readsLogsOf(BatchHook hook) {
    return false;
  }
}
