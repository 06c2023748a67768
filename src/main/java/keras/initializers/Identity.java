package keras.initializers;

import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.utils.Config;
import org.tensorflow.ndarray.Shape;

/**
 * The identity matrix, which need not be square, times a gain. Keras: {@code
 * keras.initializers.Identity}, which leaves the gain out of its configuration, and so does this.
 */
public final class Identity extends Initializer {

  private double gain = 1;

  /** With gain 1. */
  public Identity() {}

  /**
   * Sets the factor.
   *
   * @param factor the elements of the diagonal; 1 by default
   * @return this initializer
   */
  public Identity gain(double factor) {
    gain = factor;
    return this;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the weight is no matrix
   */
  @Override
  public float[] call(Shape shape) {
    Draws.size("Identity", shape);
    if (shape.numDimensions() != 2) {
      throw Errors.in("Identity", "only a matrix can start as an identity.")
          .expected("a weight of rank 2")
          .got("shape " + Errors.shape(shape.asArray()))
          .fix("choose another initializer for this weight")
          .argument();
    }
    int columns = (int) shape.get(1);
    float[] values = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < values.length; i++) {
      // A product, so that a negative gain gives Keras's negative zeros.
      values[i] = (float) gain * (i / columns == i % columns ? 1 : 0);
    }
    return values;
  }

  /**
   * Returns an initializer of its arguments. Keras: {@code Identity.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new initializer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Identity fromConfig(Config config) {
    Checks.notNull("Identity.fromConfig", "config", config);
    Identity made = new Identity();
    config.number("gain", made::gain);
    return made;
  }
}
