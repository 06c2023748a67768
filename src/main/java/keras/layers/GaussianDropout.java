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
 * Multiplies its inputs by normally distributed numbers around one in training, whose standard
 * deviation is {@code sqrt(rate / (1 - rate))}, and does nothing otherwise. Keras: {@code
 * keras.layers.GaussianDropout}.
 *
 * <p>Shapes: any → the same. A mask is passed on.
 *
 * @see <a href="https://jmlr.org/papers/v15/srivastava14a.html">Srivastava et al., Dropout: a
 *     simple way to prevent neural networks from overfitting (2014)</a>
 */
public final class GaussianDropout extends RandomLayer<GaussianDropout> {

  private final double rate;

  /**
   * A dropout layer.
   *
   * @param rate as in {@link Dropout}, 0 to 1
   * @throws IllegalArgumentException if it is out of that range
   */
  public GaussianDropout(double rate) {
    this.rate = Arguments.rate("GaussianDropout", "rate", rate);
  }

  @Override
  boolean draws() {
    return rate > 0;
  }

  @Override
  MaskedTensor disturbed(Tape tape, SeedState seeds, Operand<TFloat32> inputs) {
    float stddev = (float) Math.sqrt(rate / (1 - rate));
    SeedState.Draw draw =
        new SeedState.Draw(
            (tf, shape, key, algorithm) ->
                tf.math.add(
                    tf.math.mul(
                        tf.random.statelessRandomNormalV2(
                            shape, key.key(), key.counter(), algorithm),
                        tf.constant(stddev)),
                    tf.constant(1f)),
            true,
            Dims.from(tape.tf(), inputs, 1));
    Operand<TFloat32> factors = seeds.draw(tape, List.of(draw)).get(0);
    return tape.op(inputs, (context, own) -> context.tf().math.mul(own, factors));
  }

  /**
   * Returns a layer of its arguments. Keras: {@code GaussianDropout.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static GaussianDropout fromConfig(Config config) {
    Checks.notNull("GaussianDropout.fromConfig", "config", config);
    return new GaussianDropout(config.number("rate")).common(config).seedFrom(config);
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("rate", rate);
    config.put("seed", givenSeed());
    return config;
  }
}
