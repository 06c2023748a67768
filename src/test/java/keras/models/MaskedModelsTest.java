package keras.models;

import static keras.layers.Input.batchShape;
import static keras.layers.Input.shape;

import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.layers.Masking;
import keras.layers.SimpleRNN;
import keras.layers.TimeDistributed;
import org.junit.jupiter.api.Test;

/** Masked timesteps count in states, losses and metrics as in Keras. */
class MaskedModelsTest {

  private static void regression(CompileOptions c) {
    c.loss("mse").optimizer("adam").metrics("mse").weightedMetrics("mae");
  }

  @Test
  void leavesMaskedTimestepsOutOfTheLastOutput() {
    try (Sequential model = new Sequential()) {
      model.add(new Input(shape(6, 2)));
      model.add(new Masking().maskValue(-1));
      model.add(new LSTM(4));
      model.add(new Dense(1));
      model.compile(MaskedModelsTest::regression);
      TrainedSteps.of("masked_last").check(model);
    }
  }

  @Test
  void leavesMaskedTimestepsOutOfTheLoss() {
    try (Sequential model = new Sequential()) {
      model.add(new Input(shape(null, 2)));
      model.add(new Masking().maskValue(-1));
      model.add(new LSTM(4).returnSequences(true));
      model.add(new Dense(2));
      model.compile(MaskedModelsTest::regression);
      TrainedSteps.of("masked_sequence").check(model);
    }
  }

  @Test
  void joinsMasksWithSampleWeights() {
    try (Sequential model = new Sequential()) {
      model.add(new Input(batchShape(3, 6, 2)));
      model.add(new Masking().maskValue(-1));
      model.add(new LSTM(4).returnSequences(true).stateful(true));
      model.add(new SimpleRNN(3).returnSequences(true));
      model.add(new TimeDistributed(new Dense(4).activation("softmax")));
      model.compile(
          c ->
              c.loss("sparse_categorical_crossentropy")
                  .optimizer("adam")
                  .metrics("accuracy")
                  .weightedMetrics("acc"));
      TrainedSteps.of("masked_weighted").check(model);
    }
  }

  @Test
  void masksLongSequences() {
    try (Sequential model = new Sequential()) {
      model.add(new Input(batchShape(2, 140, 1)));
      model.add(new Masking().maskValue(-1));
      model.add(new LSTM(3).returnSequences(true).stateful(true));
      model.add(new Dense(1));
      model.compile(MaskedModelsTest::regression);
      TrainedSteps.of("masked_long").check(model);
    }
  }
}
