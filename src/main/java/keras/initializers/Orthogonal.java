package keras.initializers;

import java.util.Map;
import keras.internal.graph.EagerOps;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.Qr;
import org.tensorflow.types.TFloat32;

/**
 * A matrix with orthonormal columns, or rows if there are fewer of them, times a gain: it keeps the
 * length of what it is multiplied with. Keras: {@code keras.initializers.Orthogonal}.
 *
 * <p>A weight of more dimensions is filled as the matrix of its last dimension by all the others.
 * The default of recurrent kernels in Keras.
 *
 * @see <a href="https://arxiv.org/abs/1312.6120">Saxe et al., Exact solutions to the nonlinear
 *     dynamics of learning in deep linear neural networks (2014)</a>
 */
public final class Orthogonal extends RandomInitializer<Orthogonal> {

  private double gain = 1;

  /** With gain 1. */
  public Orthogonal() {}

  /**
   * Sets the factor.
   *
   * @param factor the factor of the orthogonal matrix; 1 by default
   * @return this initializer
   */
  public Orthogonal gain(double factor) {
    gain = factor;
    return this;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the weight has fewer than two dimensions
   */
  @Override
  public float[] call(Shape shape) {
    Draws.size("Orthogonal", shape);
    int rank = shape.numDimensions();
    if (rank < 2) {
      throw Errors.in("Orthogonal", "only a matrix can start as an orthogonal one.")
          .expected("a weight of rank 2 or more")
          .got("shape " + Errors.shape(shape.asArray()))
          .fix("choose another initializer for this weight")
          .argument();
    }
    long columns = shape.get(rank - 1);
    long rows = shape.take(rank - 1).size();
    Shape tall = Shape.of(Math.max(rows, columns), Math.min(rows, columns));
    float[] random = Draws.normal(tall, nextSeed(), 0, 1);
    float[] values = EagerOps.run(tf -> orthogonal(tf, tall, random, rows < columns));
    for (int i = 0; i < values.length; i++) {
      values[i] *= (float) gain;
    }
    return values;
  }

  /**
   * Returns the orthogonal factor of A = QR, its signs chosen such that R has a positive diagonal.
   */
  private static Operand<TFloat32> orthogonal(Ops tf, Shape tall, float[] random, boolean wide) {
    Operand<TFloat32> a = tf.reshape(tf.constant(random), tf.constant(tall));
    Qr<TFloat32> factors = tf.linalg.qr(a);
    Operand<TFloat32> diagonal =
        tf.linalg.matrixDiagPart(factors.r(), tf.constant(0), tf.constant(0f));
    Operand<TFloat32> q = tf.math.mul(factors.q(), tf.math.sign(diagonal));
    return wide ? tf.linalg.transpose(q, tf.constant(new int[] {1, 0})) : q;
  }

  /**
   * Returns an initializer of its arguments. Keras: {@code Orthogonal.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new initializer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Orthogonal fromConfig(Config config) {
    Checks.notNull("Orthogonal.fromConfig", "config", config);
    Orthogonal made = new Orthogonal();
    config.number("gain", made::gain);
    return made.argumentsFrom(config);
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("gain", gain);
    return config;
  }

  @Override
  Orthogonal blank() {
    return new Orthogonal().gain(gain);
  }
}
