package keras.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import keras.activations.Activations;
import keras.testing.LayerCheck;
import org.junit.jupiter.api.Test;

class ActivationTest {

  @Test
  void putsEachNumberThroughTheFunction() {
    LayerCheck.of(new Activation("relu"))
        .golden("layers/activation", "relu")
        .input(2, 3, 4)
        .outputShape(2, 3, 4)
        .run();
  }

  @Test
  void passesAMaskOn() {
    LayerCheck.of(new Activation(Activations.softmax()))
        .golden("layers/activation", "softmax")
        .input(2, 3, 4)
        .outputShape(2, 3, 4)
        .run();
  }

  @Test
  void doesNothingForNull() {
    LayerCheck.of(new Activation("linear"))
        .golden("layers/activation", "none")
        .input(2, 4)
        .outputShape(2, 4)
        .run();
  }

  @Test
  void rejectsAnUnknownName() {
    assertThatThrownBy(() -> new Activation("rellu"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("activation \"rellu\" is not known. Did you mean \"relu\"?");
  }

  @Test
  void isFixedOnceItIsInUse() {
    Activation layer = new Activation("relu");
    layer.call(new Input(Input.shape(3)).tensor());
    assertThat(layer.name()).startsWith("activation");
    assertThatThrownBy(() -> layer.name("mine"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            """
            %s.name: the layer is in use already, its arguments are fixed.
              expected: name(...) right after the constructor
              got:      a call after the layer was added to a model or called
              fix:      move .name(...) to where the layer is made"""
                .formatted(layer));
  }
}
