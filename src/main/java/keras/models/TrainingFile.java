package keras.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import keras.backend.Variable;
import keras.backend.VariableAccess;
import keras.callbacks.TrainedModel.Progress;
import keras.internal.config.Json;
import keras.internal.disk.AtomicFile;
import keras.internal.files.Hdf5File;
import keras.internal.files.Hdf5Writer;
import keras.internal.files.WeightsFile;
import keras.internal.messages.Errors;
import keras.internal.trainers.ResumePoint;
import keras.layers.LayerAccess;
import keras.optimizers.Optimizer;
import keras.utils.FloatArrays;
import org.tensorflow.ndarray.Shape;

/**
 * Weights in Keras's layout, with a group {@code training} for what else training needs to go on:
 * how far it has come, the sums of loss and metrics, states, counters of random draws, and the
 * optimizer's variables as the kernels have them where they keep them scaled.
 *
 * <p>All in one file, so that a process that is killed never leaves one part without the other.
 */
final class TrainingFile {

  private static final String TRAINING = "training";
  private static final String PROGRESS = TRAINING + "/progress";
  private static final String TOTALS = TRAINING + "/totals";

  private final Model model;
  private final Path path;

  TrainingFile(Model model, Path path) {
    this.model = model;
    this.path = path;
  }

  void write(Progress progress) {
    Hdf5Writer file =
        WeightsFile.written(LayerAccess.weightGroup(model), new ModelFiles(model).optimizer());
    file.put(
        PROGRESS, Variable.ofLongs("progress", Shape.of(2), progress.epoch(), progress.batches()));
    List<Double> totals = model.trainer().totals();
    if (!totals.isEmpty()) {
      long[] bits = totals.stream().mapToLong(Double::doubleToRawLongBits).toArray();
      file.put(TOTALS, Variable.ofLongs("totals", Shape.of(bits.length), bits));
    }
    extras().forEach((name, variables) -> put(file, name, variables));
    AtomicFile.write(path, file::writeTo);
  }

  private static void put(Hdf5Writer file, String name, List<Variable> variables) {
    for (int i = 0; i < variables.size(); i++) {
      Variable variable = variables.get(i);
      file.put(
          TRAINING + "/" + name + "/" + i,
          VariableAccess.isStoredScaled(variable)
              ? Variable.of(
                  variable.name(), variable.shape(), VariableAccess.storedFloats(variable), false)
              : variable);
    }
  }

  /** Variables that are kept besides weights and optimizer. */
  private Map<String, List<Variable>> extras() {
    Optimizer<?> optimizer = model.optimizer();
    return Map.of(
        "states",
        LayerAccess.lastingStates(model),
        "seeds",
        LayerAccess.seedStates(model),
        "scaled",
        optimizer == null
            ? List.of()
            : optimizer.variables().stream().filter(VariableAccess::isStoredScaled).toList());
  }

  /** Sets the model back, and makes the {@code fit} that begins go on from there. */
  void resume() {
    model.trainer().buildOptimizer();
    long[] progress = {0, 0};
    List<Double> totals = new ArrayList<>();
    try (Hdf5File file = Hdf5File.open(path, "delete the folder of the backup and train anew")) {
      if (file.hasGroup(TRAINING)) {
        progress = file.longs(PROGRESS);
        if (file.names(TRAINING).contains("totals")) {
          Arrays.stream(file.longs(TOTALS)).mapToObj(Double::longBitsToDouble).forEach(totals::add);
        }
      } else {
        progress[0] = epochOfKeras();
      }
      setBack(file);
    }
    if (progress.length != 2 || progress[0] < 0 || progress[1] < 0) {
      throw Errors.in(path + ", " + PROGRESS, "this does not say how far training had come.")
          .expected("a number of epochs and a number of batches")
          .got(Arrays.toString(progress))
          .fix("delete the folder of the backup and train anew")
          .argument();
    }
    model
        .trainer()
        .resume(
            new ResumePoint(
                Math.toIntExact(progress[0]), Math.toIntExact(progress[1]), totals, this::setBack));
  }

  /** Tells where Keras, which wrote the file, begins again. */
  private long epochOfKeras() {
    Path metadata = path.resolveSibling("training_metadata.json");
    if (!Files.exists(metadata)) {
      return 0;
    }
    try {
      Object epoch = Json.read(metadata.toString(), Files.readString(metadata)).get("epoch");
      return epoch instanceof Number number ? number.longValue() : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(metadata + ": this cannot be read.", e);
    }
  }

  private void setBack() {
    try (Hdf5File file = Hdf5File.open(path, "train anew")) {
      setBack(file);
    }
  }

  private void setBack(Hdf5File file) {
    Map<String, List<Variable>> extras = extras();
    if (file.hasGroup(TRAINING)) {
      extras.forEach((name, variables) -> check(file, name, variables));
    }
    WeightsFile.load(
        file, LayerAccess.weightGroup(model), new ModelFiles(model).optimizer(), false);
    if (file.hasGroup(TRAINING)) {
      extras.forEach((name, variables) -> assign(file, name, variables));
    }
  }

  private void check(Hdf5File file, String name, List<Variable> variables) {
    int found = file.names(TRAINING + "/" + name).size();
    if (found != variables.size()) {
      throw Errors.in(path + ", " + TRAINING + "/" + name, "the backup is of another model.")
          .expected(variables.size() + " arrays, as model \"" + model.name() + "\" has them")
          .got(found)
          .fix("make and compile the model as before, or delete the backup")
          .argument();
    }
  }

  private void assign(Hdf5File file, String name, List<Variable> variables) {
    for (int i = 0; i < variables.size(); i++) {
      String place = TRAINING + "/" + name + "/" + i;
      Variable variable = variables.get(i);
      if (variable.type() == Variable.Type.INT64) {
        variable.assign(file.longs(place));
      } else if (VariableAccess.isStoredScaled(variable)) {
        VariableAccess.assignStored(variable, FloatArrays.values(file.floats(place)));
      } else {
        variable.assign(file.floats(place));
      }
    }
  }
}
