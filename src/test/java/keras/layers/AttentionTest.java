package keras.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import keras.models.Model;
import keras.models.Models;
import keras.testing.Close;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

/** Layers that weight values by scores; the numbers of Keras are in EveryLayerTest. */
class AttentionTest {

  private static KerasTensor sequences(int timesteps, int features) {
    return new Input(Input.shape(timesteps, features)).tensor();
  }

  @Test
  void givesTheScoresAsASecondOutput() {
    KerasTensor query = sequences(3, 4);
    KerasTensor value = sequences(5, 4);
    List<KerasTensor> single =
        new Attention().callAll(List.of(query, value), c -> c.returnAttentionScores(true));
    assertThat(single)
        .extracting(tensor -> tensor.shape().asArray())
        .containsExactly(new long[] {-1, 3, 4}, new long[] {-1, 3, 5});
    List<KerasTensor> heads =
        new MultiHeadAttention(2, 3)
            .callAll(List.of(query, value), c -> c.returnAttentionScores(true));
    assertThat(heads)
        .extracting(tensor -> tensor.shape().asArray())
        .containsExactly(new long[] {-1, 3, 4}, new long[] {-1, 2, 3, 5});
  }

  @Test
  void refusesInputsThatDoNotGoTogether() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Attention().call(List.of(sequences(3, 4), sequences(5, 2))))
        .withMessageContaining("the inputs do not go with each other")
        .withMessageContaining("(?, 3, 4), (?, 5, 2)")
        .withMessageContaining("layer.call(List.of(query, value))");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MultiHeadAttention(2, 3).call(sequences(3, 4)))
        .withMessageContaining("the inputs do not go with each other");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new GroupQueryAttention(3, 4, 2)
                    .call(sequences(3, 4), sequences(5, 4), sequences(6, 4)))
        .withMessageContaining("the inputs do not go with each other");
  }

  @Test
  void refusesArgumentsOfACallThatALayerDoesNotTake() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Dense(2).call(sequences(3, 4), c -> c.useCausalMask(true)))
        .withMessageContaining("takes no use_causal_mask");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Attention()
                    .call(
                        List.of(sequences(3, 4), sequences(5, 4)),
                        c -> c.returnAttentionScores(true)))
        .withMessageContaining("several outputs");
  }

  @Test
  void refusesHeadsThatCannotBeShared() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GroupQueryAttention(8, 4, 3))
        .withMessageContaining("a divisor of 4");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MultiHeadAttention(0, 3))
        .withMessageContaining("numHeads");
  }

  @Test
  void doesNotLookAtLaterValuesWithACausalMask() {
    KerasTensor x = sequences(3, 2);
    KerasTensor y = new Attention().call(List.of(x, x), c -> c.useCausalMask(true));
    try (Model model = new Model(x, y)) {
      float[][][] one = {{{1, 0}, {0, 1}, {5, 5}}};
      float[][][] other = {{{1, 0}, {0, 1}, {-9, 2}}};
      float[] first = {1, 0};
      Close.assertThatArray(model.predict(one, p -> p.verbose(0)).get(0).get(0)).isCloseTo(first);
      Close.assertThatArray(model.predict(other, p -> p.verbose(0)).get(0).get(1))
          .isCloseTo(model.predict(one, p -> p.verbose(0)).get(0).get(1));
      try (Model again = Models.modelFromJson(model.toJson())) {
        Close.assertThatArray(again.predict(one, p -> p.verbose(0)))
            .isCloseTo(model.predict(one, p -> p.verbose(0)));
      }
    }
  }

  @Test
  void takesAMaskOfQueriesAndValues() {
    KerasTensor x = sequences(2, 2);
    KerasTensor allowed = sequences(2, 2);
    MultiHeadAttention layer = new MultiHeadAttention(1, 2).useBias(false);
    KerasTensor y = layer.call(x, x, c -> c.attentionMask(allowed));
    try (Model model = new Model(List.of(x, allowed), y)) {
      float[][][] own = {{{1, 0}, {0, 1}}};
      float[][][] data = {{{1, 2}, {3, 4}}};
      float[][][] changed = {{{1, 2}, {-7, 9}}};
      Close.assertThatArray(model.predict(List.of(data, own), p -> p.verbose(0)).get(0).get(0))
          .isCloseTo(model.predict(List.of(changed, own), p -> p.verbose(0)).get(0).get(0));
      try (Model again = Models.modelFromJson(model.toJson())) {
        again.setWeights(model.getWeights());
        Close.assertThatArray(again.predict(List.of(data, own), p -> p.verbose(0)))
            .isCloseTo(model.predict(List.of(data, own), p -> p.verbose(0)));
      }
    }
  }

  @Test
  void refusesAMaskThatTheCallDoesNotLookAt() {
    KerasTensor x = sequences(2, 2);
    KerasTensor mask = new Input(Shape.of(2)).tensor();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MultiHeadAttention(1, 2).call(x, x, c -> c.queryMask(mask)))
        .withMessageContaining("takes no query_mask");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GroupQueryAttention(2, 2, 1).call(x, x, c -> c.keyMask(mask)))
        .withMessageContaining("a mask is of an input that is not there")
        .withMessageContaining("call the layer on that input too");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Attention().call(List.of(x, x), c -> c.mask(Arrays.asList(null, x))))
        .withMessageContaining("the mask does not go with the input");
  }
}
