package keras.internal.text;

import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import keras.internal.messages.Errors;

/**
 * Text with places for numbers, filled as Python's {@code str.format} fills it: {@code
 * "{epoch:02d}-{val_loss:.2f}"}. Two braces stand for one.
 *
 * <p>A number may have a fill character and an alignment, a sign, a width, a comma, a precision and
 * one of the types {@code d f F e E g G %}; without a type it is written as Python's {@code str}
 * writes it.
 */
public final class PythonTemplate {

  private static final Pattern PART =
      Pattern.compile("\\{\\{|\\}\\}|\\{([^{}:!]*)(?::([^{}]*))?\\}|[{}]");

  private static final Pattern SPECIFICATION =
      Pattern.compile("(?:(.)?([<>=^]))?([-+ ])?(0)?(\\d+)?(,)?(?:\\.(\\d+))?([dfFeEgG%])?");

  private static final int DEFAULT_PRECISION = 6;
  private static final int PERCENT = 100;

  /** The width of a number in a file's name that nobody could have meant. */
  private static final int MOST = 200;

  private final String where;
  private final String text;

  /**
   * A template.
   *
   * @param where who has been given it, as messages name it
   * @param text with places in braces
   */
  public PythonTemplate(String where, String text) {
    this.where = where;
    this.text = text;
  }

  /**
   * Fills the places.
   *
   * @param values by name: {@code Integer} or {@code Long} for whole numbers, {@code Double} others
   * @return the text
   * @throws IllegalArgumentException if a place names nothing that there is, or asks for a form
   *     that such a number cannot have
   */
  public String fill(Map<String, ? extends Number> values) {
    StringBuilder filled = new StringBuilder();
    Matcher part = PART.matcher(text);
    while (part.find()) {
      String found = part.group();
      String replacement =
          switch (found) {
            case "{{" -> "{";
            case "}}" -> "}";
            case "{", "}" -> throw wrong("a brace has no other", found, values);
            default -> filled(part.group(1), part.group(2), values);
          };
      part.appendReplacement(filled, Matcher.quoteReplacement(replacement));
    }
    return part.appendTail(filled).toString();
  }

  private String filled(String name, String form, Map<String, ? extends Number> values) {
    Number value = values.get(name);
    if (value == null) {
      throw wrong("there is nothing of the name \"" + name + "\"", "{" + name + "}", values);
    }
    Matcher asked = SPECIFICATION.matcher(form == null ? "" : form);
    if (!asked.matches() || number(asked.group(5)) > MOST || number(asked.group(7)) > MOST) {
      throw wrong("this is no form of a number", form, values);
    }
    String type = asked.group(8);
    boolean whole = !(value instanceof Double || value instanceof Float);
    boolean refused = whole ? type == null && asked.group(7) != null : "d".equals(type);
    if (refused || ("d".equals(type) && asked.group(7) != null)) {
      throw wrong("\"" + name + "\" cannot have this form", form, values);
    }
    return padded(asked, digits(value, whole, type, asked.group(7)));
  }

  private static int number(String digits) {
    return digits == null ? 0 : digits.length() > 4 ? Integer.MAX_VALUE : Integer.parseInt(digits);
  }

  /** Returns the number without sign, fill and commas; a minus where it is negative. */
  private static String digits(Number value, boolean whole, String type, String precision) {
    int decimals = precision == null ? DEFAULT_PRECISION : number(precision);
    double number = value.doubleValue();
    if (type == null) {
      if (whole) {
        return Long.toString(value.longValue());
      }
      return precision == null
          ? PythonFormat.repr(number)
          : PythonFormat.general(number, decimals, true);
    }
    return switch (type) {
      case "d" -> Long.toString(value.longValue());
      case "f" -> PythonFormat.fixed(number, decimals);
      case "F" -> PythonFormat.fixed(number, decimals).toUpperCase(java.util.Locale.ROOT);
      case "e" -> PythonFormat.scientific(number, decimals);
      case "E" -> PythonFormat.scientific(number, decimals).toUpperCase(java.util.Locale.ROOT);
      case "g" -> PythonFormat.general(number, decimals, false);
      case "G" -> PythonFormat.general(number, decimals, false).toUpperCase(java.util.Locale.ROOT);
      default -> PythonFormat.fixed(number * PERCENT, decimals) + "%";
    };
  }

  private static String padded(Matcher asked, String digits) {
    boolean negative = digits.startsWith("-");
    String plain = negative ? digits.substring(1) : digits;
    String sign =
        negative ? "-" : asked.group(3) == null || asked.group(3).equals("-") ? "" : asked.group(3);
    boolean zeros = asked.group(4) != null && asked.group(2) == null;
    String fill = asked.group(1) != null ? asked.group(1) : asked.group(4) != null ? "0" : " ";
    String align = zeros ? "=" : asked.group(2) == null ? ">" : asked.group(2);
    int width = number(asked.group(5));
    if (asked.group(6) != null) {
      plain = withCommas(plain, zeros ? width - sign.length() : 0);
    }
    int missing = Math.max(0, width - sign.length() - plain.length());
    return switch (align) {
      case "<" -> sign + plain + fill.repeat(missing);
      case "^" -> fill.repeat(missing / 2) + sign + plain + fill.repeat(missing - missing / 2);
      case "=" -> sign + fill.repeat(missing) + plain;
      default -> fill.repeat(missing) + sign + plain;
    };
  }

  /** Returns the digits before the point in groups of three; filled with zeros up to a width. */
  private static String withCommas(String plain, int width) {
    int end = 0;
    while (end < plain.length() && Character.isDigit(plain.charAt(end))) {
      end++;
    }
    String rest = plain.substring(end);
    String whole = plain.substring(0, end);
    String grouped = grouped(whole);
    while (grouped.length() + rest.length() < width) {
      whole = "0" + whole;
      grouped = grouped(whole);
    }
    return grouped + rest;
  }

  private static String grouped(String digits) {
    return digits.replaceAll("(?<=\\d)(?=(\\d{3})+$)", ",");
  }

  private IllegalArgumentException wrong(
      String what, String got, Map<String, ? extends Number> values) {
    return Errors.in(where, "\"" + text + "\" cannot be filled: " + what + ".")
        .expected(
            "names from "
                + String.join(", ", new TreeSet<>(values.keySet()))
                + ", as in {epoch:02d} or {loss:.2f}")
        .got(got)
        .fix("write {{ and }} for braces that are meant as such")
        .argument();
  }
}
