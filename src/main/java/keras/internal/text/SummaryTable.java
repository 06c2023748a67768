package keras.internal.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.text.TextTable.Align;

/**
 * The text of {@code model.summary()}, as Keras 3 prints it. It knows nothing of models.
 *
 * <pre>{@code
 * new SummaryTable("sequential")
 *     .row(new Row("lstm", "LSTM", SummaryTable.shape(7, 5, 20), "9,680"))
 *     .trainable(9_680, 38_720)
 *     .text()
 * }</pre>
 *
 * <p>A column that no row fills, such as the one for connections, is left out.
 */
public final class SummaryTable {
  private static final int WIDEST = 88;
  private static final int WIDEST_CONNECTED = 108;
  private static final int WIDTH_OF_TRAINABLE = 12;
  private static final int MARGIN = 4;
  private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB", "PB"};

  /**
   * A layer.
   *
   * @param name its name
   * @param type its class, such as {@code LSTM}
   * @param outputShape such as {@code (None, 20)}, see {@link SummaryTable#shape}
   * @param params the number of its weights' elements, such as {@code 9,680}, see {@link
   *     PythonFormat#thousands}
   * @param connectedTo where its inputs come from, such as {@code lstm[0][0]}; null in a model that
   *     is a chain
   * @param trainable {@code Y}, {@code N} or {@code -}; null if that is not to be shown
   */
  public record Row(
      String name,
      String type,
      String outputShape,
      String params,
      String connectedTo,
      String trainable) {

    /**
     * A layer in a chain.
     *
     * @param name its name
     * @param type its class, such as {@code LSTM}
     * @param outputShape such as {@code (None, 20)}
     * @param params the number of its weights' elements, such as {@code 9,680}
     */
    public Row(String name, String type, String outputShape, String params) {
      this(name, type, outputShape, params, null, null);
    }

    /**
     * Says where the layer's inputs come from.
     *
     * @param sources such as {@code lstm[0][0], dense[0][0]}; {@code -} for none
     * @return a copy with that
     */
    public Row connectedTo(String sources) {
      return new Row(name, type, outputShape, params, sources, trainable);
    }

    /**
     * Says whether the layer is trained.
     *
     * @param mark {@code Y}, {@code N}, or {@code -} for a layer without weights
     * @return a copy with that
     */
    public Row trainable(String mark) {
      return new Row(name, type, outputShape, params, connectedTo, mark);
    }

    /**
     * Says that the layer is inside another one.
     *
     * @param level 1 for a layer of a nested model, 2 for one inside that
     * @return a copy whose name is indented
     */
    public Row nested(int level) {
      String indented = "   ".repeat(level) + "└ " + name;
      return new Row(indented, type, outputShape, params, connectedTo, trainable);
    }
  }

  private record Total(String label, long count, double bytes) {}

  private final String modelName;
  private final List<Row> rows = new ArrayList<>();
  private Total trainable = new Total("Trainable", 0, 0);
  private Total nonTrainable = new Total("Non-trainable", 0, 0);
  private Total optimizer;
  private Integer lineLength;
  private double[] positions;
  private int columns = Output.standard().columns();

  /**
   * A table without rows.
   *
   * @param modelName such as {@code sequential}
   */
  public SummaryTable(String modelName) {
    this.modelName = modelName;
  }

  /**
   * Adds a layer.
   *
   * @param row the layer
   * @return this table
   */
  public SummaryTable row(Row row) {
    rows.add(row);
    return this;
  }

  /**
   * Sets what the trainable weights come to.
   *
   * @param count the number of their elements
   * @param bytes the room that they take
   * @return this table
   */
  public SummaryTable trainable(long count, double bytes) {
    trainable = new Total("Trainable", count, bytes);
    return this;
  }

  /**
   * Sets what the other weights come to.
   *
   * @param count the number of their elements; 0 by default
   * @param bytes the room that they take
   * @return this table
   */
  public SummaryTable nonTrainable(long count, double bytes) {
    nonTrainable = new Total("Non-trainable", count, bytes);
    return this;
  }

  /**
   * Sets what the optimizer's variables come to, once it has them.
   *
   * @param count the number of their elements
   * @param bytes the room that they take
   * @return this table
   */
  public SummaryTable optimizer(long count, double bytes) {
    optimizer = new Total("Optimizer", count, bytes);
    return this;
  }

  /**
   * Sets how long the lines of the table are.
   *
   * @param characters by default 4 less than there are {@link #columns}, and at most 88 in a chain,
   *     108 otherwise, 12 more with a column that says what is trainable
   * @return this table
   */
  public SummaryTable lineLength(Integer characters) {
    lineLength = characters;
    return this;
  }

  /**
   * Sets where the columns of the table end.
   *
   * @param ends one for each column, from 0 to 1, increasing; by default 0.45, 0.8, 1 in a chain,
   *     0.3, 0.56, 0.74, 1 otherwise
   * @return this table
   */
  public SummaryTable positions(double... ends) {
    positions = ends.clone();
    return this;
  }

  /**
   * Sets how wide the place is where the text is shown. Text outside of the table is broken there.
   *
   * @param characters by default as many as standard output has
   * @return this table
   */
  public SummaryTable columns(int characters) {
    columns = Checks.positive("summary", "columns", characters);
    return this;
  }

