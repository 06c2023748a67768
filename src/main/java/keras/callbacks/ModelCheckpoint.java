package keras.callbacks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import keras.internal.messages.Errors;
import keras.internal.messages.Warnings;
import keras.internal.text.PythonFormat;
import keras.internal.text.PythonTemplate;

/**
 * Saves the model, or its weights, while it is trained. Keras: {@code
 * keras.callbacks.ModelCheckpoint}.
 *
 * <pre>{@code
 * new ModelCheckpoint("run/{epoch:02d}-{val_loss:.2f}.keras")
 * new ModelCheckpoint("best.weights.h5").saveWeightsOnly(true).saveBestOnly(true).monitor("val_acc")
 * }</pre>
 *
 * <p>The name of the file may have places in braces, which are filled as Python's {@code
 * str.format} does: {@code epoch} and {@code batch}, counted from 1, the latter only with {@code
 * saveFreq(n)}, and the names in the logs. Folders that are not there are made.
 */
public final class ModelCheckpoint extends MonitorCallback<ModelCheckpoint> {

  private static final String WEIGHTS = ".weights.h5";
  private static final int DECIMALS = 5;

  private final String filepath;
  private final SaveFrequency frequency = new SaveFrequency("ModelCheckpoint");
  private boolean saveBestOnly;
  private boolean saveWeightsOnly;
  private boolean warned;
  private int epoch;

  /**
   * Saves the whole model after each epoch.
   *
   * @param filepath ends with {@code .keras}, or with {@code .h5} for the older format; with {@code
   *     .weights.h5} for {@code saveWeightsOnly(true)}
   * @throws IllegalArgumentException if it ends with anything else
   */
  public ModelCheckpoint(String filepath) {
    this.filepath = filepath;
    if (filepath == null || !(filepath.endsWith(".keras") || filepath.endsWith(".h5"))) {
      throw wrongEnd(".keras, or .weights.h5 with saveWeightsOnly(true)");
    }
  }

  /**
   * Saves the whole model after each epoch.
   *
   * @param filepath as a path; see {@link #ModelCheckpoint(String)}
   */
  public ModelCheckpoint(Path filepath) {
    this(filepath == null ? null : filepath.toString());
  }

  /**
   * Sets whether to save only what is better than all before, as {@link #monitor} and {@link #mode}
   * have it.
   *
   * @param value false by default: everything is saved
   * @return this callback
   */
  public ModelCheckpoint saveBestOnly(boolean value) {
    saveBestOnly = value;
    return this;
  }

  /**
   * Sets whether to save the weights alone, with the optimizer's variables.
   *
   * @param value false by default: the whole model is saved
   * @return this callback
   * @throws IllegalArgumentException if true, and the file's name does not end with {@code
   *     .weights.h5}
   */
  public ModelCheckpoint saveWeightsOnly(boolean value) {
    if (value && !filepath.endsWith(WEIGHTS)) {
      throw wrongEnd(WEIGHTS + " with saveWeightsOnly(true)");
    }
    saveWeightsOnly = value;
    return this;
  }

  /**
   * Sets when to save.
   *
   * @param value {@code "epoch"}, the default: after each epoch
   * @return this callback
   * @throws IllegalArgumentException if it is any other text
   */
  public ModelCheckpoint saveFreq(String value) {
    frequency.set(value);
    return this;
  }

  /**
   * Sets when to save. What is monitored is then that of the epoch so far.
   *
   * @param batches after every so many batches, counted on from epoch to epoch
   * @return this callback
   * @throws IllegalArgumentException if it is less than 1
   */
  public ModelCheckpoint saveFreq(int batches) {
    frequency.set(batches);
    return this;
  }

  /**
   * Sets a value that has to be beaten before anything is saved, with {@code saveBestOnly(true)}.
   *
   * @param value null, the default, for none
   * @return this callback
   */
  public ModelCheckpoint initialValueThreshold(Double value) {
    best(value);
    return this;
  }

  @Override
  boolean writes() {
    return true;
  }

  @Override
  public void onEpochBegin(int epoch, Map<String, Double> logs) {
    this.epoch = epoch;
  }

  @Override
  public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
    if (frequency.isDue(batch)) {
      if (saveBestOnly) {
        resolveDirection();
      }
      save(epoch, batch, logs);
    }
  }

  @Override
  public void onEpochEnd(int epoch, Map<String, Double> logs) {
    resolveDirection();
    if (frequency.isEpoch()) {
      save(epoch, null, logs);
    }
  }

  private void save(int epoch, Integer batch, Map<String, Double> given) {
    Map<String, Double> logs = orNone(given);
    Map<String, Number> names = new LinkedHashMap<>();
    names.put("epoch", epoch + 1);
    if (batch != null) {
      names.put("batch", batch + 1);
    }
    names.putAll(logs);
    String file = new PythonTemplate("ModelCheckpoint", filepath).fill(names);
    String start = "\nEpoch " + (epoch + 1) + ": ";
    if (!isToBeSaved(start, file, logs)) {
      return;
    }
    Path path = Path.of(file);
    makeFolderOf(path);
    if (saveWeightsOnly) {
      trained().saveWeights(path);
    } else {
      trained().save(path);
    }
    say(start + "finished saving model to " + file);
  }

  private boolean isToBeSaved(String start, String file, Map<String, Double> logs) {
    if (!saveBestOnly) {
      say(start + "saving model to " + file);
      return true;
    }
    Double current = logs.get(monitor());
    if (current == null) {
      if (!warned) {
        Warnings.warn(
            ModelCheckpoint.class, "Can save best model only with {} available.", monitor());
        warned = true;
      }
      return true;
    }
    String before = best() == null ? "None" : PythonFormat.fixed(best(), DECIMALS);
    if (!isImprovement(current, best())) {
      say(start + monitor() + " did not improve from " + before);
      return false;
    }
    String now = PythonFormat.fixed(current, DECIMALS);
    say(
        start
            + monitor()
            + " improved from "
            + before
            + " to "
            + now
            + ", saving model to "
            + file);
    best(current);
    return true;
  }

  private void makeFolderOf(Path path) {
    if (Files.isDirectory(path)) {
      throw Errors.in("ModelCheckpoint", "there is a folder of that name.")
          .expected("the name of a file")
          .got(path)
          .fix("choose another filepath")
          .argument();
    }
    Path folder = path.toAbsolutePath().getParent();
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("ModelCheckpoint: cannot make the folder " + folder, e);
    }
  }

  private IllegalArgumentException wrongEnd(String expected) {
    return Errors.in("ModelCheckpoint", "the file's name does not say what format is meant.")
        .expected("a name that ends with " + expected)
        .got(filepath)
        .fix(
            "new ModelCheckpoint(\"run/{epoch:02d}"
                + (saveWeightsOnly ? ".weights.h5" : ".keras")
                + "\")")
        .argument();
  }

  @Override
  boolean listensTo(BatchHook hook) {
    return super.listensTo(hook) && !frequency.isEpoch();
  }

  @Override
  boolean readsLogsNowOf(BatchHook hook, int batch) {
    return readsLogsOf(hook) && frequency.isDueAt(batch);
  }
}
