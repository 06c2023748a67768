package keras.optimizers;

import java.util.Map;
import keras.internal.config.Registry;
import keras.internal.config.Serialized;
import keras.internal.messages.Errors;
import keras.utils.Config;

/** Finds optimizers by name. Keras: {@code keras.optimizers.get}. */
public final class Optimizers {

  private static final Registry<Optimizer<?>> KNOWN = known();

  private Optimizers() {}

  private static Registry<Optimizer<?>> known() {
    return new Registry<Optimizer<?>>("optimizer", Optimizer.class)
        .add(Adadelta::fromConfig, "adadelta")
        .add(Adafactor::fromConfig, "adafactor")
        .add(Adagrad::fromConfig, "adagrad")
        .add(Adam::fromConfig, "adam")
        .add(Adamax::fromConfig, "adamax")
        .add(AdamW::fromConfig, "adamw")
        .add(Ftrl::fromConfig, "ftrl")
        .add(Lamb::fromConfig, "lamb")
        .add(Lion::fromConfig, "lion")
        .add(MultiOptimizer::fromConfig, "multioptimizer")
        .add(Muon::fromConfig, "muon")
        .add(Nadam::fromConfig, "nadam")
        .add(RMSprop::fromConfig, "rmsprop")
        .add(ScheduleFreeAdamW::fromConfig, "schedulefreeadamw")
        .add(SGD::fromConfig, "sgd")
        .inAnyCase();
  }

  /**
   * Returns the optimizer that is meant.
   *
   * @param identifier a name such as {@code "adam"}, in upper or lower case, an {@link Optimizer},
   *     a map with {@code class_name} and {@code config} as Keras writes it, or null
   * @return a new optimizer for a name or a map, the one given, or null for null
   * @throws IllegalArgumentException for a name that is not known or for another kind of object
   */
  public static Optimizer<?> get(Object identifier) {
    if (identifier == null) {
      return null;
    }
    if (identifier instanceof Optimizer<?> optimizer) {
      return optimizer;
    }
    if (identifier instanceof String name) {
      return KNOWN.named(name);
    }
    if (identifier instanceof Config config) {
      return KNOWN.deserialize(config);
    }
    if (identifier instanceof Map<?, ?> map && map.containsKey("class_name")) {
      return KNOWN.deserialize(Config.of("Optimizers.get", map));
    }
    throw Errors.in("Optimizers.get", "this is no optimizer.")
        .expected("a name, an Optimizer or null")
        .got(identifier + ", a " + identifier.getClass().getName())
        .fix("write \"adam\" or new Adam()")
        .argument();
  }

  /**
   * Returns an optimizer as Keras writes it into a model's configuration. Keras: {@code
   * keras.optimizers.serialize}.
   *
   * @param optimizer the object to write, or null
   * @return {@code module}, {@code class_name}, {@code config} and {@code registered_name}; null
   *     for null
   */
  public static Map<String, Object> serialize(Optimizer<?> optimizer) {
    if (optimizer == null) {
      return null;
    }
    return Serialized.object(optimizer, "keras.optimizers", optimizer.getConfig());
  }
}
