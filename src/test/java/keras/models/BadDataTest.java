package keras.models;

import static keras.layers.Input.batchShape;
import static keras.layers.Input.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.utils.Batch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Data that does not fit is refused before TensorFlow sees it, and the model works on. */
class BadDataTest {

  private final Sequential model =
      new Sequential(new Input(shape(null, 2)), new LSTM(3), new Dense(3).activation("softmax"));
  private final Sequential sequences =
      new Sequential(new Input(shape(null, 2)), new LSTM(3).returnSequences(true), new Dense(2));

  private final float[][][] x = new float[6][4][2];
  private final float[][] y = new float[6][3];

  BadDataTest() {
    model.compile(c -> c.loss("categorical_crossentropy").optimizer("sgd").metrics("acc"));
    sequences.compile(c -> c.loss("mse").optimizer("sgd"));
  }

  /** The models can be trained after a refusal. */
  @AfterEach
  void worksOn() {
    assertThat(model.fit(x, y, f -> f.verbose(0)).history()).containsKeys("loss", "acc");
    assertThat(sequences.trainOnBatch(x, new float[6][4][2])).containsKey("loss");
    model.close();
    sequences.close();
  }

  private static void refuses(Runnable call, String message) {
    assertThatIllegalArgumentException().isThrownBy(call::run).withMessage(message);
  }

  private void fit(Object inputs, Object targets) {
    model.fit(inputs, targets, f -> f.verbose(0));
  }

  @Test
  void refusesInputsOfAnotherRank() {
    refuses(
        () -> fit(new float[6][4], y),
        """
        fit: x: its shape is not the one of the model's input.
          expected: (?, ?, 2)
          got:      (6, 4)
          fix:      reshape x to 3 dimensions, the batch first""");
  }

  @Test
  void refusesInputsOfAnotherShape() {
    String message =
        """
        %s: x: its shape is not the one of the model's input.
          expected: (?, ?, 2)
          got:      (6, 4, 5)
          fix:      give samples of that shape, or change the model's Input""";
    float[][][] wide = new float[6][4][5];
    refuses(() -> fit(wide, y), message.formatted("fit"));
    refuses(() -> model.evaluate(wide, y), message.formatted("evaluate"));
    refuses(() -> model.predict(wide), message.formatted("predict"));
    refuses(() -> model.trainOnBatch(wide, y), message.formatted("trainOnBatch"));
    refuses(() -> model.testOnBatch(wide, y), message.formatted("testOnBatch"));
    refuses(() -> model.predictOnBatch(wide), message.formatted("predictOnBatch"));
    refuses(
        () -> model.fit(List.of(Batch.of(wide, y)), f -> f.verbose(0)), message.formatted("fit"));
  }

  @Test
  void refusesSequencesWithoutTimesteps() {
    refuses(
        () -> fit(new float[6][0][2], y),
        """
        fit: x: its shape is not the one of the model's input.
          expected: (?, ?, 2)
          got:      (6, 0, 0)
          fix:      give samples of that shape, or change the model's Input""");
  }

  @Test
  void refusesRaggedArrays() {
    float[][][] ragged = new float[6][4][2];
    ragged[2] = new float[3][2];
    refuses(
        () -> fit(ragged, y),
        """
        fit: x: the array is ragged.
          expected: shape (6, 4, 2), as its first rows have
          got:      3 in place of 4 elements at [2]
          fix:      make all rows equally long, for instance with Utils.padSequences""");
  }

  @Test
  void refusesWhatIsNoArray() {
    refuses(
        () -> fit("data", y),
        """
        fit: x: this is no array of numbers.
          expected: a Java array of float, double, int, long, short, byte or boolean of any rank, \
        or an NdArray
          got:      java.lang.String
          fix:      convert it, for instance to float[][]""");
  }

  @Test
  void refusesMissingData() {
    refuses(
        () -> fit(null, y),
        """
        fit: there is no x.
          expected: one array for each input of the model
          got:      none
          fix:      pass x""");
    refuses(
        () -> fit(x, null),
        """
        fit: y: the model needs one array of targets.
          expected: one array
          got:      0
          fix:      give fit(x, y, ...) or Batch.of(x, y)""");
  }

