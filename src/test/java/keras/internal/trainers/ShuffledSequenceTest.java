package keras.internal.trainers;

import static keras.layers.Input.shape;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import keras.layers.Dense;
import keras.layers.Input;
import keras.models.Sequential;
import keras.utils.Batch;
import keras.utils.Sequence;
import keras.utils.Utils;
import org.junit.jupiter.api.Test;

class ShuffledSequenceTest {

  /** Notes which batches were asked for. */
  private static final class Six implements Sequence {
    private final List<Integer> asked = new ArrayList<>();

    @Override
    public Batch getItem(int index) {
      asked.add(index);
      return Batch.of(new float[2][3], new float[2][1]);
    }

    @Override
    public int length() {
      return 6;
    }
  }

  private static List<Integer> asked(boolean shuffle) {
    Six batches = new Six();
    try (Sequential model = new Sequential(new Input(shape(3)), new Dense(1))) {
      model.compile(c -> c.loss("mse").optimizer("rmsprop"));
      Utils.setRandomSeed(5);
      model.fit(batches, f -> f.epochs(2).shuffle(shuffle).verbose(0));
    }
    return batches.asked;
  }

  /** {@code keras.utils.set_random_seed(5); model.fit(dataset, epochs=2)} asks in this order. */
  @Test
  void asksInKerassOrder() {
    assertThat(asked(true)).containsExactly(1, 0, 3, 5, 2, 4, 4, 2, 5, 0, 1, 3);
  }

  @Test
  void keepsTheOrderWithoutShuffle() {
    assertThat(asked(false)).containsExactly(0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5);
  }
}
