package keras.internal.files;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the HDF5 library from logging each array and the padding in a file, unless somebody has
 * said what it shall log. For SLF4J's simple logger, java.util.logging and Logback.
 */
final class QuietHdf5 {

  private static final String LIBRARY = "io.jhdf";
  private static final String SIMPLE = "org.slf4j.simpleLogger.log." + LIBRARY;

  /** Kept, or java.util.logging would forget its level. */
  private static final Logger JAVA = Logger.getLogger(LIBRARY);

  private QuietHdf5() {}

  /** To be called before the library's first class is loaded. */
  static void start() {
    if (System.getProperty(SIMPLE) == null) {
      System.setProperty(SIMPLE, "error");
    }
    if (JAVA.getLevel() == null) {
      JAVA.setLevel(Level.SEVERE);
    }
    Object logger = LoggerFactory.getLogger(LIBRARY);
    try {
      Class<?> level = Class.forName("ch.qos.logback.classic.Level");
      if (logger.getClass().getMethod("getLevel").invoke(logger) == null) {
        logger
            .getClass()
            .getMethod("setLevel", level)
            .invoke(logger, level.getField("ERROR").get(null));
      }
    } catch (ReflectiveOperationException e) {
      return; // There is no Logback.
    }
  }
}
