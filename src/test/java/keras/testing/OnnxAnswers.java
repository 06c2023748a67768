package keras.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import keras.models.Model;
import keras.utils.FloatArrays;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * Models as files of ONNX in a folder, and beside them a file with inputs and what {@code predict}
 * says to them, for {@code testdata/export.py}.
 */
public final class OnnxAnswers {

  private final Path folder;
  private final List<Map<String, Object>> answers = new ArrayList<>();

  /** Starts with none. */
  public OnnxAnswers(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  /** Exports a model and notes an answer of it. */
  public void add(String name, Model model, List<FloatNdArray> x, List<FloatNdArray> y) {
    String file = answers.size() + ".onnx";
    model.export(folder.resolve(file), o -> o.format("onnx"));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("case", name);
    answer.put("file", file);
    answer.put("x", arrays(x));
    answer.put("y", arrays(y));
    answers.add(answer);
  }

  private static List<Map<String, Object>> arrays(List<FloatNdArray> arrays) {
    List<Map<String, Object>> written = new ArrayList<>();
    for (FloatNdArray array : arrays) {
      float[] values = FloatArrays.values(array);
      written.add(Map.of("shape", FloatArrays.shape(array), "data", values));
    }
    return written;
  }

  /** Writes the answers. */
  public void write() throws IOException {
    Files.write(folder.resolve("answers.json"), new ObjectMapper().writeValueAsBytes(answers));
  }
}
