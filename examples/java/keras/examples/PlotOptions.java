package keras.examples;

import java.nio.file.Path;
import keras.plots.Picture;
import keras.utils.Utils;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The words after the name of an example that draws a plot. */
final class PlotOptions {

  @Spec private CommandSpec command;

  private int epochs;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "What weights and data are drawn from (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--plot",
      paramLabel = "PATH",
      description = "The PNG file to write (default: ${DEFAULT-VALUE}).")
  private Path plot;

  private PlotOptions(String example, int epochs) {
    this.epochs = epochs;
    this.plot = Path.of("target", "examples", example + ".png");
  }

  /**
   * Reads the words and seeds everything that is random.
   *
   * @param example the example's name
   * @param epochs how many epochs it trains if nobody says otherwise
   * @throws ParameterException if a word is not understood, or asks for help
   */
  static PlotOptions parse(String example, int epochs, String... words) {
    PlotOptions options = new PlotOptions(example, epochs);
    Words.read(options, example, epochs, words);
    Utils.setRandomSeed(options.seed);
    return options;
  }

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "How many epochs to train (default: ${epochs}).")
  void epochs(int value) {
    if (value < 1) {
      throw new ParameterException(
          command.commandLine(), "--epochs: expected 1 or more, got " + value);
    }
    epochs = value;
  }

  /** How many epochs to train. */
  int epochs() {
    return epochs;
  }

  /** The seed of everything random. */
  long seed() {
    return seed;
  }

  /** Writes the plot where it goes, and says where that is. */
  void save(Picture picture) {
    picture.save(plot);
    System.out.println("Plot: " + plot);
  }
}
