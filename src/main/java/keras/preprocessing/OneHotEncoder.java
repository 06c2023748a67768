package keras.preprocessing;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.utils.FloatArrays;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * Gives each category of each column of a table a column of its own, 1 where the row has it and 0
 * elsewhere: scikit-learn's {@code sklearn.preprocessing.OneHotEncoder}, with {@code
 * sparse_output=False}.
 *
 * <pre>{@code
 * OneHotEncoder<String> encoder = new OneHotEncoder<>();
 * FloatNdArray x =
 *     encoder.fitTransform(List.of(List.of("red", "small"), List.of("blue", "small")));
 * // [[0, 1, 1], [1, 0, 1]]: blue, red; small
 * }</pre>
 *
 * @param <T> the kind of categories, such as {@code String} or {@code Integer}
 */
public final class OneHotEncoder<T extends Comparable<? super T>> {
  private static final String WHERE = "OneHotEncoder";

  private boolean ignoresUnknown;
  private boolean dropsFirst;
  private List<Categories<T>> categories;

  /** An encoder that is not fitted yet. */
  public OneHotEncoder() {}

  /**
   * Sets what becomes of a category that was not fitted; {@code error} by default.
   *
   * @param value {@code error}, or {@code ignore} for zeros in all its columns
   * @return this
   * @throws IllegalArgumentException if it is another word
   */
  public OneHotEncoder<T> handleUnknown(String value) {
    if (!List.of("error", "ignore").contains(Checks.given(WHERE, "handleUnknown", value))) {
      throw Errors.in(WHERE, "handleUnknown is not known.")
          .expected("error or ignore")
          .got(value)
          .fix("handleUnknown(\"ignore\")")
          .argument();
    }
    ignoresUnknown = value.equals("ignore");
    return this;
  }

  /**
   * Sets which category of each column gets no column of its own; none by default.
   *
   * @param value {@code first}, or null for none
   * @return this
   * @throws IllegalArgumentException if it is another word
   */
  public OneHotEncoder<T> drop(String value) {
    if (value != null && !value.equals("first")) {
      throw Errors.in(WHERE, "drop is not known.")
          .expected("first, or null")
          .got(value)
          .fix("drop(\"first\")")
          .argument();
    }
    dropsFirst = value != null;
    return this;
  }

  /**
   * Takes the categories of each column, in their natural order.
   *
   * @param x rows of as many values each
   * @return this
   * @throws IllegalArgumentException if there are no rows, or not all of one length
   */
  public OneHotEncoder<T> fit(List<? extends List<? extends T>> x) {
    List<Categories<T>> found = new ArrayList<>();
    int columns = Checks.given(WHERE, "x", x).isEmpty() ? 0 : row(x, 0, -1).size();
    for (int column = 0; column < columns; column++) {
      TreeSet<T> sorted = new TreeSet<>();
      for (int i = 0; i < x.size(); i++) {
        sorted.add(Checks.given(WHERE, "x[" + i + "]", row(x, i, columns).get(column)));
      }
      found.add(Categories.of(WHERE + ", column " + column, sorted));
    }
    if (found.isEmpty()) {
      throw Errors.in(WHERE, "there are no rows to fit.")
          .expected("one row or more, of one value or more")
          .got(x.size() + " rows of " + columns)
          .fix("pass the data to be encoded")
          .argument();
    }
    categories = found;
    return this;
  }

  private static <R extends List<?>> R row(List<R> x, int row, int columns) {
    R found = Checks.given(WHERE, "x[" + row + "]", x.get(row));
    if (columns >= 0 && found.size() != columns) {
      throw Errors.in(WHERE, "row " + row + " has another number of values.")
          .expected(columns + " values")
          .got(found.size())
          .fix("give each row one value for each column")
          .argument();
    }
    return found;
  }

  /**
   * Encodes rows.
   *
   * @param x rows of as many values as were fitted
   * @return {@code (rows, all categories)} of zeros and ones
   * @throws IllegalStateException if nothing was fitted
   * @throws IllegalArgumentException if a row has another length, or a category was not fitted
   */
  public FloatNdArray transform(List<? extends List<? extends T>> x) {
    List<Categories<T>> known = Table.fitted(WHERE + ".transform", categories);
    int width = known.stream().mapToInt(this::width).sum();
    float[] encoded = new float[Checks.given(WHERE, "x", x).size() * width];
    for (int i = 0; i < x.size(); i++) {
      List<? extends T> row = row(x, i, known.size());
      int first = i * width;
      for (int column = 0; column < known.size(); column++) {
        Categories<T> of = known.get(column);
        if (!ignoresUnknown || of.has(row.get(column))) {
          int place = of.place(row.get(column)) - (dropsFirst ? 1 : 0);
          if (place >= 0) {
            encoded[first + place] = 1;
          }
        }
        first += width(of);
      }
    }
    return FloatArrays.wrap(encoded, x.size(), width);
  }

  private int width(Categories<T> of) {
    return of.labels().size() - (dropsFirst ? 1 : 0);
  }

  /**
   * Fits and encodes the same rows.
   *
   * @param x rows of as many values each
   * @return {@code (rows, all categories)} of zeros and ones
   * @throws IllegalArgumentException if there are no rows, or not all of one length
   */
  public FloatNdArray fitTransform(List<? extends List<? extends T>> x) {
    return fit(x).transform(x);
  }

  /**
   * Undoes the encoding: the category of the greatest number of each column.
   *
   * @param x {@code (rows, all categories)}, also of probabilities
   * @return rows of categories; null where all are zero, unless that means the first
   * @throws IllegalStateException if nothing was fitted
   * @throws IllegalArgumentException if there are other columns
   */
  public List<List<T>> inverseTransform(Object x) {
    List<Categories<T>> known = Table.fitted(WHERE + ".inverseTransform", categories);
    int width = known.stream().mapToInt(this::width).sum();
    Table table = Table.like(WHERE, width, x);
    List<List<T>> rows = new ArrayList<>();
    for (int i = 0; i < table.rows; i++) {
      List<T> row = new ArrayList<>();
      int first = i * width;
      for (Categories<T> of : known) {
        int best = -1;
        for (int k = 0; k < width(of); k++) {
          boolean greater = best < 0 || table.values[first + k] > table.values[first + best];
          best = table.values[first + k] > 0 && greater ? k : best;
        }
        int place = dropsFirst ? best + 1 : best;
        row.add(place < 0 ? null : of.label(place));
        first += width(of);
      }
      rows.add(row);
    }
    return rows;
  }

  /** {@return the categories of each column, scikit-learn's {@code categories_}} */
  public List<List<T>> categories() {
    return Table.fitted(WHERE + ".categories", categories).stream()
        .map(Categories::labels)
        .toList();
  }

  @Override
  public String toString() {
    return "OneHotEncoder{handle_unknown="
        + (ignoresUnknown ? "ignore" : "error")
        + ", drop="
        + (dropsFirst ? "first" : "None")
        + "}";
  }
}
