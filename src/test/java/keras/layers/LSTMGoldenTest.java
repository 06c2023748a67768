package keras.layers;

class LSTMGoldenTest extends RecurrentGoldenTest {

  LSTMGoldenTest() {
    super("lstm");
  }
}
