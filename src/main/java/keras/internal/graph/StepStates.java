package keras.internal.graph;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * The states of a model that is given one timestep at a time by somebody who keeps the states for
 * it: they come in with a timestep and go out with it, under names.
 */
public final class StepStates {

  /** One state. */
  public static final class State {
    private final String name;
    private final Operand<TFloat32> before;
    private Operand<TFloat32> after;

    private State(String name, Operand<TFloat32> before) {
      this.name = name;
      this.before = before;
      this.after = before;
    }

    /**
     * Returns the name that the caller knows it by.
     *
     * @return letters, digits and underscores; no other state's
     */
    public String name() {
      return name;
    }

    /**
     * The state before the timestep.
     *
     * @return (batch, units)
     */
    public Operand<TFloat32> before() {
      return before;
    }

    /**
     * Returns the state after the timestep.
     *
     * @return (batch, units)
     */
    public Operand<TFloat32> after() {
      return after;
    }

    /**
     * Says what becomes of the state.
     *
     * @param value the state after the timestep, (batch, units)
     */
    public void after(Operand<TFloat32> value) {
      after = value;
    }
  }

  private final ProgramBuilder program;
  private final Set<String> taken;
  private final List<State> states = new ArrayList<>();

  /**
   * A stream without states so far.
   *
   * @param program the program that the ops are added to
   * @param taken names that no state may have
   */
  public StepStates(ProgramBuilder program, Set<String> taken) {
    this.program = program;
    this.taken = new HashSet<>(taken);
  }

  /**
   * Adds a state.
   *
   * @param name its name; it gets a number where that is taken
   * @param units its width
   * @return the state
   */
  public State add(String name, long units) {
    String unique = identifier(name, taken);
    taken.add(unique);
    State state = new State(unique, program.input(unique, Shape.of(Shape.UNKNOWN_SIZE, units)));
    states.add(state);
    return state;
  }

  /**
   * Returns the states.
   *
   * @return in the order in which they were added
   */
  public List<State> states() {
    return List.copyOf(states);
  }

  /**
   * A name that can be an argument's name in Python, made as TensorFlow makes them.
   *
   * @param name any text
   * @param taken names that it must not be
   * @return letters, digits and underscores
   */
  public static String identifier(String name, Set<String> taken) {
    String plain = name.replaceAll("[^A-Za-z0-9_]", "_");
    String first = plain.matches("[A-Za-z_].*") ? plain : "arg_" + plain;
    String unique = first;
    for (int i = 1; taken.contains(unique); i++) {
      unique = first + "_" + i;
    }
    return unique;
  }
}
