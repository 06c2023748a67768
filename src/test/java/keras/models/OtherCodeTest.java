package keras.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import keras.testing.JavaProcess;
import org.junit.jupiter.api.Test;

/** Programs that use TensorFlow-Java on their own, before, after or beside models. */
class OtherCodeTest {

  private static List<String> said(String first, String... flags) throws Exception {
    return JavaProcess.printed(JavaProcess.command(OtherCode.class, List.of(flags), first))
        .lines()
        .toList();
  }

  @Test
  void codeOfTheUsersOwnAndModelsComputeTheSameInAnyOrder() throws Exception {
    List<String> before = said("other");

    assertThat(before).startsWith("eager 5.0", "product 64.0").hasSize(3);
    assertThat(said("model")).isEqualTo(before);
    assertThat(said("both")).isEqualTo(before);
    assertThat(said("model", "-XX:ActiveProcessorCount=1", "-Xmx64m"))
        .as("with one core and little memory")
        .isEqualTo(before);
  }
}
