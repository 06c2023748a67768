package keras.examples;

import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Reads the words after an example's name. */
final class Words {

  /** Says that the usage was asked for, which is no mistake. */
  static final class HelpAsked extends ParameterException {
    private static final long serialVersionUID = 1;

    HelpAsked(CommandLine command) {
      super(command, "help");
    }
  }

  private Words() {}

  /**
   * Sets what the words say.
   *
   * @param options an object with picocli's annotations
   * @param example the example's name
   * @param epochs how many epochs it trains if nobody says otherwise, as the usage shows it
   * @throws HelpAsked if a word is {@code --help} or {@code -h}
   * @throws ParameterException if a word is not understood
   */
  static void read(Object options, String example, int epochs, String... words) {
    CommandLine command = new CommandLine(options).setCommandName(example);
    OptionSpec help =
        OptionSpec.builder("-h", "--help").usageHelp(true).description("Print this.").build();
    command.getCommandSpec().addOption(help);
    OptionSpec shown = command.getCommandSpec().findOption("--epochs");
    command
        .getCommandSpec()
        .remove(shown)
        .addOption(
            OptionSpec.builder(shown)
                .description(shown.description()[0].replace("${epochs}", "" + epochs))
                .build());
    if (command.parseArgs(words).isUsageHelpRequested()) {
      throw new HelpAsked(command);
    }
  }
}
