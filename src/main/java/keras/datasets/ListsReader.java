package keras.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import keras.internal.messages.Errors;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.Unpickler;

/**
 * Lists of whole numbers, as NumPy pickles an array of Python's lists. As in Keras, an array is all
 * that is built: other classes are refused, and so is whatever such an array does not need. See
 * {@code keras/src/datasets/npz_utils.py}.
 */
final class ListsReader {
  private static final Set<String> ALLOWED =
      Set.of(
          "numpy ndarray",
          "numpy dtype",
          "numpy.core.multiarray _reconstruct",
          "numpy._core.multiarray _reconstruct");
  private static final int LONGEST_NAME = 100;
  private static final int BYTES_PER_STEP = 64;

  private final String where;
  private final long mostSteps;
  private long numbersRead;

  ListsReader(String where) {
    this(where, Runtime.getRuntime().maxMemory() / 2 / BYTES_PER_STEP);
  }

  ListsReader(String where, long mostSteps) {
    this.where = where;
    this.mostSteps = mostSteps;
  }

  /** Reads the lists. */
  List<int[]> read(InputStream content) {
    Object array = null;
    try {
      array = new Arrays().load(content);
    } catch (IllegalArgumentException e) {
      boolean own = String.valueOf(e.getMessage()).startsWith(where);
      throw own ? e : damaged(e.toString());
    } catch (IOException | RuntimeException e) {
      throw damaged(e.toString()); // The library throws what it meets as it comes.
    }
    if (!(array instanceof NumpyArray numpy) || !(numpy.content() instanceof List<?> rows)) {
      throw damaged("another object");
    }
    return rows.stream().map(this::row).toList();
  }

  private int[] row(Object row) {
    if (!(row instanceof List<?> numbers)) {
      throw damaged("a row that is no list");
    }
    numbersRead += numbers.size();
    if (numbersRead > mostSteps) { // The same list may stand in many places.
      throw tooLarge();
    }
    return numbers.stream().mapToInt(this::number).toArray();
  }

  private int number(Object value) {
    if (!(value instanceof Integer number)) {
      throw damaged(
          "a row with " + (value == null ? "None" : "a " + value.getClass().getSimpleName()));
    }
    return number;
  }

  private IllegalArgumentException tooLarge() {
    return Errors.in(where, "the lists do not fit into the memory.")
        .expected("at most " + mostSteps + " numbers, half of the heap")
        .got("more")
        .fix("give the JVM more memory with -Xmx")
        .argument();
  }

  private IllegalArgumentException damaged(String got) {
    return Errors.in(where, "these are no lists of whole numbers, or the file is damaged.")
        .expected("an array of lists of whole numbers")
        .got(got)
        .fix("delete the file, and download it again")
        .argument();
  }

  /** An array while it is being built: its state is a tuple that ends in its content. */
  private static final class NumpyArray implements IObjectConstructor {
    private Object[] state = {};

    @Override
    public Object construct(Object[] arguments) {
      return new NumpyArray();
    }

    Object content() {
      return state.length == 0 ? null : state[state.length - 1];
    }
  }

  /** The steps of a pickle that arrays need. */
  private final class Arrays extends Unpickler {
    private long steps;

    @Override
    protected Object dispatch(short key) throws IOException {
      if (++steps > mostSteps) {
        throw tooLarge();
      }
      switch (key) {
        case Opcodes.GLOBAL -> build(line(), line());
        case Opcodes.STACK_GLOBAL -> {
          Object name = stack.pop();
          build(stack.pop(), name);
        }
        case Opcodes.BUILD -> {
          Object state = stack.pop();
          if (!(stack.peek() instanceof NumpyArray array) || !(state instanceof Object[] tuple)) {
            throw damaged("a state of another object");
          }
          array.state = tuple;
        }
        case Opcodes.BINUNICODE -> stack.add(text(Integer.toUnsignedLong(littleEndian())));
        case Opcodes.STOP,
            Opcodes.PROTO,
            Opcodes.FRAME,
            Opcodes.MARK,
            Opcodes.MEMOIZE,
            Opcodes.BINPUT,
            Opcodes.LONG_BINPUT,
            Opcodes.BINGET,
            Opcodes.LONG_BINGET,
            Opcodes.NONE,
            Opcodes.NEWTRUE,
            Opcodes.NEWFALSE,
            Opcodes.BININT,
            Opcodes.BININT1,
            Opcodes.BININT2,
            Opcodes.SHORT_BINUNICODE,
            Opcodes.SHORT_BINBYTES,
            Opcodes.SHORT_BINSTRING,
            Opcodes.TUPLE,
            Opcodes.TUPLE1,
            Opcodes.TUPLE2,
            Opcodes.TUPLE3,
            Opcodes.EMPTY_TUPLE,
            Opcodes.EMPTY_LIST,
            Opcodes.APPEND,
            Opcodes.APPENDS,
            Opcodes.REDUCE -> {
          return super.dispatch(key);
        }
        default -> throw damaged("the step " + key + " of a pickle, which no array needs");
      }
      return NO_RETURN_VALUE;
    }

    private void build(Object module, Object name) {
      if (!ALLOWED.contains(module + " " + name)) {
        throw Errors.in(where, "the file asks for a class that no array needs.")
            .expected("NumPy's ndarray, dtype and _reconstruct")
            .got(module + "." + name)
            .fix("do not use this file: its maker means harm, or it is damaged")
            .argument();
      }
      stack.add(new NumpyArray());
    }

    private int littleEndian() throws IOException {
      byte[] bytes = input.readNBytes(Integer.BYTES);
      if (bytes.length < Integer.BYTES) {
        throw damaged("an end in the middle");
      }
      return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }

    private String text(long length) throws IOException {
      if (length > LONGEST_NAME) {
        throw damaged("a text of " + length + " bytes");
      }
      return new String(input.readNBytes((int) length), StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int next = input.read(); next != '\n'; next = input.read()) {
        if (next < 0 || line.length() == LONGEST_NAME) {
          throw damaged("the name \"" + line + "\" of a class");
        }
        line.append((char) next);
      }
      return line.toString();
    }
  }
}
