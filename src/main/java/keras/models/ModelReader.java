package keras.models;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import keras.backend.Variable;
import keras.internal.config.Json;
import keras.internal.files.Hdf5File;
import keras.internal.files.KerasArchive;
import keras.internal.files.LegacyModel;
import keras.internal.files.WeightsFile;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.messages.Warnings;
import keras.internal.weights.WeightLimit;
import keras.layers.LayerAccess;
import keras.utils.Config;
import keras.utils.CustomObjects;

/** Makes models of files. What goes wrong on the way leaves no model behind. */
final class ModelReader {

  private static final String HDF5_START = "\u0089HDF";
  private static final String ZIP_START = "PK\u0003\u0004";

  /** How many variables a file has of an optimizer before a step: their number, and the rate. */
  private static final int NOTHING_REMEMBERED = 2;

  private static final String FIX = "save the model anew: model.save(path)";

  private ModelReader() {}

  static Model read(Path path, LoadModelOptions options) {
    Checks.notNull("loadModel", "path", path);
    String name = path.toString();
    if (!name.endsWith(".keras") && !ModelFiles.isHdf5(path)) {
      throw Errors.in(name, "the file's name does not say what format it is in.")
          .expected("name.keras, or name.h5 in the legacy format")
          .got(Files.isDirectory(path) ? "a folder" : path.getFileName())
          .fix(fixOfName(path))
          .argument();
    }
    checkKind(path, name.endsWith(".keras"));
    try {
      return name.endsWith(".keras") ? archive(path, options) : legacy(path, options);
    } catch (StackOverflowError | OutOfMemoryError e) {
      throw WeightLimit.tooLarge(name, e);
    }
  }

  /** Refuses a file of one format under the name of the other. */
  static void checkKind(Path path, boolean archive) {
    String other = archive ? HDF5_START : ZIP_START;
    if (Files.isRegularFile(path) && start(path).equals(other)) {
      throw Errors.in(path.toString(), "the file is not in the format that its name says.")
          .expected(archive ? "a .keras archive, which is a zip file" : "an HDF5 file")
          .got(archive ? "an HDF5 file" : "a zip file, as .keras archives are")
          .fix("name it so that it ends with " + (archive ? ".h5" : ".keras"))
          .argument();
    }
  }

  private static String start(Path path) {
    try (InputStream file = Files.newInputStream(path)) {
      return new String(file.readNBytes(4), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return ""; // What opens the file says why it cannot be read.
    }
  }

  private static String fixOfName(Path path) {
    if (Files.isDirectory(path)) {
      return "load what model.save wrote; what model.export wrote is for TensorFlow, not for this";
    }
    return path.toString().endsWith(".json")
        ? "Models.modelFromJson(Files.readString(path))"
        : "give it the ending that it should have";
  }

  private static Model archive(Path path, LoadModelOptions options) {
    try (KerasArchive archive = KerasArchive.open(path);
        Hdf5File weights = archive.weights()) {
      boolean keras2 = Keras2.isVersion(archive.kerasVersion());
      Map<String, Object> written = Json.read(archive.configPlace(), archive.config());
      if (!options.compile) {
        written.remove("compile_config");
      }
      Keras2 translation = new Keras2(archive.configPlace(), options.compile);
      Map<String, Object> config = keras2 ? translation.archived(written) : written;
      CustomObjects custom =
          keras2 ? Keras2.functions(options.customObjects) : options.customObjects;
      Model model =
          made(
              path,
              weights,
              () -> Models.deserialize(Config.of(archive.configPlace(), config, custom)));
      return filled(
          model,
          () -> {
            ModelFiles files = new ModelFiles(model);
            if (WeightsFile.hasOptimizer(weights)) {
              files.buildOptimizer();
            }
            WeightsFile.load(
                weights, LayerAccess.weightGroup(model), files.optimizer(weights, keras2), false);
            WeightsFile.loadVocabularies(
                weights, LayerAccess.weightGroup(model), archive::vocabulary);
          });
    }
  }

  private static Model legacy(Path path, LoadModelOptions options) {
    try (Hdf5File file = Hdf5File.open(path, FIX)) {
      LegacyModel legacy = new LegacyModel(file);
      boolean keras2 = Keras2.isVersion(legacy.kerasVersion());
      Keras2 translation = new Keras2(path.toString(), options.compile);
      String place = path + ", attribute model_config";
      Map<String, Object> written = Json.read(place, legacy.modelConfig());
      Map<String, Object> config = keras2 ? translation.layer(written) : written;
      CustomObjects custom =
          keras2 ? Keras2.functions(options.customObjects) : options.customObjects;
      Model model = made(path, file, () -> Models.deserialize(Config.of(place, config, custom)));
      return filled(
          model,
          () -> {
            legacy.load(LayerAccess.weightGroup(model), false, false);
            if (options.compile && legacy.trainingConfig() != null) {
              compile(model, path, legacy, keras2 ? translation : null, custom);
            }
          });
    }
  }

  private static void compile(
      Model model, Path path, LegacyModel legacy, Keras2 translation, CustomObjects custom) {
    String place = path + ", attribute training_config";
    Map<String, Object> training = Json.read(place, legacy.trainingConfig());
    boolean older = translation != null && Keras2.hasOlderOptimizer(training);
    if (translation == null) {
      training.put("optimizer", training.remove("optimizer_config"));
    } else {
      training = translation.compile(training);
    }
    model.compileFromConfig(Config.of(place, training, custom));
    int saved = legacy.optimizerVariables();
    if (saved == 0) {
      return;
    }
    ModelFiles files = new ModelFiles(model);
    files.buildOptimizer();
    List<Variable> variables = OptimizerOrder.of(model, saved, older);
    if (variables == null && saved <= NOTHING_REMEMBERED) {
      return;
    }
    if (variables == null) {
      Warnings.warn(
          ModelReader.class,
          "{}: the optimizer {} has {} variables, that of the file {}; it starts anew.",
          path,
          model.optimizer().name(),
          model.optimizer().variables().size(),
          saved);
    } else {
      legacy.loadOptimizer(files.optimizer().owner(), variables);
    }
  }

  /** Returns the model, its weights still zeros. */
  private static Model made(Path path, Hdf5File weights, Supplier<Model> maker) {
    return WeightLimit.ofFile(path.toString(), weights.size() / Float.BYTES, maker);
  }

  private static Model filled(Model model, Runnable load) {
    try {
      load.run();
      return model;
    } catch (RuntimeException | Error failed) {
      model.close();
      throw failed;
    }
  }
}
