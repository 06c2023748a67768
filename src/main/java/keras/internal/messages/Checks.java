package keras.internal.messages;

import java.util.List;
import java.util.function.Consumer;

/** Checks of single arguments. */
public final class Checks {

  private Checks() {}

  /** The value, if it is 1 or more. */
  public static int positive(String where, String argument, int value) {
    if (value < 1) {
      throw Errors.in(where, argument + " must be a positive number.")
          .expected("at least 1")
          .got(value)
          .fix("give " + argument + " a value of 1 or more")
          .argument();
    }
    return value;
  }

  /** Returns the value, if it is 0 or more. */
  public static int notNegative(String where, String argument, int value) {
    if (value < 0) {
      throw Errors.in(where, argument + " must not be negative.")
          .expected("0 or more")
          .got(value)
          .fix("count " + argument + " from 0")
          .argument();
    }
    return value;
  }

  /** Refuses null where there is nothing to do without a value. */
  public static void notNull(String where, String argument, Object value) {
    given(where, argument, value);
  }

  /** Returns the given value, without which there is nothing to do. */
  public static <T> T given(String where, String argument, T value) {
    if (value == null) {
      throw Errors.in(where, argument + " is null.")
          .expected("a value")
          .got("null")
          .fix("give " + argument + " a value")
          .argument();
    }
    return value;
  }

  /** Returns the given value, which must not be null. */
  public static <T> T given(
      String where, String argument, String what, String expected, String fix, T value) {
    if (value == null) {
      throw Errors.in(where + ": " + argument, what + " is missing.")
          .expected(expected)
          .got("null")
          .fix(fix + ", or leave " + argument + " out")
          .argument();
    }
    return value;
  }

  /** Refuses a single number where there have to be dimensions. */
  public static void rank(String where, String argument, int rank) {
    if (rank < 1) {
      throw Errors.in(where, argument + " has no dimension that is known.")
          .expected("one dimension or more")
          .got(rank == 0 ? "a single number" : "none that is known")
          .fix("give " + argument + " a dimension, as an array of one number has it")
          .argument();
    }
  }

  /** Refuses null for the ops of a graph, or for what they work on. */
  public static void operands(String where, Object tf, Object... operands) {
    given(where, "tf", tf);
    for (Object operand : operands) {
      given(where, "an operand", operand);
    }
  }

  /** Returns all that was given, none of which may be null. */
  public static <T> List<T> each(String where, String argument, T[] values) {
    for (T value : given(where, argument, values)) {
      given(where, "one of " + argument, value);
    }
    return List.of(values);
  }

  /** Returns all that was given, none of which may be null. */
  public static <T> List<T> all(
      String where, String argument, String what, String fix, T[] values) {
    String expected = "one or more, none of them null";
    given(where, argument, what, expected, fix, values);
    for (T value : values) {
      given(where, argument, what, expected, fix, value);
    }
    return List.of(values);
  }

  /** Returns a copy of a list, of which nothing may be null. */
  public static <T> List<T> list(String where, String argument, List<T> values) {
    for (Object value : given(where, argument, values)) {
      given(where, "one of " + argument, value);
    }
    return List.copyOf(values);
  }

  /** Sets options, or refuses that there is nothing to set them. */
  public static <T> T set(String where, T options, Consumer<T> setter) {
    if (setter == null) {
      throw Errors.in(where, "the options are missing.")
          .expected("a lambda that sets them, such as o -> {}")
          .got("null")
          .fix("give o -> {} to keep the defaults")
          .argument();
    }
    setter.accept(options);
    return options;
  }

  /** Returns the value, if it is a fraction below 1. */
  public static double fraction(String where, String argument, double value) {
    if (!(value >= 0 && value < 1)) {
      throw Errors.in(where, argument + " must be a fraction of the samples.")
          .expected("from 0 to less than 1")
          .got(value)
          .fix(argument + "(0.2) keeps the last fifth")
          .argument();
    }
    return value;
  }
}
