package keras.internal.code;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A Java expression: a start, as {@code new LSTM(4)} or {@code "relu"}, and calls chained to it. It
 * is laid out as google-java-format does it.
 */
final class Expression {

  private static final int WIDTH = 100;

  private static final String FURTHER = "    ";

  /** A call; the arguments are null for what is no call. */
  private record Call(String name, List<Expression> arguments) {
    String oneLine() {
      return arguments == null ? name : name + "(" + joined(arguments) + ")";
    }
  }

  private final Call start;
  private final List<Call> chained = new ArrayList<>();

  private Expression(Call start) {
    this.start = start;
  }

  /** Something without parts, as a number or a name. */
  static Expression literal(String text) {
    return new Expression(new Call(text, null));
  }

  /** A call, as of a constructor. */
  static Expression of(String name, List<Expression> arguments) {
    return new Expression(new Call(name, arguments));
  }

  /** This, with one more call chained to it. */
  Expression call(String name, List<Expression> arguments) {
    chained.add(new Call("." + name, arguments));
    return this;
  }

  /** Tells whether any call is chained to the start. */
  boolean isChain() {
    return !chained.isEmpty();
  }

  String oneLine() {
    return start.oneLine() + chained.stream().map(Call::oneLine).collect(Collectors.joining());
  }

  private static String joined(List<Expression> arguments) {
    return arguments.stream().map(Expression::oneLine).collect(Collectors.joining(", "));
  }

  /**
   * Returns the text, in lines that are short enough where that is possible.
   *
   * @param indent how far in it starts; lines after the first are further in
   * @param after how many characters follow in its last line
   */
  String laidOut(String indent, int after) {
    if (fits(indent, oneLine(), after)) {
      return oneLine();
    }
    String inner = indent + FURTHER;
    int last = chained.size() - 1;
    boolean joins = start.arguments == null && start.name.length() <= FURTHER.length();
    // Arguments of a call before a dot are further in than those of one after it.
    String ofStart = last < (joins ? 1 : 0) ? indent : inner;
    StringBuilder text = new StringBuilder();
    text.append(broken(start, ofStart, indent.length(), last < 0 ? after : 0));
    for (int i = 0; i <= last; i++) {
      boolean first = joins && i == 0;
      text.append(first ? "" : "\n" + inner);
      int column = first ? indent.length() + start.name.length() : inner.length();
      text.append(broken(chained.get(i), first ? ofStart : inner, column, i == last ? after : 0));
    }
    return text.toString();
  }

  private static String broken(Call call, String indent, int column, int after) {
    boolean fits = column + call.oneLine().length() + after <= WIDTH;
    return call.arguments == null || fits
        ? call.oneLine()
        : call.name + "(" + arguments(call.arguments, indent + FURTHER, after + 1) + ")";
  }

  private static String arguments(List<Expression> arguments, String indent, int after) {
    if (fits(indent, joined(arguments), after)) {
      return "\n" + indent + joined(arguments);
    }
    return arguments.stream()
        .map(each -> "\n" + indent + each.laidOut(indent, after))
        .collect(Collectors.joining(","));
  }

  private static boolean fits(String before, String text, int after) {
    return before.length() + text.length() + after <= WIDTH;
  }

  /** Returns the statement that declares a variable with this. */
  String declaration(String indent, String type, String variable) {
    String start = indent + type + " " + variable + " =";
    return fits(start, " " + oneLine(), 1)
        ? start + " " + oneLine() + ";\n"
        : start + "\n" + indent + FURTHER + laidOut(indent + FURTHER, 1) + ";\n";
  }

  /** Returns the statement that calls a method with this. */
  String statement(String indent, String call) {
    String whole = call + "(" + oneLine() + ");";
    if (fits(indent, whole, 0)) {
      return indent + whole + "\n";
    }
    String inner = indent + FURTHER;
    return indent + call + "(\n" + inner + laidOut(inner, 2) + ");\n";
  }

  /** Returns the statement that calls a method with a function that gives this. */
  String lambda(String indent, String call, String parameter) {
    String arrow = parameter + " ->";
    String whole = call + "(" + arrow + " " + oneLine() + ");";
    if (fits(indent, whole, 0)) {
      return indent + whole + "\n";
    }
    String inner = indent + FURTHER;
    String body =
        fits(inner + arrow + " ", oneLine(), 2)
            ? " " + oneLine()
            : "\n" + inner + FURTHER + laidOut(inner + FURTHER, 2);
    return indent + call + "(\n" + inner + arrow + body + ");\n";
  }
}
