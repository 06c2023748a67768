package keras.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import java.util.stream.Stream;
import keras.testing.Golden;
import keras.testing.LayerCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BidirectionalTest {

  static Stream<String> cases() {
    return Golden.load("layers/bidirectional").at("cases").sample().stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalsKeras(String name) {
    Golden golden = Golden.load("layers/bidirectional").at("cases").at(name);
    Map<?, ?> config = new JsonMapper().convertValue(golden.at("config").json(), Map.class);
    String className = golden.text("layer").replaceFirst("\\(.*", "");
    Layer<?> layer = Layers.deserialize(Map.of("class_name", className, "config", config));
    LayerCheck.of(layer).golden("layers/bidirectional", name).run();
  }

  @Test
  void copiesTheLayerGivenWithItsFunctions() {
    LSTM given = new LSTM(2).activation((tf, x) -> tf.math.mul(x, x));
    Bidirectional layer = new Bidirectional(given.name("both"));
    assertThat(layer.forwardLayer()).isNotSameAs(given).hasToString("LSTM \"forward_both\"");
    assertThat(layer.backwardLayer()).hasToString("LSTM \"backward_both\"");
    assertThat(((LSTM) layer.forwardLayer()).activation).isSameAs(given.activation);
    assertThat(((LSTM) layer.backwardLayer()).goBackwards).isTrue();
  }

  @Test
  void refusesTwoLayersThatGoOneWay() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Bidirectional(new LSTM(2).name("a"), new LSTM(2).name("b")))
        .withMessage(
            """
            Bidirectional: the two layers do not go together.
              expected: values of goBackwards that differ
              got:      LSTM "forward_a" and LSTM "b"
              fix:      set goBackwards(...) on one of the layers""");
  }
}
