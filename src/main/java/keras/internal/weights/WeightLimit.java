package keras.internal.weights;

import java.util.function.Supplier;
import keras.initializers.Initializer;
import keras.internal.messages.Errors;
import org.tensorflow.ndarray.Shape;

/**
 * How many weights a model may have while it is made of what somebody has written, whatever sizes
 * that claims: as many as its file has numbers, or as the heap has room for. Weights whose values
 * come from a file start as zeros.
 */
public final class WeightLimit {

  /** A layer's states are not in the file. More than these would be 256 MB. */
  private static final long MOST_STATES = 1L << 26;

  private static final ThreadLocal<WeightLimit> CURRENT = new ThreadLocal<>();

  private final String where;
  private final long most;
  private final boolean valuesFollow;
  private long weights;
  private long states;

  private WeightLimit(String where, long most, boolean valuesFollow) {
    this.where = where;
    this.most = most;
    this.valuesFollow = valuesFollow;
  }

  /**
   * Makes a model of a text alone.
   *
   * @param where the text, for messages
   * @param maker makes the model, in this thread
   * @param <T> what is made
   * @return the object that was made
   * @throws IllegalArgumentException if its weights would fill more than half of the heap, or it is
   *     nested too deep
   */
  public static <T> T ofHeap(String where, Supplier<T> maker) {
    long most = Runtime.getRuntime().maxMemory() / 2 / Float.BYTES;
    try {
      return within(new WeightLimit(where, most, false), maker);
    } catch (StackOverflowError | OutOfMemoryError e) {
      throw tooLarge(where, e);
    }
  }

  /** Returns the exception for what does not fit into memory. */
  public static IllegalArgumentException tooLarge(String where, Error cause) {
    IllegalArgumentException error =
        Errors.in(where, "this is no model that can be loaded.")
            .expected("a model that fits into memory, not nested too deep")
            .got(cause.getClass().getSimpleName())
            .fix("give Java more memory with -Xmx, if the model is that large")
            .argument();
    error.initCause(cause);
    return error;
  }

  /**
   * Makes a model of a file.
   *
   * @param where the file, for messages
   * @param most how many numbers the file can hold
   * @param maker makes the model, in this thread
   * @param <T> what is made
   * @return the object that was made
   * @throws IllegalArgumentException if its layers have more weights
   */
  public static <T> T ofFile(String where, long most, Supplier<T> maker) {
    return within(new WeightLimit(where, most, true), maker);
  }

  private static <T> T within(WeightLimit limit, Supplier<T> maker) {
    WeightLimit outer = CURRENT.get();
    CURRENT.set(limit);
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
    WeightLimit limit = CURRENT.get();
    if (limit == null) {
      return initializer.call(shape);
    }
    limit.weights += shape.size();
    if (limit.weights > limit.most) {
      String small = limit.valuesFollow ? "the file is" : "half of the heap is";
      throw limit.refused(
          layer,
          small + " too small for " + weight + ".",
          shape,
          limit.weights,
          limit.most,
          limit.valuesFollow
              ? "save the model anew, its configuration and its weights together"
              : "give Java more memory with -Xmx, if the model is that large");
    }
    return limit.valuesFollow ? new float[(int) shape.size()] : initializer.call(shape);
  }

  /** Refuses states that would take too much room. */
  public static void checkState(Object layer, Shape shape) {
    WeightLimit limit = CURRENT.get();
    if (limit != null) {
      limit.states += shape.size();
      if (limit.states > MOST_STATES) {
        throw limit.refused(
            layer,
            "its state is too large to be loaded.",
            shape,
            limit.states,
            MOST_STATES,
            "save the model with a smaller batch");
      }
    }
  }

  private IllegalArgumentException refused(
      Object layer, String what, Shape shape, long sum, long allowed, String fix) {
    return Errors.in(where + ": " + layer, what)
        .expected("at most " + allowed + " numbers in all layers up to this one")
        .got(Errors.shape(shape.asArray()) + ", together " + sum)
        .fix(fix)
        .argument();
  }
}
