package keras.internal.messages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrorsTest {
  @Test
  void saysWhereAndWhatThenAlignsTheRest() {
    IllegalArgumentException error =
        Errors.in("LSTM \"encoder\"", "stateful(true) needs a fixed batch size.")
            .expected("(batch, timesteps, features) with batch known")
            .got(Errors.shape(-1, 24, 3))
            .fix("start the model with new Input(batchShape(32, 24, 3))")
            .argument();

    assertThat(error)
        .hasMessage(
            """
            LSTM "encoder": stateful(true) needs a fixed batch size.
              expected: (batch, timesteps, features) with batch known
              got:      (?, 24, 3)
              fix:      start the model with new Input(batchShape(32, 24, 3))""");
  }

  @Test
  void writesTheMessageForOtherExceptions() {
    assertThat(Errors.message("Variable \"kernel\"", "the shape differs.", "(2,)", "(3,)", "cut"))
        .isEqualTo(
            """
            Variable "kernel": the shape differs.
              expected: (2,)
              got:      (3,)
              fix:      cut""");
  }

  @Test
  void leavesOutWhatHasNothingToSay() {
    IllegalStateException error =
        Errors.in("Sequential \"echo\"", "the model is closed.").fix("make a new one").state();

    assertThat(error)
        .hasMessage(
            """
            Sequential "echo": the model is closed.
              fix:      make a new one""");
  }

  @Test
  void printsShapesAsKerasDoes() {
    assertThat(Errors.shape()).isEqualTo("()");
    assertThat(Errors.shape(5)).isEqualTo("(5,)");
    assertThat(Errors.shape(-1, 24, 3)).isEqualTo("(?, 24, 3)");
  }
}
