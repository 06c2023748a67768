package keras.internal.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A table in a frame of lines, with a heavy head, as Python's rich draws it. */
final class TextTable {

  /** Where the text of a cell stands. */
  enum Align {
    LEFT,
    CENTER,
    RIGHT
  }

  /** A column: its head, where the text of its cells stands, the room that it asks for. */
  record Column(String head, Align align, int width) {}

  private static final int PADDING = 2;

  private final List<Column> columns;
  private final int width;
  private final List<List<String>> rows = new ArrayList<>();

  TextTable(List<Column> columns, int width) {
    this.columns = List.copyOf(columns);
    this.width = width;
  }

  /** Adds a row with as many cells as there are columns. */
  void row(List<String> cells) {
    rows.add(cells);
  }

  /** The lines of the table, each of them ended. */
  String text() {
    List<Integer> widths = widths();
    StringBuilder text = new StringBuilder();
    text.append(rule(widths, "┏━┳┓"));
    List<String> heads = columns.stream().map(Column::head).toList();
    text.append(cells(heads, widths, '┃', true));
    text.append(rule(widths, "┡━╇┩"));
    for (int i = 0; i < rows.size(); i++) {
      text.append(i == 0 ? "" : rule(widths, "├─┼┤"));
      text.append(cells(rows.get(i), widths, '│', false));
    }
    return text.append(rule(widths, "└─┴┘")).toString();
  }

  /** Returns the widths of the columns inside the frame; an excess or a lack is shared out. */
  private List<Integer> widths() {
    List<Integer> wanted = columns.stream().map(column -> column.width() + PADDING).toList();
    int total = wanted.stream().mapToInt(i -> i).sum();
    int excess = total - (width - columns.size() - 1);
    return excess > 0 ? reduced(wanted, excess) : widened(wanted, total, -excess);
  }

  /** Returns each column gives up the same part. */
  private static List<Integer> reduced(List<Integer> wanted, int excess) {
    List<Integer> widths = new ArrayList<>();
    int rest = excess;
    for (int i = 0; i < wanted.size(); i++) {
      int part = (int) Math.rint((double) rest / (wanted.size() - i));
      int less = Math.min(wanted.get(i), part);
      widths.add(wanted.get(i) - less);
      rest -= less;
    }
    return widths;
  }

  /** Wide columns get more than narrow ones. */
  private static List<Integer> widened(List<Integer> wanted, int total, int missing) {
    List<Integer> widths = new ArrayList<>();
    int rest = missing;
    int ratio = total;
    for (int each : wanted) {
      int more = (int) Math.ceil((double) each * rest / ratio);
      widths.add(each + more);
      rest -= more;
      ratio -= each;
    }
    return widths;
  }

  private static String rule(List<Integer> widths, String corners) {
    return widths.stream()
        .map(each -> corners.substring(1, 2).repeat(each))
        .collect(
            Collectors.joining(
                corners.substring(2, 3), corners.substring(0, 1), corners.substring(3) + "\n"));
  }

  private String cells(List<String> cells, List<Integer> widths, char frame, boolean head) {
    List<List<String>> blocks = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      blocks.add(block(cells.get(i), columns.get(i).align(), widths.get(i) - PADDING));
    }
    int height = blocks.stream().mapToInt(List::size).max().orElse(1);
    StringBuilder text = new StringBuilder();
    for (int line = 0; line < height; line++) {
      text.append(frame);
      for (int i = 0; i < blocks.size(); i++) {
        List<String> block = blocks.get(i);
        // Heads stand at the bottom of their row, everything else at the top.
        int at = head ? line - height + block.size() : line;
        String content =
            at >= 0 && at < block.size() ? block.get(at) : " ".repeat(widths.get(i) - PADDING);
        text.append(' ').append(content).append(' ').append(frame);
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static List<String> block(String text, Align align, int width) {
    return TextWrap.cut(text, width).stream().map(line -> aligned(line, align, width)).toList();
  }

  private static String aligned(String line, Align align, int width) {
    String text = align == Align.LEFT ? line : line.stripTrailing();
    int room = Math.max(0, width - DisplayWidth.width(text));
    int before =
        switch (align) {
          case LEFT -> 0;
          case CENTER -> room / 2;
          case RIGHT -> room;
        };
    return " ".repeat(before) + text + " ".repeat(room - before);
  }
}
