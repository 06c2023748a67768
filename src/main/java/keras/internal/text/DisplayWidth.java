package keras.internal.text;

/**
 * How many columns of a terminal a text takes: two for each character of the kind that Chinese,
 * Japanese and Korean are written with, none for a mark that stands over another character.
 */
final class DisplayWidth {

  /** First and last of each run of wide characters. */
  private static final int[][] WIDE = {
    {0x1100, 0x115F},
    {0x231A, 0x231B},
    {0x2E80, 0x303E},
    {0x3041, 0x4DBF},
    {0x4E00, 0xA4CF},
    {0xA960, 0xA97F},
    {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},
    {0xFE30, 0xFE6F},
    {0xFF01, 0xFF60},
    {0xFFE0, 0xFFE6},
    {0x1F300, 0x1F64F},
    {0x1F680, 0x1F6FF},
    {0x1F900, 0x1F9FF},
    {0x20000, 0x3FFFD},
  };

  private DisplayWidth() {}

  /** Returns the columns that a text takes. */
  static int width(String text) {
    return text.codePoints().map(DisplayWidth::width).sum();
  }

  private static int width(int character) {
    int type = Character.getType(character);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    for (int[] run : WIDE) {
      if (character >= run[0] && character <= run[1]) {
        return 2;
      }
    }
    return 1;
  }

  /**
   * Tells how many chars from {@code start} on have room in some columns; at least one character.
   */
  static int fitting(String text, int start, int columns) {
    int end = start;
    int used = 0;
    while (end < text.length()) {
      int character = text.codePointAt(end);
      used += width(character);
      if (used > columns && end > start) {
        break;
      }
      end += Character.charCount(character);
    }
    return end - start;
  }

  /** Returns the beginning of a text, as many columns wide; half of a wide character is a space. */
  static String cut(String text, int columns) {
    if (columns <= 0) {
      return "";
    }
    String start = text.substring(0, fitting(text, 0, columns));
    return width(start) > columns ? " " : start + " ".repeat(columns - width(start));
  }
}
