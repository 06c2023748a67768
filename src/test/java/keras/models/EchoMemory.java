package keras.models;

import static keras.layers.Input.batchShape;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.layers.TimeDistributed;

/** Trains the echo model again and again, and prints how much memory the process holds. */
final class EchoMemory {

  private EchoMemory() {}

  /** Prints the resident kilobytes after some calls of fit, and after many more. */
  public static void main(String[] arguments) throws IOException {
    Random random = new Random(3);
    try (Sequential model = new Sequential()) {
      model.add(new Input(batchShape(7, 5, 20)));
      model.add(new LSTM(20).returnSequences(true).stateful(true));
      model.add(new TimeDistributed(new Dense(20).activation("softmax")));
      model.compile(c -> c.loss("categorical_crossentropy").optimizer("adam").metrics("acc"));
      for (int call = 1; call <= 2000; call++) {
        float[][][] x = new float[21][5][20];
        for (float[][] sample : x) {
          for (float[] step : sample) {
            step[random.nextInt(20)] = 1;
          }
        }
        model.fit(x, x, f -> f.epochs(1).batchSize(7).verbose(0).shuffle(false));
        model.resetStates();
        if (call == 500 || call == 2000) {
          System.out.println(resident());
        }
      }
    }
  }

  private static long resident() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
