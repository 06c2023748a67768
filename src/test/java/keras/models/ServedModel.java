package keras.models;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import keras.utils.FloatArrays;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Signature;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/** A SavedModel in TensorFlow's own hands: nothing here knows of our models. */
final class ServedModel implements AutoCloseable {

  private final SavedModelBundle bundle;

  private ServedModel(SavedModelBundle bundle) {
    this.bundle = bundle;
  }

  static ServedModel load(Path folder) {
    return new ServedModel(SavedModelBundle.load(folder.toString(), "serve"));
  }

  Signature signature(String name) {
    return bundle.function(name).signature();
  }

  Map<String, FloatNdArray> call(String signature, Map<String, ?> arrays) {
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    arrays.forEach((name, array) -> inputs.put(name, tensor(FloatArrays.of(array, name))));
    Map<String, FloatNdArray> outputs = new LinkedHashMap<>();
    try (Result result = bundle.function(signature).call(inputs)) {
      for (Map.Entry<String, Tensor> entry : result) {
        TFloat32 tensor = (TFloat32) entry.getValue();
        float[] values = new float[(int) tensor.size()];
        tensor.copyTo(DataBuffers.of(values));
        outputs.put(entry.getKey(), FloatArrays.wrap(values, tensor.shape().asArray()));
      }
    } finally {
      inputs.values().forEach(Tensor::close);
    }
    return outputs;
  }

  private static TFloat32 tensor(FloatNdArray array) {
    return TFloat32.tensorOf(
        Shape.of(FloatArrays.shape(array)), DataBuffers.of(FloatArrays.values(array)));
  }

  @Override
  public void close() {
    bundle.close();
  }
}
