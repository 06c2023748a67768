package keras.utils;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.List;
import keras.internal.messages.Errors;

/** Lists of numbers, lists of such lists, and arrays of objects such as {@code Float[]}. */
final class NumberLists {

  private NumberLists() {}

  /** Tells whether data is of this kind; an empty list is not. */
  static boolean is(Object data) {
    List<?> elements = elements(data);
    if (elements == null || elements.isEmpty()) {
      return false;
    }
    Object first = elements.get(0);
    return isNumber(first) || is(first);
  }

  private static List<?> elements(Object data) {
    if (data instanceof List<?> list) {
      return list;
    }
    return data instanceof Object[] array ? Arrays.asList(array) : null;
  }

  private static boolean isNumber(Object value) {
    return value instanceof Number || value instanceof Boolean;
  }

  /** Returns the same as an array of primitive numbers: longs if all are whole, else doubles. */
  static Object array(Object data, String where) {
    return array(data, where, areWhole(data));
  }

  private static boolean areWhole(Object data) {
    List<?> elements = elements(data);
    return elements == null
        ? data instanceof Long || data instanceof Integer
        : elements.stream().allMatch(NumberLists::areWhole);
  }

  private static Object array(Object data, String where, boolean whole) {
    List<?> elements = elements(data);
    if (isNumber(elements.get(0)) && whole) {
      return elements.stream().mapToLong(each -> ((Number) each).longValue()).toArray();
    }
    if (isNumber(elements.get(0))) {
      double[] numbers = new double[elements.size()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = number(elements.get(i), where, i);
      }
      return numbers;
    }
    Object first = row(elements.get(0), where, 0, whole);
    Object rows = Array.newInstance(first.getClass(), elements.size());
    for (int i = 0; i < elements.size(); i++) {
      Object row = row(elements.get(i), where, i, whole);
      if (row.getClass() != first.getClass()) {
        throw wrong(where, i, "as many dimensions as at place 0", elements.get(i));
      }
      Array.set(rows, i, row);
    }
    return rows;
  }

  private static Object row(Object element, String where, int place, boolean whole) {
    if (!is(element)) {
      throw wrong(where, place, "numbers, or lists of numbers, none of them empty", element);
    }
    return array(element, where + "[" + place + "]", whole);
  }

  private static double number(Object element, String where, int place) {
    if (element instanceof Boolean truth) {
      return truth ? 1 : 0;
    }
    if (element instanceof Number number) {
      return number.doubleValue();
    }
    throw wrong(where, place, "a number", element);
  }

  private static IllegalArgumentException wrong(
      String where, int place, String expected, Object got) {
    return Errors.in(where + "[" + place + "]", "a list of numbers has something else in it.")
        .expected(expected)
        .got(got == null ? "null" : got.getClass().getSimpleName() + " " + got)
        .fix("leave it out, or put a number there")
        .argument();
  }
}
