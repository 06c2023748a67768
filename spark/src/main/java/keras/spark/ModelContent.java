package keras.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import keras.backend.Variable;
import keras.layers.KerasTensor;
import keras.models.Model;
import keras.models.Models;
import keras.optimizers.Optimizer;

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

  /** Returns the sizes of each input, without the batch. */
  static List<long[]> inputs(Model model) {
    return samples(model.inputs());
  }

  /** Returns the sizes of each output, without the batch. */
  static List<long[]> outputs(Model model) {
    return samples(model.outputs());
  }

  private static List<long[]> samples(List<KerasTensor> tensors) {
    List<long[]> samples = new ArrayList<>();
    tensors.forEach(tensor -> samples.add(tensor.shape().tail().asArray()));
    return samples;
  }

  /** Gives a model what the content of another one has learnt, and what its optimizer remembers. */
  static void copy(byte[] content, Model model) {
    try (Model trained = Models.loadModel(content)) {
      model.setWeights(trained.getWeights());
      Optimizer<?> from = trained.optimizer();
      Optimizer<?> to = model.optimizer();
      from.build(trained.trainableWeights());
      to.build(model.trainableWeights());
      for (int i = 0; i < to.variables().size(); i++) {
        Variable variable = from.variables().get(i);
        if (variable.type() == Variable.Type.FLOAT32) {
          to.variables().get(i).assign(variable.floats());
        } else {
          to.variables().get(i).assign(variable.longs());
        }
      }
    }
  }
}
