package keras.layers;

import static keras.layers.Input.shape;

import keras.models.Sequential;

/** Trains and runs LSTMs of odd and even sizes, of which TensorFlow's op likes only some. */
final class OddSizes {

  private OddSizes() {}

  public static void main(String[] args) {
    for (int units = 3; units <= 4; units++) {
      for (Integer timesteps : new Integer[] {5, null}) {
        try (Sequential model =
            new Sequential(new Input(shape(timesteps, 3)), new LSTM(units), new Dense(1))) {
          model.compile(c -> c.loss("mse").optimizer("sgd"));
          for (int batch = 1; batch < 7; batch++) {
            model.predictOnBatch(new float[batch][5][3]);
          }
          model.trainOnBatch(new float[3][5][3], new float[3]);
        }
      }
    }
    System.err.println("done");
  }
}
