package keras.models;

import java.util.Map;
import keras.layers.Layer;
import keras.layers.Layers;
import keras.utils.Config;
import keras.utils.CustomObjects;
import keras.utils.Errors;
import keras.utils.Json;

/** Models from what was written of them. Keras: the functions of {@code keras.models}. */
public final class Models {

  private Models() {}

  /**
   * A model without its weights. Keras: {@code keras.models.model_from_json(json_string)}.
   *
   * @param json what {@link Model#toJson} gives, or Keras's {@code model.to_json()}
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
   * @param json what {@link Model#toJson} gives, or Keras's {@code model.to_json()}
   * @param custom what names stand for that are none of Keras's
   * @return a new model, compiled as the other one was
   * @throws IllegalArgumentException if it is no such text, or has what keras-java lacks
   */
  public static Model modelFromJson(String json, CustomObjects custom) {
    String place = "modelFromJson";
    return deserialize(Config.of(place, Json.read(place, json), custom));
  }

  /**
   * The model that is described. Keras: {@code keras.saving.deserialize_keras_object}.
   *
   * @param model {@code class_name} and {@code config}, as {@link Model#serialize} gives them
   * @return a new model, compiled as the other one was
   * @throws IllegalArgumentException if something is missing or wrong, or keras-java lacks it
   */
  public static Model deserialize(Map<String, ?> model) {
    return deserialize(Config.of("Models.deserialize", model));
  }

  /**
   * The model that is described, in a file.
   *
   * @param model {@code class_name} and {@code config}
   * @return a new model, compiled as the other one was
   * @throws IllegalArgumentException if something is missing or wrong, or keras-java lacks it
   */
  public static Model deserialize(Config model) {
    Layer<?> made = Layers.deserialize(model.withClass("Sequential", Sequential::fromConfig));
    if (made instanceof Model whole) {
      return whole;
    }
    throw Errors.in(model.place(), "this is a layer, no model.")
        .expected("Sequential")
        .got(made)
        .fix("Layers.deserialize(...) gives a layer")
        .argument();
  }
}
