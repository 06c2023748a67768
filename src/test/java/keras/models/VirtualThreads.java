package keras.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.utils.FloatArrays;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * Asks a model, cold, from many virtual threads at once, and holds each answer against that of one
 * thread; for a JDK that has them, 21 or later. {@code testdata/virtual_threads.sh} runs it.
 */
final class VirtualThreads {

  private static final int THREADS = 400;
  private static final int ASKED = 50;
  private static final int LARGEST = 9;
  private static final int TIMESTEPS = 20;
  private static final int FEATURES = 4;
  private static final float TOLERANCE = 1e-6f;

  private VirtualThreads() {}

  private static void start(Runnable work) throws ReflectiveOperationException {
    Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, work);
  }

  private static FloatNdArray sample(int number) {
    float[] values = new float[TIMESTEPS * FEATURES];
    Random random = new Random(number);
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return FloatArrays.wrap(values, 1, TIMESTEPS, FEATURES);
  }

  private static boolean isRight(Model model, Random random, List<Float> expected) {
    List<FloatNdArray> samples = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    for (int i = 1 + random.nextInt(LARGEST); i > 0; i--) {
      int number = random.nextInt(expected.size());
      numbers.add(number);
      samples.add(sample(number));
    }
    FloatNdArray answers = model.predictOnBatch(FloatArrays.concatenate(samples));
    for (int i = 0; i < numbers.size(); i++) {
      if (Math.abs(answers.getFloat(i, 0) - expected.get(numbers.get(i))) > TOLERANCE) {
        return false;
      }
    }
    return true;
  }

  /** Asks, and says how it went. */
  public static void main(String... args) throws Exception {
    List<Float> expected = new ArrayList<>();
    try (Model model =
            new Sequential(
                new Input(Input.shape(TIMESTEPS, FEATURES)), new LSTM(16), new Dense(1));
        Sequential same =
            new Sequential(
                new Input(Input.shape(TIMESTEPS, FEATURES)), new LSTM(16), new Dense(1))) {
      same.setWeights(model.getWeights());
      for (int i = 0; i < 30; i++) {
        expected.add(same.predictOnBatch(sample(i)).getFloat(0, 0));
      }
      AtomicInteger right = new AtomicInteger();
      AtomicInteger wrong = new AtomicInteger();
      AtomicLong longestWait = new AtomicLong();
      CountDownLatch left = new CountDownLatch(THREADS);
      // A thread that wants next to nothing shows for how long the others hold all carriers.
      start(
          () -> {
            long before = System.nanoTime();
            while (left.getCount() > 0) {
              LockSupport.parkNanos(1);
              long now = System.nanoTime();
              longestWait.accumulateAndGet(now - before, Math::max);
              before = now;
            }
          });
      for (int i = 0; i < THREADS; i++) {
        Random random = new Random(i);
        start(
            () -> {
              try {
                for (int k = 0; k < ASKED; k++) {
                  (isRight(model, random, expected) ? right : wrong).incrementAndGet();
                }
              } finally {
                left.countDown();
              }
            });
      }
      left.await();
      System.out.printf(
          "virtual threads: %d of %d answers right; longest wait for a carrier %d ms%n",
          right.get(), THREADS * ASKED, longestWait.get() / 1_000_000);
      if (right.get() != THREADS * ASKED) {
        throw new IllegalStateException(wrong.get() + " answers were wrong");
      }
    }
  }
}
