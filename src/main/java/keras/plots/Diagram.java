package keras.plots;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.messages.Libraries;

/**
 * Boxes with texts, joined by arrows and put into layers: what {@code keras.utils.plot_model}
 * draws. Needs {@code org.eclipse.elk:org.eclipse.elk.alg.layered} on the class path.
 */
public final class Diagram extends Picture {
  private static final double POINTS_PER_INCH = 72;
  private static final double MARGIN = 4;
  private static final double PADDING = 9;
  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.PLAIN, 16);
  private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
  private static final double ARROW = 9;
  private static final double MOST_PIXELS = 1e8;
  private static final FontRenderContext MEASURES = new FontRenderContext(null, true, true);

  /** Colours of a cell. */
  public enum Fill {
    /** White on black, in larger letters. */
    TITLE(Color.BLACK, Color.WHITE),
    /** Black on white. */
    PLAIN(Color.WHITE, Color.BLACK),
    /** White on green. */
    GREEN(new Color(0x228B22), Color.WHITE),
    /** White on red. */
    RED(new Color(0xB22222), Color.WHITE);

    private final Color background;
    private final Color letters;

    Fill(Color background, Color letters) {
      this.background = background;
      this.letters = letters;
    }
  }

  /**
   * A text, of which a part is bold.
   *
   * @param before what comes before the bold part
   * @param bold the bold part
   * @param after what comes after it
   * @param fill the colours
   */
  public record Cell(String before, String bold, String after, Fill fill) {

    /**
     * A text.
     *
     * @param before what comes before the bold part
     * @param bold the bold part
     * @param after what comes after it
     * @param fill the colours
     */
    public Cell {
      Checks.notNull("Diagram.Cell", "before", before);
      Checks.notNull("Diagram.Cell", "bold", bold);
      Checks.notNull("Diagram.Cell", "after", after);
      Checks.notNull("Diagram.Cell", "fill", fill);
    }

    @Override
    public String toString() {
      return before + "*" + bold + "*" + after;
    }

    private Font font() {
      return fill == Fill.TITLE ? TITLE : TEXT;
    }

    private double width() {
      Font font = font();
      return width(font, before) + width(font.deriveFont(Font.BOLD), bold) + width(font, after);
    }

    private static double width(Font font, String text) {
      return text.isEmpty() ? 0 : font.getStringBounds(text, MEASURES).getWidth();
    }
  }

  /**
   * A box.
   *
   * @param id what arrows call it; unique
   * @param group the id of the group that it is in; null for none
   * @param rows its cells, row by row
   */
  public record Box(String id, String group, List<List<Cell>> rows) {

    /**
     * A box.
     *
     * @param id what arrows call it
     * @param group the id of its group, or null
     * @param rows one row or more of one cell or more
     */
    public Box {
      Checks.notNull("Diagram.Box", "id", id);
      rows =
          Checks.list("Diagram.Box", "rows", rows).stream()
              .map(row -> Checks.list("Diagram.Box", "a row", row))
              .toList();
      if (rows.isEmpty() || rows.contains(List.<Cell>of())) {
        throw Errors.in(
                "Diagram.Box", "there is nothing in box \"" + id + "\", or in one of its rows.")
            .expected("one row or more, of one cell or more")
            .got(rows)
            .fix("leave the box or the row out")
            .argument();
      }
    }

    private double width() {
      return rows.stream().mapToDouble(Box::width).max().orElse(0);
    }

    private static double width(List<Cell> row) {
      return row.stream().mapToDouble(cell -> cell.width() + 2 * PADDING).sum();
    }

    private double height() {
      return rows.stream().mapToDouble(Box::height).sum();
    }

    private static double height(List<Cell> row) {
      return row.get(0).font().getSize2D() * 1.2 + 2 * PADDING;
    }
  }

  /**
   * A frame around boxes and groups.
   *
   * @param id what boxes call it; unique
   * @param group the id of the group that it is in; null for none
   * @param label its name, at its top left
   */
  public record Group(String id, String group, String label) {}

  /**
   * An arrow from one box to another.
   *
   * @param from the id of the first box
   * @param to the id of the second box
   */
  public record Arrow(String from, String to) {}

  private final List<Group> groups;
  private final List<Box> boxes;
  private final List<Arrow> arrows;
  private boolean across;
  private double scale = 1;
  private DiagramLayout layout;

  /**
   * A diagram.
   *
   * @param groups the groups, outer before inner ones
   * @param boxes the boxes
   * @param arrows the arrows between them
   */
  public Diagram(List<Group> groups, List<Box> boxes, List<Arrow> arrows) {
    this.groups = Checks.list("Diagram", "groups", groups);
    this.boxes = Checks.list("Diagram", "boxes", boxes);
    this.arrows = Checks.list("Diagram", "arrows", arrows);
    Set<String> known = new HashSet<>();
    for (Group each : groups) {
      known(known, each.group() == null ? List.of() : List.of(each.group()));
      known.add(each.id());
    }
    for (Box each : boxes) {
      known(known, each.group() == null ? List.of() : List.of(each.group()));
    }
    Set<String> ends = boxes.stream().map(Box::id).collect(Collectors.toSet());
    arrows.forEach(each -> known(ends, Arrays.asList(each.from(), each.to())));
  }

  private static void known(Set<String> known, List<String> ids) {
    for (String id : ids) {
      if (!known.contains(id)) {
        throw Errors.in("Diagram", "there is no \"" + id + "\".")
            .expected("one of " + known)
            .got(id)
            .fix("add the box or the group; groups come before what is in them")
            .argument();
      }
    }
  }

  /**
   * Sets whether arrows go from left to right.
   *
   * @param value false by default: from top to bottom
   * @return this
   */
  public Diagram across(boolean value) {
    across = value;
    layout = null;
    return this;
  }

  /**
   * Sets how fine the picture is. A size that is set by itself is what the diagram is drawn into.
   *
   * @param dotsPerInch 20 to 1,000; letters are 14 to 16 points high. 72 by default
   * @return this
   * @throws IllegalArgumentException if it is less or more
   */
  public Diagram dpi(int dotsPerInch) {
    if (dotsPerInch < 20 || dotsPerInch > 1000) {
      throw Errors.in("plotModel", "nothing can be read at this resolution.")
          .expected("20 to 1,000 dots per inch")
          .got(dotsPerInch)
          .fix("dpi(200)")
          .argument();
    }
    scale = dotsPerInch / POINTS_PER_INCH;
    return this;
  }

  /** {@return the groups} */
  public List<Group> groups() {
    return groups;
  }

  /** {@return the boxes} */
  public List<Box> boxes() {
    return boxes;
  }

  /** {@return the arrows} */
  public List<Arrow> arrows() {
    return arrows;
  }

  @Override
  void check() {
    Libraries.check(
        "plotModel",
        "org.eclipse.elk.alg.layered.LayeredLayoutProvider",
        "org.eclipse.elk:org.eclipse.elk.alg.layered:0.12.1");
    if (layout == null) {
      layout = new DiagramLayout(this, across);
      double pixels = layout.width() * layout.height() * scale * scale;
      double drawn = scale * Math.min(1, Math.sqrt(MOST_PIXELS / pixels));
      naturalSize(
          (int) Math.ceil((layout.width() + 2 * MARGIN) * drawn),
          (int) Math.ceil((layout.height() + 2 * MARGIN) * drawn));
    }
  }

  /** Returns how wide a box is. */
  static double width(Box box) {
    return box.width();
  }

  /** Returns how high a box is. */
  static double height(Box box) {
    return box.height();
  }

  @Override
  void paint(Graphics2D surface, int width, int height) {
    double fit =
        Math.min(width / (layout.width() + 2 * MARGIN), height / (layout.height() + 2 * MARGIN));
    surface.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    surface.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    surface.scale(fit, fit);
    surface.translate(MARGIN, MARGIN);
    groups.forEach(group -> paint(surface, group));
    layout.arrows().forEach(arrow -> paint(surface, arrow));
    boxes.forEach(box -> paint(surface, box));
  }

  private void paint(Graphics2D surface, Group group) {
    Rectangle2D place = layout.place(group.id());
    surface.setColor(Color.BLACK);
    surface.setStroke(new BasicStroke(1, 0, 0, 10, new float[] {5, 4}, 0));
    surface.draw(place);
    surface.setFont(TEXT);
    surface.drawString(
        group.label(), (float) (place.getX() + PADDING), (float) (place.getY() + TEXT.getSize2D()));
  }

  private void paint(Graphics2D surface, Box box) {
    Rectangle2D place = layout.place(box.id());
    double y = place.getY();
    surface.setStroke(new BasicStroke(1));
    for (List<Cell> row : box.rows()) {
      double height = Box.height(row);
      double x = place.getX();
      // What is left over is shared out, so that all rows are as wide as the box.
      double more = (place.getWidth() - Box.width(row)) / row.size();
      for (Cell cell : row) {
        double width = cell.width() + 2 * PADDING + more;
        paint(surface, cell, new Rectangle2D.Double(x, y, width, height));
        x += width;
      }
      y += height;
    }
  }

  private static void paint(Graphics2D surface, Cell cell, Rectangle2D place) {
    surface.setColor(cell.fill().background);
    surface.fill(place);
    surface.setColor(Color.BLACK);
    surface.draw(place);
    surface.setColor(cell.fill().letters);
    Font font = cell.font();
    double x = place.getX() + (place.getWidth() - cell.width()) / 2;
    double y = place.getCenterY() + font.getSize2D() * 0.36;
    x = write(surface, font, cell.before(), x, y);
    x = write(surface, font.deriveFont(Font.BOLD), cell.bold(), x, y);
    write(surface, font, cell.after(), x, y);
  }

  private static double write(Graphics2D surface, Font font, String text, double x, double y) {
    surface.setFont(font);
    surface.drawString(text, (float) x, (float) y);
    return x + Cell.width(font, text);
  }

  private static void paint(Graphics2D surface, List<Point2D> arrow) {
    Point2D tip = arrow.get(arrow.size() - 1);
    Point2D before = arrow.get(arrow.size() - 2);
    double angle = Math.atan2(tip.getY() - before.getY(), tip.getX() - before.getX());
    Path2D line = new Path2D.Double();
    line.moveTo(arrow.get(0).getX(), arrow.get(0).getY());
    for (Point2D point : arrow.subList(1, arrow.size() - 1)) {
      line.lineTo(point.getX(), point.getY());
    }
    line.lineTo(tip.getX() - Math.cos(angle) * ARROW, tip.getY() - Math.sin(angle) * ARROW);
    surface.setColor(Color.BLACK);
    surface.setStroke(new BasicStroke(2));
    surface.draw(line);
    Path2D head = new Path2D.Double();
    head.moveTo(tip.getX(), tip.getY());
    for (double side : new double[] {0.45, -0.45}) {
      head.lineTo(
          tip.getX() - Math.cos(angle + side) * ARROW * 1.2,
          tip.getY() - Math.sin(angle + side) * ARROW * 1.2);
    }
    head.closePath();
    surface.fill(head);
  }
}
