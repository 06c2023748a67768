package keras.models;

import static keras.layers.Input.shape;
import static org.assertj.core.api.Assertions.assertThat;

import keras.internal.graph.EngineFacts;
import keras.layers.Dense;
import keras.layers.GRU;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.layers.Masking;
import org.junit.jupiter.api.Test;

/**
 * The graph that TensorFlow prepares before the first step of a masked model: the time that takes
 * grows faster than the graph, and each run in a half-built graph costs it again.
 */
class FirstStepTest {

  private static EngineFacts trainedOnce(int timesteps, int batch) {
    try (Sequential model = new Sequential()) {
      model.add(new Input(shape(timesteps, 4)));
      model.add(new Masking());
      model.add(new LSTM(8).returnSequences(true));
      model.add(new GRU(8));
      model.add(new Dense(1));
      model.compile(c -> c.loss("mse").optimizer("adam"));
      model.trainOnBatch(new float[batch][timesteps][4], new float[batch][1]);
      return EngineFacts.of(model.weights().get(0));
    }
  }

  @Test
  void preparesFewNodesWhateverTheNumberOfTimesteps() {
    int hundred = trainedOnce(100, 1).nodes();
    assertThat(hundred).isLessThan(2000);
    assertThat(trainedOnce(1000, 1).nodes()).isLessThanOrEqualTo(hundred);
    assertThat(trainedOnce(109, 1).nodes()).as("with a rest").isLessThan(3500);
  }

  @Test
  void writesAllVariablesInOneRun() {
    assertThat(trainedOnce(20, 2).writes()).isEqualTo(1);
  }
}
