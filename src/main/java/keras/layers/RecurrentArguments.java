package keras.layers;

import java.util.Map;
import keras.utils.Config;

/**
 * The arguments that all recurrent layers have.
 *
 * @param <S> the layer, so that chained calls keep their type
 */
public abstract class RecurrentArguments<S extends RecurrentArguments<S>> extends CellArguments<S> {

  boolean returnSequences;
  boolean returnState;
  boolean goBackwards;
  boolean stateful;
  boolean unroll;
  boolean zeroOutputForMask;

  RecurrentArguments(String layer, int units) {
    super(layer, units);
  }

  @Override
  void copyFrom(S other) {
    super.copyFrom(other);
    returnSequences = other.returnSequences;
    returnState = other.returnState;
    goBackwards = other.goBackwards;
    stateful = other.stateful;
    unroll = other.unroll;
    zeroOutputForMask = other.zeroOutputForMask;
  }

  /** Returns a new layer of as many units, with Keras's defaults. */
  abstract S fresh();

  /** Returns this layer as {@link Bidirectional} needs to know it. */
  final OneWay oneWay() {
    return new OneWay(
        returnSequences, returnState, goBackwards, this::copy, value -> zeroOutputForMask = value);
  }

  private S copy(String name, boolean backwards) {
    freeze();
    S copy = fresh();
    copy.copyFrom(self());
    copy.goBackwards(backwards);
    copy.name(name);
    return copy;
  }

  /**
   * Sets whether the outputs of all timesteps are given, or the last one only.
   *
   * @param value false by default
   * @return this layer
   */
  public S returnSequences(boolean value) {
    checkNotFrozen("returnSequences");
    returnSequences = value;
    return self();
  }

  /**
   * Sets whether the states at the end are given as well, after the output.
   *
   * @param value false by default
   * @return this layer
   */
  public S returnState(boolean value) {
    checkNotFrozen("returnState");
    returnState = value;
    return self();
  }

  /**
   * Sets whether the timesteps are gone through from last to first; the outputs come in that order.
   *
   * @param value false by default
   * @return this layer
   */
  public S goBackwards(boolean value) {
    checkNotFrozen("goBackwards");
    goBackwards = value;
    return self();
  }

  /**
   * Sets whether a batch starts with the states that the batch before it ended with, sample by
   * sample. Needs a fixed batch size.
   *
   * @param value false by default
   * @return this layer
   */
  public S stateful(boolean value) {
    checkNotFrozen("stateful");
    stateful = value;
    return self();
  }

  /**
   * Sets whether the timesteps are written out instead of looped over; needs a known number of
   * them. By default the quicker one is taken.
   *
   * @param value false by default
   * @return this layer
   */
  public S unroll(boolean value) {
    checkNotFrozen("unroll");
    unroll = value;
    return self();
  }

  /**
   * Sets whether the output of a masked timestep is zero, instead of the one before it.
   *
   * @param value false by default
   * @return this layer
   */
  public S zeroOutputForMask(boolean value) {
    checkNotFrozen("zeroOutputForMask");
    zeroOutputForMask = value;
    return self();
  }

  /** With the arguments of a configuration that all recurrent layers have. */
  final S recurrentFrom(Config config) {
    common(config);
    config.bool("return_sequences", this::returnSequences);
    config.bool("return_state", this::returnState);
    config.bool("go_backwards", this::goBackwards);
    config.bool("stateful", this::stateful);
    config.bool("unroll", this::unroll);
    config.bool("zero_output_for_mask", this::zeroOutputForMask);
    readCellArguments(config);
    return self();
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("return_sequences", returnSequences);
    config.put("return_state", returnState);
    config.put("go_backwards", goBackwards);
    config.put("stateful", stateful);
    config.put("unroll", unroll);
    config.put("zero_output_for_mask", zeroOutputForMask);
    addCellConfig(config);
    return config;
  }
}
