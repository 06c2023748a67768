package keras.initializers;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import keras.random.SeedOrder;
import keras.utils.Errors;
import keras.utils.Names;
import org.tensorflow.ndarray.FloatNdArray;

/** Finds initializers by name. Keras: {@code keras.initializers.get}. */
public final class Initializers {

  private static final Map<String, Supplier<Initializer>> KNOWN = known();

  private Initializers() {}

  private static Map<String, Supplier<Initializer>> known() {
    Map<String, Supplier<Initializer>> names = new LinkedHashMap<>();
    add(names, Constant::new, "constant", "Constant");
    add(names, GlorotNormal::new, "glorot_normal", "GlorotNormal");
    add(names, GlorotUniform::new, "glorot_uniform", "GlorotUniform");
    add(names, HeNormal::new, "he_normal", "HeNormal");
    add(names, HeUniform::new, "he_uniform", "HeUniform");
    add(names, Identity::new, "identity", "Identity", "IdentityInitializer");
    add(names, LecunNormal::new, "lecun_normal", "LecunNormal");
    add(names, LecunUniform::new, "lecun_uniform", "LecunUniform");
    add(names, Ones::new, "ones", "one", "Ones");
    add(names, Orthogonal::new, "orthogonal", "Orthogonal", "OrthogonalInitializer");
    add(names, RandomNormal::new, "random_normal", "normal", "RandomNormal");
    add(names, RandomUniform::new, "random_uniform", "uniform", "RandomUniform");
    add(names, STFT::new, "stft", "STFT", "STFTInitializer");
    add(names, TruncatedNormal::new, "truncated_normal", "TruncatedNormal");
    add(names, VarianceScaling::new, "variance_scaling", "VarianceScaling");
    add(names, Zeros::new, "zeros", "zero", "Zeros");
    return names;
  }

  private static void add(
      Map<String, Supplier<Initializer>> to, Supplier<Initializer> maker, String... names) {
    for (String name : names) {
      to.put(name, maker);
    }
  }

  /**
   * The initializer that is meant.
   *
   * @param identifier a name such as {@code "glorot_uniform"} or {@code "GlorotUniform"}, an {@link
   *     Initializer}, an array with the values themselves, or null
   * @return a new initializer for a name, the one given, or null for null
   * @throws IllegalArgumentException for a name that is not known or for another kind of object
   */
  public static Initializer get(Object identifier) {
    if (identifier == null) {
      return null;
    }
    if (identifier instanceof Initializer initializer) {
      if (initializer instanceof RandomInitializer<?> random) {
        SeedOrder.complete(random);
      }
      return initializer;
    }
    if (identifier instanceof FloatNdArray values) {
      return new Given(values);
    }
    if (identifier instanceof String name) {
      Supplier<Initializer> maker = KNOWN.get(name);
      if (maker == null) {
        throw Names.unknown("initializer", name, KNOWN.keySet());
      }
      Initializer made = maker.get();
      if (made instanceof RandomInitializer<?> random) {
        SeedOrder.remove(random);
      }
      return made;
    }
    throw Errors.in("Initializers.get", "this is no initializer.")
        .expected("a name, an Initializer, a FloatNdArray or null")
        .got(identifier + ", a " + identifier.getClass().getName())
        .fix("write \"glorot_uniform\" or new GlorotUniform()")
        .argument();
  }

  /**
   * An initializer as Keras writes it into a model's configuration. Keras: {@code
   * keras.initializers.serialize}.
   *
   * @param initializer what to write, or null
   * @return {@code module}, {@code class_name}, {@code config} and {@code registered_name}; null
   *     for null
   */
  public static Map<String, Object> serialize(Initializer initializer) {
    if (initializer == null) {
      return null;
    }
    String name = initializer.getClass().getSimpleName();
    return serialized("keras.initializers", name, initializer.getConfig());
  }

  static Map<String, Object> serialized(String module, String name, Map<String, Object> config) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("module", module);
    map.put("class_name", name);
    map.put("config", config);
    map.put("registered_name", null);
    return map;
  }
}
