package keras.layers;

class SimpleRNNGoldenTest extends RecurrentGoldenTest {

  SimpleRNNGoldenTest() {
    super("simple_rnn");
  }
}
