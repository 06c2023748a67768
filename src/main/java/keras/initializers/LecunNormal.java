package keras.initializers;

/**
 * Normally distributed numbers, cut off at two standard deviations, with standard deviation {@code
 * sqrt(1 / fan_in)}. Keras: {@code keras.initializers.LecunNormal}.
 *
 * @see <a href="https://arxiv.org/abs/1706.02515">Klambauer et al., Self-normalizing neural
 *     networks (2017)</a>
 */
public final class LecunNormal extends FanInitializer<LecunNormal> {

  /** Without a seed: every one made gives other values. */
  public LecunNormal() {
    super(1, "fan_in", "truncated_normal");
  }

  @Override
  LecunNormal unplaced() {
    return new LecunNormal();
  }
}
