package keras.layers;

class GRUGoldenTest extends RecurrentGoldenTest {

  GRUGoldenTest() {
    super("gru", "gru_reset_before");
  }
}
