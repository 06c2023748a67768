package keras.models;

import static keras.layers.Input.batchShape;
import static keras.layers.Input.shape;

import keras.layers.Dense;
import keras.layers.GRU;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.layers.Masking;
import keras.layers.SimpleRNN;
import keras.layers.TimeDistributed;
import org.junit.jupiter.api.Test;

/** Models of recurrent layers learn as in Keras, whatever the shapes of the batches. */
class RecurrentModelsTest {

  @Test
  void learnsGoingBackwards() {
    try (Sequential model = new Sequential()) {
      model.add(new Input(shape(5, 2)));
      model.add(new LSTM(4).returnSequences(true).goBackwards(true));
      model.add(new SimpleRNN(3).goBackwards(true));
      model.add(new Dense(1));
      model.compile(c -> c.loss("mae").optimizer("sgd"));
      TrainedSteps.of("backwards").check(model);
    }
  }

  @Test
  void learnsWithStackedLayers() {
    try (Sequential model = new Sequential()) {
      model.add(new Input(shape(4, 3)));
      model.add(new LSTM(5).returnSequences(true));
      model.add(new SimpleRNN(4).returnSequences(true));
      model.add(new LSTM(3));
      model.add(new Dense(2).activation("tanh"));
      model.compile(c -> c.loss("huber").optimizer("nadam").metrics("cosine_similarity"));
      TrainedSteps.of("stacked").check(model);
    }
  }

  @Test
  void learnsFromSequencesTooLongToUnroll() {
    try (Sequential model = new Sequential()) {
      model.add(new Input(shape(140, 1)));
      model.add(new LSTM(3).returnSequences(true));
      model.add(new SimpleRNN(3).returnSequences(true));
      model.add(new Dense(1));
      model.compile(c -> c.loss("mse").optimizer("adam"));
      TrainedSteps.of("long").check(model);
    }
  }

  @Test
  void learnsFromSequencesOfManyLengths() {
    try (Sequential model = new Sequential()) {
      model.add(new Input(shape(null, 2)));
      model.add(new LSTM(4).returnSequences(true));
      model.add(new SimpleRNN(3));
      model.add(new Dense(1));
      model.compile(c -> c.loss("mse").optimizer("adam"));
      TrainedSteps.of("varying_timesteps").check(model);
    }
  }

  @Test
  void learnsFromBatchesOfManySizes() {
    try (Sequential model = new Sequential()) {
      model.add(new Input(shape(4, 2)));
      model.add(new LSTM(3));
      model.add(new Dense(3).activation("softmax"));
      model.compile(
          c -> c.loss("sparse_categorical_crossentropy").optimizer("adam").metrics("acc"));
      TrainedSteps.of("varying_batches").check(model);
    }
  }

  @Test
  void grusLearnFromSequencesTooLongToUnroll() {
    try (Sequential model = new Sequential()) {
      model.add(new Input(shape(140, 1)));
      model.add(new GRU(3).returnSequences(true));
      model.add(new GRU(3).returnSequences(true).resetAfter(false));
      model.add(new Dense(1));
      model.compile(c -> c.loss("mse").optimizer("adam"));
      TrainedSteps.of("gru_long").check(model);
    }
  }

  @Test
  void grusLearnFromSequencesOfManyLengths() {
    try (Sequential model = new Sequential()) {
      model.add(new Input(shape(null, 2)));
      model.add(new GRU(4).returnSequences(true));
      model.add(new GRU(3));
      model.add(new Dense(1));
      model.compile(c -> c.loss("mse").optimizer("adam"));
      TrainedSteps.of("gru_varying_timesteps").check(model);
    }
  }

  @Test
  void grusLearnWithStackedLayers() {
    try (Sequential model = new Sequential()) {
      model.add(new Input(shape(12, 5)));
      model.add(new GRU(6).returnSequences(true));
      model.add(new GRU(4).returnSequences(true).goBackwards(true).useBias(false));
      model.add(new GRU(5).biasRegularizer("l2"));
      model.add(new Dense(2).activation("tanh"));
      model.compile(c -> c.loss("mae").optimizer("sgd"));
      TrainedSteps.of("gru_stacked").check(model);
    }
  }

  @Test
  void grusLearnUnderAMask() {
    try (Sequential model = new Sequential()) {
      model.add(new Input(batchShape(3, 6, 2)));
      model.add(new Masking().maskValue(-1));
      model.add(new GRU(4).returnSequences(true).stateful(true));
      model.add(new GRU(3).returnSequences(true).resetAfter(false));
      model.add(new TimeDistributed(new Dense(4).activation("softmax")));
      model.compile(
          c -> c.loss("sparse_categorical_crossentropy").optimizer("adam").metrics("accuracy"));
      TrainedSteps.of("gru_masked").check(model);
    }
  }

  @Test
  void grusLearnWithStatesThatAreKept() {
    try (Sequential model = new Sequential()) {
      model.add(new Input(batchShape(3, 5, 2)));
      model.add(new GRU(4).returnSequences(true).stateful(true));
      model.add(new GRU(3).stateful(true));
      model.add(new Dense(1));
      model.compile(c -> c.loss("mse").optimizer("adam"));
      TrainedSteps.of("gru_stateful").check(model);
    }
  }
}
