package keras.bench;

import static keras.layers.Input.batchShape;

import java.util.Arrays;
import java.util.Locale;
import keras.distribution.Collective;
import keras.distribution.DataParallel;
import keras.distribution.Distribution;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.layers.TimeDistributed;
import keras.models.Sequential;
import keras.utils.FloatArrays;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * Trains one model in several processes, as Keras's variables or {@code TF_CONFIG} say; without
 * them alone. Prints the milliseconds of a step of 64 samples, then what a sum takes.
 */
public final class Cluster {

  private static final int BATCH = 64;
  private static final int STEPS = 15;
  private static final int EPOCHS = 4;
  private static final int WARM_UPS = 4;
  private static final int ROUNDS = 7;
  private static final int TIMESTEPS = 100;
  private static final int FEATURES = 64;
  private static final int UNITS = 128;
  private static final int[] LENGTHS = {10_000, 100_000, 1_000_000, 5_000_000};
  private static final int SUMS = 40;
  private static final double MILLIS = 1e-6;

  private Cluster() {}

  /**
   * Runs the workload.
   *
   * @param args nothing
   */
  public static void main(String[] args) {
    try (Collective workers = Distribution.initialize();
        Sequential model = new Sequential()) {
      model
          .add(new Input(batchShape(null, TIMESTEPS, FEATURES)))
          .add(new LSTM(UNITS).returnSequences(true))
          .add(new TimeDistributed(new Dense(FEATURES).activation("softmax")));
      model.compile(c -> c.loss("categorical_crossentropy").optimizer("adam").metrics("acc"));
      model.distribute(new DataParallel(workers));
      FloatNdArray data = oneHot();
      double[] steps = new double[ROUNDS];
      for (int i = -WARM_UPS; i < ROUNDS; i++) {
        long start = System.nanoTime();
        model.fit(data, data, f -> f.batchSize(BATCH).epochs(EPOCHS).verbose(0));
        steps[Math.max(0, i)] = (System.nanoTime() - start) * MILLIS / STEPS / EPOCHS;
      }
      print(workers, "step of med, batch " + BATCH, steps);
      for (int length : LENGTHS) {
        if (workers.size() > 1) {
          print(workers, "sum of " + length + " floats", sums(workers, length));
        }
      }
    }
    System.exit(0);
  }

  private static double[] sums(Collective workers, int length) {
    float[] values = new float[length];
    double[] times = new double[SUMS];
    for (int i = -SUMS / 2; i < SUMS; i++) {
      long start = System.nanoTime();
      workers.sum(values);
      times[Math.max(0, i)] = (System.nanoTime() - start) * MILLIS;
    }
    return times;
  }

  private static void print(Collective workers, String what, double... millis) {
    if (workers.rank() == 0) {
      Arrays.sort(millis);
      System.out.printf(
          Locale.ROOT,
          "%d worker(s), %s: %.2f ms (least %.2f)%n",
          workers.size(),
          what,
          millis[millis.length / 2],
          millis[0]);
    }
  }

  private static FloatNdArray oneHot() {
    int samples = BATCH * STEPS;
    float[] values = new float[samples * TIMESTEPS * FEATURES];
    for (int i = 0; i < samples * TIMESTEPS; i++) {
      values[i * FEATURES + i * 7 % FEATURES] = 1;
    }
    return FloatArrays.wrap(values, samples, TIMESTEPS, FEATURES);
  }
}
