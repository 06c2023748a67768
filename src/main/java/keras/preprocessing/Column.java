package keras.preprocessing;

import java.lang.reflect.Array;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.function.IntUnaryOperator;
import keras.internal.text.PythonFormat;

/** A column of a {@link DataFrame}: numbers, texts or dates. Never changed once it is made. */
final class Column {
  private static final DateTimeFormatter PRINTED =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  final double[] numbers;
  final String[] texts;
  final LocalDateTime[] dates;

  private Column(double[] numbers, String[] texts, LocalDateTime[] dates) {
    this.numbers = numbers;
    this.texts = texts;
    this.dates = dates;
  }

  static Column ofNumbers(double... numbers) {
    return new Column(numbers, null, null);
  }

  static Column ofTexts(String... texts) {
    return new Column(null, texts, null);
  }

  static Column ofDates(LocalDateTime... dates) {
    return new Column(null, null, dates);
  }

  /** Names the kind, for messages. */
  String kind() {
    if (numbers != null) {
      return "numbers";
    }
    return texts != null ? "texts" : "dates";
  }

  private Object values() {
    if (numbers != null) {
      return numbers;
    }
    return texts != null ? texts : dates;
  }

  boolean isMissing(int row) {
    return numbers != null ? Double.isNaN(numbers[row]) : Array.get(values(), row) == null;
  }

  /** Returns the value of a row as pandas writes it, empty if it is missing. */
  String text(int row) {
    if (isMissing(row)) {
      return "";
    }
    if (dates != null) {
      return dates[row].format(PRINTED);
    }
    return numbers != null ? PythonFormat.repr(numbers[row]) : texts[row];
  }

  /** Returns the values of other rows; negative ones are missing. */
  Column rows(int count, IntUnaryOperator from) {
    Object values = values();
    Object taken = Array.newInstance(values.getClass().getComponentType(), count);
    for (int i = 0; i < count; i++) {
      int row = from.applyAsInt(i);
      if (row >= 0) {
        Array.set(taken, i, Array.get(values, row));
      } else if (numbers != null) {
        Array.set(taken, i, Double.NaN);
      }
    }
    if (numbers != null) {
      return ofNumbers((double[]) taken);
    }
    return texts != null ? ofTexts((String[]) taken) : ofDates((LocalDateTime[]) taken);
  }
}
