package keras.initializers;

import java.util.LinkedHashMap;
import java.util.Map;
import keras.internal.messages.Described;
import org.tensorflow.ndarray.Shape;

/**
 * Gives a weight its first values. Keras: {@code keras.initializers.Initializer}.
 *
 * <p>An initializer of your own extends this class and says what {@link #call} gives:
 *
 * <pre>{@code
 * final class Sevens extends Initializer {
 *   public float[] call(Shape shape) {
 *     float[] values = new float[(int) shape.size()];
 *     Arrays.fill(values, 7);
 *     return values;
 *   }
 * }
 * }</pre>
 */
public abstract class Initializer {

  /** For subclasses. */
  protected Initializer() {}

  /**
   * Returns the first values of a weight.
   *
   * @param shape the weight's dimensions, all known
   * @return as many numbers as the shape holds, row by row; a new array
   */
  public abstract float[] call(Shape shape);

  /**
   * The arguments, under the names that Keras gives them.
   *
   * @return a new map, in Keras's order
   */
  public Map<String, Object> getConfig() {
    return new LinkedHashMap<>();
  }

  /**
   * Draws the seed that a random initializer was not given, if that has not happened yet. An
   * initializer that a layer knows by its name leaves it to the layer to say when, in the order of
   * Keras's constructor; see {@link keras.internal.random.SeedOrder} for the others. Does nothing
   * for an initializer that needs no seed.
   */
  public void drawSeed() {}

  /**
   * Another initializer with the same arguments. One that was given no seed draws its own. Keras:
   * {@code clone()}.
   *
   * @return a new one; the same one where there is nothing that could differ
   */
  public Initializer copy() {
    return this;
  }

  @Override
  public String toString() {
    return Described.by(this, this::getConfig);
  }
}
