package keras.parity;

/**
 * The first place at which a Java model parts from Keras's.
 *
 * @param kind the kind of thing that is not the same
 * @param index which layer in Keras's order, or which step, from 0
 * @param name the layer's name in Keras; or the name of the loss or metric
 * @param what the part of it, such as {@code output} or {@code shape of the kernel}
 * @param shape the shape of what was compared; empty for a {@link Kind#STRUCTURE} or a {@link
 *     Kind#STEP}
 * @param wrong how many values are further apart than the tolerance allows
 * @param size how many values were compared
 * @param first the first value that is too far
 * @param worst the value that is furthest
 */
public record Difference(
    Kind kind,
    int index,
    String name,
    String what,
    String shape,
    long wrong,
    long size,
    Pair first,
    Pair worst) {

  /** The kind of thing that differs. */
  public enum Kind {
    /** Layers, or the shapes of weights, inputs or outputs. */
    STRUCTURE,
    /** The output of a layer for the first batch. */
    LAYER,
    /** The values of a weight, where the model was compared with its own. */
    WEIGHT,
    /** The loss or a metric of a training step. */
    STEP
  }

  /**
   * Two values that should be the same.
   *
   * @param position where they are, such as {@code [0, 3]}; empty for what is no array
   * @param keras Keras's
   * @param java Java's
   */
  public record Pair(String position, String keras, String java) {

    @Override
    public String toString() {
      return (position.isEmpty() ? "" : "at " + position + " ")
          + "Keras has "
          + keras
          + ", Java "
          + java;
    }
  }

  static Difference structure(int index, String name, String what, String keras, String java) {
    Pair pair = new Pair("", keras, java);
    return new Difference(Kind.STRUCTURE, index, name, what, "", 1, 1, pair, pair);
  }
}
