package keras.internal.graph;

/**
 * Numbers that were found by measurement, on two cores of a server. Each comment names the line of
 * bench/NOTES.md that the number rests on.
 */
public final class Tuning {

  /**
   * Multiplications in one pass over a batch, below which one thread alone is quicker.
   *
   * <p>Notes: "Small steps run on one thread".
   */
  public static final double WORTH_SHARING = 1.5e6;

  /**
   * How many shapes get a program of their own, of each mode.
   *
   * <p>Notes: "one program for all lengths of tests and predictions".
   */
  public static final int OWN_PROGRAMS = 3;

  /**
   * Up to how many samples a test or a prediction gets a program for their number alone.
   *
   * <p>Notes: "one program for all lengths of tests and predictions".
   */
  public static final int MOST_OWN_SAMPLES = 128;

  /**
   * How many samples of small batches become one run, however small they are.
   *
   * <p>Notes: "several small batches of tests and predictions in one run".
   */
  public static final long MOST_MERGED_SAMPLES = 1024;

  /**
   * How many samples that several threads ask for become one run at most.
   *
   * <p>Notes: "Requests in one run".
   */
  public static final long MOST_JOINED_SAMPLES = 64;

  /**
   * How many numbers a run of several batches is fed with at most: 1 MiB.
   *
   * <p>Notes: "several small batches of tests and predictions in one run".
   */
  public static final long MOST_MERGED_NUMBERS = 1 << 18;

  /**
   * Up to how many rows picking them one by one is quicker than a transposition.
   *
   * <p>Notes: "batch and time swapped by picking rows".
   */
  public static final long FEW_ROWS_TO_SWAP = 256;

  /**
   * Up to how many rows a sum over the rows of a matrix is no slower than {@code BiasAddGrad}.
   *
   * <p>Notes: "`BiasAddGrad` in place of a sum over 1,600 rows".
   */
  public static final long FEW_ROWS_TO_SUM = 256;

  /**
   * Up to how many numbers a product and its bias are quicker as two ops.
   *
   * <p>Notes: "a small product and its bias as two ops".
   */
  public static final long FEW_NUMBERS_TO_BIAS = 20_000;

  /**
   * Up to how many rows a recurrent kernel is not transposed before the backward pass.
   *
   * <p>Notes: "no longer done below 16 rows".
   */
  public static final int FEW_ROWS_TO_TRANSPOSE = 15;

  /**
   * From how many sequences on matrices with one column for each are quicker.
   *
   * <p>Notes: "matrices with one column for each (`FeatureMajorLSTM`)".
   */
  public static final int FEWEST_SEQUENCES_AS_COLUMNS = 128;

  /**
   * Up to how many timesteps are written out, without a loop.
   *
   * <p>Notes: "the first epoch of ten steps of med 1.10 to 0.48 s".
   */
  public static final int MOST_TIMESTEPS_WRITTEN = 12;

  /**
   * How many timesteps a round of the loop goes over.
   *
   * <p>Notes: "4, 5 or 20 timesteps at a time".
   */
  public static final int TIMESTEPS_A_ROUND = 10;

  /**
   * How many timesteps a round of the loop goes over in predictions.
   *
   * <p>Notes: "five timesteps at a time in predictions".
   */
  public static final int TIMESTEPS_A_ROUND_IN_PREDICTIONS = 5;

  /**
   * A part of a kernel's gradient that is computed by itself, so that its factors stay in the
   * cache.
   *
   * <p>Notes: "the gradient of a kernel in parts of 256 columns".
   */
  public static final int COLUMNS_OF_A_KERNEL = 256;

  private Tuning() {}
}
