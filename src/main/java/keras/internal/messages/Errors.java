package keras.internal.messages;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An error message in four parts: where and what, what was expected, what there was instead, and
 * how to put it right.
 *
 * <pre>{@code
 * throw Errors.in("LSTM \"encoder\"", "stateful(true) needs a fixed batch size.")
 *     .expected("(batch, timesteps, features) with batch known")
 *     .got(Errors.shape(-1, 24, 3))
 *     .fix("start the model with new Input(batchShape(32, 24, 3))")
 *     .argument();
 * }</pre>
 *
 * <p>reads
 *
 * <pre>
 * LSTM "encoder": stateful(true) needs a fixed batch size.
 *   expected: (batch, timesteps, features) with batch known
 *   got:      (?, 24, 3)
 *   fix:      start the model with new Input(batchShape(32, 24, 3))
 * </pre>
 *
 * <p>A part that has nothing to say is left out by not being called.
 */
public final class Errors {
  /** No part needs more; what a file says may be of any length. */
  private static final int LONGEST = 20_000;

  private final StringBuilder message;

  private Errors(String sentence) {
    message = new StringBuilder(shortened(sentence));
  }

  /**
   * Starts a message.
   *
   * @param where the object or the call at fault, such as {@code LSTM "encoder"} or {@code fit: x}
   * @param what the fault, one sentence with its full stop
   * @return the message, to be gone on with
   */
  public static Errors in(String where, String what) {
    return new Errors(where + ": " + what);
  }

  /**
   * Starts a message with a sentence that names what is at fault itself.
   *
   * @param sentence with its full stop
   * @return the message, to be gone on with
   */
  static Errors saying(String sentence) {
    return new Errors(sentence);
  }

  /**
   * Adds what was expected.
   *
   * @param expected a phrase or a value
   * @return this
   */
  public Errors expected(Object expected) {
    return line("expected: ", expected);
  }

  /**
   * Adds what there was instead.
   *
   * @param got a phrase or a value
   * @return this
   */
  public Errors got(Object got) {
    return line("got:      ", got);
  }

  /**
   * Adds how to put it right, in Java's spelling.
   *
   * @param fix a phrase without a full stop
   * @return this
   */
  public Errors fix(String fix) {
    return line("fix:      ", fix);
  }

  /**
   * A message with all four parts, for an exception of another type.
   *
   * @param where the object or the call at fault, such as {@code LSTM "encoder"}
   * @param what the fault, one sentence with its full stop
   * @param expected the value or kind that was expected
   * @param got the value or kind that there was instead
   * @param fix how to put it right, in Java's spelling
   * @return the message, in four lines
   */
  public static String message(String where, String what, String expected, String got, String fix) {
    return in(where, what).expected(expected).got(got).fix(fix).message.toString();
  }

  /** {@return the exception for a wrong argument} */
  public IllegalArgumentException argument() {
    return new IllegalArgumentException(message.toString());
  }

  /**
   * The exception for a call at the wrong time, such as {@code fit} before {@code compile}.
   *
   * @return the exception, to be thrown
   */
  public IllegalStateException state() {
    return new IllegalStateException(message.toString());
  }

  /**
   * Returns a shape as Keras prints it, with a question mark where a dimension is not known.
   *
   * @param dimensions the dimensions; a negative one is not known. Null where TensorFlow does not
   *     even know how many there are
   * @return such as {@code (?, 24, 3)}, {@code (5,)} or {@code ()}
   */
  public static String shape(long... dimensions) {
    if (dimensions == null) {
      return "a shape of which nothing is known";
    }
    String inner =
        Arrays.stream(dimensions)
            .mapToObj(each -> each < 0 ? "?" : Long.toString(each))
            .collect(Collectors.joining(", "));
    return dimensions.length == 1 ? "(" + inner + ",)" : "(" + inner + ")";
  }

  /**
   * Returns several shapes as messages list them.
   *
   * @param shapes the dimensions of each; negative ones are not known
   * @return such as {@code (?, 3), (?, 4)}
   */
  public static String shapes(List<long[]> shapes) {
    return shapes.stream().map(Errors::shape).collect(Collectors.joining(", "));
  }

  private Errors line(String label, Object text) {
    message.append("\n  ").append(label).append(shortened(String.valueOf(text)));
    return this;
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST
        ? text
        : text.substring(0, LONGEST) + "... and " + (text.length() - LONGEST) + " characters more";
  }
}
