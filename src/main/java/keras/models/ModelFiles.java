package keras.models;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import keras.backend.Variable;
import keras.backend.VariableAccess;
import keras.internal.config.Json;
import keras.internal.disk.AtomicFile;
import keras.internal.files.Hdf5File;
import keras.internal.files.Hdf5Writer;
import keras.internal.files.KerasArchive;
import keras.internal.files.LegacyModel;
import keras.internal.files.WeightsFile;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.messages.Warnings;
import keras.internal.naming.AutoNames;
import keras.internal.weights.WeightGroup;
import keras.layers.Layer;
import keras.layers.LayerAccess;
import keras.layers.Layers;
import keras.optimizers.MultiOptimizer;
import keras.optimizers.Optimizer;

/** Writes a model to files and reads its weights from them. */
final class ModelFiles {

  private static final String FIX = "save the model anew: model.saveWeights(path)";

  /** The version of Keras that can read the files, which they claim as their writer. */
  static final String KERAS_VERSION = "3.15.1";

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd@HH:mm:ss", Locale.ROOT);

  private final Model model;

  ModelFiles(Model model) {
    this.model = model;
  }

  void save(Path path) {
    Checks.notNull("save", "path", path);
    checkName(
        "save",
        path,
        path.toString().endsWith(".keras") || isHdf5(path),
        "name.keras, or name.h5 for the legacy format");
    if (!model.built()) {
      Warnings.warn(
          ModelFiles.class, "{} is saved before it is built: it has no weights yet.", model);
    }
    if (isHdf5(path)) {
      AtomicFile.write(path, unchanged(this::legacy)::writeTo);
      return;
    }
    Runnable write =
        unchanged(
            () -> {
              String config = Json.write(Layers.serialize(model));
              WeightGroup weights = LayerAccess.weightGroup(model);
              Hdf5Writer values = WeightsFile.written(weights, optimizer());
              return () ->
                  KerasArchive.write(
                      path,
                      Json.write(metadata()),
                      config,
                      values,
                      WeightsFile.vocabularies(weights));
            });
    write.run();
  }

  /** Puts together what a file will hold, all of it after the same step of training. */
  <T> T unchanged(Supplier<T> collect) {
    List<Variable> all = new ArrayList<>(model.weights());
    if (model.optimizer() != null) {
      all.addAll(model.optimizer().variables());
    }
    return VariableAccess.unchanged(all, collect);
  }

  private Hdf5Writer legacy() {
    if (!WeightsFile.vocabularies(LayerAccess.weightGroup(model)).isEmpty()) {
      throw Errors.in(model + ".save", "the legacy format has no place for a vocabulary.")
          .expected("name.keras, or vocabulary(...) on the layer in place of adapt")
          .got("a layer that was adapted")
          .fix("model.save(Path.of(\"model.keras\"))")
          .argument();
    }
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("class_name", model.getClass().getSimpleName());
    config.put("config", model.getConfig());
    Map<String, Object> training = model.getCompileConfig();
    if (!training.isEmpty()) {
      training.put("optimizer_config", training.remove("optimizer"));
    }
    return LegacyModel.written(
        KERAS_VERSION,
        Json.write(config),
        training.isEmpty() ? null : Json.write(training),
        LayerAccess.weightGroup(model),
        optimizer());
  }

  private static Map<String, Object> metadata() {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("keras_version", KERAS_VERSION);
    metadata.put("date_saved", DATE.format(LocalDateTime.now(ZoneId.systemDefault())));
    return metadata;
  }

  void saveWeights(Path path) {
    Checks.notNull("saveWeights", "path", path);
    checkName("saveWeights", path, path.toString().endsWith(".weights.h5"), "name.weights.h5");
    checkBuilt("saveWeights");
    Hdf5Writer values =
        unchanged(() -> WeightsFile.written(LayerAccess.weightGroup(model), optimizer()));
    AtomicFile.write(path, values::writeTo);
  }

