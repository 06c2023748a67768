package keras.examples;

import static keras.layers.Input.batchShape;
import static keras.layers.Input.shape;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.models.Sequential;
import keras.optimizers.Adam;
import keras.plots.Plot;
import keras.random.NumpyRandom;
import keras.utils.Batch;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * A network reads the sine of an angle that grows by 0.1 a step and tells the cosine. Ported from
 * {@code examples/python/sine-to-cosine.py}.
 *
 * <p>One value of the sine leaves the cosine's sign open, so the first model, which sees one step
 * at a time and forgets, says nearly nothing but zero. The second reads sequences of ten from a
 * generator and is right from the second step on. The third goes on from its weights, on
 * consecutive pieces of ten through a stateful layer; then it reads one value at a time and
 * remembers what it needs.
 *
 * <p>Keras's figures from the script, seed 1: 0.4975, 0.00066 and 0.00002.
 */
final class SineToCosine {

  static final String NAME = "sine-to-cosine";

  private static final double DELTA = 0.1;
  private static final int UNITS = 20;
  private static final int BATCH = 32;
  private static final int TIMESTEPS = 10;
  private static final int STEPS_PER_EPOCH = 50;
  private static final int TESTED = 500;
  private static final int WARM_UP = 30;

  /**
   * The figures: mean squared errors of the three models, of the sequences without their first
   * step, of the single values without the first thirty. Always saying zero scores 0.5.
   */
  record Result(
      String example,
      double seconds,
      int epochs,
      long seed,
      double mseOriginal,
      double mseSequences,
      double mseStepwise,
      double firstLoss,
      double lastLoss) {}

  private SineToCosine() {}

  static Result run(String... words) {
    PlotOptions options = PlotOptions.parse(NAME, 30, words);
    long start = System.nanoTime();
    Batch line = piece(new double[] {0}, TESTED);
    Map<String, List<Float>> plotted = new LinkedHashMap<>();
    plotted.put("cosine", column(line.y()));

    double mseOriginal;
    try (Sequential original = new Sequential()) {
      original.add(new Input(shape(1, 1)));
      original.add(new LSTM(UNITS));
      original.add(new Dense(1));
      original.compile(c -> c.loss("mse").optimizer("adam"));
      float[][][] x = new float[TESTED][1][1];
      float[][] y = new float[TESTED][1];
      for (int i = 0; i < TESTED; i++) {
        x[i][0][0] = line.x().getFloat(0, i, 0);
        y[i][0] = line.y().getFloat(0, i, 0);
      }
      original.fit(x, y, f -> f.epochs(options.epochs()).verbose(2));
      List<Float> answers = new ArrayList<>();
      FloatNdArray predicted = original.predict(x, p -> p.verbose(0));
      for (int i = 0; i < TESTED; i++) {
        answers.add(predicted.getFloat(i, 0));
      }
      plotted.put("one step, original", answers);
      mseOriginal = mse(plotted.get("cosine"), answers, 0);
    }

    try (Sequential sequences = model(null, TIMESTEPS, false);
        Sequential pieces = model(BATCH, TIMESTEPS, true);
        Sequential stepwise = model(1, 1, true)) {
      sequences.compile(c -> c.loss("mse").optimizer(new Adam().learningRate(0.01)));
      List<Double> losses =
          sequences
              .fit(
                  anywhere(),
                  f -> f.stepsPerEpoch(STEPS_PER_EPOCH).epochs(options.epochs()).verbose(2))
              .history()
              .get("loss");
      Batch test = piece(angles(TESTED), TIMESTEPS);
      double mseSequences =
          afterFirstStep(test.y(), sequences.predict(test.x(), p -> p.verbose(0)));

      pieces.compile(c -> c.loss("mse").optimizer(new Adam().learningRate(0.001)));
      pieces.setWeights(sequences.getWeights());
      pieces.fit(
          onwards(), f -> f.stepsPerEpoch(STEPS_PER_EPOCH).epochs(options.epochs()).verbose(2));
      stepwise.setWeights(pieces.getWeights());
      List<Float> answers = new ArrayList<>();
      for (int i = 0; i < TESTED; i++) {
        float[][][] value = {{{line.x().getFloat(0, i, 0)}}};
        answers.add(stepwise.predictOnBatch(value).getFloat(0, 0, 0));
      }
      Plot plot = new Plot("Sine into cosine", "step", "cosine").mark(WARM_UP);
      plot.pair("one value at a time, stateful", plotted.get("cosine"), answers);
      plot.line("one step, original", plotted.get("one step, original"));
      options.save(plot);
      return ResultLine.print(
          new Result(
              NAME,
              ResultLine.secondsSince(start),
              options.epochs(),
              options.seed(),
              mseOriginal,
              mseSequences,
              mse(plotted.get("cosine"), answers, WARM_UP),
              losses.get(0),
              losses.get(losses.size() - 1)));
    }
  }

  private static Sequential model(Integer batch, int timesteps, boolean stateful) {
    Sequential model = new Sequential();
    model.add(new Input(batchShape(batch, timesteps, 1)));
    model.add(new LSTM(UNITS).returnSequences(true).stateful(stateful));
    model.add(new Dense(1));
    return model;
  }

  /** Sequences that begin anywhere, without end. */
  private static Stream<Batch> anywhere() {
    return Stream.generate(() -> piece(angles(BATCH), TIMESTEPS));
  }

  /** Sequences that each go on where those of the batch before ended, without end. */
  private static Stream<Batch> onwards() {
    double[] first = angles(BATCH);
    return Stream.iterate(0, count -> count + 1)
        .map(
            count -> {
              double[] here = first.clone();
              for (int i = 0; i < here.length; i++) {
                here[i] += count * TIMESTEPS * DELTA;
              }
              return piece(here, TIMESTEPS);
            });
  }

  private static double[] angles(int count) {
    long[] drawn = NumpyRandom.shared().randint(0, 6283, count);
    double[] angles = new double[count];
    for (int i = 0; i < count; i++) {
      angles[i] = drawn[i] / 1000.0;
    }
    return angles;
  }

  private static Batch piece(double[] angles, int timesteps) {
    float[][][] sine = new float[angles.length][timesteps][1];
    float[][][] cosine = new float[angles.length][timesteps][1];
    for (int i = 0; i < angles.length; i++) {
      for (int step = 0; step < timesteps; step++) {
        double angle = angles[i] + step * DELTA;
        sine[i][step][0] = (float) Math.sin(angle);
        cosine[i][step][0] = (float) Math.cos(angle);
      }
    }
    return Batch.of(sine, cosine);
  }

  private static List<Float> column(FloatNdArray sequence) {
    List<Float> values = new ArrayList<>();
    sequence.scalars().forEach(value -> values.add(value.getFloat()));
    return values;
  }

  private static double afterFirstStep(FloatNdArray expected, FloatNdArray predicted) {
    double sum = 0;
    for (int i = 0; i < TESTED; i++) {
      for (int step = 1; step < TIMESTEPS; step++) {
        sum += Math.pow(expected.getFloat(i, step, 0) - predicted.getFloat(i, step, 0), 2);
      }
    }
    return sum / (TESTED * (TIMESTEPS - 1));
  }

  private static double mse(List<Float> expected, List<Float> predicted, int from) {
    double sum = 0;
    for (int i = from; i < expected.size(); i++) {
      sum += Math.pow(expected.get(i) - predicted.get(i), 2);
    }
    return sum / (expected.size() - from);
  }
}
