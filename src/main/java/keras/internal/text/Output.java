package keras.internal.text;

import java.io.Console;
import java.io.Flushable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import keras.internal.messages.Checks;

/**
 * Where progress bars, summaries and the messages of callbacks go: standard output, or whatever a
 * program puts in its place.
 *
 * <p>It also knows what the place can show: whether it is a terminal, on which a line can be drawn
 * again, how many columns it has, and which characters. A character that it cannot show is replaced
 * by a plain one: {@code =} for the bar's heavy line, {@code +}, {@code -} and {@code |} for the
 * frame of a table. Instances are immutable and may be shared.
 */
public final class Output {
  private static final int DEFAULT_COLUMNS = 80;
  private static final String RICH = "━─┃│┏┳┓┡╇┩├┼┤└┴┘…";
  private static final String PLAIN = "=-||++++++++++++.";

  private static final Output STANDARD =
      new Output(null, isInteractive(), columnsFrom(System.getenv("COLUMNS")), standardCharset());

  /** Null stands for {@code System.out} as it is when something is printed. */
  private final Appendable sink;

  private final boolean terminal;
  private final int columns;
  private final Charset charset;

  private Output(Appendable sink, boolean terminal, int columns, Charset charset) {
    this.sink = sink;
    this.terminal = terminal;
    this.columns = columns;
    this.charset = charset;
  }

  /**
   * Returns the program's standard output, {@code System.out} as it is at each call.
   *
   * @return an output that is a terminal if the program was started on one, and as wide as the
   *     environment variable {@code COLUMNS} says, or 80
   */
  public static Output standard() {
    return STANDARD;
  }

  /**
   * Any other place: a {@code StringBuilder}, a {@code Writer}, a {@code PrintStream}.
   *
   * @param sink takes the text; it is flushed after each message if it can be
   * @return an output that is no terminal, 80 columns wide, and shows every character
   */
  public static Output to(Appendable sink) {
    return new Output(sink, false, DEFAULT_COLUMNS, StandardCharsets.UTF_8);
  }

  /**
   * Says whether a line can be drawn again here.
   *
   * @param value whether backspaces and ANSI colours work
   * @return a copy with that answer
   */
  public Output terminal(boolean value) {
    return new Output(sink, value, columns, charset);
  }

  /**
   * Says how wide the place is.
   *
   * @param value how many characters a line holds
   * @return a copy of that width
   */
  public Output columns(int value) {
    return new Output(sink, terminal, Checks.positive("Output", "columns", value), charset);
  }

  /**
   * Says which characters the place can show.
   *
   * @param value a character set; others are replaced by plain ones
   * @return a copy for that character set
   */
  public Output charset(Charset value) {
    return new Output(sink, terminal, columns, value);
  }

  /** {@return whether a line can be drawn again here} */
  public boolean isTerminal() {
    return terminal;
  }

  /** {@return how many characters a line holds} */
  public int columns() {
    return columns;
  }

  /**
   * Prints a text and nothing after it.
   *
   * @param text the text
   * @throws UncheckedIOException if the place given does not take it
   */
  public void print(String text) {
    Appendable place = sink == null ? System.out : sink;
    try {
      place.append(showable(text));
      if (place instanceof Flushable flushable) {
        flushable.flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Output: cannot write \"" + text.strip() + "\".", e);
    }
  }

  /**
   * Prints a text and ends the line.
   *
   * @param text the text
   * @throws UncheckedIOException if the place given does not take it
   */
  public void println(String text) {
    print(text + "\n");
  }

  private String showable(String text) {
    CharsetEncoder encoder = charset.newEncoder();
    if (encoder.canEncode(text)) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text);
    for (int i = 0; i < plain.length(); i++) {
      int at = RICH.indexOf(plain.charAt(i));
      if (at >= 0 && !encoder.canEncode(plain.charAt(i))) {
        plain.setCharAt(i, PLAIN.charAt(at));
      }
    }
    return plain.toString();
  }

  /** Up to Java 21 there is a console only on a terminal; from 22 on it has to be asked. */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isInteractive() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  private static Charset standardCharset() {
    String name =
        System.getProperty("stdout.encoding", System.getProperty("sun.stdout.encoding", ""));
    try {
      return name.isEmpty() ? Charset.defaultCharset() : Charset.forName(name);
    } catch (IllegalArgumentException e) {
      return Charset.defaultCharset();
    }
  }

  private static int columnsFrom(String variable) {
    try {
      int columns = variable == null ? 0 : Integer.parseInt(variable.strip());
      return columns > 0 ? columns : DEFAULT_COLUMNS;
    } catch (NumberFormatException e) {
      return DEFAULT_COLUMNS;
    }
  }
}
