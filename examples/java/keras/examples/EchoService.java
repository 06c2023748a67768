package keras.examples;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/**
 * Answers with a model that was exported. This class needs TensorFlow-Java alone: it can be copied
 * into an application that does not have keras-java.
 *
 * <p>It keeps no states. A stream's states go out with each answer and come in with the next
 * request, so that any number of streams can be served by any number of such services.
 */
final class EchoService implements AutoCloseable {

  private static final String INPUT = "integers";
  private static final String OUTPUT = "output_0";

  /** The answer to a stream: the model's output, and the states for its next request. */
  static final class Reply {
    final float[] output;
    final Map<String, float[]> states;

    Reply(float[] output, Map<String, float[]> states) {
      this.output = output;
      this.states = states;
    }
  }

  private final SavedModelBundle bundle;

  /** Loads the model in a folder. */
  EchoService(String folder) {
    bundle = SavedModelBundle.load(folder, "serve");
  }

  /** Answers a whole sequence: (timesteps, features) to (timesteps, features), row by row. */
  float[] whole(float[][] sequence) {
    Shape shape = Shape.of(1, sequence.length, sequence[0].length);
    try (TFloat32 x = TFloat32.tensorOf(shape, DataBuffers.of(joined(sequence)));
        Result result = bundle.function("serving_default").call(Map.of(INPUT, x))) {
      return values(result.get(OUTPUT).orElseThrow());
    }
  }

  /** Answers one timestep. A stream begins with {@code Map.of()} for its states. */
  Reply step(float[] timestep, Map<String, float[]> states) {
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    bundle
        .function("step")
        .signature()
        .getInputs()
        .forEach(
            (name, described) -> {
              Shape shape = Shape.of(1, described.shape.get(1));
              float[] zeros = new float[(int) shape.size()];
              float[] given = name.equals(INPUT) ? timestep : states.getOrDefault(name, zeros);
              inputs.put(name, TFloat32.tensorOf(shape, DataBuffers.of(given)));
            });
    Map<String, float[]> after = new LinkedHashMap<>();
    try (Result result = bundle.function("step").call(inputs)) {
      for (Map.Entry<String, Tensor> output : result) {
        after.put(output.getKey(), values(output.getValue()));
      }
    } finally {
      inputs.values().forEach(Tensor::close);
    }
    return new Reply(after.remove(OUTPUT), after);
  }

  private static float[] joined(float[][] rows) {
    float[] all = new float[rows.length * rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, all, i * rows[i].length, rows[i].length);
    }
    return all;
  }

  private static float[] values(Tensor tensor) {
    float[] values = new float[(int) tensor.shape().size()];
    ((TFloat32) tensor).copyTo(DataBuffers.of(values));
    return values;
  }

  @Override
  public void close() {
    bundle.close();
  }
}
