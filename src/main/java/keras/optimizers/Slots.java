package keras.optimizers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import keras.backend.Variable;
import org.tensorflow.ndarray.Shape;

/**
 * The variables of an optimizer's own, in Keras's order: what it remembers of each variable that it
 * changes, and a few numbers. An optimizer of your own adds to them in {@link
 * Optimizer#addVariables}.
 */
public final class Slots {

  private final List<Variable> of;
  private final List<Variable> saved = new ArrayList<>();
  private final Map<Variable, Map<String, Variable>> slots = new HashMap<>();

  /**
   * Starts without any.
   *
   * @param of the variables that the optimizer changes
   */
  Slots(List<Variable> of) {
    this.of = List.copyOf(of);
  }

  /** The variables that the optimizer changes. */
  List<Variable> of() {
    return of;
  }

  /** Takes up a variable that was made elsewhere. */
  void add(Variable variable) {
    saved.add(variable);
  }

  /** Makes a number. */
  Variable addNumber(String name, double value) {
    Variable number = Variable.of(name, Shape.scalar(), new float[] {(float) value}, false);
    saved.add(number);
    return number;
  }

  /**
   * Adds zeros: for each variable one slot of each name. Keras: {@code
   * add_variable_from_reference}.
   *
   * @param names as {@code "momentum"}
   */
  public void addZeros(String... names) {
    for (Variable variable : of) {
      for (String slot : names) {
        saved.add(make(variable, slot, 0));
      }
    }
  }

  /** Adds a slot of one variable, filled with a number. */
  void addFilled(Variable variable, String slot, double value) {
    saved.add(make(variable, slot, value));
  }

  /**
   * Adds a slot of each variable, filled with a number.
   *
   * @param slot the name
   * @param value the number
   */
  public void addFilled(String slot, double value) {
    of.forEach(variable -> saved.add(make(variable, slot, value)));
  }

  /** Adds a slot of one variable that begins as the variable is now. */
  void addCopy(Variable variable, String slot) {
    Variable made = make(variable, slot, 0);
    made.assign(variable.floats());
    saved.add(made);
  }

  /** Adds a slot of one variable, of another shape than it and its name, filled with zeros. */
  void addZeros(Variable variable, String slot, Shape shape) {
    saved.add(
        put(
            variable,
            slot,
            Variable.of(variable.name(), shape, new float[(int) shape.size()], false)));
  }

  /** Makes slots of zeros that a kernel asks for, yet Keras does without: they are not saved. */
  void addHidden(String slot) {
    of.forEach(variable -> make(variable, slot, 0));
  }

  private Variable make(Variable variable, String slot, double value) {
    float[] values = new float[Math.toIntExact(variable.size())];
    Arrays.fill(values, (float) value);
    Variable made = Variable.of(variable.name() + "_" + slot, variable.shape(), values, false);
    return put(variable, slot, made);
  }

  private Variable put(Variable variable, String slot, Variable made) {
    slots.computeIfAbsent(variable, each -> new HashMap<>()).put(slot, made);
    return made;
  }

  /** Returns the slot of a variable under a name. */
  Variable get(Variable variable, String slot) {
    return slots.get(variable).get(slot);
  }

  /** The slots of several variables under a name. */
  List<Variable> get(List<Variable> variables, String slot) {
    return variables.stream().map(each -> get(each, slot)).toList();
  }

  /** Returns the slots that are saved, in Keras's order. */
  List<Variable> saved() {
    return List.copyOf(saved);
  }
}
