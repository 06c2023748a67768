package keras.utils;

import java.util.List;
import keras.internal.messages.Checks;
import keras.internal.messages.Names;

/** The keyword arguments of {@link Utils#padSequences(Object, java.util.function.Consumer)}. */
public final class PadSequencesOptions {
  private static final List<String> SIDES = List.of("pre", "post");
  private static final List<String> DTYPES = List.of("int32", "int64", "float32", "float64");

  private int maxlen = -1;
  private String dtype = "int32";
  private String padding = "pre";
  private String truncating = "pre";
  private float value;

  PadSequencesOptions() {}

  /**
   * Sets how long all sequences become; by default as long as the longest.
   *
   * @param length 1 or more
   * @return this
   * @throws IllegalArgumentException if it is less than 1
   */
  public PadSequencesOptions maxlen(int length) {
    maxlen = Checks.positive("padSequences", "maxlen", length);
    return this;
  }

  /**
   * Sets the type of the values: {@code "int32"} (the default) and {@code "int64"} cut them off to
   * whole numbers; {@code "float32"} and {@code "float64"} leave them. The result is an array of
   * floats either way.
   *
   * @param name the name of the data type
   * @return this
   * @throws IllegalArgumentException if it is none of these
   */
  public PadSequencesOptions dtype(String name) {
    dtype = oneOf("dtype", name, DTYPES);
    return this;
  }

  /**
   * Sets where short sequences are filled up: {@code "pre"} (the default), before, or {@code
   * "post"}, after their values.
   *
   * @param side pre or post
   * @return this
   * @throws IllegalArgumentException if it is neither
   */
  public PadSequencesOptions padding(String side) {
    padding = oneOf("padding", side, SIDES);
    return this;
  }

  /**
   * Sets where long sequences lose values: {@code "pre"} (the default), at their beginning, or
   * {@code "post"}, at their end.
   *
   * @param side pre or post
   * @return this
   * @throws IllegalArgumentException if it is neither
   */
  public PadSequencesOptions truncating(String side) {
    truncating = oneOf("truncating", side, SIDES);
    return this;
  }

  /**
   * Sets the number to fill up with; 0 by default.
   *
   * @param fill any number; cut off to a whole one unless {@link #dtype} says otherwise
   * @return this
   */
  public PadSequencesOptions value(double fill) {
    value = (float) fill;
    return this;
  }

  /** Returns the length to make, given that of the longest sequence. */
  int length(int longest) {
    return maxlen < 0 ? longest : maxlen;
  }

  boolean padsBefore() {
    return padding.equals("pre");
  }

  boolean truncatesBefore() {
    return truncating.equals("pre");
  }

  boolean hasLength() {
    return maxlen >= 0;
  }

  float fill() {
    return cast(value);
  }

  float cast(float number) {
    return dtype.startsWith("int") ? (long) number : number;
  }

  private static String oneOf(String argument, String given, List<String> known) {
    return Names.oneOf("padSequences: " + argument, given, known);
  }
}
