package keras.layers;

import java.util.List;
import java.util.Map;
import keras.activations.Activations;
import keras.backend.Call;
import keras.backend.Tape;
import keras.backend.Value;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Puts every number through a function. Keras: {@code keras.layers.Activation}.
 *
 * <p>Shapes: any → the same. A mask is passed on.
 */
public final class Activation extends Layer<Activation> {

  private final keras.activations.Activation activation;

  /**
   * An activation as a layer of its own.
   *
   * @param activation a {@link keras.activations.Activation}, its name, or null for none
   * @throws IllegalArgumentException if there is none of that name
   */
  public Activation(Object activation) {
    this.activation = Activations.get(activation);
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
  public List<Value> forward(Tape tape, List<Value> inputs) {
    return activation == Activations.linear()
        ? List.of(regularized(tape, inputs.get(0)))
        : super.forward(tape, inputs);
  }

  @Override
  protected Operand<TFloat32> call(Call call, Operand<TFloat32> inputs) {
    return activation.call(call.tf(), inputs);
  }

  /**
   * A layer of its arguments. Keras: {@code Activation.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Activation fromConfig(Config config) {
    return new Activation(config.identifier("activation")).common(config);
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("activation", Activations.serialize(activation));
    return config;
  }
}
