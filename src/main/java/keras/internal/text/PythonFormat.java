package keras.internal.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * Numbers as Python writes them, which is how Keras prints them: in bars, in messages, in CSV
 * files. Rounding looks at the exact binary value and takes ties to the even digit, where {@code
 * String.format} rounds the shortest decimal form half up.
 */
public final class PythonFormat {
  private static final int MAX_DIGITS = 17;

  private PythonFormat() {}

  /**
   * Returns a number with so many decimals: Python's {@code f"{value:.4f}"}.
   *
   * @param value the number
   * @param decimals how many digits follow the point
   * @return such as {@code 0.1235}; {@code nan}, {@code inf} or {@code -inf} if it is not finite
   */
  public static String fixed(double value, int decimals) {
    if (!Double.isFinite(value)) {
      return special(value);
    }
    return sign(value)
        + new BigDecimal(Math.abs(value))
            .setScale(decimals, RoundingMode.HALF_EVEN)
            .toPlainString();
  }

  /**
   * Returns a number in scientific notation: Python's {@code f"{value:.4e}"}.
   *
   * @param value the number
   * @param decimals how many digits follow the point
   * @return such as {@code 1.2346e-05}; {@code nan}, {@code inf} or {@code -inf} if it is not
   *     finite
   */
  public static String scientific(double value, int decimals) {
    if (!Double.isFinite(value)) {
      return special(value);
    }
    BigDecimal rounded =
        new BigDecimal(Math.abs(value))
            .round(new MathContext(decimals + 1, RoundingMode.HALF_EVEN));
    String digits = padded(rounded.unscaledValue().toString(), decimals + 1);
    String point = decimals == 0 ? "" : "." + digits.substring(1);
    return sign(value) + digits.charAt(0) + point + exponent(exponentOf(rounded));
  }

  /**
   * Returns a number in the form that is shorter: Python's {@code f"{value:.4g}"}.
   *
   * @param value the number
   * @param digits how many digits are kept; zeros at the end are left out
   * @param point whether a whole number keeps {@code .0}, as in {@code f"{value:.4}"}
   * @return such as {@code 0.1235} or {@code 1.235e-05}; {@code nan}, {@code inf} or {@code -inf}
   *     if it is not finite
   */
  public static String general(double value, int digits, boolean point) {
    if (!Double.isFinite(value)) {
      return special(value);
    }
    int kept = Math.max(1, digits);
    BigDecimal rounded =
        new BigDecimal(Math.abs(value))
            .round(new MathContext(kept, RoundingMode.HALF_EVEN))
            .stripTrailingZeros();
    int exponent = exponentOf(rounded);
    if (exponent < -4 || exponent >= (point ? kept - 1 : kept)) {
      return scientific(value, Math.max(0, rounded.precision() - 1));
    }
    String plain = value == 0 ? "0" : rounded.toPlainString();
    return sign(value) + plain + (point && !plain.contains(".") ? ".0" : "");
  }

  /**
   * Returns a number with as few digits as tell it from its neighbours: Python's {@code
   * repr(value)}.
   *
   * @param value the number
   * @return such as {@code 0.1}, {@code 1e-05} or {@code 3.0}; {@code nan}, {@code inf} or {@code
   *     -inf} if it is not finite
   */
  public static String repr(double value) {
    if (!Double.isFinite(value)) {
      return special(value);
    }
    if (value == 0) {
      return sign(value) + "0.0";
    }
    BigDecimal shortest = shortest(Math.abs(value)).stripTrailingZeros();
    int exponent = exponentOf(shortest);
    if (exponent >= -4 && exponent < 16) {
      String plain = shortest.toPlainString();
      return sign(value) + plain + (plain.contains(".") ? "" : ".0");
    }
    String digits = shortest.unscaledValue().toString();
    String point = digits.length() == 1 ? "" : "." + digits.substring(1);
    return sign(value) + digits.charAt(0) + point + exponent(exponent);
  }

  /**
   * Returns a whole number with commas between the thousands: Python's {@code f"{value:,}"}.
   *
   * @param value the number
   * @return such as {@code 1,234,567}
   */
  public static String thousands(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static BigDecimal shortest(double value) {
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 1; digits < MAX_DIGITS; digits++) {
      BigDecimal candidate = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (candidate.doubleValue() == value) {
        return candidate;
      }
    }
    return exact.round(new MathContext(MAX_DIGITS, RoundingMode.HALF_EVEN));
  }

  /** Returns the power of ten of the first digit. */
  private static int exponentOf(BigDecimal value) {
    return value.signum() == 0 ? 0 : value.precision() - value.scale() - 1;
  }

  private static String exponent(int power) {
    return String.format(Locale.ROOT, "e%s%02d", power < 0 ? "-" : "+", Math.abs(power));
  }

  private static String padded(String digits, int length) {
    return digits + "0".repeat(Math.max(0, length - digits.length()));
  }

  private static String sign(double value) {
    return Double.doubleToRawLongBits(value) < 0 ? "-" : "";
  }

  private static String special(double value) {
    return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  }
}
