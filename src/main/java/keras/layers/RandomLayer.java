package keras.layers;

import java.util.List;
import keras.backend.Variable;
import keras.internal.graph.MaskedTensor;
import keras.internal.graph.Tape;
import keras.internal.ops.SeedState;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A layer that disturbs its inputs at random in training, and passes them on otherwise.
 *
 * @param <S> the subclass
 */
abstract class RandomLayer<S extends RandomLayer<S>> extends KerasLayer<S> {

  private final SeedState seeds = new SeedState();

  RandomLayer() {
    hasSeedsToDraw();
  }

  /**
   * Makes the draws repeatable: they are the ones that Keras makes with this seed.
   *
   * @param value any number; null, the default, for one that is drawn
   * @return this layer
   */
  public S seed(Integer value) {
    checkNotFrozen("seed");
    seeds.seed(value == null ? null : value.longValue());
    return self();
  }

  /** With the seed of a configuration. */
  final S seedFrom(Config config) {
    return seed(config.given("seed") ? (Integer) config.integer("seed") : null);
  }

  final Long givenSeed() {
    return seeds.given();
  }

  /** Tells whether there is anything to disturb. */
  abstract boolean draws();

  /**
   * Adds the disturbance.
   *
   * @param tape the tape that the layer is recorded on
   * @param seeds the generators to draw from
   * @param inputs the tensors to disturb
   */
  abstract MaskedTensor disturbed(Tape tape, SeedState seeds, Operand<TFloat32> inputs);

  @Override
  final void drawSeeds() {
    if (draws()) {
      seeds.drawSeed();
    }
  }

  @Override
  final List<Variable> seedStates() {
    return draws() ? List.of(seeds.variable()) : List.of();
  }

  @Override
  final boolean builtAtOnce() {
    return true;
  }

  @Override
  protected boolean supportsMasking() {
    return true;
  }

  @Override
  protected final List<MaskedTensor> forward(Tape tape, List<MaskedTensor> inputs) {
    MaskedTensor input = inputs.get(0);
    MaskedTensor output =
        tape.training() && draws()
            ? disturbed(tape, seeds, input.tensor()).withMask(input.mask())
            : input;
    return List.of(regularized(tape, output));
  }
}
