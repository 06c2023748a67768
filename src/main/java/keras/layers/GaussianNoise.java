package keras.layers;

import java.util.List;
import java.util.Map;
import keras.internal.graph.Dims;
import keras.internal.graph.MaskedTensor;
import keras.internal.graph.Tape;
import keras.internal.messages.Checks;
import keras.internal.ops.SeedState;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Adds normally distributed noise around zero in training, and does nothing otherwise. Keras:
 * {@code keras.layers.GaussianNoise}.
 *
 * <p>Shapes: any → the same. A mask is passed on.
 */
public final class GaussianNoise extends RandomLayer<GaussianNoise> {

  private final double stddev;

  /**
   * A noise layer.
   *
   * @param stddev the standard deviation of the noise, 0 to 1
   * @throws IllegalArgumentException if it is out of that range
   */
  public GaussianNoise(double stddev) {
    this.stddev =
        Arguments.fraction(
            "GaussianNoise", "stddev", stddev, "scale the inputs, and the noise with them");
  }

  @Override
  boolean draws() {
    return stddev > 0;
  }

  @Override
  MaskedTensor disturbed(Tape tape, SeedState seeds, Operand<TFloat32> inputs) {
    SeedState.Draw draw =
        new SeedState.Draw(
            (tf, shape, key, algorithm) ->
                tf.math.mul(
                    tf.random.statelessRandomNormalV2(shape, key.key(), key.counter(), algorithm),
                    tf.constant((float) stddev)),
            true,
            Dims.from(tape.tf(), inputs, 1));
    Operand<TFloat32> noise = seeds.draw(tape, List.of(draw)).get(0);
    return tape.op(inputs, (context, own) -> context.tf().math.add(own, noise));
  }

  /**
   * Returns a layer of its arguments. Keras: {@code GaussianNoise.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static GaussianNoise fromConfig(Config config) {
    Checks.notNull("GaussianNoise.fromConfig", "config", config);
    return new GaussianNoise(config.number("stddev")).common(config).seedFrom(config);
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("stddev", stddev);
    config.put("seed", givenSeed());
    return config;
  }
}
