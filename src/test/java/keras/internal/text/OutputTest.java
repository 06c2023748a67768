package keras.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OutputTest {

  @Test
  void standardOutputIsWhatItIsAtEachCall() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      Output.standard().println("there");
    } finally {
      System.setOut(before);
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("there\n");
  }

  @Test
  void flushesAfterEachMessage() {
    StringWriter text = new StringWriter();
    Output.to(new BufferedWriter(text)).print("no line end");
    assertThat(text.toString()).isEqualTo("no line end");
  }

  @Test
  void replacesOnlyWhatTheCharacterSetCannotShow() {
    StringBuilder text = new StringBuilder();
    Output.to(text).charset(StandardCharsets.US_ASCII).print("1/3 ━━ ┏━┳┓ │ └─┴┘ lstm…");
    assertThat(text.toString()).isEqualTo("1/3 == +=++ | +-++ lstm.");
    text.setLength(0);
    Output.to(text).print("━━ │ …");
    assertThat(text.toString()).isEqualTo("━━ │ …");
  }

  @Test
  void isNoTerminalAnd80ColumnsWideUnlessTold() {
    Output output = Output.to(new StringBuilder());
    assertThat(output.isTerminal()).isFalse();
    assertThat(output.columns()).isEqualTo(80);
    assertThat(output.terminal(true).columns(100).isTerminal()).isTrue();
    assertThat(output.terminal(true).columns(100).columns()).isEqualTo(100);
  }

  @Test
  void rejectsZeroColumns() {
    assertThatThrownBy(() -> Output.to(new StringBuilder()).columns(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Output: columns must be a positive number.");
  }

  @Test
  void saysWhatCouldNotBeWritten() {
    Writer full =
        new Writer() {
          @Override
          public void write(char[] text, int offset, int length) throws IOException {
            throw new IOException("disk full");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    assertThatThrownBy(() -> Output.to(full).println("Epoch 1/5"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("Epoch 1/5")
        .hasRootCauseMessage("disk full");
  }
}
