package keras.models;

import static keras.layers.Input.shape;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import keras.layers.Dense;
import keras.layers.Input;

/** Trains a model that the process has no memory left for. See {@link NativeMemoryTest}. */
final class RefusedMemory {
  private static final int UNITS = 5000;
  private static final long LEFT = 150L << 20;

  private RefusedMemory() {}

  /** Prints what happens. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path file = Path.of(arguments[0]).resolve("m.weights.h5");
    Sequential another = new Sequential(new Input(shape(1)), new Dense(1));
    another.compile(c -> c.loss("mse"));
    another.fit(new float[4][1], new float[4], f -> f.verbose(0));
    Sequential model =
        new Sequential(
            new Input(shape(UNITS)), new Dense(UNITS).kernelInitializer("ones"), new Dense(1));
    model.compile(c -> c.loss("mse").optimizer("adam"));
    limit();
    for (int i = 0; i < 2; i++) {
      System.out.println("fit: " + failure(model));
    }
    model.saveWeights(file);
    System.out.println("saved: " + (Files.size(file) > 4L * UNITS * UNITS));
    model.close();
    another.fit(new float[4][1], new float[4], f -> f.verbose(0));
    another.close();
    System.out.println("another goes on");
  }

  private static String failure(Model model) {
    try {
      model.fit(new float[2][UNITS], new float[2], f -> f.verbose(0));
      return "none";
    } catch (IllegalStateException | IllegalArgumentException e) {
      return e.getMessage().lines().findFirst().orElse("");
    }
  }

  /** Lets this process have little more memory than it has now. */
  private static void limit() throws IOException, InterruptedException {
    String size =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("VmSize"))
            .findFirst()
            .orElseThrow()
            .replaceAll("\\D", "");
    long most = Long.parseLong(size) * 1024 + LEFT;
    String pid = String.valueOf(ProcessHandle.current().pid());
    new ProcessBuilder("prlimit", "--pid", pid, "--as=" + most).inheritIO().start().waitFor();
  }
}
