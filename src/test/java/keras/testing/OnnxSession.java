package keras.testing;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;

/** A file of ONNX as ONNX Runtime runs it. */
public final class OnnxSession implements AutoCloseable {

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  private OnnxSession(Path file) {
    try {
      session = environment.createSession(Files.readAllBytes(file));
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Loads a model. */
  public static OnnxSession load(Path file) {
    return new OnnxSession(file);
  }

  /** Returns the names of the inputs. */
  public Iterable<String> inputNames() {
    return session.getInputNames();
  }

  /** Runs the model with inputs in its order, and returns its outputs in theirs. */
  public List<FloatNdArray> run(List<FloatNdArray> inputs) {
    Map<String, FloatNdArray> named = new LinkedHashMap<>();
    for (String name : inputNames()) {
      named.put(name, inputs.get(named.size()));
    }
    return List.copyOf(run(named).values());
  }

  /** Runs the model. */
  public Map<String, FloatNdArray> run(Map<String, FloatNdArray> inputs) {
    Map<String, OnnxTensor> given = new LinkedHashMap<>();
    Map<String, FloatNdArray> outputs = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, FloatNdArray> input : inputs.entrySet()) {
        float[] values = new float[Math.toIntExact(input.getValue().size())];
        input.getValue().copyTo(DataBuffers.of(values, false, false));
        long[] shape = input.getValue().shape().asArray();
        given.put(
            input.getKey(), OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape));
      }
      try (OrtSession.Result result = session.run(given)) {
        for (Map.Entry<String, ai.onnxruntime.OnnxValue> output : result) {
          OnnxTensor tensor = (OnnxTensor) output.getValue();
          float[] values = new float[tensor.getFloatBuffer().remaining()];
          tensor.getFloatBuffer().get(values);
          Shape shape = Shape.of(tensor.getInfo().getShape());
          outputs.put(output.getKey(), NdArrays.wrap(shape, DataBuffers.of(values)));
        }
      }
      return outputs;
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    } finally {
      given.values().forEach(OnnxTensor::close);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}
