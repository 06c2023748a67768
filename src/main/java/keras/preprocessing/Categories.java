package keras.preprocessing;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import keras.internal.messages.Errors;

/**
 * Labels, and the place of each among them.
 *
 * @param <T> the kind of labels
 */
record Categories<T>(String where, List<T> labels, Map<T, Integer> places) {

  /** Numbers labels in their order. */
  static <T> Categories<T> of(String where, Collection<? extends T> labels) {
    if (labels.isEmpty()) {
      throw Errors.in(where, "there are no labels to fit.")
          .expected("one label or more")
          .got("none")
          .fix("pass the labels of the data")
          .argument();
    }
    Map<T, Integer> places = new LinkedHashMap<>();
    labels.forEach(label -> places.put(label, places.size()));
    return new Categories<>(where, List.copyOf(labels), places);
  }

  boolean has(Object label) {
    return places.containsKey(label);
  }

  int place(Object label) {
    Integer place = places.get(label);
    if (place == null) {
      throw Errors.in(where, "a label was not fitted.")
          .expected("one of " + labels)
          .got(label == null ? "null" : label.toString())
          .fix("fit the labels of all data, those to test with too")
          .argument();
    }
    return place;
  }

  T label(int place) {
    if (place < 0 || place >= labels.size()) {
      throw Errors.in(where, "there is no label of this number.")
          .expected("0 to " + (labels.size() - 1))
          .got(place)
          .fix("pass numbers that transform has given")
          .argument();
    }
    return labels.get(place);
  }
}