  @Test
  void refusesEmptyData() {
    String message =
        """
        %s: x: there are no samples.
          expected: at least one sample
          got:      shape (0, 4, 2)
          fix:      check where the data comes from""";
    var none = keras.utils.FloatArrays.wrap(new float[0], 0, 4, 2);
    var noTargets = keras.utils.FloatArrays.wrap(new float[0], 0, 3);
    refuses(() -> fit(none, noTargets), message.formatted("fit"));
    refuses(() -> model.predict(none), message.formatted("predict"));
    refuses(() -> model.trainOnBatch(none, noTargets), message.formatted("trainOnBatch"));
    String noBatches =
        """
        %s: there are no batches.
          expected: at least one batch
          got:      none
          fix:      check what yields them; an Iterator or a Stream can be gone through only once""";
    List<Batch> nothing = List.of();
    refuses(() -> model.fit(nothing, f -> f.verbose(0)), noBatches.formatted("fit"));
    refuses(() -> model.fit(nothing.iterator()), noBatches.formatted("fit"));
    refuses(() -> model.evaluate(nothing), noBatches.formatted("evaluate"));
    refuses(() -> model.evaluate(nothing.stream()), noBatches.formatted("evaluate"));
    refuses(() -> model.predict(nothing), noBatches.formatted("predict"));
    refuses(() -> model.predict(nothing.stream()), noBatches.formatted("predict"));
    refuses(
        () -> model.fit(x, y, f -> f.validationData(nothing).verbose(0)),
        noBatches.formatted("fit: validationData"));
  }

  @Test
  void refusesTargetsOfAnotherLength() {
    refuses(
        () -> fit(x, new float[5][3]),
        """
        fit: y has another number of samples than x.
          expected: 6 samples, as x has
          got:      5 samples, shape (5, 3)
          fix:      give all arrays the same first dimension""");
  }

  @Test
  void refusesClassNumbersWhereVectorsAreNeeded() {
    String message =
        """
        Loss "categorical_crossentropy": the targets do not have the model's output shape.
          expected: (?, 3)
          got:      %s
          fix:      make them one-hot with Utils.toCategorical(y, 3), or compile with \
        loss("sparse_categorical_crossentropy")""";
    refuses(() -> fit(x, new int[6]), message.formatted("(6,)"));
    refuses(() -> fit(x, new int[6][1]), message.formatted("(6, 1)"));
    refuses(() -> model.trainOnBatch(x, new int[6]), message.formatted("(6,)"));
    refuses(
        () -> model.fit(List.of(Batch.of(x, new int[6])), f -> f.verbose(0)),
        message.formatted("(6,)"));
    refuses(
        () -> model.fit(x, y, f -> f.validationData(x, new int[6]).verbose(0)),
        message.formatted("(6,)"));
  }

  @Test
  void refusesVectorsWhereClassNumbersAreNeeded() {
    model.compile(c -> c.loss("sparse_categorical_crossentropy").metrics("acc"));
    refuses(
        () -> fit(x, y),
        """
        Loss "sparse_categorical_crossentropy": the targets must be one class number for each \
        output vector.
          expected: (?,) or (?, 1)
          got:      (6, 3)
          fix:      compile with loss("categorical_crossentropy"), which takes one-hot vectors""");
    refuses(
        () -> model.trainOnBatch(x, new int[] {0, 1, 2, 3, 0, 1}),
        """
        Loss "sparse_categorical_crossentropy": there is no such class.
          expected: class numbers from 0 to 2
          got:      3.0 at (3,)
          fix:      give the last layer more units, or number the classes from 0""");
    model.compile(c -> c.loss("categorical_crossentropy").metrics("acc"));
  }

  @Test
  void refusesTargetsOfAnotherShapeWhateverTheLoss() {
    for (String loss :
        List.of(
            "mse",
            "mae",
            "mape",
            "msle",
            "huber",
            "log_cosh",
            "cosine_similarity",
            "kl_divergence",
            "poisson",
            "hinge",
            "squared_hinge",
            "categorical_hinge",
            "binary_crossentropy",
            "binary_focal_crossentropy",
            "categorical_crossentropy",
            "categorical_focal_crossentropy")) {
      model.compile(c -> c.loss(loss).metrics("acc"));
      refuses(
          () -> fit(x, new float[6][5]),
          """
          Loss "%s": the targets do not have the model's output shape.
            expected: (?, 3)
            got:      (6, 5)
            fix:      give the last layer 5 units, or reshape y"""
              .formatted(loss));
      refuses(
          () -> model.evaluate(x, new float[6][4][3], e -> e.verbose(0)),
          """
          Loss "%s": the targets do not have the model's output shape.
            expected: (?, 3)
            got:      (6, 4, 3)
            fix:      reshape y"""
              .formatted(loss));
    }
  }

