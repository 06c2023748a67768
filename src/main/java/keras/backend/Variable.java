package keras.backend;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.utils.FloatArrays;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;

/**
 * A named array that outlives a run: a layer's weight, an optimizer's slot, a recurrent layer's
 * state. Keras: {@code keras.Variable}.
 *
 * <p>A new variable keeps its value in Java. Once a model that runs has taken it up, the value
 * lives in TensorFlow and is copied on each {@link #value()} and {@link #assign(FloatNdArray)}.
 */
public final class Variable {

  /** The type of a variable's elements. */
  public enum Type {
    /** 32-bit floating point: weights, slots, states. */
    FLOAT32,
    /** 64-bit integers: counters. */
    INT64
  }

  private static final AtomicLong COUNT = new AtomicLong();

  private final String name;
  private String path;
  private final Type type;
  private final Shape shape;
  private final String sharedName;
  private boolean trainable;
  private TensorFunction regularizer;
  private TensorFunction constraint;

  private Object host;
  private double factor = 1;
  private VariableAccess.Home home;

  private Variable(String name, Type type, Shape shape, boolean trainable, Object host) {
    this.name = name;
    this.path = name;
    this.type = type;
    this.shape = shape;
    this.trainable = trainable;
    this.host = host;
    this.sharedName = "keras_" + COUNT.getAndIncrement();
  }

  /**
   * Returns a variable of 32-bit floats.
   *
   * @param name the last part of its path, as {@code "kernel"}
   * @param shape its dimensions, all known
   * @param values its first value, row by row; not copied
   * @param trainable whether an optimizer may change it
   * @return the variable
   * @throws IllegalArgumentException if something is null, or if the value does not fill the shape
   */
  public static Variable of(String name, Shape shape, float[] values, boolean trainable) {
    Checks.notNull("Variable \"" + name + "\"", "values", values);
    checkFills(name, shape, values.length);
    return new Variable(name, Type.FLOAT32, shape, trainable, values);
  }

  /**
   * Returns a variable of 64-bit integers, which no optimizer changes: a counter.
   *
   * @param name the last part of its path, as {@code "iteration"}
   * @param shape its dimensions; {@link Shape#scalar()} for a single number
   * @param values its first value; not copied
   * @return the variable
   * @throws IllegalArgumentException if something is null, or if the value does not fill the shape
   */
  public static Variable ofLongs(String name, Shape shape, long... values) {
    Checks.notNull("Variable \"" + name + "\"", "values", values);
    checkFills(name, shape, values.length);
    return new Variable(name, Type.INT64, shape, false, values);
  }

  private static void checkFills(String name, Shape shape, int count) {
    Checks.notNull("Variable", "name", name);
    Checks.notNull("Variable \"" + name + "\"", "shape", shape);
    if (shape.isUnknown() || shape.hasUnknownDimension() || count != shape.size()) {
      throw Errors.in("Variable \"" + name + "\"", "its first value does not fill its shape.")
          .expected("a shape that is known, and as many numbers as it holds")
          .got(count + " numbers for " + Errors.shape(shape.asArray()))
          .fix("give as many numbers as the shape holds")
          .argument();
    }
  }

  /**
   * The last part of the variable's path.
   *
   * @return for example {@code "recurrent_kernel"}
   */
  public String name() {
    return name;
  }

  /**
   * Returns the names of the layers that the variable was made in, and its own. Keras: {@code
   * variable.path}.
   *
   * @return with slashes between, for example {@code "lstm/lstm_cell/kernel"}; the name alone for a
   *     variable of no layer
   */
  public String path() {
    return path;
  }

  void setPath(String value) {
    path = value;
  }

  /**
   * Returns the element type.
   *
   * @return float32 for everything but counters
   */
  public Type type() {
    return type;
  }

  /**
   * The dimensions, all known.
   *
   * @return the shape
   */
  public Shape shape() {
    return shape;
  }

  /**
   * Returns the number of elements.
   *
   * @return the product of the dimensions
   */
  public long size() {
    return shape.size();
  }

  /**
   * Whether an optimizer may change the variable.
   *
   * @return true for weights that are not frozen
   */
  public boolean trainable() {
    return trainable;
  }

  /**
   * Freezes or thaws the variable. Programs that were built before keep to what was then.
   *
   * @param value whether an optimizer may change the variable
   */
  public void setTrainable(boolean value) {
    trainable = value;
  }

  /**
   * The penalty that this variable adds to the loss.
   *
   * @return a function to a scalar, or null
   */
  public TensorFunction regularizer() {
    return regularizer;
  }

  /**
   * Sets what this variable adds to the loss.
   *
   * @param function a function to a scalar, or null
   * @return this variable
   */
  public Variable regularizer(TensorFunction function) {
    regularizer = function;
    return this;
  }

  /**
   * Returns the constraint that is applied after each update.
   *
   * @return a function to the same shape, or null
   */
  public TensorFunction constraint() {
    return constraint;
  }

  /**
   * Sets what the variable is put through after each update.
   *
   * @param function a function to the same shape, or null
   * @return this variable
   */
  public Variable constraint(TensorFunction function) {
    constraint = function;
    return this;
  }

