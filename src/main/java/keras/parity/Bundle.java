package keras.parity;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import keras.utils.Batch;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * A model as a Keras script wrote it down.
 *
 * @param file where it was read from
 * @param version the version of Keras
 * @param iterations how many steps Keras's optimizer had made before
 * @param compiled the names that Keras was given of loss, optimizer and metrics
 * @param layers the layers, inputs left out, in Keras's order
 * @param batches the batches that the model was trained on, one step each
 * @param logs the loss and the metrics of each step, by name
 */
record Bundle(
    Path file,
    String version,
    long iterations,
    JsonNode compiled,
    List<KerasLayer> layers,
    List<Batch> batches,
    Map<String, float[]> logs) {

  /**
   * A layer of Keras's model.
   *
   * @param name its name
   * @param className its class
   * @param config its arguments
   * @param weights their values at the start
   * @param seeds the states of its random numbers at the start
   * @param outputs the outputs for the first batch
   */
  record KerasLayer(
      String name,
      String className,
      JsonNode config,
      List<FloatNdArray> weights,
      List<long[]> seeds,
      List<FloatNdArray> outputs) {

    @Override
    public String toString() {
      return className + " \"" + name + "\"";
    }
  }
}