  @Test
  void refusesTargetsWithOtherTimesteps() {
    String message =
        """
        Loss "mse": the targets do not have the model's output shape.
          expected: (?, 4, 2)
          got:      (6, 5, 2)
          fix:      reshape y""";
    refuses(() -> sequences.fit(x, new float[6][5][2], f -> f.verbose(0)), message);
    for (int t = 1; t < 9; t++) {
      sequences.trainOnBatch(new float[6][t][2], new float[6][t][2]);
    }
    refuses(() -> sequences.fit(x, new float[6][5][2], f -> f.verbose(0)), message);
  }

  @Test
  void refusesSampleWeightsOfAnotherShape() {
    refuses(
        () -> model.fit(x, y, f -> f.sampleWeight(new float[6][4]).verbose(0)),
        """
        fit: sampleWeight: its shape does not go with the targets.
          expected: (6,), one weight a sample
          got:      (6, 4)
          fix:      reshape sampleWeight""");
    refuses(
        () -> model.fit(x, y, f -> f.sampleWeight(new float[5]).verbose(0)),
        """
        fit: sampleWeight has another number of samples than x.
          expected: 6 samples, as x has
          got:      5 samples, shape (5,)
          fix:      give all arrays the same first dimension""");
    String message =
        """
        trainOnBatch: sampleWeight: its shape does not go with the targets.
          expected: (6, 4), one weight a timestep, or (6, 1), one a sample
          got:      %s
          fix:      reshape sampleWeight""";
    float[][][] targets = new float[6][4][2];
    refuses(() -> sequences.trainOnBatch(x, targets, new float[6]), message.formatted("(6,)"));
    refuses(() -> sequences.trainOnBatch(x, targets, new float[6][3]), message.formatted("(6, 3)"));
    refuses(
        () -> sequences.trainOnBatch(x, targets, new float[6][4][2]),
        message.formatted("(6, 4, 2)"));
  }

  @Test
  void refusesClassWeightsForSequences() {
    refuses(
        () -> sequences.fit(x, new float[6][4][2], f -> f.classWeight(Map.of(0, 2)).verbose(0)),
        """
        fit: classWeight needs one class a sample.
          expected: y of shape (samples), (samples, 1) or (samples, classes)
          got:      (6, 4, 2)
          fix:      use sampleWeight(...) with one weight a timestep""");
  }

  @Test
  void refusesBatchesThatAStatefulModelHasNoStatesFor() {
    try (Sequential stateful =
        new Sequential(new Input(batchShape(4, 3, 2)), new LSTM(3).stateful(true), new Dense(1))) {
      stateful.compile(c -> c.loss("mse"));
      String message =
          """
          %s: a stateful model keeps one state a sample, so every batch has the same size.
            expected: batches of 4
            got:      a batch of %s
            fix:      give a multiple of 4 samples and batchSize(4), or build the model with \
          another batchShape""";
      float[][][] six = new float[6][3][2];
      refuses(
          () -> stateful.fit(six, new float[6][1], f -> f.verbose(0)), message.formatted("fit", 2));
      refuses(
          () -> stateful.fit(six, new float[6][1], f -> f.batchSize(3).verbose(0)),
          message.formatted("fit", 3));
      refuses(
          () ->
              stateful.fit(
                  new float[8][3][2], new float[8], f -> f.validationSplit(0.25).verbose(0)),
          message.formatted("fit: validation", 2));
      refuses(() -> stateful.predict(six, p -> p.verbose(0)), message.formatted("predict", 2));
      refuses(() -> stateful.predictOnBatch(six), message.formatted("predictOnBatch", 6));
      refuses(
          () -> stateful.trainOnBatch(six, new float[6][1]), message.formatted("trainOnBatch", 6));
      assertThat(stateful.predict(new float[8][3][2], p -> p.verbose(0)).shape().get(0))
          .isEqualTo(8);
    }
  }
}
