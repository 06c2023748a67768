package keras.internal.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Arrays as NumPy prints them: {@code print(array)} with its default options. Numbers have as few
 * digits as tell them apart, at most 8 after the point, and stand below each other; lines are 75
 * characters long; of more than 1,000 numbers the ends are shown.
 */
public final class NumpyFormat {

  private static final int PRECISION = 8;
  private static final int LINE = 75;
  private static final int THRESHOLD = 1000;
  private static final int EDGE = 3;

  /** Stands for the places that are left out. */
  private static final int GAP = -1;

  private static final int FLOAT_DIGITS = 9;
  private static final float LARGE = 1e8f;
  private static final float SMALL = 1e-4f;
  private static final float RANGE = 1000;

  private final float[] values;
  private final long[] shape;
  private final boolean shortened;
  private final boolean scientific;
  private int padLeft;
  private int padRight;
  private int decimals;
  private int exponentDigits;

  private NumpyFormat(float[] values, long... shape) {
    this.values = values;
    this.shape = shape;
    this.shortened = values.length > THRESHOLD;
    double[] shown = shown();
    double[] sizes =
        Arrays.stream(shown).filter(x -> Double.isFinite(x) && x != 0).map(Math::abs).toArray();
    float largest = (float) Arrays.stream(sizes).max().orElse(0);
    float smallest = (float) Arrays.stream(sizes).min().orElse(0);
    scientific =
        sizes.length > 0 && (largest >= LARGE || smallest < SMALL || largest / smallest > RANGE);
    measure(shown);
  }

  /**
   * Returns an array as a text.
   *
   * @param values the numbers, row by row
   * @param shape its dimensions; none for a single number
   * @return such as {@code [[0.5 1. ]]}, without an end of line
   */
  public static String of(float[] values, long... shape) {
    if (shape.length == 0) {
      boolean finite = Float.isFinite(values[0]);
      return PythonFormat.repr(finite ? shortest(values[0]).doubleValue() : values[0]);
    }
    return values.length == 0 ? "[]" : new NumpyFormat(values, shape).part(0, 0, " ", LINE);
  }

  // ---- numbers

  private boolean isCut(int length) {
    return shortened && length > 2 * EDGE;
  }

  /** Returns the first and the last places of a dimension, with something between them. */
  private static int[] ends(int length, int... between) {
    return IntStream.concat(
            IntStream.concat(IntStream.range(0, EDGE), Arrays.stream(between)),
            IntStream.range(length - EDGE, length))
        .toArray();
  }

  /** Returns the numbers that are shown. */
  private double[] shown() {
    int[] places = {0};
    for (long size : shape) {
      int length = (int) size;
      int[] at = isCut(length) ? ends(length) : IntStream.range(0, length).toArray();
      places =
          Arrays.stream(places)
              .flatMap(place -> Arrays.stream(at).map(i -> place * length + i))
              .toArray();
    }
    return Arrays.stream(places).mapToDouble(place -> values[place]).toArray();
  }

  /** Finds out how wide numbers are, before and after the point. */
  private void measure(double... shown) {
    boolean negativeInfinity = false;
    boolean special = false;
    for (double value : shown) {
      if (!Double.isFinite(value)) {
        special = true;
        negativeInfinity |= value < 0;
        continue;
      }
      String text = scientific ? scientific((float) value, -1, 0) : positional((float) value);
      int end = scientific ? text.indexOf('e') : text.length();
      int point = text.indexOf('.');
      padLeft = Math.max(padLeft, point);
      decimals = Math.max(decimals, end - point - 1);
      exponentDigits = Math.max(exponentDigits, text.length() - end - 2);
    }
    padRight = scientific ? exponentDigits + 2 + decimals : decimals;
    if (special) {
      padLeft = Math.max(padLeft, (negativeInfinity ? 4 : 3) - (padRight + 1));
    }
  }

  private String number(float value) {
    if (!Float.isFinite(value)) {
      String name = Float.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
      return " ".repeat(padLeft + padRight + 1 - name.length()) + name;
    }
    String text = scientific ? scientific(value, decimals, exponentDigits) : positional(value);
    int point = text.indexOf('.');
    int right = scientific ? 0 : padRight - (text.length() - point - 1);
    return " ".repeat(padLeft - point) + text + " ".repeat(right);
  }

  /** Returns the fewest digits that only this number is the nearest to. */
  private static BigDecimal shortest(float value) {
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 1; digits < FLOAT_DIGITS; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (rounded.floatValue() == value) {
        return rounded;
      }
    }
    return exact.round(new MathContext(FLOAT_DIGITS, RoundingMode.HALF_EVEN));
  }

  private static String sign(float value) {
    return value < 0 || (value == 0 && 1 / value < 0) ? "-" : "";
  }

  private static String positional(float value) {
    BigDecimal size = shortest(Math.abs(value));
    if (size.scale() > PRECISION) {
      size = new BigDecimal(Math.abs(value)).setScale(PRECISION, RoundingMode.HALF_EVEN);
    }
    String text = value == 0 ? "0" : size.stripTrailingZeros().toPlainString();
    return sign(value) + text + (text.contains(".") ? "" : ".");
  }

  /**
   * @param decimals how many digits after the point at least
   * @param exponentDigits how many digits of the exponent at least
   */
  private static String scientific(float value, int decimals, int exponentDigits) {
    BigDecimal size = value == 0 ? BigDecimal.ZERO : shortest(Math.abs(value)).stripTrailingZeros();
    if (size.precision() <= decimals) { // Further digits are those of the number, not zeros.
      size =
          new BigDecimal(Math.abs(value))
              .round(new MathContext(decimals + 1, RoundingMode.HALF_EVEN))
              .stripTrailingZeros();
    }
    String digits = size.unscaledValue().toString();
    int exponent = value == 0 ? 0 : digits.length() - 1 - size.scale();
    String fraction = digits.substring(1);
    String power = String.valueOf(Math.abs(exponent));
    return sign(value)
        + digits.charAt(0)
        + "."
        + fraction
        + "0".repeat(Math.max(0, decimals - fraction.length()))
        + (exponent < 0 ? "e-" : "e+")
        + "0".repeat(Math.max(0, Math.max(2, exponentDigits) - power.length()))
        + power;
  }

  // ---- lines

  /**
   * Returns a part of the array.
   *
   * @param axis the part's first dimension
   * @param place which part
   * @param indent what a new line within the part begins with
   * @param width how long a line may be
   */
  private String part(int axis, int place, String indent, int width) {
    int left = shape.length - axis;
    int length = (int) shape[axis];
    StringBuilder text = new StringBuilder();
    StringBuilder line = new StringBuilder(indent);
    String separator = left == 1 ? " " : "\n".repeat(left - 1);
    for (int i : isCut(length) ? ends(length, GAP) : IntStream.range(0, length).toArray()) {
      int inner = place * length + i;
      String word = i == GAP ? "..." : left == 1 ? number(values[inner]) : "";
      if (left > 1) {
        String rows = i == GAP ? word : part(axis + 1, inner, indent + " ", width - 1);
        text.append(indent).append(rows).append(i == length - 1 ? "" : separator);
        continue;
      }
      if (line.length() + word.length() > width - 1 && line.length() > indent.length()) {
        text.append(line.toString().stripTrailing()).append('\n');
        line.setLength(0);
        line.append(indent);
      }
      line.append(word).append(i == length - 1 ? "" : separator);
    }
    if (left == 1) {
      text.append(line);
    }
    return "[" + text.substring(indent.length()) + "]";
  }
}