  /**
   * Returns a copy of the value of a float variable.
   *
   * @return the numbers, in the variable's shape
   */
  public FloatNdArray value() {
    return FloatArrays.wrap(floats(), shape.asArray());
  }

  /**
   * A copy of the value of a float variable, row by row.
   *
   * @return as many numbers as the shape holds
   */
  public float[] floats() {
    return (float[]) current(1);
  }

  /**
   * Returns a copy of the value of an integer variable.
   *
   * @return as many numbers as the shape holds
   */
  public long[] longs() {
    return (long[]) current(1);
  }

  /**
   * A copy of the value times a number. This variable's lock is not held while the engine is asked:
   * the engine holds its own when it takes a variable up.
   */
  private Object current(double times) {
    while (true) {
      VariableAccess.Home now;
      synchronized (this) {
        now = home;
        if (now == null) {
          Object copy = host instanceof float[] floats ? floats.clone() : ((long[]) host).clone();
          return times(times, copy);
        }
      }
      Object value = now.readIfHere(this);
      if (value != null) {
        return times(times / factor, value);
      }
    }
  }

  /**
   * Sets the value of a float variable.
   *
   * @param value the numbers, in the variable's shape
   * @throws IllegalArgumentException if the shape is another one
   */
  public void assign(FloatNdArray value) {
    if (value == null) {
      checkCount(-1);
    }
    if (!value.shape().equals(shape)) {
      throw Errors.in("Variable \"" + name + "\"", "a value of another shape cannot be assigned.")
          .expected(Errors.shape(shape.asArray()))
          .got(Errors.shape(value.shape().asArray()))
          .fix("give an array of the variable's shape")
          .argument();
    }
    float[] values = new float[(int) value.size()];
    value.copyTo(DataBuffers.of(values));
    assign(values);
  }

  /**
   * Sets the value of a float variable, row by row.
   *
   * @param values as many numbers as the shape holds; copied
   * @throws IllegalArgumentException if there are more or fewer
   */
  public void assign(float... values) {
    checkCount(values == null ? -1 : values.length);
    put(values.clone());
  }

  /**
   * Sets the value of an integer variable, or of a float variable from whole numbers.
   *
   * @param values as many numbers as the shape holds; copied
   * @throws IllegalArgumentException if there are more or fewer
   */
  public void assign(long... values) {
    checkCount(values == null ? -1 : values.length);
    if (type == Type.FLOAT32) {
      float[] floats = new float[values.length];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = values[i];
      }
      put(floats);
    } else {
      put(values.clone());
    }
  }

  /** Sets every element of a float variable to zero. */
  public void assignZeros() {
    put(new float[(int) size()]);
  }

  private void checkCount(int count) {
    if (count != size()) {
      throw Errors.in("Variable \"" + name + "\"", "the values do not fill its shape.")
          .expected(size() + " numbers for " + Errors.shape(shape.asArray()))
          .got(count < 0 ? "null" : count + " numbers")
          .fix("give as many numbers as the shape holds")
          .argument();
    }
  }

  private void put(Object values) {
    VariableAccess.noteChange(List.of(this));
    while (true) {
      VariableAccess.Home now;
      synchronized (this) {
        now = home;
        if (now == null) {
          host = values;
          return;
        }
      }
      if (now.writeIfHere(this, times(factor, values))) {
        return;
      }
    }
  }

  /**
   * Stores a float variable's value times a factor; {@link #value} and {@link #assign} stay
   * unscaled.
   */
  synchronized void storeScaled(double number) {
    factor = number;
  }

  /** Whether the stored value is scaled, so that {@link #value} may be rounded. */
  synchronized boolean isStoredScaled() {
    return factor != 1;
  }

  /** Returns a copy of the value as it is stored, for putting it back exactly. */
  float[] storedFloats() {
    return (float[]) current(factor);
  }

  /** Sets the stored value. */
  void assignStored(float... values) {
    checkCount(values.length);
    while (true) {
      VariableAccess.Home now;
      synchronized (this) {
        now = home;
        if (now == null) {
          host = times(1 / factor, values.clone());
          return;
        }
      }
      if (now.writeIfHere(this, values.clone())) {
        return;
      }
    }
  }

  String sharedName() {
    return sharedName;
  }

  synchronized VariableAccess.Home home() {
    return home;
  }

  /** Hands over the value to an engine, from Java or from the engine that had it last. */
  Object takenUpBy(VariableAccess.Home owner) {
    VariableAccess.Home other = home();
    Object elsewhere = other == null ? null : other.read(List.of(this)).get(0);
    synchronized (this) {
      Object first = other == null ? times(factor, host) : elsewhere;
      home = owner;
      host = null;
      return first;
    }
  }

  /** Takes the value back from an engine. */
  synchronized void givenBack(Object value) {
    host = times(1 / factor, value);
    home = null;
  }

  private static Object times(double factor, Object values) {
    if (factor == 1) {
      return values;
    }
    float[] numbers = ((float[]) values).clone();
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) (numbers[i] * factor);
    }
    return numbers;
  }

  @Override
  public String toString() {
    return name + " " + type + Arrays.toString(shape.asArray());
  }
}
