package keras.examples;

import static keras.layers.Input.batchShape;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.layers.TimeDistributed;
import keras.models.Sequential;
import keras.parity.Difference;
import keras.parity.Parity;
import keras.parity.ParityReport;
import keras.utils.FloatArrays;
import org.tensorflow.ndarray.FloatNdArray;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * A port is held against the Keras model that it was made from: first the right one, then one with
 * a wrong activation, then one whose weights have two gates swapped.
 *
 * <p>Shows {@link Parity}, which names the first layer at which Java and Keras part. The bundle is
 * of a smaller {@code echo-whole}, with 10 integers in place of 100, and was written by {@code
 * testdata/parity.py}.
 */
final class ParityMistakes {

  static final String NAME = "parity";

  private static final int UNITS = 8;

  @Option(
      names = "--bundle",
      paramLabel = "FILE",
      description = "What Keras wrote (default: ${DEFAULT-VALUE}).")
  private Path bundle = Path.of("testdata", "parity", "echo_whole.h5");

  /** The figures: steps that agree in the right port, and where the wrong ones part. */
  record Result(
      String example,
      double seconds,
      int agreedSteps,
      String wrongActivation,
      String swappedGates) {}

  private ParityMistakes() {}

  static Result run(String... words) {
    ParityMistakes options = new ParityMistakes();
    new CommandLine(options).setCommandName(NAME).parseArgs(words);
    long start = System.nanoTime();
    ParityReport right;
    ParityReport activation;
    ParityReport gates;

    System.out.println("As it should be:");
    try (Sequential model = port("softmax")) {
      right = Parity.of(options.bundle).check(model);
      System.out.println(right.text());
    }

    System.out.println("With a wrong activation:");
    try (Sequential model = port("sigmoid")) {
      activation = Parity.of(options.bundle).check(model);
      System.out.println(activation.text());
    }

    System.out.println("With weights whose gates i, c, f, o are in another framework's order:");
    try (Sequential model = port("softmax")) {
      // Stands for weights that come from elsewhere: Keras's, with two gates swapped.
      model.setWeights(swapped(Parity.of(options.bundle).weights()));
      gates = Parity.of(options.bundle).keepWeights(true).check(model);
      System.out.println(gates.text());
    }

    return ResultLine.print(
        new Result(
            NAME,
            ResultLine.secondsSince(start),
            right.steps(),
            activation.difference().map(Difference::name).orElse("nowhere"),
            gates.difference().map(Difference::name).orElse("nowhere")));
  }

  private static Sequential port(String activation) {
    Sequential model = new Sequential();
    model.add(new Input(batchShape(7, 5, 10)));
    model.add(new LSTM(UNITS).returnSequences(true).stateful(true));
    model.add(new TimeDistributed(new Dense(10).activation(activation)));
    model.compile(c -> c.loss("categorical_crossentropy").optimizer("adam").metrics("acc"));
    return model;
  }

  /** The LSTM's kernel, recurrent kernel and bias with gates 1 and 2 swapped, the rest as it is. */
  private static List<FloatNdArray> swapped(List<FloatNdArray> weights) {
    List<FloatNdArray> changed = new ArrayList<>(weights);
    for (int i = 0; i < 3; i++) {
      float[] values = FloatArrays.values(weights.get(i)).clone();
      for (int row = 0; row < values.length; row += 4 * UNITS) {
        for (int unit = row; unit < row + UNITS; unit++) {
          float second = values[unit + UNITS];
          values[unit + UNITS] = values[unit + 2 * UNITS];
          values[unit + 2 * UNITS] = second;
        }
      }
      changed.set(i, FloatArrays.wrap(values, FloatArrays.shape(weights.get(i))));
    }
    return changed;
  }
}
