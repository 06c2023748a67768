package keras.regularizers;

import java.util.List;
import java.util.Map;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.messages.Names;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/**
 * A penalty on rows, or columns, of a matrix that are not orthogonal to each other: {@code factor}
 * times the mean magnitude of the cosine between any two of them. Keras: {@code
 * keras.regularizers.OrthogonalRegularizer}.
 */
public final class OrthogonalRegularizer extends Regularizer {

  private static final List<String> MODES = List.of("rows", "columns");

  /** The greatest reciprocal of a norm: 1 / {@code keras.config.epsilon()}. */
  private static final float MAX_INVERSE_NORM = (float) (1 / 1e-7);

  private double factor = 0.01;
  private String mode = "rows";

  /** With the factor 0.01, over rows. */
  public OrthogonalRegularizer() {}

  /**
   * Sets the factor.
   *
   * @param value a finite number, 0 or more; 0.01 by default
   * @return this regularizer
   * @throws IllegalArgumentException if it is not
   */
  public OrthogonalRegularizer factor(double value) {
    factor = Factors.check("OrthogonalRegularizer", "factor", value);
    return this;
  }

  /**
   * Sets what shall become orthogonal.
   *
   * @param name {@code "rows"}, the default, or {@code "columns"}
   * @return this regularizer
   * @throws IllegalArgumentException for any other string
   */
  public OrthogonalRegularizer mode(String name) {
    Checks.notNull("OrthogonalRegularizer", "mode", name);
    if (!MODES.contains(name)) {
      throw Names.unknown("OrthogonalRegularizer mode", name, MODES);
    }
    mode = name;
    return this;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if x is no matrix
   */
  @Override
  public Operand<TFloat32> call(Ops tf, Operand<TFloat32> x) {
    Checks.operands("OrthogonalRegularizer", tf, x);
    if (x.shape().numDimensions() != 2) {
      throw Errors.in(
              "OrthogonalRegularizer", "only the rows or columns of a matrix can be orthogonal.")
          .expected("an array of rank 2")
          .got("shape " + Errors.shape(x.shape().asArray()))
          .fix("regularize this array with L1 or L2")
          .argument();
    }
    boolean rows = mode.equals("rows");
    Operand<TFloat32> squares =
        tf.reduceSum(tf.math.square(x), tf.constant(rows ? 1 : 0), ReduceSum.keepDims(true));
    Operand<TFloat32> inverseNorms =
        tf.math.minimum(tf.math.rsqrt(squares), tf.constant(MAX_INVERSE_NORM));
    Operand<TFloat32> unit = tf.math.mul(x, inverseNorms);
    Operand<TFloat32> cosines =
        tf.linalg.matMul(unit, unit, MatMul.transposeA(!rows), MatMul.transposeB(rows));
    Operand<TFloat32> size =
        tf.dtypes.cast(tf.squeeze(tf.shape.size(x, tf.constant(rows ? 0 : 1))), TFloat32.class);
    Operand<TFloat32> pairs = tf.math.mul(size, tf.math.sub(size, tf.constant(1f)));
    Operand<TFloat32> withThemselves =
        tf.linalg.bandPart(cosines, tf.constant(0L), tf.constant(0L));
    Operand<TFloat32> others = sumOfMagnitudes(tf, tf.math.sub(cosines, withThemselves));
    return tf.math.mul(tf.constant((float) factor), tf.math.div(others, pairs));
  }

  /**
   * Returns a regularizer of its arguments. Keras: {@code OrthogonalRegularizer.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new regularizer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static OrthogonalRegularizer fromConfig(Config config) {
    Checks.notNull("OrthogonalRegularizer.fromConfig", "config", config);
    OrthogonalRegularizer made = new OrthogonalRegularizer();
    config.number("factor", made::factor);
    config.text("mode", made::mode);
    return made;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("factor", (double) (float) factor);
    config.put("mode", mode);
    return config;
  }
}
