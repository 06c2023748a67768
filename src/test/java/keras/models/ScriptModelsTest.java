package keras.models;

import static keras.layers.Input.batchShape;
import static keras.layers.Input.shape;

import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.layers.RepeatVector;
import keras.layers.SimpleRNN;
import keras.layers.TimeDistributed;
import org.junit.jupiter.api.Test;

/** The models of the ported scripts learn as in Keras. */
class ScriptModelsTest {

  private static void crossentropy(CompileOptions c) {
    c.loss("categorical_crossentropy").optimizer("adam").metrics("acc");
  }

  @Test
  void learnsToEchoWholeSequences() {
    try (Sequential model = new Sequential()) {
      model.add(new Input(batchShape(7, 5, 10)));
      model.add(new LSTM(8).returnSequences(true).stateful(true));
      model.add(new TimeDistributed(new Dense(10).activation("softmax")));
      model.compile(ScriptModelsTest::crossentropy);
      TrainedSteps.of("echo_whole").check(model);
    }
  }

  @Test
  void learnsToEchoPartOfSequences() {
    try (Sequential model = new Sequential()) {
      model.add(new Input(batchShape(6, 5, 10)));
      model.add(new LSTM(7).stateful(true));
      model.add(new RepeatVector(2));
      model.add(new LSTM(6).returnSequences(true).stateful(true));
      model.add(new TimeDistributed(new Dense(10).activation("softmax")));
      model.compile(ScriptModelsTest::crossentropy);
      TrainedSteps.of("echo_partial").check(model);
    }
  }

  @Test
  void learnsToContinueSeedsWithWeightsByTimestep() {
    try (Sequential model = new Sequential()) {
      model.add(new Input(shape(9, 2)));
      model.add(new Dense(5));
      model.add(new LSTM(6).returnSequences(true));
      model.add(new Dense(4).activation("relu"));
      model.add(new Dense(1));
      model.compile(c -> c.loss("mse").optimizer("adam").metrics("mae").weightedMetrics("mse"));
      TrainedSteps.of("seed_continuation").check(model);
    }
  }

  @Test
  void learnsPulsesOfAnyLength() {
    try (Sequential model = new Sequential()) {
      model.add(new Input(shape(null, 1)));
      model.add(new LSTM(4));
      model.add(new Dense(1).activation("sigmoid"));
      model.compile(c -> c.loss("binary_crossentropy").optimizer("adam").metrics("acc"));
      TrainedSteps.of("pulse").check(model);
    }
  }

  @Test
  void learnsCosineFromSineThroughItsState() {
    try (Sequential model = new Sequential()) {
      model.add(new Input(batchShape(1, 10, 1)));
      model.add(new LSTM(8).returnSequences(true).stateful(true));
      model.add(new Dense(1));
      model.compile(c -> c.loss("mse").optimizer("rmsprop"));
      TrainedSteps.of("sine_to_cosine").check(model);
    }
  }

  @Test
  void learnsTheNextNumber() {
    try (Sequential model = new Sequential()) {
      model.add(new Input(shape(3, 1)));
      model.add(new SimpleRNN(5));
      model.add(new Dense(1));
      model.compile(c -> c.loss("mse").optimizer("adam"));
      TrainedSteps.of("next_number").check(model);
    }
  }
}
