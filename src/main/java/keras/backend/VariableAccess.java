package keras.backend;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.function.Supplier;

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
     * Returns the lock of its runs, which share it unless they change variables.
     *
     * @return the same at every call
     */
    ReadWriteLock runs();

    /**
     * Tells in which order homes are locked.
     *
     * @return a number that no other home has
     */
    long id();

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

  /** Listens to what one thread changes. */
  @FunctionalInterface
  public interface Watcher {

    /**
     * Called after a change, or before it.
     *
     * @param variables which have or get other values
     */
    void changed(Collection<Variable> variables);
  }

  private static final ThreadLocal<List<Watcher>> WATCHERS = new ThreadLocal<>();

  private VariableAccess() {}

  /**
   * Tells a watcher of what the calling thread changes from now on.
   *
   * @param watcher until {@link #unwatch}, by the same thread
   */
  public static void watch(Watcher watcher) {
    List<Watcher> all = WATCHERS.get();
    if (all == null) {
      all = new ArrayList<>();
      WATCHERS.set(all);
    }
    all.add(watcher);
  }

  /**
   * Ends what {@link #watch} began.
   *
   * @param watcher the same
   */
  public static void unwatch(Watcher watcher) {
    List<Watcher> all = WATCHERS.get();
    if (all != null && all.remove(watcher) && all.isEmpty()) {
      WATCHERS.remove();
    }
  }

  /**
   * Notes that the calling thread changes variables.
   *
   * @param variables which
   */
  public static void noteChange(Collection<Variable> variables) {
    List<Watcher> all = WATCHERS.get();
    if (all != null) {
      all.forEach(each -> each.changed(variables));
    }
  }

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
   * Does something while no run changes variables, so that their values belong to the same step.
   *
   * @param variables which
   * @param work what to do; must not build programs
   * @param <T> the result
   * @return its result
   */
  public static <T> T unchanged(Collection<Variable> variables, Supplier<T> work) {
    return holding(variables, false, work);
  }

  /**
   * Does something while no run reads variables, so that none sees a part of it.
   *
   * @param variables which
   * @param work what to do; must not build programs
   */
  public static void alone(Collection<Variable> variables, Runnable work) {
    holding(
        variables,
        true,
        () -> {
          work.run();
          return null;
        });
  }

  /** Locks all homes, the first that was made first, so that no two threads wait for each other. */
  private static <T> T holding(Collection<Variable> variables, boolean alone, Supplier<T> work) {
    while (true) {
      List<Lock> held = new ArrayList<>();
      List<Home> homes = homes(variables);
      try {
        for (Home home : homes) {
          Lock lock = alone ? home.runs().writeLock() : home.runs().readLock();
          lock.lock();
          held.add(lock);
        }
        if (homes.equals(homes(variables))) { // None has moved meanwhile.
          return work.get();
        }
      } finally {
        held.forEach(Lock::unlock);
      }
    }
  }

  private static List<Home> homes(Collection<Variable> variables) {
    return variables.stream()
        .map(Variable::home)
        .filter(Objects::nonNull)
        .distinct()
        .sorted(Comparator.comparingLong(Home::id))
        .toList();
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
