package keras.preprocessing;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import keras.internal.messages.Checks;

/**
 * Numbers labels from 0 on, in their natural order: scikit-learn's {@code
 * sklearn.preprocessing.LabelEncoder}.
 *
 * <pre>{@code
 * LabelEncoder<String> encoder = new LabelEncoder<>();
 * int[] y = encoder.fitTransform(List.of("paris", "tokyo", "paris")); // 0, 1, 0
 * encoder.inverseTransform(1); // tokyo
 * }</pre>
 *
 * @param <T> the kind of labels, such as {@code String} or {@code Integer}
 */
public final class LabelEncoder<T extends Comparable<? super T>> {
  private static final String WHERE = "LabelEncoder";

  private Categories<T> classes;

  /** An encoder that is not fitted yet. */
  public LabelEncoder() {}

  /**
   * Takes the labels that there are.
   *
   * @param labels labels in any order, each as often as it comes
   * @return this
   * @throws IllegalArgumentException if there are none, or one is null
   */
  public LabelEncoder<T> fit(Collection<? extends T> labels) {
    TreeSet<T> sorted = new TreeSet<>();
    for (T label : Checks.given(WHERE, "labels", labels)) {
      sorted.add(Checks.given(WHERE, "a label", label));
    }
    classes = Categories.of(WHERE, sorted);
    return this;
  }

  /**
   * Numbers labels.
   *
   * @param labels labels that were fitted
   * @return the place of each among {@link #classes}
   * @throws IllegalStateException if nothing was fitted
   * @throws IllegalArgumentException if a label was not fitted
   */
  public int[] transform(Collection<? extends T> labels) {
    Categories<T> known = Table.fitted(WHERE + ".transform", classes);
    return Checks.given(WHERE, "labels", labels).stream().mapToInt(known::place).toArray();
  }

  /**
   * Fits and numbers the same labels.
   *
   * @param labels labels in any order
   * @return the place of each among {@link #classes}
   * @throws IllegalArgumentException if there are none, or one is null
   */
  public int[] fitTransform(Collection<? extends T> labels) {
    return fit(labels).transform(labels);
  }

  /**
   * Undoes the numbering.
   *
   * @param numbers places among {@link #classes}
   * @return their labels
   * @throws IllegalStateException if nothing was fitted
   * @throws IllegalArgumentException if there is no such place
   */
  public List<T> inverseTransform(int... numbers) {
    Categories<T> known = Table.fitted(WHERE + ".inverseTransform", classes);
    return Arrays.stream(Checks.given(WHERE, "numbers", numbers)).mapToObj(known::label).toList();
  }

  /** {@return the labels in their natural order, scikit-learn's {@code classes_}} */
  public List<T> classes() {
    return Table.fitted(WHERE + ".classes", classes).labels();
  }

  @Override
  public String toString() {
    return "LabelEncoder{classes=" + (classes == null ? "not fitted" : classes.labels()) + "}";
  }
}
