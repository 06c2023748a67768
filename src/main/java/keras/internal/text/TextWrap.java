package keras.internal.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Breaks a text into lines where Python's rich, which draws Keras's tables, breaks it. */
final class TextWrap {
  private static final Pattern WORD = Pattern.compile("\\s*\\S+\\s*");

  private TextWrap() {}

  /** Lines of at most this width; a word that is longer goes on in the next line. */
  static List<String> fold(String text, int width) {
    return lines(text, width, true);
  }

  /** Lines of at most this width; a word that is longer is cut and ends in an ellipsis. */
  static List<String> cut(String text, int width) {
    return lines(text, width, false).stream().map(line -> ellipsis(line, width)).toList();
  }

  private static String ellipsis(String line, int width) {
    return DisplayWidth.width(line) <= width ? line : DisplayWidth.cut(line, width - 1) + "…";
  }

  private static List<String> lines(String text, int width, boolean fold) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    for (int end : breaks(text, width, fold)) {
      lines.add(trimmed(text.substring(start, end), width));
      start = end;
    }
    lines.add(trimmed(text.substring(start), width));
    return lines;
  }

  /** Tells where new lines begin. A word has the spaces around it, those behind it take no room. */
  private static List<Integer> breaks(String text, int width, boolean fold) {
    List<Integer> breaks = new ArrayList<>();
    int used = 0;
    Matcher words = WORD.matcher(text);
    while (words.find()) {
      String word = words.group();
      int length = DisplayWidth.width(word.stripTrailing());
      if (length <= width - used) {
        used += DisplayWidth.width(word);
      } else if (length > width && fold) {
        for (int at = 0, next; at < word.length(); at = next) {
          begin(breaks, words.start() + at);
          next = at + DisplayWidth.fitting(word, at, width);
          used = DisplayWidth.width(word.substring(at, next));
        }
      } else if (length > width || used > 0) {
        begin(breaks, words.start());
        used = DisplayWidth.width(word);
      }
    }
    return breaks;
  }

  private static void begin(List<Integer> breaks, int position) {
    if (position > 0) {
      breaks.add(position);
    }
  }

  /** Without those spaces at the end that stick out. */
  private static String trimmed(String line, int width) {
    int end = line.length();
    while (end > width && Character.isWhitespace(line.charAt(end - 1))) {
      end--;
    }
    return line.substring(0, end);
  }
}
