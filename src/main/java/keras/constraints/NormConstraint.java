package keras.constraints;

import java.util.Arrays;
import java.util.Map;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;

/**
 * A constraint on the lengths of the vectors that a weight consists of.
 *
 * <p>In a dense kernel (inputs, units) axis 0 makes a vector of what flows into each unit; in a
 * convolution kernel (rows, columns, channels, filters) axes 0, 1 and 2 do.
 *
 * @param <S> the class itself, which chained calls return
 */
public abstract class NormConstraint<S extends NormConstraint<S>> extends Constraint {

  /** {@code keras.config.epsilon()}. */
  private static final float EPSILON = 1e-7f;

  private int[] axes = {0};

  /** As Keras was told: a number or a list of numbers. */
  private Object axis = 0;

  NormConstraint() {}

  /**
   * Sets the axis along which a vector lies.
   *
   * @param value an axis of the weight, from 0, or from -1 backwards; 0 by default
   * @return this constraint
   */
  public S axis(int value) {
    axes = new int[] {value};
    axis = value;
    return self();
  }

  /**
   * Sets the axes that a vector fills.
   *
   * @param values axes of the weight
   * @return this constraint
   */
  public S axis(int... values) {
    Checks.notNull(getClass().getSimpleName(), "axis", values);
    axes = values.clone();
    axis = Arrays.stream(values).boxed().toList();
    return self();
  }

  /** With the axis of a configuration, if it has one. */
  final S axisFrom(Config config) {
    Checks.notNull(getClass().getSimpleName() + ".fromConfig", "config", config);
    if (config.value("axis") instanceof Number) {
      return axis(config.integer("axis"));
    }
    return config.given("axis") ? axis(config.integers("axis")) : self();
  }

  /** Returns the lengths, 1 along each axis. */
  final Operand<TFloat32> norms(Ops tf, Operand<TFloat32> w) {
    checkAxes(w.shape());
    return tf.math.sqrt(
        tf.reduceSum(tf.math.square(w), tf.constant(axes), ReduceSum.keepDims(true)));
  }

  private void checkAxes(Shape w) {
    int rank = w.numDimensions();
    for (int each : axes) {
      if (each < -rank || each >= rank) {
        throw Errors.in(getClass().getSimpleName(), "the weight has no axis " + each + ".")
            .expected(rank == 0 ? "a weight with axes" : "axes from " + -rank + " to " + (rank - 1))
            .got("axis(" + each + ") for a weight " + Errors.shape(w.asArray()))
            .fix("axis(0) for each unit of a dense or recurrent layer")
            .argument();
      }
    }
  }

  /** Returns the divisor that gives unit length: never zero. */
  static Operand<TFloat32> divisor(Ops tf, Operand<TFloat32> norms) {
    return tf.math.add(tf.constant(EPSILON), norms);
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("axis", axis);
    return config;
  }

  @SuppressWarnings("unchecked")
  private S self() {
    return (S) this;
  }
}