  void loadWeights(Path path, LoadWeightsOptions options) {
    Checks.notNull("loadWeights", "path", path);
    String name = path.toString();
    boolean legacy = isHdf5(path) && !name.endsWith(".weights.h5");
    checkName(
        "loadWeights",
        path,
        isHdf5(path) || name.endsWith(".keras"),
        "name.weights.h5, name.keras or name.h5");
    if (options.byName && !legacy) {
      throw Errors.in(name, "weights cannot be found by name in this format.")
          .expected("a file name.h5 as Keras 2 wrote it")
          .got(path.getFileName())
          .fix("leave byName(true) out")
          .argument();
    }
    checkBuilt("loadWeights");
    ModelReader.checkKind(path, name.endsWith(".keras"));
    try (Hdf5File file = open(path)) {
      if (legacy) {
        LegacyModel weights = new LegacyModel(file);
        weights.load(LayerAccess.weightGroup(model), options.byName, options.skipMismatch);
        warnOfKeras2(name, weights.writtenBy());
        return;
      }
      WeightsFile.load(file, LayerAccess.weightGroup(model), optimizer(), options.skipMismatch);
    }
  }

  /** Says where a layer does not compute what its weights were trained for in Keras 2. */
  private void warnOfKeras2(String file, Object version) {
    if (!Keras2.isVersion(version)) {
      return;
    }
    for (Layer<?> layer : model.layers()) {
      if (Json.write(Layers.serialize(layer)).contains("\"hard_sigmoid\"")) {
        Warnings.warn(
            ModelFiles.class,
            "{}: Keras {} has written these weights. Its hard_sigmoid has a slope of 0.2, the one of"
                + " {} has 1/6, as in Keras 3: predictions differ. To compute as Keras 2 did, give"
                + " the layer \"keras2>hard_sigmoid\".",
            file,
            version,
            layer);
      }
    }
  }

  private static Hdf5File open(Path path) {
    if (!path.toString().endsWith(".keras")) {
      return Hdf5File.open(path, FIX);
    }
    try (KerasArchive archive = KerasArchive.open(path)) {
      return archive.weights();
    }
  }

  static boolean isHdf5(Path path) {
    return path.toString().endsWith(".h5") || path.toString().endsWith(".hdf5");
  }

  void buildOptimizer() {
    model.trainer().buildOptimizer();
  }

  /** Returns the optimizer's variables, or null if the model is not compiled. */
  WeightGroup optimizer() {
    Optimizer<?> optimizer = model.optimizer();
    return optimizer == null
        ? null
        : new WeightGroup(
            "Optimizer \"" + optimizer.name() + "\"",
            optimizer.name(),
            optimizer.variables(),
            parts(optimizer));
  }

  /** Returns the optimizers that one is made of, by the places at which Keras has them again. */
  private static Map<String, WeightGroup> parts(Optimizer<?> optimizer) {
    Map<String, WeightGroup> parts = new LinkedHashMap<>();
    if (optimizer instanceof MultiOptimizer several) {
      for (Optimizer<?> each : several.optimizers()) {
        String place = "optimizers/" + AutoNames.snakeCase(each.getClass().getSimpleName());
        String free = place;
        for (int same = 1; parts.containsKey(free); same++) {
          free = place + "_" + same;
        }
        parts.put(free, new WeightGroup(each.name(), each.name(), each.variables(), Map.of()));
      }
    }
    return parts;
  }

  /**
   * Returns the optimizer's variables as a file has them: those of Keras 2 have no learning rate
   * among them.
   *
   * @param file the weights of a model
   * @param keras2 whether Keras 2 has written them
   */
  WeightGroup optimizer(Hdf5File file, boolean keras2) {
    WeightGroup own = optimizer();
    if (own == null || !keras2) {
      return own;
    }
    List<Variable> variables =
        OptimizerOrder.of(model, WeightsFile.optimizerVariables(file), false);
    return variables == null ? own : new WeightGroup(own.owner(), own.name(), variables, Map.of());
  }

  private void checkName(String method, Path path, boolean right, String expected) {
    if (!right) {
      throw Errors.in(model + "." + method, "the file's name does not say what format is meant.")
          .expected(expected)
          .got(path)
          .fix("choose a name that ends so")
          .argument();
    }
  }

  private void checkBuilt(String method) {
    if (!model.built()) {
      throw Errors.in(model + "." + method, "the weights are not made yet.")
          .expected("a model that knows the shape of its input")
          .got("a call before it is built")
          .fix("start the model with new Input(shape(...)), or call model.build(...) first")
          .state();
    }
  }
}
