package keras.examples;

import keras.utils.Utils;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The words after an example's name on the command line. */
final class Options {

  private static final int PRINTED_ROUNDS = 10;

  @Spec private CommandSpec command;

  private int epochs;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "What weights and data are drawn from (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(names = "--verbose", description = "Print the loss of every round.")
  private boolean verbose;

  private Options(int epochs) {
    this.epochs = epochs;
  }

  /**
   * Reads the words and seeds everything that is random.
   *
   * @param example the example's name
   * @param epochs how many rounds it trains if nobody says otherwise
   * @throws ParameterException if a word is not understood, or asks for help
   */
  static Options parse(String example, int epochs, String... words) {
    Options options = new Options(epochs);
    Words.read(options, example, epochs, words);
    Utils.setRandomSeed(options.seed);
    return options;
  }

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "How many rounds to train (default: ${epochs}).")
  void epochs(int value) {
    if (value < 1) {
      throw new ParameterException(
          command.commandLine(), "--epochs: expected 1 or more, got " + value);
    }
    epochs = value;
  }

  /** How many rounds to train. */
  int epochs() {
    return epochs;
  }

  /** The seed of everything random. */
  long seed() {
    return seed;
  }

  /** The verbosity of {@code fit} in this round, counted from 0: one line, or nothing for most. */
  int verbose(int round) {
    int every = Math.max(1, epochs / PRINTED_ROUNDS);
    return verbose || (round + 1) % every == 0 ? 2 : 0;
  }
}
