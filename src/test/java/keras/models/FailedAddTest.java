package keras.models;

import static keras.layers.Input.batchShape;
import static keras.layers.Input.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.layers.LayerNormalization;
import org.junit.jupiter.api.Test;

/** Adding a layer that is refused leaves model and layer as they were. */
class FailedAddTest {

  @Test
  void startsWithAnotherLayerAfterTheFirstWasRefused() {
    try (Sequential model = new Sequential()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.add(new LSTM(4).stateful(true).inputShape(5, 3)))
          .withMessageContaining("stateful(true) needs a fixed batch size.");
      assertThat(model.built()).isFalse();
      assertThat(model.layers()).isEmpty();

      model.add(new LSTM(4).stateful(true).batchInputShape(7, 5, 3));
      assertThat(model.inputShape()).isEqualTo(batchShape(7, 5, 3));
      assertThat(model.predict(new float[7][5][3], p -> p.batchSize(7).verbose(0)).shape())
          .isEqualTo(batchShape(7, 4));
    }
  }

  @Test
  void addsTheLayerElsewhereThatOneModelRefused() {
    LSTM layer = new LSTM(4).stateful(true).name("kept");
    try (Sequential open = new Sequential(new Input(shape(5, 3)));
        Sequential fixed = new Sequential(new Input(batchShape(7, 5, 3)))) {
      assertThatIllegalArgumentException().isThrownBy(() -> open.add(layer));
      assertThat(layer.built()).isFalse();
      assertThat(layer.weights()).isEmpty();

      layer.goBackwards(true);
      fixed.add(layer);
      assertThat(fixed.weights()).hasSize(3);
      assertThat(open.add(new Dense(1)).layers()).hasSize(1);
    }
  }

  @Test
  void takesOtherDataAfterDataThatALaterLayerRefused() {
    try (Sequential model = new Sequential(new Dense(2), new LSTM(3))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.predict(new float[4][6], p -> p.verbose(0)))
          .withMessageContaining("the input must be a batch of sequences.");
      assertThat(model.getLayer(0).built()).isFalse();
      assertThat(model.predict(new float[4][5][3], p -> p.verbose(0)).shape())
          .isEqualTo(batchShape(4, 3));
    }
  }

  @Test
  void refusesASecondLayerOfTheSameName() {
    Dense second = new Dense(2).name("same");
    try (Sequential model = new Sequential(new Input(shape(3)), new Dense(1).name("same"));
        Sequential other = new Sequential(new Input(shape(3)))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.add(second))
          .withMessage(
              """
              %s.add: a layer named "same" is there already.
                expected: a name for each layer that no other layer of the model has
                got:      Dense "same" after Dense "same"
                fix:      name("same_2") on the new layer\
              """,
              model);
      assertThat(model.layers()).hasSize(1);
      assertThat(other.add(second).layers()).containsExactly(second);
    }
  }

  @Test
  void refusesAModelAsALayerOfItself() {
    try (Sequential outer = new Sequential().name("outer");
        Sequential inner = new Sequential().name("inner")) {
      String message =
          """
          Sequential "%s".add: a model cannot be a layer of itself.
            expected: another layer or model
            got:      Sequential "outer"
            fix:      make a second model, and add that one\
          """;
      assertThatIllegalArgumentException()
          .isThrownBy(() -> outer.add(outer))
          .withMessage(message.formatted("outer"));
      outer.add(inner);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> inner.add(outer))
          .withMessage(message.formatted("inner"));
      inner.add(new LayerNormalization());
      assertThat(inner.layers()).hasSize(1);
    }
  }
}
