package keras.models;

import static keras.layers.Input.shape;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import keras.layers.Dense;
import keras.layers.Input;
import org.junit.jupiter.api.Test;

class SequentialTest {

  @Test
  void isBuiltOnceTheShapeOfItsDataIsKnown() {
    try (Sequential empty = new Sequential();
        Sequential known = new Sequential(new Input(shape(3)), new Dense(1));
        Sequential told = new Sequential(new Dense(1));
        Sequential shown = new Sequential(new Dense(1))) {
      assertThat(empty.built()).isFalse();
      assertThat(known.built()).isTrue();
      assertThat(told.built()).isFalse();
      told.build(null, 3);
      assertThat(told.built()).isTrue();
      assertThat(shown.built()).isFalse();
      shown.predict(new float[2][3], p -> p.verbose(0));
      assertThat(shown.built()).isTrue();
    }
  }

  @Test
  void keepsItsTypeInChainedCalls() {
    try (Sequential model = new Sequential().name("net").trainable(false).add(new Dense(1))) {
      assertThat(model.name()).isEqualTo("net");
      assertThat(model.getLayer(0).isTrainable()).isTrue();
    }
  }

  @Test
  void printsItsTableWithoutABlankLine() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    List<String> given = new ArrayList<>();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try (Sequential model = new Sequential(new Input(shape(3)), new Dense(1))) {
      model.summary();
      model.summary(given::add);
    } finally {
      System.setOut(before);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .endsWith(" Non-trainable params: 0 (0.00 B)\n")
        .isEqualTo(given.get(0));
  }
}
