package keras.internal.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
  private static final List<String> KNOWN =
      List.of("mae", "mse", "mape", "categorical_crossentropy", "sparse_categorical_crossentropy");

  @Test
  void listsTheKnownNamesAndTheNearest() {
    assertThat(Names.unknown("loss", "mes", KNOWN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            loss "mes" is not known. Did you mean "mse"?
              expected: one of mae, mse, mape, categorical_crossentropy,\
             sparse_categorical_crossentropy
              got:      "mes"
              fix:      write "mse\"""");
  }

  @Test
  void suggestsNothingWhenNothingIsNear() {
    assertThat(Names.unknown("Dense \"out\": activation", "wavelet", List.of("relu", "tanh")))
        .hasMessage(
            """
            Dense "out": activation "wavelet" is not known.
              expected: one of relu, tanh
              got:      "wavelet"
              fix:      write one of these names""");
    assertThat(Names.unknown("optimizer", null, List.of("sgd", "adam")))
        .hasMessageStartingWith("optimizer null is not known.\n  expected: one of sgd, adam\n");
  }

  @ParameterizedTest
  @CsvSource({
    "mes, mse",
    "mea, mae",
    "ms, mse",
    "MSE, mse",
    "mapee, mape",
    "categoricalCrossentropy, categorical_crossentropy",
    "categorical-cross-entropy, categorical_crossentropy",
    "catgorical_crosentropy, categorical_crossentropy",
    "sparseCategoricalCrossEntropy, sparse_categorical_crossentropy",
  })
  void findsTheNameThatWasMeant(String given, String meant) {
    assertThat(Names.nearest(given, KNOWN)).hasValue(meant);
  }

  @ParameterizedTest
  @CsvSource({"x", "relu", "crossentropy", "''"})
  void findsNothingForWhatIsFarAway(String given) {
    assertThat(Names.nearest(given, KNOWN)).isEmpty();
  }

  @Test
  void takesTheFirstOfTwoThatAreEquallyNear() {
    assertThat(Names.nearest("mxe", List.of("mse", "mae"))).hasValue("mse");
    assertThat(Names.nearest("mxe", List.of("mae", "mse"))).hasValue("mae");
  }
}