  /**
   * Returns the whole text.
   *
   * @return lines, each of them ended
   * @throws IllegalArgumentException if there is no room for the columns
   */
  public String text() {
    StringBuilder text = new StringBuilder();
    append(text, "Model: \"" + modelName + "\"");
    text.append(table().text());
    List<Total> parts = new ArrayList<>(List.of(trainable, nonTrainable));
    if (optimizer != null) {
      parts.add(optimizer);
    }
    long count = parts.stream().mapToLong(Total::count).sum();
    double bytes = parts.stream().mapToDouble(Total::bytes).sum();
    append(text, line("Total", count, bytes));
    parts.forEach(part -> append(text, line(part.label(), part.count(), part.bytes())));
    return text.toString();
  }

  /**
   * Returns a shape as this table shows it.
   *
   * @param dimensions the dimensions; a negative one is not known
   * @return such as {@code (None, 5, 100)}, and {@code (7)} for a single one
   */
  public static String shape(long... dimensions) {
    return Arrays.stream(dimensions)
        .mapToObj(each -> each < 0 ? "None" : Long.toString(each))
        .collect(Collectors.joining(", ", "(", ")"));
  }

  /**
   * Returns the shapes of a layer with several outputs as this table shows them.
   *
   * @param shapes each as {@link #shape} gives it
   * @return such as {@code [(None, 20), (None, 20)]}
   */
  public static String shapes(List<String> shapes) {
    return shapes.size() == 1 ? shapes.get(0) : "[" + String.join(", ", shapes) + "]";
  }

  /**
   * An amount of memory.
   *
   * @param bytes how much
   * @return such as {@code 4.82 KB}
   */
  public static String memorySize(double bytes) {
    double size = bytes;
    int unit = 0;
    while (size >= 1024 && unit < UNITS.length - 1) {
      size /= 1024;
      unit++;
    }
    return PythonFormat.fixed(size, 2) + " " + UNITS[unit];
  }

  private TextTable table() {
    boolean connected = rows.stream().anyMatch(row -> row.connectedTo() != null);
    boolean marked = rows.stream().anyMatch(row -> row.trainable() != null);
    int widest = (connected ? WIDEST_CONNECTED : WIDEST) + (marked ? WIDTH_OF_TRAINABLE : 0);
    int length = lineLength != null ? lineLength : Math.min(widest, columns - MARGIN);
    List<TextTable.Column> heads = heads(connected, marked, length);
    TextTable table = new TextTable(heads, length);
    for (Row row : rows) {
      List<String> cells = new ArrayList<>();
      cells.add(row.name() + " (" + row.type() + ")");
      cells.add(row.outputShape());
      cells.add(row.params());
      if (connected) {
        cells.add(row.connectedTo() == null ? "-" : row.connectedTo());
      }
      if (marked) {
        cells.add(row.trainable() == null ? "-" : row.trainable());
      }
      table.row(cells);
    }
    return table;
  }

  private List<TextTable.Column> heads(boolean connected, boolean marked, int length) {
    List<String> names = new ArrayList<>(List.of("Layer (type)", "Output Shape", "Param #"));
    List<Align> aligns = new ArrayList<>(List.of(Align.LEFT, Align.LEFT, Align.RIGHT));
    if (connected) {
      names.add("Connected to");
      aligns.add(Align.LEFT);
    }
    double[] ends = ends(connected, marked);
    if (marked) {
      names.add("Trainable");
      aligns.add(Align.CENTER);
    }
    List<TextTable.Column> heads = new ArrayList<>();
    int used = 0;
    for (int i = 0; i < names.size(); i++) {
      int width = (int) (ends[i] * length) - used;
      if (width < 4) {
        throw Errors.in("summary", "there is no room for column \"" + names.get(i) + "\".")
            .expected("4 characters or more for each column")
            .got(width + " characters, of " + length + " in a line")
            .fix("give a longer lineLength, or positions that are further apart")
            .argument();
      }
      heads.add(new TextTable.Column(names.get(i), aligns.get(i), width));
      used += width;
    }
    return heads;
  }

  private double[] ends(boolean connected, boolean marked) {
    double[] ends = positions;
    if (ends == null) {
      ends = connected ? new double[] {0.3, 0.56, 0.74, 1.0} : new double[] {0.45, 0.80, 1.0};
    }
    int expected = connected ? 4 : 3;
    if (ends.length != expected) {
      throw Errors.in("summary", "positions do not fit the columns.")
          .expected(expected + " positions")
          .got(ends.length)
          .fix("give one position for each column, without the one for trainable")
          .argument();
    }
    if (marked) {
      ends = Arrays.copyOf(Arrays.stream(ends).map(end -> end * 0.9).toArray(), ends.length + 1);
      ends[ends.length - 1] = 1;
    }
    return ends;
  }

  private static String line(String label, long count, double bytes) {
    String number = PythonFormat.thousands(count);
    return " " + label + " params: " + number + " (" + memorySize(bytes) + ")";
  }

  private void append(StringBuilder text, String paragraph) {
    TextWrap.fold(paragraph, columns).forEach(line -> text.append(line).append('\n'));
  }
}
