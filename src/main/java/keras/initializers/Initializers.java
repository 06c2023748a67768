package keras.initializers;

import java.util.Map;
import keras.internal.config.Registry;
import keras.internal.config.Serialized;
import keras.internal.messages.Errors;
import keras.internal.random.SeedOrder;
import keras.utils.Config;
import org.tensorflow.ndarray.FloatNdArray;

/** Finds initializers by name. Keras: {@code keras.initializers.get}. */
public final class Initializers {

  private static final Registry<Initializer> KNOWN =
      new Registry<Initializer>("initializer", Initializer.class)
          .add(Constant::fromConfig, "constant", "Constant")
          .add(GlorotNormal::fromConfig, "glorot_normal", "GlorotNormal")
          .add(GlorotUniform::fromConfig, "glorot_uniform", "GlorotUniform")
          .add(HeNormal::fromConfig, "he_normal", "HeNormal")
          .add(HeUniform::fromConfig, "he_uniform", "HeUniform")
          .add(Identity::fromConfig, "identity", "Identity", "IdentityInitializer")
          .add(LecunNormal::fromConfig, "lecun_normal", "LecunNormal")
          .add(LecunUniform::fromConfig, "lecun_uniform", "LecunUniform")
          .add(Ones::fromConfig, "ones", "one", "Ones")
          .add(Orthogonal::fromConfig, "orthogonal", "Orthogonal", "OrthogonalInitializer")
          .add(RandomNormal::fromConfig, "random_normal", "normal", "RandomNormal")
          .add(RandomUniform::fromConfig, "random_uniform", "uniform", "RandomUniform")
          .add(STFT::fromConfig, "stft", "STFT", "STFTInitializer")
          .add(TruncatedNormal::fromConfig, "truncated_normal", "TruncatedNormal")
          .add(VarianceScaling::fromConfig, "variance_scaling", "VarianceScaling")
          .add(Zeros::fromConfig, "zeros", "zero", "Zeros");

  private Initializers() {}

  /**
   * Returns the initializer that is meant.
   *
   * @param identifier a name such as {@code "glorot_uniform"} or {@code "GlorotUniform"}, an {@link
   *     Initializer}, an array with the values themselves, a map with {@code class_name} and {@code
   *     config} as Keras writes it, or null
   * @return a new initializer for a name or a map, the one given, or null for null
   * @throws IllegalArgumentException for a name that is not known or for another kind of object
   */
  public static Initializer get(Object identifier) {
    if (identifier == null) {
      return null;
    }
    if (identifier instanceof Initializer initializer) {
      if (initializer instanceof RandomInitializer<?> random) {
        SeedOrder.complete(random, random::drawSeed);
      }
      return initializer;
    }
    if (identifier instanceof FloatNdArray values) {
      return new Given(values);
    }
    if (identifier instanceof String name) {
      return ofOwner(KNOWN.named(name));
    }
    if (identifier instanceof Config config) {
      return ofOwner(KNOWN.deserialize(config));
    }
    if (identifier instanceof Map<?, ?> map && map.containsKey("class_name")) {
      return ofOwner(KNOWN.deserialize(Config.of("Initializers.get", map)));
    }
    throw Errors.in("Initializers.get", "this is no initializer.")
        .expected("a name, an Initializer, a FloatNdArray or null")
        .got(identifier + ", a " + identifier.getClass().getName())
        .fix("write \"glorot_uniform\" or new GlorotUniform()")
        .argument();
  }

  /** Leaves it to the layer to say when the seed is drawn. */
  private static Initializer ofOwner(Initializer made) {
    if (made instanceof RandomInitializer<?> random) {
      SeedOrder.remove(random);
    }
    return made;
  }

  /**
   * Returns an initializer as Keras writes it into a model's configuration. Keras: {@code
   * keras.initializers.serialize}.
   *
   * @param initializer the object to write, or null
   * @return {@code module}, {@code class_name}, {@code config} and {@code registered_name}; null
   *     for null; an array is written by a name that cannot be read back, as in Keras
   */
  public static Map<String, Object> serialize(Initializer initializer) {
    if (initializer == null) {
      return null;
    }
    return initializer instanceof Given
        ? Serialized.function("initialize_fn")
        : Serialized.object(initializer, "keras.initializers", initializer.getConfig());
  }
}
