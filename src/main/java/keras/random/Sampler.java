package keras.random;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;

/**
 * Draws classes from the probabilities that a model gives, as scripts do that write text one word
 * after the other: with a temperature, among the {@code k} most probable, or among those that make
 * up a share {@code p} together, as KerasHub's samplers.
 *
 * <pre>{@code
 * Sampler sampler = new Sampler().temperature(0.5).topK(40).seed(7);
 * int next = sampler.sample(FloatArrays.values(model.predict(text)));
 * }</pre>
 *
 * <p>Draws as {@code np.random.choice(len(p), p=p)} does: the same seed draws the same classes as
 * in Python. Without a seed it goes on with NumPy's generator of the process, which {@code
 * setRandomSeed} seeds.
 */
public final class Sampler {
  private static final String WHERE = "Sampler";

  private double temperature = 1;
  private int topK = Integer.MAX_VALUE;
  private double topP = 1;
  private NumpyRandom random = NumpyRandom.shared();

  /** A sampler that takes probabilities as they are. */
  public Sampler() {}

  /**
   * Sets how bold draws are; 1 by default. Below 1 the probable becomes more so; towards 0 the most
   * probable is always drawn.
   *
   * @param value more than 0
   * @return this
   * @throws IllegalArgumentException if it is not
   */
  public Sampler temperature(double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw Errors.in(WHERE, "temperature is out of range.")
          .expected("more than 0")
          .got(value)
          .fix("temperature(0.5); for the most probable, FloatArrays.argmax")
          .argument();
    }
    temperature = value;
    return this;
  }

  /**
   * Sets among how many of the most probable classes to draw; all by default.
   *
   * @param value 1 or more
   * @return this
   * @throws IllegalArgumentException if it is less than 1
   */
  public Sampler topK(int value) {
    topK = Checks.positive(WHERE, "topK", value);
    return this;
  }

  /**
   * Sets the share that the most probable classes must make up together; those that are not needed
   * for it are never drawn. 1 by default, for all.
   *
   * @param value more than 0, at most 1
   * @return this
   * @throws IllegalArgumentException if it is out of that range
   */
  public Sampler topP(double value) {
    if (!(value > 0 && value <= 1)) {
      throw Errors.in(WHERE, "topP is out of range.")
          .expected("more than 0 and at most 1")
          .got(value)
          .fix("topP(0.9)")
          .argument();
    }
    topP = value;
    return this;
  }

  /**
   * Sets the seed of the draws, as {@code np.random.RandomState(seed)}.
   *
   * @param value 0 to 2^32 - 1
   * @return this
   * @throws IllegalArgumentException if it is out of that range
   */
  public Sampler seed(long value) {
    random = new NumpyRandom(value);
    return this;
  }

  /**
   * Draws a class.
   *
   * @param probabilities one for each class, as softmax gives them; they need not add up to 1
   * @return a class
   * @throws IllegalArgumentException if one is negative or no number, or all are zero
   */
  public int sample(float... probabilities) {
    double[] shares = shares(Checks.given(WHERE, "probabilities", probabilities));
    double drawn = random.rand(1)[0];
    double below = 0;
    double all = Arrays.stream(shares).sum();
    int last = 0;
    for (int i = 0; i < shares.length; i++) {
      below += shares[i] / all;
      if (drawn < below) {
        return i;
      }
      last = shares[i] > 0 ? i : last;
    }
    return last; // The sum of the shares is rounded to less than what was drawn.
  }

  /** Returns what each class is drawn by, in proportion. */
  private double[] shares(float[] probabilities) {
    double greatest = 0;
    for (int i = 0; i < probabilities.length; i++) {
      if (!(probabilities[i] >= 0 && probabilities[i] < Float.POSITIVE_INFINITY)) {
        throw wrong(probabilities[i] + " for class " + i);
      }
      greatest = Math.max(greatest, probabilities[i]);
    }
    if (greatest == 0) {
      throw wrong(probabilities.length + " classes, none of them possible");
    }
    double[] shares = new double[probabilities.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = Math.pow(probabilities[i] / greatest, 1 / temperature);
    }
    if (topK < shares.length || topP < 1) {
      leaveOutTheLeastProbable(shares);
    }
    return shares;
  }

  private void leaveOutTheLeastProbable(double[] shares) {
    double all = Arrays.stream(shares).sum();
    int[] order =
        IntStream.range(0, shares.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -shares[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double before = 0;
    for (int i = 0; i < order.length; i++) {
      double share = shares[order[i]] / all;
      if (i >= topK || before >= topP) {
        shares[order[i]] = 0;
      }
      before += share;
    }
  }

  private static IllegalArgumentException wrong(String got) {
    return Errors.in(WHERE, "these are no probabilities.")
        .expected("a finite number for each class, none negative and one greater than 0")
        .got(got)
        .fix("pass what softmax gives, not logits")
        .argument();
  }

  @Override
  public String toString() {
    return "Sampler{temperature=" + temperature + ", top_k=" + topK + ", top_p=" + topP + "}";
  }
}
