package keras.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import keras.internal.config.Json;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.messages.Warnings;
import keras.internal.weights.WeightLimit;
import keras.layers.Layer;
import keras.layers.Layers;
import keras.plots.Diagram;
import keras.utils.Config;
import keras.utils.CustomObjects;

/** Models from what was written of them. Keras: the functions of {@code keras.models}. */
public final class Models {

  private Models() {}

  /**
   * A model from a file that this library or Keras has written, with its weights. Keras: {@code
   * keras.models.load_model(path)}.
   *
   * <p>A model that was saved compiled comes back compiled, and with what the optimizer remembers:
   * training goes on as it would have. As in Keras, the states of stateful layers and of random
   * layers are not in the file.
   *
   * @param path a file that ends with {@code .keras}; or with {@code .h5} or {@code .hdf5}, in the
   *     legacy format of Keras 2 and 3
   * @return a new model, to be closed
   * @throws IllegalArgumentException if the file is not whole, or has what keras-java lacks; the
   *     message names the file and the place in it
   */
  public static Model loadModel(Path path) {
    return loadModel(path, options -> {});
  }

  /**
   * Returns a model from a file, with layers or functions of the caller's, or without being
   * compiled.
   *
   * @param path a file that ends with {@code .keras}, {@code .h5} or {@code .hdf5}
   * @param options sets the arguments
   * @return a new model, to be closed
   * @throws IllegalArgumentException if the file is not whole, or has what keras-java lacks
   */
  public static Model loadModel(Path path, Consumer<LoadModelOptions> options) {
    LoadModelOptions o = new LoadModelOptions();
    Checks.notNull("loadModel", "options", options);
    options.accept(o);
    return ModelReader.read(path, o);
  }

  /**
   * Returns a model from the content of a file, as another process has sent it.
   *
   * @param content what {@code .keras} or legacy HDF5 files have
   * @return a new model, to be closed
   * @throws IllegalArgumentException if it is not whole, or has what keras-java lacks
   */
  public static Model loadModel(byte[] content) {
    Checks.notNull("loadModel", "content", content);
    boolean zipped = content.length > 1 && content[0] == 'P' && content[1] == 'K';
    Path file = null;
    try {
      file = Files.createTempFile("model", zipped ? ".keras" : ".h5");
      Files.write(file, content);
      return loadModel(file);
    } catch (IOException e) {
      throw new UncheckedIOException("loadModel: the content cannot be laid aside.", e);
    } finally {
      deleted(file);
    }
  }

  private static void deleted(Path file) {
    try {
      if (file != null) {
        Files.delete(file);
      }
    } catch (IOException e) {
      Warnings.warn(Models.class, "{} cannot be deleted: {}", file, e.toString());
    }
  }

  /**
   * Returns a model without its weights. Keras: {@code keras.models.model_from_json(json_string)}.
   *
   * <p>A text that says that Keras 2 wrote it is read with Keras 2's meanings.
   *
   * @param json the text of {@link Model#toJson}, or Keras's {@code model.to_json()}
   * @return a new model, compiled as the other one was
   * @throws IllegalArgumentException if it is no such text, or has what keras-java lacks
   */
  public static Model modelFromJson(String json) {
    return modelFromJson(json, new CustomObjects());
  }

  /**
   * A model without its weights, with layers or functions of the caller's. Keras: {@code
   * keras.models.model_from_json(json_string, custom_objects)}.
   *
   * @param json the text of {@link Model#toJson}, or Keras's {@code model.to_json()}
   * @param custom the classes and functions of names that are none of Keras's
   * @return a new model, compiled as the other one was
   * @throws IllegalArgumentException if it is no such text, has what keras-java lacks, or has
   *     weights that would fill more than half of the heap
   */
  public static Model modelFromJson(String json, CustomObjects custom) {
    String place = "modelFromJson";
    Map<String, Object> model = Json.read(place, Checks.given(place, "json", json));
    Config config =
        Keras2.isVersion(model.get("keras_version"))
            ? Config.of(place, new Keras2(place, false).layer(model), Keras2.functions(custom))
            : Config.of(place, model, custom);
    return WeightLimit.ofHeap(place, () -> deserialize(config));
  }

  /**
   * Returns the model that is described. Keras: {@code keras.saving.deserialize_keras_object}.
   *
   * @param model {@code class_name} and {@code config}, as {@link Model#serialize} gives them
   * @return a new model, compiled as the other one was
   * @throws IllegalArgumentException if something is missing or wrong, or keras-java lacks it
   */
  public static Model deserialize(Map<String, ?> model) {
    return deserialize(Config.of("Models.deserialize", model));
  }

  /** Returns a configuration in which the classes of models are known. */
  static Config withModels(Config config) {
    return config
        .withClass("Sequential", Sequential::fromConfig)
        .withClass("Functional", Model::fromConfig)
        .withClass("Model", Model::fromConfig);
  }

  /**
   * The model that is described, in a file.
   *
   * @param model {@code class_name} and {@code config}
   * @return a new model, compiled as the other one was
   * @throws IllegalArgumentException if something is missing or wrong, or keras-java lacks it
   */
  public static Model deserialize(Config model) {
    Checks.notNull("Models.deserialize", "model", model);
    Layer<?> made = Layers.deserialize(withModels(model));
    if (made instanceof Model whole) {
      return whole;
    }
    throw Errors.in(model.place(), "this is a layer, no model.")
        .expected("Sequential or Functional")
        .got(made)
        .fix("Layers.deserialize(...) gives a layer")
        .argument();
  }

  /**
   * Draws a model into a file: {@code keras.utils.plot_model(model, to_file=path)}.
   *
   * @param model a model that knows the shape of its input
   * @param toFile ends in {@code .png} or {@code .svg}
   * @return the picture, to be shown or written elsewhere, too
   * @throws IllegalArgumentException if the model has not been built
   * @throws IllegalStateException if {@code org.eclipse.elk.alg.layered} is not on the class path
   * @throws java.io.UncheckedIOException if the file cannot be written
   */
  public static Diagram plotModel(Model model, Path toFile) {
    return plotModel(model, toFile, options -> {});
  }

  /**
   * Draws a model into a file: {@code keras.utils.plot_model}.
   *
   * <pre>{@code
   * Models.plotModel(model, Path.of("model.png"), o -> o.showShapes(true).expandNested(true));
   * }</pre>
   *
   * <p>Porting note: there is no {@code show_dtype}, for numbers are 32-bit floats everywhere, and
   * no {@code splines}: arrows have right angles, Keras's default.
   *
   * @param model a model that knows the shape of its input
   * @param toFile ends in {@code .png} or {@code .svg}
   * @param options showShapes, showLayerNames, showLayerActivations, showTrainable, expandNested,
   *     rankdir, dpi
   * @return the picture, to be shown or written elsewhere, too
   * @throws IllegalArgumentException if the model has not been built
   * @throws IllegalStateException if {@code org.eclipse.elk.alg.layered} is not on the class path
   * @throws java.io.UncheckedIOException if the file cannot be written
   */
  public static Diagram plotModel(Model model, Path toFile, Consumer<PlotModelOptions> options) {
    PlotModelOptions chosen = Checks.set("plotModel", new PlotModelOptions(), options);
    Checks.notNull("plotModel", "toFile", toFile);
    Diagram diagram = ModelDiagram.of(Checks.given("plotModel", "model", model), chosen);
    diagram.save(toFile);
    return diagram;
  }
}
