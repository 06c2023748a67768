package keras.internal.messages;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.NOPLogger;

/**
 * Tells the user what Keras warns of: over SLF4J, and on the standard error stream of a program
 * without logging, where SLF4J would drop it. There the same text comes once, as in Python.
 */
public final class Warnings {

  private static final int MOST = 1000;
  private static final Set<String> SHOWN = ConcurrentHashMap.newKeySet();

  private Warnings() {}

  /**
   * Warns.
   *
   * @param source the class whose logger it is
   * @param format the text, with a {@code {}} for each argument
   * @param arguments what stands there
   */
  public static void warn(Class<?> source, String format, Object... arguments) {
    Logger logger = LoggerFactory.getLogger(source);
    if (!(logger instanceof NOPLogger)) {
      logger.warn(format, arguments);
      return;
    }
    String text = MessageFormatter.basicArrayFormat(format, arguments);
    if (SHOWN.size() < MOST && SHOWN.add(text)) {
      System.err.println("keras-java: " + text);
    }
  }
}
