package keras.layers;

import java.util.List;
import keras.internal.graph.MaskedTensor;
import keras.internal.graph.Tape;
import keras.internal.messages.Checks;
import keras.internal.ops.SeedState;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Drops a fraction of its inputs in training, so that their mean and variance stay: for layers
 * after a {@code "selu"}. Does nothing otherwise. Keras: {@code keras.layers.AlphaDropout}.
 *
 * <p>Shapes: any → the same. A mask is passed on.
 *
 * @see <a href="https://arxiv.org/abs/1706.02515">Klambauer et al., Self-normalizing neural
 *     networks (2017)</a>
 */
public final class AlphaDropout extends Dropping<AlphaDropout> {

  private static final double ALPHA = 1.6732632423543772;
  private static final double SCALE = 1.0507009873554805;

  /** Stands for a dropped input: the lowest value of {@code "selu"}. */
  private static final double DROPPED = -ALPHA * SCALE;

  /**
   * A dropout layer.
   *
   * @param rate the fraction that is dropped, 0 to 1
   * @throws IllegalArgumentException if it is out of that range
   */
  public AlphaDropout(double rate) {
    super(rate);
  }

  @Override
  MaskedTensor disturbed(Tape tape, SeedState seeds, Operand<TFloat32> inputs) {
    double factor = 1 / Math.sqrt((1 - rate()) * (1 + rate() * DROPPED * DROPPED));
    SeedState.Draw draw =
        new SeedState.Draw(
            (tf, shape, key, algorithm) ->
                tf.dtypes.cast(
                    tf.math.greaterEqual(
                        tf.random.statelessRandomUniformV2(
                            shape, key.key(), key.counter(), algorithm),
                        tf.constant((float) rate())),
                    TFloat32.class),
            perSample(),
            noiseOfSample(tape.tf(), inputs));
    Operand<TFloat32> kept = seeds.draw(tape, List.of(draw)).get(0);
    return tape.op(
        inputs,
        (context, own) -> {
          Ops tf = context.tf();
          Operand<TFloat32> put =
              tf.math.mul(tf.constant((float) DROPPED), tf.math.sub(tf.constant(1f), kept));
          return tf.math.add(
              tf.math.mul(tf.constant((float) factor), tf.math.add(tf.math.mul(own, kept), put)),
              tf.constant((float) (-factor * DROPPED * rate())));
        });
  }

  /**
   * Returns a layer of its arguments. Keras: {@code AlphaDropout.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static AlphaDropout fromConfig(Config config) {
    Checks.notNull("AlphaDropout.fromConfig", "config", config);
    return new AlphaDropout(config.number("rate")).common(config).droppingFrom(config);
  }
}
