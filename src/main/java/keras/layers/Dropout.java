package keras.layers;

import java.util.List;
import keras.internal.graph.MaskedTensor;
import keras.internal.graph.Tape;
import keras.internal.messages.Checks;
import keras.internal.ops.DropoutMask;
import keras.internal.ops.SeedState;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Sets a fraction of its inputs to zero in training and scales the others up by {@code 1 / (1 -
 * rate)}, so that the sum stays the same on average. Does nothing otherwise. Keras: {@code
 * keras.layers.Dropout}.
 *
 * <p>Shapes: any → the same. A mask is passed on.
 *
 * @see <a href="https://jmlr.org/papers/v15/srivastava14a.html">Srivastava et al., Dropout: a
 *     simple way to prevent neural networks from overfitting (2014)</a>
 */
public final class Dropout extends Dropping<Dropout> {

  /**
   * A dropout layer.
   *
   * @param rate the fraction that is dropped, 0 to 1
   * @throws IllegalArgumentException if it is out of that range
   */
  public Dropout(double rate) {
    super(rate);
  }

  @Override
  MaskedTensor disturbed(Tape tape, SeedState seeds, Operand<TFloat32> inputs) {
    Operand<TFloat32> mask =
        DropoutMask.draw(
                tape,
                seeds,
                List.of(new DropoutMask(rate(), perSample(), noiseOfSample(tape.tf(), inputs))))
            .get(0);
    return tape.op(inputs, (context, own) -> context.tf().math.mul(own, mask));
  }

  /**
   * Returns a layer of its arguments. Keras: {@code Dropout.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Dropout fromConfig(Config config) {
    Checks.notNull("Dropout.fromConfig", "config", config);
    return new Dropout(config.number("rate")).common(config).droppingFrom(config);
  }
}
