package keras.internal.messages;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * Turns what TensorFlow says while a program is made or run into messages that name who asked for
 * it.
 */
public final class NativeErrors {

  private NativeErrors() {}

  /**
   * Adds the ops of a loss or a metric.
   *
   * @param where its name, as in messages
   * @param yTrue the shape of the targets
   * @param yPred the shape of the predictions
   * @param ops adds the ops
   * @return their result
   * @throws IllegalArgumentException if there is none, or if TensorFlow refuses the ops
   */
  public static Operand<TFloat32> named(
      String where, Shape yTrue, Shape yPred, Supplier<Operand<TFloat32>> ops) {
    String shapes =
        "targets "
            + Errors.shape(yTrue.asArray())
            + ", predictions "
            + Errors.shape(yPred.asArray());
    Operand<TFloat32> result;
    try {
      result = ops.get();
    } catch (RuntimeException e) {
      RuntimeException first = first(e);
      throw caused(
          Errors.in(where, "it cannot be computed: " + firstLine(first))
              .expected("targets and predictions whose shapes go with each other")
              .got(shapes)
              .fix(
                  "give the last layer as many units as y has columns, reshape y, or correct its"
                      + " arguments or its formula")
              .argument(),
          first);
    }
    if (result == null) {
      throw Errors.in(where, "the function returned nothing.")
          .expected("a tensor with one value a sample or a timestep")
          .got("null")
          .fix("return the last tensor of the formula")
          .argument();
    }
    return result;
  }

  /**
   * Returns the making or the running of a program.
   *
   * @param where who asks for it
   * @param shapes of what it is fed with
   * @param work makes or runs it
   * @throws IllegalArgumentException if TensorFlow fails
   */
  public static <T> T during(String where, List<Shape> shapes, Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      String got =
          shapes.stream()
              .map(shape -> Errors.shape(shape.asArray()))
              .collect(Collectors.joining(", "));
      throw caused(
          Errors.in(where, "TensorFlow failed: " + firstLine(e))
              .expected("layers, loss and metrics that go with data of these shapes")
              .got(got)
              .fix(
                  "look at the layers' arguments and at functions of your own; the cause of this"
                      + " exception says where")
              .argument(),
          e);
    }
  }

  /** Returns what TensorFlow said, where a loss within a metric has put it into its own words. */
  private static RuntimeException first(RuntimeException e) {
    return isTensorFlows(e.getCause()) ? (RuntimeException) e.getCause() : e;
  }

  /** Tells whether TensorFlow has thrown something. */
  public static boolean isTensorFlows(Throwable thrown) {
    return thrown != null && thrown.getClass().getName().startsWith("org.tensorflow.");
  }

  private static String firstLine(RuntimeException e) {
    String message = String.valueOf(e.getMessage());
    return message.lines().findFirst().orElse(message);
  }

  /** Returns the error with its cause, if TensorFlow is that; else the cause itself. */
  private static RuntimeException caused(IllegalArgumentException error, RuntimeException cause) {
    if (!isTensorFlows(cause)) {
      return cause;
    }
    error.initCause(cause);
    return error;
  }
}
