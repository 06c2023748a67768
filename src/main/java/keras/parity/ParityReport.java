package keras.parity;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import keras.internal.messages.Checks;
import keras.parity.Difference.Kind;

/**
 * The findings of {@link Parity#check}.
 *
 * @param kerasVersion the version of Keras that wrote the bundle
 * @param layers how many layers agree, in Keras's order, before the first that does not
 * @param steps how many training steps agree before the first that does not
 * @param difference the first difference; empty if all agrees
 * @param furthest the largest relative difference of what agrees
 * @param hints likely reasons: arguments that differ and the like
 * @param notes further remarks
 */
public record ParityReport(
    String kerasVersion,
    int layers,
    int steps,
    Optional<Difference> difference,
    double furthest,
    List<String> hints,
    List<String> notes) {

  /**
   * A report.
   *
   * @param kerasVersion the version of Keras
   * @param layers how many layers agree
   * @param steps how many steps agree
   * @param difference the first difference, if there is one
   * @param furthest the largest relative difference of what agrees
   * @param hints likely reasons
   * @param notes further remarks
   */
  public ParityReport {
    Checks.notNull("ParityReport", "difference", difference);
    hints = Checks.list("ParityReport", "hints", hints);
    notes = Checks.list("ParityReport", "notes", notes);
  }

  /**
   * Tells whether Java does as Keras does.
   *
   * @return true if every layer and every step agrees
   */
  public boolean agrees() {
    return difference.isEmpty();
  }

  /**
   * The report for people.
   *
   * @return several lines, without a line break at the end
   */
  public String text() {
    StringBuilder text = new StringBuilder();
    if (difference.isEmpty()) {
      text.append("The Java model agrees with Keras ").append(kerasVersion).append('.');
    } else {
      text.append("The Java model parts from Keras ").append(kerasVersion).append(" at ");
      text.append(place(difference.get())).append('.');
      describe(text, difference.get());
    }
    line(text, "agree:  ", agreement());
    hints.forEach(hint -> line(text, "hint:   ", hint));
    notes.forEach(note -> line(text, "note:   ", note));
    return text.toString();
  }

  private static String place(Difference found) {
    return switch (found.kind()) {
      case STEP -> "training step " + found.index() + ", " + found.name();
      case STRUCTURE ->
          found.index() < 0 ? found.name() : "layer " + found.index() + ", " + found.name();
      case LAYER, WEIGHT -> "layer " + found.index() + ", " + found.name();
    };
  }

  private static void describe(StringBuilder text, Difference found) {
    if (found.kind() == Kind.STRUCTURE || found.kind() == Kind.STEP) {
      line(text, "what:   ", found.what());
      line(text, "Keras:  ", found.first().keras());
      line(text, "Java:   ", found.first().java());
      return;
    }
    line(
        text,
        "what:   ",
        found.what()
            + " of shape "
            + found.shape()
            + ", "
            + found.wrong()
            + " of "
            + found.size()
            + " values are too far apart");
    line(text, "first:  ", found.first());
    line(text, "worst:  ", found.worst());
  }

  private String agreement() {
    String counts = plural(layers, "layer") + " and " + plural(steps, "training step");
    return furthest == 0
        ? counts
        : String.format(
            Locale.ROOT, "%s; the largest relative difference is %.1e", counts, furthest);
  }

  private static String plural(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  private static void line(StringBuilder text, String label, Object value) {
    text.append("\n  ").append(label).append(value);
  }
}
