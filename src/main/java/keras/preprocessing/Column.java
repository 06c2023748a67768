package keras.preprocessing;

import java.lang.reflect.Array;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.IntUnaryOperator;
import keras.internal.messages.Errors;
import keras.internal.text.PythonFormat;
import keras.utils.FloatArrays;

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

  /** Returns a column of an array or a list, in which null is missing. */
  static Column of(Object values, String where) {
    Object[] objects = values instanceof Collection<?> list ? list.toArray() : null;
    objects = values instanceof Object[] array ? array : objects;
    if (objects == null && FloatArrays.of(values, where).rank() == 1) {
      return ofNumbers(FloatArrays.doubles(values, where));
    }
    if (objects != null && all(objects, Number.class)) {
      return ofNumbers(
          Arrays.stream(objects)
              .mapToDouble(each -> each == null ? Double.NaN : ((Number) each).doubleValue())
              .toArray());
    }
    if (objects != null && all(objects, String.class)) {
      return ofTexts(Arrays.copyOf(objects, objects.length, String[].class));
    }
    if (objects != null && all(objects, LocalDateTime.class)) {
      return ofDates(Arrays.copyOf(objects, objects.length, LocalDateTime[].class));
    }
    throw Errors.in(where, "these are no values of a column.")
        .expected("one number, text or date for each row, all of one kind")
        .got(values.getClass().getSimpleName())
        .fix("give a double[], a List<String> or a List<LocalDateTime>")
        .argument();
  }

  private static boolean all(Object[] objects, Class<?> type) {
    return Arrays.stream(objects).allMatch(each -> each == null || type.isInstance(each));
  }

  int rows() {
    return Array.getLength(values());
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
