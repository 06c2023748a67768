package keras.models;

import static keras.layers.Input.shape;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import keras.layers.Dense;
import keras.layers.Input;

/** Saves a model of 400 KB in all formats. See {@link NoSpaceTest}. */
final class SavesLarge {

  private SavesLarge() {}

  /** Prints what each format ends with. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    try (Sequential model = new Sequential(new Input(shape(100)), new Dense(1000))) {
      Map<String, Consumer<Path>> formats = new LinkedHashMap<>();
      formats.put("m.keras", model::save);
      formats.put("m.h5", model::save);
      formats.put("m.weights.h5", model::saveWeights);
      formats.put("m.onnx", path -> model.export(path, o -> o.format("onnx")));
      formats.put("exported", path -> model.export(path));
      for (Map.Entry<String, Consumer<Path>> format : formats.entrySet()) {
        Path path = folder.resolve(format.getKey());
        if (!format.getKey().equals("exported")) {
          Files.writeString(path, "old");
        }
        String end;
        try {
          format.getValue().accept(path);
          end = "written";
        } catch (RuntimeException e) {
          end = e.getClass().getSimpleName() + (says(e) ? ", which says why" : "");
        }
        System.out.println(format.getKey() + ": " + end);
      }
      model.predictOnBatch(new float[1][100]);
      System.out.println("predicts");
    }
  }

  private static boolean says(RuntimeException e) {
    return e.getMessage().contains("File too large");
  }
}
