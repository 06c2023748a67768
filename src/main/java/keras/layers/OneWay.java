package keras.layers;

import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * A layer that goes over the timesteps in one direction, as {@link Bidirectional} needs to know it.
 *
 * @param returnSequences whether it gives the outputs of all timesteps
 * @param returnState whether it gives its states as well
 * @param goBackwards whether it begins with the last timestep
 * @param copy gives a layer with the same arguments, which draws seeds of its own: of a name, and
 *     whether it goes backwards
 * @param zeroOutputForMask sets whether the outputs of masked timesteps are zero
 */
record OneWay(
    boolean returnSequences,
    boolean returnState,
    boolean goBackwards,
    BiFunction<String, Boolean, Layer<?>> copy,
    Consumer<Boolean> zeroOutputForMask) {

  /** Describes a layer; null if it is none of this kind. */
  static OneWay of(Layer<?> layer) {
    if (layer instanceof RecurrentArguments<?> recurrent) {
      return recurrent.oneWay();
    }
    return layer instanceof RNN rnn ? rnn.oneWay() : null;
  }
}
