package keras.examples;

import static keras.layers.Input.batchShape;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import keras.callbacks.History;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.models.Sequential;
import keras.optimizers.Adam;
import keras.plots.Plot;
import keras.random.NumpyRandom;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * A network continues a sequence from its beginning. Ported from {@code
 * examples/python/seed-continuation.py}.
 *
 * <p>A sequence has ten values: five seeds s1 ... s5, each a thousandth from -1 to 1 at random,
 * then five steps that grow by half the fourth seed, beginning at nothing: s4/2, 2 s4/2, ... 5
 * s4/2. The fifth seed is there to be ignored.
 *
 * <p>Shows a loss on some timesteps only (a sample weight for each timestep), weights that are
 * copied from the model that trains to a stateful one that predicts, and prediction that runs free:
 * one step at a time, each prediction the next step's input, while the layer keeps its state.
 *
 * <p>Keras's figures from the script, seed 1: {@code val_mse} 0.0032, {@code mean_mse} 0.8995.
 */
final class SeedContinuation {

  static final String NAME = "seed-continuation";

  private static final int SEEDS = 5;
  private static final int STEPS = 5;
  private static final int LENGTH = SEEDS + STEPS;
  private static final int TRAINED = 2000;
  private static final int UNSEEN = 100;
  private static final int PLOTTED = 3;

  /**
   * The figures: the mean squared error of the five steps, predicted from the seeds alone, over
   * unseen sequences; the same for whoever always says the mean; the losses.
   */
  record Result(
      String example,
      double seconds,
      int epochs,
      long seed,
      double valMse,
      double meanMse,
      double firstLoss,
      double lastLoss) {}

  private SeedContinuation() {}

  static Result run(String... words) {
    PlotOptions options = PlotOptions.parse(NAME, 30, words);
    long start = System.nanoTime();
    float[][][] trained = sequences(TRAINED);
    float[][][] unseen = sequences(UNSEEN);

    try (Sequential trainer = model(null, LENGTH - 1, false);
        Sequential predictor = model(UNSEEN, 1, true)) {
      trainer.compile(c -> c.loss("mse").optimizer(new Adam().learningRate(0.005)));
      trainer.summary();
      History history =
          trainer.fit(
              part(trained, 0, LENGTH - 1),
              part(trained, 1, LENGTH),
              f -> f.sampleWeight(weights()).epochs(options.epochs()).batchSize(32).verbose(2));
      predictor.setWeights(trainer.getWeights());

      float[][] predicted = continued(predictor, unseen);
      float[][] expected = new float[UNSEEN][STEPS];
      for (int i = 0; i < UNSEEN; i++) {
        for (int step = 0; step < STEPS; step++) {
          expected[i][step] = unseen[i][SEEDS + step][0];
        }
      }
      for (int i = 0; i < PLOTTED; i++) {
        System.out.println("Expected:  " + Arrays.toString(expected[i]));
        System.out.println("Predicted: " + Arrays.toString(predicted[i]));
      }
      plot(options, unseen, predicted);

      double mean = values(expected).average().orElseThrow();
      float[][] meanOnly = new float[UNSEEN][STEPS];
      Arrays.stream(meanOnly).forEach(row -> Arrays.fill(row, (float) mean));
      List<Double> losses = history.history().get("loss");
      return ResultLine.print(
          new Result(
              NAME,
              ResultLine.secondsSince(start),
              options.epochs(),
              options.seed(),
              mse(expected, predicted),
              mse(expected, meanOnly),
              losses.get(0),
              losses.get(losses.size() - 1)));
    }
  }

  private static Sequential model(Integer batch, int timesteps, boolean stateful) {
    Sequential model = new Sequential();
    model.add(new Input(batchShape(batch, timesteps, 1)));
    model.add(new Dense(16));
    model.add(new LSTM(32).returnSequences(true).stateful(stateful));
    model.add(new Dense(16).activation("relu"));
    model.add(new Dense(1));
    return model;
  }

  /** Steps that are predicted from seeds alone; one step of all sequences at a time. */
  private static float[][] continued(Sequential predictor, float[][][] sequences) {
    float[][] predicted = new float[sequences.length][STEPS];
    predictor.resetStates();
    Object next = part(sequences, 0, 1);
    for (int step = 1; step < LENGTH; step++) {
      FloatNdArray answer = predictor.predictOnBatch(next);
      next = step < SEEDS ? part(sequences, step, step + 1) : answer;
      for (int i = 0; step >= SEEDS && i < predicted.length; i++) {
        predicted[i][step - SEEDS] = answer.getFloat(i, 0, 0);
      }
    }
    return predicted;
  }

  private static float[][][] sequences(int count) {
    float[][][] sequences = new float[count][LENGTH][1];
    long[] drawn = NumpyRandom.shared().randint(-1000, 1001, count * SEEDS);
    for (int i = 0; i < count; i++) {
      for (int seed = 0; seed < SEEDS; seed++) {
        sequences[i][seed][0] = drawn[i * SEEDS + seed] / 1000f;
      }
      for (int step = 0; step < STEPS; step++) {
        sequences[i][SEEDS + step][0] = (step + 1) * sequences[i][3][0] / 2;
      }
    }
    return sequences;
  }

  /** Nothing counts that is answered before the last seed is read. */
  private static float[][] weights() {
    float[][] weights = new float[TRAINED][LENGTH - 1];
    Arrays.stream(weights).forEach(row -> Arrays.fill(row, SEEDS - 1, row.length, 1));
    return weights;
  }

  private static float[][][] part(float[][][] sequences, int from, int to) {
    return Arrays.stream(sequences)
        .map(sequence -> Arrays.copyOfRange(sequence, from, to))
        .toArray(float[][][]::new);
  }

  private static void plot(PlotOptions options, float[][][] unseen, float[][] predicted) {
    Plot plot =
        new Plot(
            "Sequences continued from their seeds, which end at the line", "timestep", "value");
    for (int i = 0; i < PLOTTED; i++) {
      float[][] sequence = unseen[i];
      float[][] continued = Arrays.copyOf(sequence, LENGTH);
      for (int step = 0; step < STEPS; step++) {
        continued[SEEDS + step] = new float[] {predicted[i][step]};
      }
      plot.pair("sequence " + (i + 1), values(sequence).toArray(), values(continued).toArray());
    }
    options.save(plot.mark(SEEDS));
  }

  private static double mse(float[][] expected, float[][] predicted) {
    double sum = 0;
    for (int i = 0; i < expected.length; i++) {
      for (int step = 0; step < STEPS; step++) {
        sum += Math.pow(expected[i][step] - predicted[i][step], 2);
      }
    }
    return sum / (expected.length * STEPS);
  }

  private static DoubleStream values(float[][] rows) {
    return Arrays.stream(rows)
        .flatMapToDouble(row -> IntStream.range(0, row.length).mapToDouble(i -> row[i]));
  }
}
