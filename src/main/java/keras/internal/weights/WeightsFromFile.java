package keras.internal.weights;

import java.util.function.Supplier;
import keras.initializers.Initializer;
import keras.internal.messages.Errors;
import org.tensorflow.ndarray.Shape;

/**
 * While a model is made of a file, its weights start as zeros, for their values come from the file;
 * and there cannot be more of them than the file has numbers, whatever sizes its configuration
 * claims.
 */
public final class WeightsFromFile {

  /** A layer's states are not in the file. More than these would be 256 MB. */
  private static final long MOST_STATES = 1L << 26;

  private static final ThreadLocal<WeightsFromFile> CURRENT = new ThreadLocal<>();

  private final String where;
  private final long most;
  private long weights;
  private long states;

  private WeightsFromFile(String where, long most) {
    this.where = where;
    this.most = most;
  }

  /**
   * Makes a model.
   *
   * @param where the file, for messages
   * @param most how many numbers the file can hold
   * @param maker makes the model, in this thread
   * @param <T> what is made
   * @return the object that was made
   * @throws IllegalArgumentException if its layers have more weights
   */
  public static <T> T make(String where, long most, Supplier<T> maker) {
    WeightsFromFile outer = CURRENT.get();
    CURRENT.set(new WeightsFromFile(where, most));
    try {
      return maker.get();
    } finally {
      if (outer == null) {
        CURRENT.remove();
      } else {
        CURRENT.set(outer);
      }
    }
  }

  /** Returns the first values of a weight. */
  public static float[] first(Object layer, String weight, Shape shape, Initializer initializer) {
    WeightsFromFile file = CURRENT.get();
    if (file == null) {
      return initializer.call(shape);
    }
    file.weights += shape.size();
    file.check(layer, weight, shape, file.weights, file.most);
    return new float[(int) shape.size()];
  }

  /** Refuses states that would take too much room. */
  public static void checkState(Object layer, Shape shape) {
    WeightsFromFile file = CURRENT.get();
    if (file != null) {
      file.states += shape.size();
      file.check(layer, "the state", shape, file.states, MOST_STATES);
    }
  }

  private void check(Object layer, String what, Shape shape, long sum, long allowed) {
    if (sum > allowed) {
      throw Errors.in(where + ": " + layer, "the file is too small for " + what + ".")
          .expected("at most " + allowed + " numbers in all layers up to this one")
          .got(Errors.shape(shape.asArray()) + ", together " + sum)
          .fix("save the model anew, its configuration and its weights together")
          .argument();
    }
  }
}
