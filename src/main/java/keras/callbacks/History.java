package keras.callbacks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import keras.internal.messages.Names;
import keras.plots.Plots;

/**
 * Keeps the numbers of every epoch; {@code fit} returns one. Keras: {@code
 * keras.callbacks.History}.
 *
 * <pre>{@code
 * History history = model.fit(x, y, f -> f.epochs(10));
 * List<Double> losses = history.get("loss");
 * }</pre>
 */
public final class History extends Callback {
  private final Map<String, List<Double>> history = new LinkedHashMap<>();
  private final List<Integer> epoch = new ArrayList<>();

  /** An empty history. */
  public History() {}

  /**
   * Returns the epochs that were trained, counted from 0, by the last {@code fit}.
   *
   * @return a view in the order of training
   */
  public List<Integer> epoch() {
    return Collections.unmodifiableList(epoch);
  }

  /**
   * The numbers of all epochs by name, sorted by name as in Keras, such as {@code accuracy}, {@code
   * loss}, {@code val_accuracy}, {@code val_loss}; what a callback adds comes after them.
   *
   * @return a view with one number for each epoch, or fewer for a name that was not there in every
   *     epoch
   */
  public Map<String, List<Double>> history() {
    return Collections.unmodifiableMap(history);
  }

  /**
   * Opens a window with a chart for each metric, its values in training and in validation. Python:
   * {@code plt.plot(history.history["loss"])} and so on.
   *
   * @throws IllegalArgumentException if nothing was trained
   * @throws IllegalStateException if there is no display, or XChart is not on the class path
   */
  public void plot() {
    Plots.history(history).show();
  }

  /**
   * Writes a picture with a chart for each metric, its values in training and in validation.
   *
   * @param path ends in {@code .png} or {@code .svg}
   * @throws IllegalArgumentException if nothing was trained, or the path ends in something else
   * @throws IllegalStateException if XChart is not on the class path; for SVG, batik-svggen
   * @throws java.io.UncheckedIOException if it cannot be written
   */
  public void plot(Path path) {
    Plots.history(history).save(path);
  }

  /**
   * Returns the names that there are numbers for. Python: {@code history.history.keys()}.
   *
   * @return as {@link #history()} has them
   */
  public Set<String> keys() {
    return history().keySet();
  }

  /**
   * The numbers of all epochs under one name. Python: {@code history.history["loss"]}.
   *
   * @param key such as {@code "loss"} or {@code "val_loss"}
   * @return a view, as in {@link #history()}
   * @throws IllegalArgumentException if there are no numbers of that name
   */
  public List<Double> get(String key) {
    if (!history.containsKey(key)) {
      throw Names.unknown("key of History", key, history.keySet());
    }
    return Collections.unmodifiableList(history.get(key));
  }

  @Override
  public void onTrainBegin(Map<String, Double> logs) {
    epoch.clear();
  }

  @Override
  public void onEpochEnd(int epoch, Map<String, Double> logs) {
    this.epoch.add(epoch);
    orNone(logs)
        .forEach(
            (name, value) -> history.computeIfAbsent(name, any -> new ArrayList<>()).add(value));
  }

  /** Returns the numbers of the epochs, as {@link #history()} has them. */
  @Override
  public String toString() {
    return "History" + history;
  }
}
