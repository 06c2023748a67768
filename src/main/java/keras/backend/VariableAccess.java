package keras.backend;

import java.util.List;

/** Gives the library what it needs of variables. Internal: not for programs that use keras-java. */
public final class VariableAccess {

  /** Keeps the values of variables once a model runs. */
  public interface Home {

    /**
     * Copies values.
     *
     * @param variables which, all of them here
     * @return a {@code float[]} or {@code long[]} for each
     */
    List<Object> read(List<Variable> variables);

    /**
     * Copies a value.
     *
     * @param variable which
     * @return a {@code float[]} or {@code long[]}; null if the variable is no longer here
     */
    Object readIfHere(Variable variable);

    /**
     * Sets a value.
     *
     * @param variable which
     * @param value a {@code float[]} or {@code long[]}
     * @return false if the variable is no longer here
     */
    boolean writeIfHere(Variable variable, Object value);
  }

  private VariableAccess() {}

  /**
   * Tells where a variable's value is.
   *
   * @param variable which
   * @return null while it is in Java
   */
  public static Home home(Variable variable) {
    return variable.home();
  }

  /**
   * The name of a variable's resource.
   *
   * @param variable which
   * @return unique in the process
   */
  public static String sharedName(Variable variable) {
    return variable.sharedName();
  }

  /**
   * Sets a variable's path.
   *
   * @param variable which
   * @param path the names of the layers that it is in, and its own, with slashes between
   */
  public static void setPath(Variable variable, String path) {
    variable.setPath(path);
  }

  /**
   * Hands over a value, from Java or from the home that had it last.
   *
   * @param variable which
   * @param owner where it lives from now on
   * @return the value, a {@code float[]} or {@code long[]}
   */
  public static Object takenUpBy(Variable variable, Home owner) {
    return variable.takenUpBy(owner);
  }

  /**
   * Takes a value back from its home.
   *
   * @param variable which
   * @param value as it was stored there
   */
  public static void giveBack(Variable variable, Object value) {
    variable.givenBack(value);
  }

  /**
   * Stores a float variable's value times a factor, as an optimizer's kernel wants it. {@code
   * value()} and {@code assign} stay unscaled.
   *
   * @param variable which
   * @param factor not 0; to be set before the first program
   */
  public static void storeScaled(Variable variable, double factor) {
    variable.storeScaled(factor);
  }

  /**
   * Whether the stored value is scaled, so that {@code value()} may be rounded.
   *
   * @param variable which
   * @return true after {@link #storeScaled} with anything but 1
   */
  public static boolean isStoredScaled(Variable variable) {
    return variable.isStoredScaled();
  }

  /**
   * Copies the value as it is stored.
   *
   * @param variable which
   * @return numbers for {@link #assignStored}
   */
  public static float[] storedFloats(Variable variable) {
    return variable.storedFloats();
  }

  /**
   * Sets the stored value.
   *
   * @param variable which
   * @param values from {@link #storedFloats}; copied
   */
  public static void assignStored(Variable variable, float... values) {
    variable.assignStored(values);
  }
}
