package keras.layers;

import java.util.Map;
import keras.backend.LayerContext;
import keras.regularizers.L1L2;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Adds a penalty on its input to the loss, divided by the batch size, and gives the input as it is.
 * Keras: {@code keras.layers.ActivityRegularization}.
 *
 * <p>Shapes: any → the same. A mask is passed on.
 */
public final class ActivityRegularization extends KerasLayer<ActivityRegularization> {

  private double l1;
  private double l2;

  /** Without a penalty, unless {@link #l1} or {@link #l2} is set. */
  public ActivityRegularization() {}

  /**
   * Sets the factor of the sum of all magnitudes.
   *
   * @param factor 0 by default
   * @return this layer
   * @throws IllegalArgumentException if it is negative
   */
  public ActivityRegularization l1(double factor) {
    checkNotFrozen("l1");
    l1 = Arguments.notNegative("ActivityRegularization", "l1", factor);
    activityRegularizer(new L1L2().l1(l1).l2(l2));
    return this;
  }

  /**
   * Sets the factor of the sum of all squares.
   *
   * @param factor 0 by default
   * @return this layer
   * @throws IllegalArgumentException if it is negative
   */
  public ActivityRegularization l2(double factor) {
    checkNotFrozen("l2");
    l2 = Arguments.notNegative("ActivityRegularization", "l2", factor);
    activityRegularizer(new L1L2().l1(l1).l2(l2));
    return this;
  }

  @Override
  boolean builtAtOnce() {
    return true;
  }

  @Override
  protected boolean supportsMasking() {
    return true;
  }

  @Override
  protected Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs) {
    return context.tf().identity(inputs);
  }

  /**
   * Returns a layer of its arguments. Keras: {@code ActivityRegularization.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static ActivityRegularization fromConfig(Config config) {
    ActivityRegularization layer = new ActivityRegularization().common(config);
    config.number("l1", layer::l1);
    config.number("l2", layer::l2);
    return layer;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.remove("activity_regularizer");
    config.put("l1", l1);
    config.put("l2", l2);
    return config;
  }
}
