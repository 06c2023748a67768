package keras.layers;

import java.util.List;
import java.util.Map;
import keras.backend.LayerContext;
import keras.backend.TensorFunction;
import keras.internal.config.Serialized;
import keras.internal.graph.Inference;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.messages.NativeErrors;
import keras.utils.Config;
import keras.utils.ConfigAccess;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * Puts a tensor through a function. Keras: {@code keras.layers.Lambda}.
 *
 * <pre>{@code
 * model.add(new Lambda((tf, x) -> tf.math.mul(x, tf.constant(0.5f))));
 * }</pre>
 *
 * <p>Shapes: any → what the function makes of it. No mask is passed on. The function may look at
 * all samples of a batch together, so a model with this layer works on whole batches.
 *
 * <p>A file has no function in it. It has the layer's name, under which the function must be
 * registered when the file is read: {@code new CustomObjects().addFunction("lambda", function)}.
 */
public final class Lambda extends KerasLayer<Lambda> {

  private final TensorFunction function;

  /**
   * A layer of a function.
   *
   * @param function adds ops, each of which must have a gradient if something before is trained
   */
  public Lambda(TensorFunction function) {
    if (function == null) {
      throw Errors.in("Lambda", "there is no function.")
          .expected("a function of a tensor")
          .got("null")
          .fix("new Lambda((tf, x) -> tf.math.square(x))")
          .argument();
    }
    this.function = function;
  }

  @Override
  protected boolean needsWholeBatch() {
    return true;
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    Checks.notNull(toString(), "a shape", inputShape);
    List<Shape> given = List.of(inputShape);
    return NativeErrors.during(
        toString(),
        given,
        () ->
            Inference.shapes(given, (tf, x) -> List.of(returned(function.call(tf, x.get(0)))))
                .get(0));
  }

  @Override
  protected Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs) {
    return function.call(context.tf(), inputs);
  }

  /**
   * Returns a layer of its arguments. Keras: {@code Lambda.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if the function is not registered, or an argument is wrong
   */
  public static Lambda fromConfig(Config config) {
    Checks.notNull("Lambda.fromConfig", "config", config);
    config.ignore("function", "output_shape", "mask");
    Object arguments = config.value("arguments");
    if (arguments instanceof Map<?, ?> map && !map.isEmpty()) {
      throw config.wrong("arguments", "no arguments: they belong into the function");
    }
    String name = config.text("name");
    if (ConfigAccess.function(config, registered(config, name)) instanceof TensorFunction known) {
      return new Lambda(known).common(config);
    }
    throw Errors.in(config.place(), "its function is not in the file.")
        .expected("a function that is registered under the layer's name")
        .got("none named \"" + name + "\"")
        .fix("new CustomObjects().addFunction(\"" + name + "\", (TensorFunction) (tf, x) -> ...)")
        .argument();
  }

  /** Returns the name of Python's function if that is registered, else the layer's. */
  private static String registered(Config config, String layer) {
    boolean named =
        config.value("function") instanceof Map<?, ?> map
            && map.get("config") instanceof String function
            && ConfigAccess.function(config, function) != null;
    return named ? (String) ((Map<?, ?>) config.value("function")).get("config") : layer;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("function", Serialized.function(name()));
    config.put("arguments", Map.of());
    return config;
  }
}
