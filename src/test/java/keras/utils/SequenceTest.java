package keras.utils;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SequenceTest {
  private static final class Counting implements Sequence {
    @Override
    public Batch getItem(int index) {
      return Batch.of(new int[] {index});
    }

    @Override
    public int length() {
      return 3;
    }
  }

  @Test
  void givesItsBatchesInOrderEachTime() {
    Sequence sequence = new Counting();

    for (int epoch = 0; epoch < 2; epoch++) {
      sequence.onEpochBegin();
      assertThat(sequence)
          .extracting(batch -> batch.x().getFloat(0))
          .isEqualTo(List.of(0f, 1f, 2f));
      sequence.onEpochEnd();
    }
  }
}
