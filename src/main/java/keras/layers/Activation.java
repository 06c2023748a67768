package keras.layers;

import java.util.List;
import java.util.Map;
import keras.activations.Activations;
import keras.backend.LayerContext;
import keras.internal.graph.MaskedTensor;
import keras.internal.graph.Tape;
import keras.internal.messages.Checks;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Puts every number through a function. Keras: {@code keras.layers.Activation}.
 *
 * <p>Shapes: any → the same. A mask is passed on.
 */
public final class Activation extends KerasLayer<Activation> {

  private final keras.activations.Activation activation;

  /**
   * An activation as a layer of its own.
   *
   * @param name of an activation
   * @throws IllegalArgumentException if there is none of that name
   */
  public Activation(String name) {
    this(Activations.get(name));
  }

  /**
   * An activation as a layer of its own.
   *
   * @param function an activation
   */
  public Activation(keras.activations.Activation function) {
    this.activation = Activations.get(function);
  }

  @Override
  boolean builtAtOnce() {
    return true;
  }

  @Override
  protected boolean supportsMasking() {
    return true;
  }

  /**
   * As in Keras, what a linear activation gives is its very input: a loss still sees the softmax or
   * sigmoid before it.
   */
  @Override
  protected List<MaskedTensor> forward(Tape tape, List<MaskedTensor> inputs) {
    return activation == Activations.linear()
        ? List.of(regularized(tape, inputs.get(0)))
        : super.forward(tape, inputs);
  }

  @Override
  protected Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs) {
    return activation.call(context.tf(), inputs);
  }

  /**
   * Returns a layer of its arguments. Keras: {@code Activation.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Activation fromConfig(Config config) {
    Checks.notNull("Activation.fromConfig", "config", config);
    return new Activation(Activations.get(config.identifier("activation"))).common(config);
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("activation", Activations.serialize(activation));
    return config;
  }
}
