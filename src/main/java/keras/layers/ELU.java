package keras.layers;

import java.util.LinkedHashMap;
import java.util.Map;
import keras.activations.Activations;
import keras.backend.LayerContext;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The exponential linear unit as a layer of its own: {@code x} above zero, {@code alpha · (exp(x) -
 * 1)} below. Keras: {@code keras.layers.ELU}.
 *
 * <p>Shapes: any → the same. A mask is passed on.
 *
 * @see <a href="https://arxiv.org/abs/1511.07289">Clevert et al., Fast and accurate deep network
 *     learning by exponential linear units (2015)</a>
 */
public final class ELU extends KerasLayer<ELU> {

  private double alpha = 1;

  /** With an alpha of 1. */
  public ELU() {}

  /**
   * Sets the limit of values far below zero, negated.
   *
   * @param value 1 by default
   * @return this layer
   */
  public ELU alpha(double value) {
    checkNotFrozen("alpha");
    alpha = value;
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
    return Activations.elu(alpha).call(context.tf(), inputs);
  }

  /**
   * Returns a layer of its arguments. Keras: {@code ELU.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static ELU fromConfig(Config config) {
    ELU layer = new ELU().common(config);
    config.number("alpha", layer::alpha);
    return layer;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> rest = super.getConfig();
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("name", rest.remove("name"));
    config.put("alpha", alpha);
    config.putAll(rest);
    return config;
  }
}
