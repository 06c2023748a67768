package keras.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import keras.models.Model;

/** The content of a model's file, which goes from one process to another. */
final class ModelContent {

  private ModelContent() {}

  /** Returns the content of the {@code .keras} file of a model. */
  static byte[] of(Model model) {
    try {
      Path file = Files.createTempFile("model", ".keras");
      try {
        model.save(file);
        return Files.readAllBytes(file);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The model cannot be laid aside.", e);
    }
  }

  /** Refuses a model with several inputs or outputs. */
  static void checkSingle(String where, Model model) {
    int inputs = model.inputs().size();
    int outputs = model.outputs().size();
    if (inputs != 1 || outputs != 1) {
      throw new IllegalArgumentException(
          where
              + ": the model has several inputs or outputs.\n  expected: one of each\n  got:      "
              + inputs
              + " and "
              + outputs
              + "\n  fix:      join them by layers, in a model around this one");
    }
  }

  /** Returns the sizes of a shape without the batch. */
  static long[] sample(org.tensorflow.ndarray.Shape shape) {
    return shape.tail().asArray();
  }
}
