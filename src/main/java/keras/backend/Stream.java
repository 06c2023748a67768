package keras.backend;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * The states of a model that is given one timestep at a time by somebody who keeps the states for
 * it: they come in with a timestep and go out with it, under names.
 */
public final class Stream {

  private final ProgramBuilder program;
  private final Map<String, Operand<TFloat32>> before = new LinkedHashMap<>();
  private final Map<String, Operand<TFloat32>> after = new LinkedHashMap<>();

  /**
   * A stream without states so far.
   *
   * @param program what the ops are added to
   */
  public Stream(ProgramBuilder program) {
    this.program = program;
  }

  /**
   * Adds a state.
   *
   * @param name as the caller is to know it; no other state's
   * @param units its width
   * @return the state before the timestep, (batch, units)
   */
  public Operand<TFloat32> before(String name, long units) {
    if (before.containsKey(name)) {
      throw new IllegalStateException("There is a state \"" + name + "\" already.");
    }
    Operand<TFloat32> state = program.input(name, Shape.of(Shape.UNKNOWN_SIZE, units));
    before.put(name, state);
    return state;
  }

  /**
   * Says what becomes of a state.
   *
   * @param name one of those that {@link #before} added
   * @param state the state after the timestep, (batch, units)
   */
  public void after(String name, Operand<TFloat32> state) {
    after.put(name, state);
  }

  /**
   * The states before the timestep.
   *
   * @return in the order in which they were added
   */
  public Map<String, Operand<TFloat32>> before() {
    return before;
  }

  /**
   * The states after the timestep.
   *
   * @return under the same names
   */
  public Map<String, Operand<TFloat32>> after() {
    return after;
  }
}
