package keras.internal.rnn;

import static keras.layers.Input.shape;
import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.models.Sequential;
import keras.testing.InGraph;
import keras.testing.RandomArrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** The same numbers as {@link FusedLSTM}, which is held against Keras. */
class FeatureMajorLSTMTest {

  private static final int BATCH = 130;
  private static final int FEATURES = 3;
  private static final int UNITS = 4;

  /** Enough for the class on up to 15 cores, which share them. */
  private static final int SAMPLES = 2000;

  private final Random random = new Random(6);

  private FloatNdArray random(long... shape) {
    return RandomArrays.gaussian(random, shape);
  }

  @ParameterizedTest
  @CsvSource({
    "1, true",
    "7, true",
    "32, true",
    "53, true", // written out, and in a loop with a rest
    "7, false",
    "53, false"
  })
  void endsWithTheStatesOfTensorFlowsFusedOp(int timesteps, boolean known) {
    List<FloatNdArray> given =
        List.of(
            random(timesteps, BATCH, FEATURES),
            random(FEATURES, 4 * UNITS),
            random(UNITS, 4 * UNITS),
            random(4 * UNITS),
            random(BATCH, UNITS),
            random(BATCH, UNITS));

    List<FloatNdArray> states =
        InGraph.run(
            given,
            (tf, fed) -> {
              List<Operand<TFloat32>> in = new ArrayList<>();
              for (int i = 0; i < fed.size(); i++) {
                Shape whole = given.get(i).shape();
                Shape shape = i > 0 || known ? whole : Shape.of(-1).append(whole.tail());
                in.add(tf.placeholderWithDefault(fed.get(i), shape));
              }
              assertThat(FeatureMajorLSTM.pays(in.get(0), UNITS)).isTrue();
              List<Operand<TFloat32>> both = new ArrayList<>();
              both.addAll(
                  new FusedLSTM(
                          tf,
                          in.get(0),
                          in.get(1),
                          in.get(2),
                          FusedLSTM.prepared(tf, in.get(0), in.get(1), in.get(2), in.get(3)),
                          in.subList(4, 6))
                      .lastStates());
              both.addAll(
                  new FeatureMajorLSTM(
                          tf, in.get(0), in.get(1), in.get(2), in.get(3), in.subList(4, 6))
                      .lastStates());
              return both;
            });

    assertThatArray(states.get(2)).as("h").isCloseTo(states.get(0));
    assertThatArray(states.get(3)).as("c").isCloseTo(states.get(1));
  }

  /** With few sequences in a batch, predictions go through the other class. */
  @ParameterizedTest
  @CsvSource({"true, false", "false, true", "false, false"})
  void predictsTheSameWhateverTheBatchSize(boolean bias, boolean goBackwards) {
    FloatNdArray x = random(SAMPLES, 9, FEATURES);
    try (Sequential model = new Sequential(new Input(shape(9, FEATURES)))) {
      model.add(new LSTM(16).useBias(bias).goBackwards(goBackwards));
      FloatNdArray few = model.predict(x, p -> p.batchSize(60).verbose(0));
      FloatNdArray many = model.predict(x, p -> p.batchSize(SAMPLES).verbose(0));
      assertThatArray(many).isCloseTo(few);
    }
  }

  @Test
  void leavesTrainingAndSequencesToTheOtherClass() {
    FloatNdArray x = random(SAMPLES, 9, FEATURES);
    try (Sequential model = new Sequential(new Input(shape(9, FEATURES)))) {
      model.add(new LSTM(16).returnSequences(true));
      model.add(new LSTM(16));
      model.compile(c -> c.loss("mse").optimizer("adam"));
      FloatNdArray y = random(SAMPLES, 16);
      List<Double> losses =
          model.fit(x, y, f -> f.batchSize(SAMPLES).epochs(3).verbose(0)).history().get("loss");
      assertThat(losses.get(2)).isLessThan(losses.get(0));
      assertThat(model.predict(x, p -> p.batchSize(SAMPLES).verbose(0)).shape())
          .isEqualTo(Shape.of(SAMPLES, 16));
    }
  }
}
