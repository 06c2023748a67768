package keras.examples;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.ParameterException;

/** Starts an example by its name: {@code mvn -q test-compile exec:java -Dexec.args=echo-whole}. */
public final class Main {

  private static final int USAGE = 2;

  /** One example; {@code options} are the words after its name on the command line. */
  @FunctionalInterface
  public interface Runner {
    void run(String... options) throws Exception;
  }

  private final Map<String, Runner> examples;

  Main(Map<String, Runner> examples) {
    this.examples = new TreeMap<>(examples);
  }

  /** Every example of the project, by the name that starts it. */
  static Map<String, Runner> registry() {
    return Map.ofEntries(
        Map.entry(Addition.NAME, Addition::run),
        Map.entry(AirlinePassengers.NAME, AirlinePassengers::run),
        Map.entry(AirlinePassengers.STATEFUL, AirlinePassengers::runStateful),
        Map.entry(AirPollution.NAME, AirPollution::run),
        Map.entry(HouseholdPower.NAME, HouseholdPower::run),
        Map.entry(LstmStateful.NAME, LstmStateful::run),
        Map.entry(MnistIrnn.NAME, MnistIrnn::run),
        Map.entry(Temperature.NAME, Temperature::run),
        Map.entry(Anomalies.NAME, Anomalies::run),
        Map.entry(AttentionSeq2Seq.NAME, AttentionSeq2Seq::run),
        Map.entry(BothWays.NAME, BothWays::run),
        Map.entry(EchoFunctional.NAME, EchoFunctional::run),
        Map.entry(EchoLinear.NAME, EchoLinear::run),
        Map.entry(EchoLonger.NAME, EchoLonger::run),
        Map.entry(EchoMasked.NAME, EchoMasked::run),
        Map.entry(EchoPartial.NAME, EchoPartial::run),
        Map.entry(EchoStateless.NAME, EchoStateless::run),
        Map.entry(EchoTopologies.NAME, EchoTopologies::run),
        Map.entry(EchoWhole.NAME, EchoWhole::run),
        Map.entry(ForecastCnnLstm.NAME, ForecastCnnLstm::run),
        Map.entry(NextFrame.NAME, NextFrame::run),
        Map.entry(NextNumber.NAME, NextNumber::run),
        Map.entry(OwnCell.NAME, OwnCell::run),
        Map.entry(ParityMistakes.NAME, ParityMistakes::run),
        Map.entry(Pulse.NAME, Pulse::run),
        Map.entry(SeedContinuation.NAME, SeedContinuation::run),
        Map.entry(ServeEcho.NAME, ServeEcho::run),
        Map.entry(ServeHttp.NAME, ServeHttp::run),
        Map.entry(Sentiment.NAME, Sentiment::run),
        Map.entry(Seq2Seq.NAME, Seq2Seq::run),
        Map.entry(ShampooSales.NAME, ShampooSales::run),
        Map.entry(SineToCosine.NAME, SineToCosine::run),
        Map.entry(TextGeneration.NAME, TextGeneration::run),
        Map.entry(ToJava.NAME, ToJava::run),
        Map.entry(TwoHeaded.NAME, TwoHeaded::run));
  }

  public static void main(String[] args) throws Exception {
    int status = new Main(registry()).run(System.err, args);
    if (status != 0) {
      System.exit(status);
    }
  }

  /** Runs the example that the first word names; the result is the exit status. */
  int run(PrintStream err, String... args) throws Exception {
    Runner example = args.length == 0 ? null : examples.get(args[0]);
    if (example == null) {
      err.println(
          args.length == 0 ? "No example was named." : "Example \"" + args[0] + "\" is not known.");
      err.println("One of: " + String.join(", ", examples.keySet()));
      return USAGE;
    }
    try {
      example.run(Arrays.copyOfRange(args, 1, args.length));
    } catch (Words.HelpAsked e) {
      e.getCommandLine().usage(System.out);
    } catch (ParameterException e) {
      err.println(e.getMessage());
      e.getCommandLine().usage(err);
      return USAGE;
    }
    return 0;
  }
}
