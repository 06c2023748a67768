package keras.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;

/** The last line of every example: {@code RESULT} and its figures as JSON. */
final class ResultLine {

  private static final double NANOS = 1e9;
  private static final ObjectMapper JSON =
      new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

  private ResultLine() {}

  /** Prints a record of figures, under their names with underscores; the record again. */
  static <R extends Record> R print(R result) {
    try {
      System.out.println("RESULT " + JSON.writeValueAsString(result));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("No JSON can be made of " + result, e);
    }
    return result;
  }

  /** How many seconds have gone by since {@link System#nanoTime} was {@code start}. */
  static double secondsSince(long start) {
    return (System.nanoTime() - start) / NANOS;
  }
}
