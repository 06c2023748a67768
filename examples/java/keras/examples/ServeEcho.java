package keras.examples;

import static keras.layers.Input.batchShape;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.layers.TimeDistributed;
import keras.models.Exported;
import keras.models.Sequential;
import keras.utils.FloatArrays;

/**
 * The model of {@code echo-whole} goes into production: it is trained, exported as a SavedModel,
 * loaded by {@link EchoService} with TensorFlow-Java alone, and answers.
 *
 * <p>It answers whole windows, one a request, though it was trained in batches of seven; and a
 * stream of integers one by one through the signature {@code step}, the states in the caller's
 * hands.
 */
final class ServeEcho {

  static final String NAME = "serve-echo";

  private static final int BATCH = 7;
  private static final int UNITS = 20;

  /**
   * The figures: loss of the last round, shares of integers echoed rightly in windows and in a
   * stream, and how far the answers to a window and to its integers one by one are apart at most.
   */
  record Result(
      String example,
      double seconds,
      int rounds,
      double lastLoss,
      double accuracyOfWindows,
      double accuracyOfStream,
      double difference) {}

  private ServeEcho() {}

  static Result run(String... words) {
    Options options = Options.parse(NAME, 500, words);
    long start = System.nanoTime();
    Path folder = Path.of("target", NAME, "1");
    double lastLoss = trainAndExport(options, folder);

    int[] sequence = EchoData.sequence();
    float[][] rows = EchoData.oneHotEncode(sequence);
    int[][] windows = new int[EchoData.LENGTH / EchoData.STEPS][];
    int[][] echoed = new int[windows.length][];
    int[] streamed = new int[sequence.length];
    double difference = 0;
    try (EchoService service = new EchoService(folder.toString())) {
      for (int i = 0; i < windows.length; i++) {
        int from = i * EchoData.STEPS;
        float[][] window = Arrays.copyOfRange(rows, from, from + EchoData.STEPS);
        float[] answer = service.whole(window);
        windows[i] = Arrays.copyOfRange(sequence, from, from + EchoData.STEPS);
        echoed[i] = integers(answer);
        difference = Math.max(difference, difference(answer, service, window));
      }
      Map<String, float[]> states = Map.of();
      for (int i = 0; i < rows.length; i++) {
        EchoService.Reply reply = service.step(rows[i], states);
        streamed[i] = integers(reply.output)[0];
        states = reply.states;
      }
    }
    EchoData.print(windows, echoed);
    System.out.println("Streamed: " + Arrays.toString(streamed));
    return ResultLine.print(
        new Result(
            NAME,
            ResultLine.secondsSince(start),
            options.epochs(),
            lastLoss,
            EchoData.accuracy(windows, echoed),
            EchoData.accuracy(new int[][] {sequence}, new int[][] {streamed}),
            difference));
  }

  private static double trainAndExport(Options options, Path folder) {
    try (Sequential model = new Sequential()) {
      model.add(new Input(batchShape(BATCH, EchoData.STEPS, EchoData.CLASSES)).name("integers"));
      model.add(new LSTM(UNITS).returnSequences(true).stateful(true));
      model.add(new TimeDistributed(new Dense(EchoData.CLASSES).activation("softmax")));
      model.compile(c -> c.loss("categorical_crossentropy").optimizer("adam").metrics("acc"));
      double[] losses =
          new EchoRounds(
                  options,
                  BATCH,
                  () -> EchoData.oneHotWindows(EchoData.STEPS),
                  EchoData::oneHotDecode)
              .train(model);
      Exported exported = model.export(folder, e -> e.step(true));
      System.out.println(
          "Exported to "
              + exported.folder()
              + " with "
              + String.join(", ", exported.signatures())
              + "; states: "
              + String.join(", ", exported.states()));
      return losses[losses.length - 1];
    }
  }

  /** How far the answers to single integers are from the answer to their window. */
  private static double difference(float[] answer, EchoService service, float[][] window) {
    double largest = 0;
    Map<String, float[]> states = Map.of();
    for (int t = 0; t < window.length; t++) {
      EchoService.Reply reply = service.step(window[t], states);
      for (int i = 0; i < EchoData.CLASSES; i++) {
        double apart = Math.abs(reply.output[i] - answer[t * EchoData.CLASSES + i]);
        largest = Math.max(largest, apart);
      }
      states = reply.states;
    }
    return largest;
  }

  /** The likeliest integer of each timestep. */
  private static int[] integers(float[] vectors) {
    return EchoData.oneHotDecode(
        FloatArrays.wrap(vectors, 1, vectors.length / EchoData.CLASSES, EchoData.CLASSES))[0];
  }
}
