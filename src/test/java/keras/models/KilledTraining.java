package keras.models;

import static keras.layers.Input.batchShape;
import static keras.layers.Input.shape;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import keras.callbacks.BackupAndRestore;
import keras.callbacks.Callback;
import keras.callbacks.History;
import keras.callbacks.LearningRateScheduler;
import keras.layers.Dense;
import keras.layers.Dropout;
import keras.layers.GaussianNoise;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.optimizers.Adam;
import keras.utils.Batch;
import keras.utils.FloatArrays;
import keras.utils.Utils;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;

/**
 * Trains a model whose every step depends on those before it in some way: through dropout, noise,
 * moments of the optimizer, states, the order of the samples, sums of metrics. Started as a program
 * it ends like a process that is killed, in the middle of a batch.
 */
final class KilledTraining {

  /** The last line of a process that ended as it was meant to. */
  static final int KILLED = 86;

  static final int EPOCHS = 4;
  private static final int SAMPLES = 12;
  private static final int BATCH = 2;
  static final int BATCHES = SAMPLES / BATCH;

  /** The training. */
  enum Kind {
    /** Samples in random order, dropout inside and outside of the recurrence, Adam. */
    RANDOM,
    /** States from batch to batch and epoch to epoch, an average of the weights. */
    STATEFUL,
    /** A generator that goes on from epoch to epoch. */
    GENERATED
  }

  /** The result of the training. */
  record Outcome(List<float[]> weights, History history) {}

  private KilledTraining() {}

  private static Sequential model(Kind kind) {
    Sequential model = new Sequential();
    if (kind == Kind.STATEFUL) {
      model.add(new Input(batchShape(BATCH, 3, 2)));
      model.add(new LSTM(4).stateful(true).returnSequences(true).recurrentDropout(0.25));
      model.add(new LSTM(3).stateful(true));
    } else {
      model.add(new Input(shape(3, 2)));
      model.add(new GaussianNoise(0.1));
      model.add(new LSTM(4).dropout(0.25).recurrentDropout(0.25));
      model.add(new Dropout(0.5));
    }
    model.add(new Dense(1));
    Adam adam = new Adam().learningRate(0.01);
    model.compile(
        c ->
            c.loss("mse")
                .optimizer(
                    kind == Kind.STATEFUL ? adam.useEma(true).emaOverwriteFrequency(5) : adam)
                .metrics("mae"));
    return model;
  }

  private static FloatNdArray numbers(int modulus, long... shape) {
    float[] values = new float[(int) Shape.of(shape).size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 7 + 3) % modulus / (float) modulus - 0.5f;
    }
    return FloatArrays.wrap(values, shape);
  }

  /** Batches without end, no two alike. */
  private static Iterator<Batch> generated() {
    return IntStream.iterate(5, i -> i + 2)
        .mapToObj(i -> Batch.of(numbers(i, BATCH, 3, 2), numbers(i + 4, BATCH, 1)))
        .iterator();
  }

  /** Trains from the seed on, with these callbacks. */
  static Outcome train(Kind kind, Callback... callbacks) {
    Utils.setRandomSeed(5);
    List<Callback> all = new ArrayList<>();
    // Not the same when called twice for an epoch.
    all.add(new LearningRateScheduler((epoch, rate) -> rate * 0.875f));
    all.addAll(List.of(callbacks));
    Callback[] given = all.toArray(Callback[]::new);
    try (Sequential model = model(kind)) {
      FloatNdArray x = numbers(11, SAMPLES, 3, 2);
      FloatNdArray y = numbers(7, SAMPLES, 1);
      History history =
          kind == Kind.GENERATED
              ? model.fit(
                  generated(),
                  f -> f.epochs(EPOCHS).stepsPerEpoch(BATCHES).verbose(0).callbacks(given))
              : model.fit(
                  x,
                  y,
                  f ->
                      f.epochs(EPOCHS)
                          .batchSize(BATCH)
                          .shuffle(true)
                          .validationData(x, y)
                          .verbose(0)
                          .callbacks(given));
      return new Outcome(model.getWeights().stream().map(FloatArrays::values).toList(), history);
    }
  }

  /**
   * Ends the process at once, after a batch and whatever the callbacks before this one did then.
   */
  private static final class Kill extends Callback {
    private final int epoch;
    private final int batch;
    private int now;

    Kill(int epoch, int batch) {
      this.epoch = epoch;
      this.batch = batch;
    }

    @Override
    public void onEpochBegin(int epoch, Map<String, Double> logs) {
      now = epoch;
    }

    @Override
    public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
      if (now == epoch && batch == this.batch) {
        Runtime.getRuntime().halt(KILLED);
      }
    }
  }

  /**
   * Trains until it is killed.
   *
   * @param args what, the folder of the backup, "epoch" or a number of batches, and after which
   *     epoch and batch
   */
  public static void main(String... args) {
    train(
        Kind.valueOf(args[0]),
        backup(Path.of(args[1]), args[2]),
        new Kill(Integer.parseInt(args[3]), Integer.parseInt(args[4])));
  }

  static BackupAndRestore backup(Path folder, String frequency) {
    BackupAndRestore backup = new BackupAndRestore(folder);
    return frequency.equals("epoch")
        ? backup.saveFreq(frequency)
        : backup.saveFreq(Integer.parseInt(frequency));
  }
}
